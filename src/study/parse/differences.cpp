// SPDX-License-Identifier: Apache-2.0
// How the groups of a split are compared.
#include "mechanism/group_difference.h"
#include "mechanism/multiplicity.h"
#include "study/parse/sections.h"

namespace panelist::study {

namespace {

constexpr long long most_replicates = 10'000'000;

void read_methods_of_differences(const Section& section, TableEntry& table) {
  const std::vector<Spanned> written = section.text_or_texts("differences");
  std::vector<std::string> legal = difference_method_names();
  legal.emplace_back("none");
  for (const Spanned& method : written) {
    const DifferenceMethod* known = find_difference_method(method.text);
    if (known == nullptr && method.text != "none")
      report_unknown("difference", method.text, method.span, legal, "study.unknown_value",
                     section.diagnostics());
    if (known != nullptr && known->estimates_again && table.reindex)
      section.diagnostics().error(
          "study.differences",
          "`" + method.text +
              "` estimates all groups together, but with reindex each has an index of its own",
          method.span, "take suest, interaction or bootstrap, or leave reindex out");
    if (known != nullptr) table.differences.push_back(method.text);
  }
  table.differences_off = written.size() == 1 && written.front().text == "none";
  if (!table.differences_off && written.size() > table.differences.size() &&
      !section.diagnostics().has_errors())
    section.diagnostics().error("study.differences", "`none` stands alone", section.find("differences")->span,
                                "write differences = \"none\"");
}

}  // namespace

void read_differences(const Section& section, TableEntry& table) {
  read_methods_of_differences(section, table);
  if (const auto correction = section.text("correction")) {
    if (find_correction(correction->text) == nullptr)
      report_unknown("correction", correction->text, correction->span, correction_names(),
                     "study.unknown_value", section.diagnostics());
    table.correction = correction->text;
  }
  if (const auto reps = section.integer("reps")) {
    if (*reps < 1 || *reps > most_replicates)
      section.diagnostics().error("study.differences", "`reps` is the number of draws, at least 1",
                                  section.find("reps")->span, "reps = 999");
    table.replicates = static_cast<int>(std::min(std::max(*reps, 1LL), most_replicates));
  }
  if (table.kind == TableEntry::Kind::split) return;
  for (const char* key : {"differences", "correction", "reps"})
    if (const Node* node = section.find(key))
      section.diagnostics().error("study.table_kind",
                                  std::string("`") + key + "` compares the groups of a split", node->span,
                                  "add split = [{ by = \"COLUMN\" }], or leave it out");
}

}  // namespace panelist::study
