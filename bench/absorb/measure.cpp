// SPDX-License-Identifier: Apache-2.0
#include "measure.h"

#include <malloc.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace panelist::bench {
namespace {

constexpr double long_run = 2.0;  // seconds
constexpr std::size_t long_runs = 3;

double status_megabytes(const std::string& field) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(field)) return std::stod(line.substr(field.size())) / 1024.0;
  return 0.0;
}

}  // namespace

double median(std::vector<double> values) {
  if (values.empty()) return 0.0;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
}

std::vector<double> timed(int repetitions, const std::function<double()>& run) {
  run();
  std::vector<double> seconds;
  while (static_cast<int>(seconds.size()) < repetitions) {
    seconds.push_back(run());
    if (seconds.back() > long_run && seconds.size() >= long_runs) break;
  }
  return seconds;
}

double resident_megabytes() { return status_megabytes("VmRSS:"); }
double peak_megabytes() { return status_megabytes("VmHWM:"); }

void forget_peak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
}

}  // namespace panelist::bench
