// SPDX-License-Identifier: Apache-2.0
// Wall seconds of repeated runs and resident memory of this process (Linux; elsewhere memory is not known).
#pragma once
#include <chrono>
#include <functional>
#include <vector>

namespace panelist::bench {

inline double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values);

// One run to warm up, then `repetitions` runs, or three when a run takes longer than two seconds. run() returns the
// seconds it wants counted.
std::vector<double> timed(int repetitions, const std::function<double()>& run);

double resident_megabytes();
// The peak since the last call of forget_peak (since the start where the system cannot forget it).
double peak_megabytes();
void forget_peak();

}  // namespace panelist::bench
