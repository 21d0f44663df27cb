// SPDX-License-Identifier: Apache-2.0
// From results to publication tables. Notes write themselves from what was done.
// Each numeric cell says where its number stands in the table's object of results.json: /index is the index,
// /variables the summaries or tests, /vif and /mean the inflation factors, /mediation and its /columns a mediation.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "index/index.h"
#include "infer/estimation.h"
#include "mechanism/group_difference.h"
#include "mechanism/mediation.h"
#include "report/publication_table.h"
#include "report/table_style.h"
#include "table/statistics.h"

namespace panelist {

struct TableStyle {
  std::string name = "plain";               // of the catalog; of a style file its path
  std::shared_ptr<const StyleEntry> own{};  // a style file's, in place of the catalog's
  std::string lang = "en";                  // en, zh
  int decimals = 4;
  bool says_decimals = false;  // by the study or the table, not by the style alone
  StarLevels stars;
  std::vector<std::string> below = {"se"};  // of se, t, p, ci: what stands under the estimate, a row each
  bool constant = true;
  std::vector<std::string> stats;  // rows under the coefficients, ordered; empty = the style's own
};
// The style of a name or of a style file, and what it holds where nothing else is said.
const StyleEntry& entry_of(const TableStyle& style);
TableStyle style_from(const StyleEntry& entry);
// What the writers are told of it.
TableLook look_of(const TableStyle& style);
// A fixed word in the style's own form.
std::string word_of(const StyleEntry& style, std::string_view key, std::string_view lang);
std::vector<std::string>
table_stat_names();  // n r2 r2_within r2_adjusted n_units n_clusters f kp_lm kp_f ...

using Labels = std::map<std::string, std::string>;  // column or term -> label in the table's language
// The label of a term: its own, or made of its parts' labels: "a:b" -> "A × B", "L.x" -> "L.X", "v::West" -> "V: West".
std::string term_label(const std::string& term, const Labels& labels);

struct RegressionColumn {
  const Estimation* estimation = nullptr;
  std::string heading;               // "" = the outcome's label
  std::string group;                 // spanner above, "" none
  int first_stage = -1;              // >= 0: print this first stage instead of the equation
  std::vector<std::string> remarks;  // for the notes: "NQP, DT winsorised at 1%"
  std::string source;                // JSON pointer of the column within the table's object in results.json
  std::vector<std::string>
      spanners{};  // rows of heads above `group`, outermost first; equal neighbours are one
};

// Terms that stand as one YES/NO row.
struct TermBlock {
  std::string label;
  std::vector<std::string> terms;
};

// The difference of the table's term between two groups of a split.
struct DifferenceRow {
  std::string label;  // "East - Central"
  double estimate = missing_value, std_error = missing_value, statistic = missing_value,
         p_value = missing_value;
  double conf_low = missing_value, conf_high = missing_value;
  double p_corrected = missing_value;  // of several pairs
  std::string estimate_source;         // JSON pointers within the table's object
  std::string test_source;
};

// The test that all groups of a split are equal.
struct EqualityRow {
  std::string method;  // words beside the usual label, "" for the first
  double p_value = missing_value;
  std::string source;
};

// What stands under the columns of a split.
struct SplitComparison {
  std::size_t begin = 0, end = 0;  // its columns
  std::vector<DifferenceRow> pairs;
  std::vector<EqualityRow> equality;
  std::vector<std::string> notes;  // what the rows are, and what is not there
};

struct RegressionTableSpec {
  std::string id, title;
  int number = 0;
  std::vector<RegressionColumn> columns;
  std::vector<std::string> keep;     // terms to print, in order; empty = all that are in no {set}
  std::vector<std::string> drop{};   // terms not to print; a note names them
  std::vector<std::string> first{};  // terms that go before the others
  std::vector<TermBlock> blocks{};
  std::vector<SplitComparison> comparisons;  // one a split
  TableStyle style;
  Labels labels;
};
PublicationTable regression_table(const RegressionTableSpec& spec);

// Tables of as many columns each, under one another. Throws study.panels when they differ.
struct TablePanel {
  std::string title;
  PublicationTable table;
};
PublicationTable stacked_table(const std::vector<TablePanel>& panels);

struct SummaryPanel {
  std::string group;  // "East"
  std::vector<Summary> variables;
};

struct SummaryTableSpec {
  std::string id, title;
  int number = 0;
  std::vector<Summary> variables;
  std::vector<std::string> stats;  // n mean p50 sd min max p25 p75 missing
  TableStyle style;
  Labels labels;
  std::string by{};                    // column the panels are groups of
  std::vector<SummaryPanel> panels{};  // "Panel A: by = group" each, in place of `variables`
};
PublicationTable summary_table(const SummaryTableSpec& spec);

// A row a variable: the statistic of each test with stars, its p value below.
struct TestTableSpec {
  std::string id, title;
  int number = 0;
  std::vector<const Estimation*> variables;  // each on a constant, its tests done
  std::vector<std::string> tests;            // as written
  TableStyle style;
  Labels labels;
};
PublicationTable test_table(const TestTableSpec& spec);

// What the names in a condition are.
struct SampleNames {
  Labels labels;
  std::string unit, time;
  bool years = true;  // periods are years
};
// "2015-2021, without Tibet" of "2015 <= year <= 2021 and province != 'Tibet'"; a condition without words stays code, in
// quotation marks. "" without a condition.
std::string sample_words(const std::vector<std::string>& conditions, const SampleNames& names,
                         const std::string& lang);
// The same as a sentence for the notes: "Sample: 2015-2021, without Tibet."
std::string sample_note(const std::vector<std::string>& conditions, const SampleNames& names,
                        const std::string& lang);

PublicationTable index_table(const IndexResult& index, const std::string& id, const std::string& title,
                             int number, const TableStyle& style, const Labels& labels);
PublicationTable mediation_table(const Mediation& mediation, const std::string& id, const std::string& title,
                                 int number, const TableStyle& style, const Labels& labels);
PublicationTable vif_table(const Vif& vif, const std::string& id, const std::string& title, int number,
                           const TableStyle& style, const Labels& labels);

}  // namespace panelist
