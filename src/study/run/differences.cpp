// SPDX-License-Identifier: Apache-2.0
#include "study/run/differences.h"

#include "base/text.h"
#include "mechanism/multiplicity.h"
#include "report/result_json.h"
#include "report/table_words.h"
#include "study/run/build_tables.h"

namespace panelist::study {

namespace {

using nlohmann::ordered_json;

// More pairs than this stand in results.json only.
constexpr std::size_t most_pairs_printed = 10;

bool contains(const std::vector<std::string>& methods, const std::string& method) {
  return std::find(methods.begin(), methods.end(), method) != methods.end();
}

class SplitWords {
 public:
  SplitWords(const Workspace& work, const TableEntry& entry, const GroupDifference& difference,
             const std::string& place)
      : entry_(entry),
        difference_(difference),
        place_(place),
        lang_(work.study->lang),
        labels_(term_labels_of(work, entry)) {}

  [[nodiscard]] SplitComparison comparison(const Diagnostics& said) const {
    SplitComparison out;
    const std::vector<const DifferenceTests*> shown = methods();
    if (!shown.empty() && !entry_.differences_off) add_pairs(*shown.front(), out);
    for (const DifferenceTests* tests : shown) add_equality(*tests, tests == shown.front(), out);
    if (!shown.empty()) out.notes.push_back(note(shown));
    if (!entry_.differences_off && difference_.pairs.size() > most_pairs_printed)
      out.notes.push_back(words("too_many_pairs", {std::to_string(difference_.pairs.size())}));
    for (const Diagnostic& item : said.items())
      if (std::string text = warning_words(item.code, item.message, lang_, labels_); !text.empty())
        out.notes.push_back(std::move(text));
    return out;
  }

 private:
  [[nodiscard]] std::string words(std::string_view key, const std::vector<std::string>& parts) const {
    return table_words(key, lang_, parts);
  }

  // Those the study names, or the first; the interacted model that `test` adds stands in results.json.
  [[nodiscard]] std::vector<const DifferenceTests*> methods() const {
    const auto& named = entry_.differences;
    const bool all = !entry_.test_equal || named.empty() || contains(named, "interaction");
    std::vector<const DifferenceTests*> shown;
    for (const DifferenceTests& tests : difference_.tests)
      if (all || tests.method != "interaction") shown.push_back(&tests);
    if (entry_.differences.empty() && shown.size() > 1) shown.resize(1);
    return shown;
  }

  [[nodiscard]] bool several() const { return difference_.pairs.size() > 1; }

  [[nodiscard]] std::string pair_place(std::size_t p) const {
    return several() ? place_ + "/pairs/" + std::to_string(p) : place_;
  }

  void add_pairs(const DifferenceTests& tests, SplitComparison& out) const {
    if (difference_.pairs.size() > most_pairs_printed) return;
    for (std::size_t p = 0; p < tests.pairs.size(); ++p) {
      const GroupPair& pair = difference_.pairs[p];
      const TestResult& test = tests.pairs[p];
      const auto detail = [&](const char* name) { return GroupDifference::detail(test, name); };
      DifferenceRow row;
      row.label = difference_.groups[pair.first].group + " - " + difference_.groups[pair.second].group;
      row.estimate = detail("difference");  // models of all groups have their own
      row.std_error = detail("std_error");
      row.statistic = detail("t");
      row.p_value = test.p_value;
      row.conf_low = detail("conf_low");
      row.conf_high = detail("conf_high");
      row.p_corrected = detail("p_adjusted");
      row.test_source = pair_place(p) + "/tests/" + tests.method;
      row.estimate_source = row.test_source + "/difference";
      out.pairs.push_back(std::move(row));
    }
  }

  void add_equality(const DifferenceTests& tests, bool first, SplitComparison& out) const {
    const bool joint = tests.joint.has_value() && (several() || tests.pairs.empty());
    if (!joint && (several() || tests.pairs.empty())) return;
    EqualityRow row;
    row.p_value = joint ? tests.joint->p_value : tests.pairs.front().p_value;
    row.source = place_ + (joint && several() ? "/joint/" : "/tests/") + tests.method + "/p_value";
    if (!first) row.method = method_words(tests, lang_);
    out.equality.push_back(std::move(row));
  }

  [[nodiscard]] std::string draws_of(const DifferenceTests& tests) const {
    if (tests.pairs.empty()) return "";
    const TestResult& test = tests.pairs.front();
    const double reps = GroupDifference::detail(test, "reps");
    if (GroupDifference::detail(test, "enumerated") > 0)
      return words("assignments_note", {shortest(reps), fixed(GroupDifference::detail(test, "p_least"), 4)});
    return std::isnan(reps) ? "" : words("draws_note", {shortest(reps)});
  }

