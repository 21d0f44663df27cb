// SPDX-License-Identifier: Apache-2.0
#include "report/tables/missing_tests.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "report/tables/words.h"

namespace panelist {
namespace {

std::string label_of_test(const std::string& name, const std::string& lang) {
  if (const TestKind* kind = find_test_kind(name); kind != nullptr)
    return std::string(lang == "zh" ? kind->zh : kind->en);
  for (const StatRow& row : stat_rows())
    if (row.name == name) return lang == "zh" ? row.zh : row.en;
  return name;
}

// The test was asked for by name, or a row holds it, its p-value, its critical value or its set.
bool has_row(const ColumnView& view, const std::vector<std::string>& stats, const std::string& name) {
  for (const Diagnostic& reason : view.estimation->left_out)
    if (reason.subject == name) return true;
  return std::any_of(stats.begin(), stats.end(), [&](const std::string& stat) {
    return stat.starts_with(name) || (stat == "ar_set" && name == "anderson_rubin");
  });
}

struct LeftOut {
  std::string name, reason;
};

// "`kp_lm` is left out: with as many moments as clusters ..."
std::optional<LeftOut> left_out(const std::string& code, const std::string& message) {
  const std::size_t end = message.find('`', 1), colon = message.find(": ");
  if (code != "infer.test_left_out" || end == std::string::npos || colon == std::string::npos)
    return std::nullopt;
  return LeftOut{message.substr(1, end - 1), message.substr(colon + 2)};
}

struct Reason {
  std::string reason;
  std::vector<std::string> labels;
};

std::vector<Reason> reasons_of(const ColumnView& view, const std::vector<std::string>& stats,
                               const std::string& lang) {
  std::vector<Reason> reasons;
  for (const auto& [code, message] : view.estimation->warnings) {
    const std::optional<LeftOut> test = left_out(code, message);
    if (!test || !has_row(view, stats, test->name)) continue;
    auto known = std::find_if(reasons.begin(), reasons.end(),
                              [&](const Reason& one) { return one.reason == test->reason; });
    if (known == reasons.end()) known = reasons.insert(reasons.end(), {test->reason, {}});
    known->labels.push_back(label_of_test(test->name, lang));
  }
  return reasons;
}

}  // namespace

std::vector<std::string> notes_of_missing_tests(const ColumnView& view, const std::vector<std::string>& stats,
                                                const std::string& lang) {
  std::vector<std::string> notes;
  for (const auto& [reason, labels] : reasons_of(view, stats, lang))
    notes.push_back(format_words(labels.size() == 1 ? "test_left_out" : "tests_left_out", lang,
                                 enumerate(labels, lang), replace_all(reason, "`", "")));
  for (const RequestedTest& asked : view.estimation->requested)
    if (asked.test && std::isnan(asked.test->p_value) && !asked.test->note.empty())
      notes.push_back(format_words("test_without_p", lang, label_of_test(asked.test->name, lang),
                                   replace_all(asked.test->note, "`", "")));
  return notes;
}

}  // namespace panelist
