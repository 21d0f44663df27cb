// SPDX-License-Identifier: Apache-2.0
// From the words of the command line to an exit code. The one border of the program where errors are caught:
// with --json they go to stdout as {"error": Diagnostic}, always to stderr in words.
#pragma once
#include <string>
#include <vector>

namespace panelist::cli {

inline constexpr int exit_findings = 1;
inline constexpr int exit_internal = 70;
inline constexpr int exit_interrupted = 130;
inline constexpr const char* program_version = "0.1.0";

int run_program(const std::vector<std::string>& words);

}  // namespace panelist::cli