  [[nodiscard]] std::string note(const std::vector<const DifferenceTests*>& shown) const {
    const auto label = labels_.find(entry_.term);
    const std::string term = label == labels_.end() ? entry_.term : label->second;
    const bool rows = !entry_.differences_off && difference_.pairs.size() <= most_pairs_printed;
    std::string text = words(rows ? "difference_note" : "equality_only",
                             {term, long_method_words(*shown.front(), lang_) + draws_of(*shown.front())});
    if (several() && rows && !shown.front()->pairs.empty()) text += correction();
    for (std::size_t i = 1; i < shown.size(); ++i)
      text += words("beside_note", {long_method_words(*shown[i], lang_) + draws_of(*shown[i])});
    return text;
  }

  [[nodiscard]] std::string correction() const {
    const Correction* correction = find_correction(difference_.correction);
    if (difference_.correction == "none") return words("uncorrected_note", {});
    return words("corrected_note", {std::to_string(difference_.pairs.size()),
                                    std::string(trim(lang_ == "zh" ? correction->zh : correction->words))});
  }

  const TableEntry& entry_;
  const GroupDifference& difference_;
  const std::string place_;
  const std::string lang_;
  const Labels labels_;
};

// z where no unit is shared, else stacked scores; a written test of equality adds the interacted model.
std::vector<std::string> methods_asked(const TableEntry& entry) {
  std::vector<std::string> methods = entry.differences;
  if (methods.empty()) methods = {"disjoint", "suest"};
  if (entry.test_equal && !contains(methods, "interaction")) methods.emplace_back("interaction");
  return methods;
}

GroupDifferenceSpec difference_spec(const Workspace& work, const TableEntry& entry,
                                    const SplitColumns& columns, const Regression& whole) {
  GroupDifferenceSpec spec;
  spec.model = estimation_spec(work, entry, whole);
  spec.term = entry.term;
  spec.by = columns.grouped.column;
  spec.tests = methods_asked(entry);
  spec.replicates = entry.replicates;
  spec.seed = work.study->seed;
  spec.correction = entry.correction;
  spec.groups = columns.grouped.groups;
  return spec;
}

GroupDifference difference_of(Workspace& work, const TableEntry& entry, const SplitColumns& columns,
                              const std::vector<Estimation>& estimations, Diagnostics& said) {
  Regression whole = columns.model;
  whole.table = columns.grouped.table;
  whole.where.clear();
  if (!entry.where.text.empty()) whole.where.push_back(entry.where.text);
  const auto first = estimations.begin() + static_cast<std::ptrdiff_t>(columns.first);
  const std::vector<Estimation> own(first, first + static_cast<std::ptrdiff_t>(columns.count));
  return compare_estimations(work.context, difference_spec(work, entry, columns, whole), own,
                             columns.grouped.table, &work.panel, said);
}

bool asked_for(const TableEntry& entry) { return entry.test_equal || !entry.differences.empty(); }

// What cannot be compared unasked is a warning and a note under the columns.
ComparedSplit without_comparison(Workspace& work, const Diagnostic& why, const Span& span) {
  Diagnostic warning = why;
  warning.severity = Severity::warning;
  if (!warning.span.known()) warning.span = span;
  work.notes.add(warning);
  ComparedSplit compared;
  compared.printed.notes.push_back(table_words("no_differences", work.study->lang,
                                               {warning_words(why.code, why.message, work.study->lang)}));
  return compared;
}

// The column a split is by, in the words of the study.
std::string in_words_of_study(const std::string& message, const SplitColumns& columns) {
  return replace_all(message, "`" + columns.grouped.column + "`", "`" + columns.split->by.text + "`");
}

}  // namespace

std::optional<ComparedSplit> compare_split(Workspace& work, const TableEntry& entry,
                                           const SplitColumns& columns,
                                           const std::vector<Estimation>& estimations,
                                           const std::string& place) {
  if (entry.differences_off && !entry.test_equal) return std::nullopt;
  if (columns.count < 2 && !asked_for(entry)) return std::nullopt;
  Diagnostics found, said;
  try {
    const GroupDifference difference = difference_of(work, entry, columns, estimations, found);
    for (Diagnostic item : found.items()) {
      item.message = in_words_of_study(item.message, columns);
      item.span = columns.split->span;
      said.add(item);
    }
    work.notes.append(said);
    ComparedSplit compared{SplitWords(work, entry, difference, place).comparison(said), to_json(difference)};
    compared.json["by"] = columns.split->by.text;
    return compared;
  } catch (const Error& error) {
    Diagnostic why = error.diagnostic();
    why.message = in_words_of_study(why.message, columns);
    if (asked_for(entry)) throw Error(why);
    return without_comparison(work, why, columns.split->span);
  }
}

}  // namespace panelist::study
