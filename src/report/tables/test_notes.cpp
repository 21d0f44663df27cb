// SPDX-License-Identifier: Apache-2.0
#include "report/tables/test_notes.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "report/tables/words.h"

namespace panelist {
namespace {

// Of "kp_f", and of what was asked for with arguments: "wild(DT, weights=webb)".
std::string label_of_test(const std::string& name, const std::string& lang) {
  const std::size_t open = name.find('(');
  if (const TestKind* kind = find_test_kind(name.substr(0, open)); kind != nullptr) {
    const std::string label(lang == "zh" ? kind->zh : kind->en);
    if (open == std::string::npos) return label;
    if (kind->columns != nullptr) return label_of_drawn_test(*kind, name, lang);
    return label + (lang == "zh" ? "：" : ": ") + read_test_request(name).argument;
  }
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

class Reasons {
 public:
  void add(const std::string& reason, const std::string& label) {
    auto known = std::find_if(reasons_.begin(), reasons_.end(),
                              [&](const Reason& one) { return one.reason == reason; });
    if (known == reasons_.end()) known = reasons_.insert(reasons_.end(), {reason, {}});
    if (std::find(known->labels.begin(), known->labels.end(), label) == known->labels.end())
      known->labels.push_back(label);
  }
  [[nodiscard]] const std::vector<Reason>& all() const { return reasons_; }

 private:
  std::vector<Reason> reasons_;
};

Reasons reasons_of(const ColumnView& view, const std::vector<std::string>& stats,
                   const std::vector<std::string>& asked, const std::string& lang) {
  Reasons reasons;
  for (const auto& [code, message] : view.estimation->warnings)
    if (const std::optional<LeftOut> test = left_out(code, message); test && has_row(view, stats, test->name))
      reasons.add(test->reason, label_of_test(test->name, lang));
  if (view.column->first_stage >= 0) return reasons;
  for (const auto* list : {&view.estimation->iv.left_out, &view.estimation->iv.not_applicable})
    for (const auto& [name, reason] : *list)
      if (has_row(view, asked, name)) reasons.add(reason, label_of_test(name, lang));
  return reasons;
}

std::string effective_f_words(const ColumnView& view, const std::vector<std::string>& stats,
                              const std::string& lang) {
  const Fit& fit = *view.estimation->fit;
  const bool asked = std::any_of(stats.begin(), stats.end(),
                                 [](const std::string& stat) { return stat.starts_with("effective_f"); });
  if (!asked || fit.iv == nullptr) return "";
  for (const TestResult& test : view.estimation->iv.tests) {
    if (test.name != "effective_f" || !bias_all_but_vanishes(fit, test)) continue;
    for (const auto& [level, value] : test.critical)
      if (level == "simplified 10%") return format_words("effective_f_two", lang, fixed(value, 2));
  }
  return "";
}

// What a test has drawn; in Chinese the number of draws alone.
std::string words_of_draws(const TestKind& kind, const RequestedTest& asked, const std::string& lang) {
  const std::string label = label_of_drawn_test(kind, asked.name, lang);
  if (lang != "zh")
    return format_words("test_by_draws", lang, label,
                        replace_all(replace_all(asked.test->note, "`", ""), ": ", ", "));
  for (const auto& [name, reps] : asked.test->details)
    if (name == "reps") return format_words("test_by_draws", lang, label, shortest(reps));
  return "";
}

std::string words_of_test(const RequestedTest& asked, const std::string& lang) {
  if (!asked.test || asked.test->note.empty()) return "";
  const TestKind* kind = find_test_kind(asked.test->name);
  if (std::isnan(asked.test->p_value))
    return format_words("test_without_p", lang, label_of_test(asked.name, lang),
                        replace_all(asked.test->note, "`", ""));
  return kind != nullptr && kind->columns != nullptr ? words_of_draws(*kind, asked, lang) : "";
}

}  // namespace

std::vector<std::string> notes_of_tests(const ColumnView& view, const std::vector<std::string>& stats,
                                        const std::vector<std::string>& asked, const std::string& lang) {
  std::vector<std::string> notes;
  const Reasons reasons = reasons_of(view, stats, asked, lang);
  for (const auto& [reason, labels] : reasons.all())
    notes.push_back(format_words(labels.size() == 1 ? "test_left_out" : "tests_left_out", lang,
                                 enumerate(labels, lang), replace_all(reason, "`", "")));
  if (std::string note = effective_f_words(view, stats, lang); !note.empty())
    notes.push_back(std::move(note));
  if (view.column->first_stage >= 0) return notes;
  for (const RequestedTest& test : view.estimation->requested)
    if (std::string note = words_of_test(test, lang); !note.empty()) notes.push_back(std::move(note));
  return notes;
}

}  // namespace panelist
