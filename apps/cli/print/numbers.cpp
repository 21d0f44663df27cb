// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "cli/print/fit_text.h"

namespace panelist::cli {

std::string number_text(double value, int digits) {
  if (std::isnan(value)) return ".";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  if (value == std::floor(value) && std::abs(value) < 1e9) return shortest(value);
  return significant(value, digits);
}

std::string p_text(double p) {
  if (std::isnan(p)) return ".";
  return p < 0.0001 ? "<0.0001" : fixed(p, 4);
}

std::string stars_text(double p) { return p < 0.01 ? "***" : p < 0.05 ? "**" : p < 0.1 ? "*" : ""; }

std::string statistic_text(double statistic) {
  constexpr double most_in_full = 1e9;
  if (std::isnan(statistic)) return ".";
  return std::abs(statistic) < most_in_full ? fixed(statistic, 2) : number_text(statistic, 3);
}

std::string below_draws(double draws, double least) { return "<" + significant(least / draws, 2); }

namespace {

std::string p_phrase(const TestResult& test) {
  for (const auto& [name, value] : test.details)
    if (name == "reps" && test.p_value == 0) return ", p " + below_draws(value);
  return fmt::format(", p {}{}", test.p_value < 0.0001 ? "" : "= ", p_text(test.p_value));
}

}  // namespace

std::string test_line(const TestResult& test) {
  const std::string tail = std::isnan(test.p_value) ? "" : p_phrase(test);
  const std::string value = number_text(test.statistic);
  if (!std::isnan(test.df2) && std::isfinite(test.df2))
    return fmt::format("F({}, {}) = {}{}", shortest(test.df1),
                       test.df2 == std::floor(test.df2) ? shortest(test.df2) : number_text(test.df2, 4),
                       value, tail);
  if (!std::isnan(test.df2))
    return fmt::format("chi2({}) = {}{}", shortest(test.df1), number_text(test.df1 * test.statistic), tail);
  if (!std::isnan(test.df1)) return fmt::format("chi2({}) = {}{}", shortest(test.df1), value, tail);
  return fmt::format("{}{}", value, tail);
}

namespace {

std::string end_of(double value) {
  return std::isfinite(value) ? number_text(value) : value > 0 ? "inf" : "-inf";
}

}  // namespace

std::string set_words(const ConfidenceSet& set) {
  if (set.form == "empty") return "no value";
  if (set.form == "line") return "every value";
  std::vector<std::string> parts;
  for (const auto& [low, high] : set.parts)
    parts.push_back(fmt::format("[{}, {}]", end_of(low), end_of(high)));
  return join(parts, " and ");
}

}  // namespace panelist::cli
