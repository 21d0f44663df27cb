// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include "cli/program.h"

int main(int argc, char** argv) {
  return panelist::cli::run_program(std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
}
