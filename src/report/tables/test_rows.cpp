// SPDX-License-Identifier: Apache-2.0
// Rows of tests that a table asks for by name.
#include <fmt/format.h>

#include <cmath>
#include <set>

#include "base/text.h"
#include "report/tables/stats.h"

namespace panelist {

namespace {

std::string end_of_set(double value) {
  return std::isinf(value) ? (value < 0 ? "-∞" : "∞") : significant(value, 4);
}

// A key within a JSON pointer.
std::string pointer_token(const std::string& key) {
  std::string token;
  for (const char c : key) token += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return token;
}

const RequestedTest* asked_for(const StatSource& source, const std::string& written) {
  if (source.first_stage >= 0) return nullptr;
  for (const RequestedTest& asked : source.estimation->requested)
    if (asked.name == written) return &asked;
  return nullptr;
}

// What is tested and the ways asked for: "DT = 0.5 (webb)" of "DT = 0.5, reps=9999, weights=webb".
std::string restriction_of(const TestKind& kind, const std::string& argument) {
  // How many draws and of which groups is said in a note.
  static const std::set<std::string> in_notes = {"reps", "by", "sub", "within", "set"};
  std::vector<std::string> parts, ways;
  for (const std::string& part : split(argument, ',')) {
    const std::size_t equals = part.find('=');
    const std::string key(trim(std::string_view(part).substr(0, equals)));
    // The form lists its options: "wild(EXPR = VALUE, reps=, weights=, ...)".
    const bool option =
        equals != std::string::npos && kind.form.find(", " + key + "=") != std::string_view::npos;
    if (!option) parts.emplace_back(trim(part));
    if (!option || in_notes.count(key) > 0) continue;
    const std::string way(trim(std::string_view(part).substr(equals + 1)));
    ways.push_back(key == "weights" ? way : key + " " + way);
  }
  return join(parts, ", ") + (ways.empty() ? "" : " (" + join(ways, ", ") + ")");
}

StatValue statistic_of(const RequestedTest& asked) {
  const std::string pointer = "/tests/" + pointer_token(asked.name);
  if (asked.test && std::isinf(asked.test->df2))  // a Wald test without residual degrees of freedom is a chi2
    return {asked.test->df1 * asked.test->statistic, asked.test->p_value, missing_value, pointer + "/chi2"};
  if (asked.test) return {asked.test->statistic, asked.test->p_value, missing_value, pointer + "/statistic"};
  return {asked.combination->estimate, asked.combination->p_value, missing_value, pointer + "/estimate"};
}

// A share of draws that none of them reached is below one draw's.
std::string below_one_draw(const TestResult& test) {
  for (const auto& [name, value] : test.details)
    if (name == "reps" && test.p_value == 0) return "<" + significant(1 / value, 2);
  return "";
}

// The law of a statistic that is drawn has no table: its p-value is what one prints.
StatRow p_value_row(const std::string& written, const TestKind& kind, const std::string& of) {
  StatRow row{written,
              std::string(kind.en) + " p: " + of,
              std::string(kind.zh) + " p 值：" + of,
              CellKind::p_value,
              4,
              "",
              {}};
  row.value = [written](const StatSource& source) {
    const RequestedTest* asked = asked_for(source, written);
    if (asked == nullptr || !asked->test) return StatValue{};
    const double p = asked->test->p_value;
    return StatValue{p, p, missing_value, "/tests/" + pointer_token(written) + "/p_value",
                     below_one_draw(*asked->test)};
  };
  return row;
}

StatRow set_row(const std::string& written, const TestKind& kind, const std::string& of) {
  StatRow row{written + " set",
              std::string(kind.en) + " set: " + of,
              std::string(kind.zh) + " 置信集：" + of,
              CellKind::statistic,
              -1,
              "",
              {}};
  row.value = [written](const StatSource& source) {
    const RequestedTest* asked = asked_for(source, written);
    if (asked == nullptr || !asked->test || !asked->test->set) return StatValue{};
    StatValue value = value_of_set(*asked->test->set);
    value.pointer = "/tests/" + pointer_token(written) + "/set";
    return value;
  };
  return row;
}

}  // namespace

StatValue value_of_set(const ConfidenceSet& set) {
  std::string text;
  for (const auto& [low, high] : set.parts)
    text += fmt::format("{}[{}, {}]", text.empty() ? "" : " ∪ ", end_of_set(low), end_of_set(high));
  if (text.empty()) return {0.0, missing_value, missing_value, "", "∅"};
  return {set.parts.front().first, missing_value, missing_value, "", text};
}

std::string label_of_drawn_test(const TestKind& kind, const std::string& written, const std::string& lang) {
  const std::string of = restriction_of(kind, read_test_request(written).argument);
  return lang == "zh" ? std::string(kind.zh) + "：" + of : std::string(kind.en) + ": " + of;
}

std::vector<StatRow> rows_of_test(const std::string& written) {
  const TestRequest request = read_test_request(written);
  const TestKind& kind = *find_test_kind(request.name);
  if (kind.columns != nullptr) {  // it draws among groups
    const std::string of = restriction_of(kind, request.argument);
    return {p_value_row(written, kind, of), set_row(written, kind, of)};
  }
  const std::string of = request.argument.empty() ? "" : ": " + request.argument;
  StatRow row{written, std::string(kind.en) + of, std::string(kind.zh) + of, CellKind::statistic, 2, "", {}};
  row.value = [written](const StatSource& source) {
    const RequestedTest* asked = asked_for(source, written);
    return asked == nullptr ? StatValue{} : statistic_of(*asked);
  };
  return {row};
}

}  // namespace panelist
