// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/print/fit_text.h"
#include "cli/print/mechanism_text.h"
#include "mechanism/multiplicity.h"
#include "report/table_words.h"

namespace panelist::cli {
namespace {

class DifferenceText {
 public:
  DifferenceText(const GroupDifference& difference, const std::string& lang)
      : difference_(difference), lang_(lang) {}

  std::string write() const {
    std::string text = groups();
    if (difference_.pairs.size() == 1)
      text += "\n" +
              words("difference_of", {pair_name(difference_.pairs[0]), number_text(difference_.difference)}) +
              "\n" + methods();
    for (const DifferenceTests& tests : difference_.tests)
      if (difference_.pairs.size() > 1) text += several(tests);
    return text + remarks();
  }

 private:
  [[nodiscard]] std::string words(std::string_view key, const std::vector<std::string>& parts = {}) const {
    return table_words(key, lang_, parts);
  }
  [[nodiscard]] std::string pair_name(const GroupPair& pair) const {
    return difference_.groups[pair.first].group + " - " + difference_.groups[pair.second].group;
  }

  [[nodiscard]] std::string groups() const {
    AlignedText lines("  ", "lrrrrlr");
    lines.add({difference_.term, words("estimate"), words("std_error"), "t", "p", "", "n"});
    for (const GroupEstimate& group : difference_.groups) {
      const Coefficient& c = group.coefficient;
      lines.add({group.group, number_text(c.estimate), number_text(c.std_error), statistic_text(c.statistic),
                 p_text(c.p_value), stars_text(c.p_value), shortest(group.n)});
    }
    return lines.text();
  }

  // The interactions have differences of their own.
  [[nodiscard]] static std::string detail_of(const TestResult& test, const char* name) {
    const double value = GroupDifference::detail(test, name);
    return std::isnan(value) ? "" : number_text(value);
  }

  // "= 0.0123" or "<0.0001".
  static std::string p_phrase(double p) { return (p < 0.0001 ? "" : "= ") + p_text(p); }

  // What a test says in one line: its statistic and p, or the reason why it has none.
  [[nodiscard]] static std::string line_of(const TestResult& test) {
    if (std::isnan(test.p_value)) return test.note;
    if (test.name == "permutation") return "p " + p_phrase(test.p_value);
    return (std::isnan(test.df1) && std::isnan(test.df2) ? "z = " : "") + test_line(test);
  }

  // Draws, one-sided p and intervals where the method has them.
  [[nodiscard]] std::string further(const TestResult& test) const {
    const auto detail = [&](const char* name) { return GroupDifference::detail(test, name); };
    std::string text;
    if (const double p = detail("p_one_sided"); !std::isnan(p))
      text += words("one_sided", {p == 0 ? below_draws(detail("reps")) : p_phrase(p)});
    if (!std::isnan(detail("percentile_low")))
      text += words("percentiles",
                    {number_text(detail("percentile_low")), number_text(detail("percentile_high"))});
    if (detail("enumerated") > 0)
      text += words("assignments", {shortest(detail("reps")), number_text(detail("p_least"), 3)});
    else if (!std::isnan(detail("reps")))
      text += words("replicates", {shortest(detail("reps"))});
    if (detail("failed") > 0) text += words("failed", {shortest(detail("failed"))});
    return text;
  }

  // Of two groups: a line a method.
  [[nodiscard]] std::string methods() const {
    AlignedText lines("  ", "lrrll");
    lines.add({"", words("difference"), words("std_error"), "", ""});
    for (const DifferenceTests& tests : difference_.tests) {
      const TestResult& test = tests.pairs.empty() ? *tests.joint : tests.pairs.front();
      lines.add({method_words(tests, lang_), detail_of(test, "difference"), detail_of(test, "std_error"),
                 line_of(test), std::isnan(test.p_value) ? "" : stars_text(test.p_value) + further(test)});
    }
    return lines.text();
  }

  // Of more groups: the pairs with corrected p-values, and all at once.
  [[nodiscard]] std::string several(const DifferenceTests& tests) const {
    AlignedText lines("  ", "lrrlrl");
    if (!tests.pairs.empty())
      lines.add({"", words("difference"), words("std_error"), "", words("p_corrected"), ""});
    for (std::size_t p = 0; p < tests.pairs.size(); ++p) {
      const TestResult& test = tests.pairs[p];
      const double corrected = GroupDifference::detail(test, "p_adjusted");
      lines.add({pair_name(difference_.pairs[p]), detail_of(test, "difference"), detail_of(test, "std_error"),
                 line_of(test), std::isnan(corrected) ? "" : p_text(corrected),
                 std::isnan(corrected) ? "" : stars_text(corrected) + further(test)});
    }
    if (tests.joint)
      lines.add({words("all_equal"), "", "", line_of(*tests.joint), "", further(*tests.joint)});
    const Correction* correction = find_correction(difference_.correction);
    const bool says = !tests.pairs.empty() && difference_.correction != "none";
    return "\n" + method_words(tests, lang_) +
           (says ? words("corrected_by", {std::string(lang_ == "zh" ? correction->zh : correction->words)})
                 : "") +
           "\n" + lines.text();
  }

  [[nodiscard]] std::string remarks() const {
    std::string text;
    for (const SharedLevels& entry : difference_.shared)
      if (entry.shared > 0)
        text += words(entry.units ? "units_shared" : "clusters_shared",
                      {std::to_string(entry.shared), std::to_string(entry.levels), entry.name}) +
                "\n";
    return text;
  }

  const GroupDifference& difference_;
  const std::string lang_;
};

}  // namespace

std::string difference_text(const GroupDifference& difference, const std::string& lang) {
  return DifferenceText(difference, lang).write();
}

}  // namespace panelist::cli
