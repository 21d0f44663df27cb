// SPDX-License-Identifier: Apache-2.0
// From results to publication tables. Notes write themselves from what was done.
// Each numeric cell says where its number stands in the table's object of results.json: /index is the index,
// /variables the summaries or tests, /vif and /mean the inflation factors, /mediation and its /columns a mediation.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "index/index.h"
#include "infer/estimation.h"
#include "mechanism/group_difference.h"
#include "mechanism/mediation.h"
#include "report/publication_table.h"
#include "table/statistics.h"

namespace panelist {

struct StarLevels {
  double one = 0.1, two = 0.05, three = 0.01;
};

struct TableStyle {
  std::string name = "plain";  // catalog: plain, outreg2
  std::string lang = "en";     // en, zh
  int decimals = 4;
  StarLevels stars;
  std::string below = "se";  // se | t | p | ci : what stands in brackets under the estimate
  bool constant = true;
  std::vector<std::string> stats;  // rows under the coefficients, ordered; empty = the style's own
};
std::vector<std::string> table_style_names();
std::vector<std::string>
table_stat_names();  // n r2 r2_within r2_adjusted n_units n_clusters f kp_lm kp_f ...

using Labels = std::map<std::string, std::string>;  // column or term -> label in the table's language

struct RegressionColumn {
  const Estimation* estimation = nullptr;
  std::string heading;               // "" = the outcome's label
  std::string group;                 // spanner above, "" none
  int first_stage = -1;              // >= 0: print this first stage instead of the equation
  std::vector<std::string> remarks;  // for the notes: "NQP, DT winsorised at 1%"
  std::string source;                // JSON pointer of the column within the table's object in results.json
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
  std::vector<std::string> keep;             // terms to print, in order; empty = all that are in no {set}
  std::vector<SplitComparison> comparisons;  // one a split
  TableStyle style;
  Labels labels;
};
PublicationTable regression_table(const RegressionTableSpec& spec);

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

// "Sample: 2014 <= year <= 2022." for the notes of any table; "" without a condition.
std::string sample_note(const std::vector<std::string>& conditions, const std::string& lang);

PublicationTable index_table(const IndexResult& index, const std::string& id, const std::string& title,
                             int number, const TableStyle& style, const Labels& labels);
PublicationTable mediation_table(const Mediation& mediation, const std::string& id, const std::string& title,
                                 int number, const TableStyle& style, const Labels& labels);
PublicationTable vif_table(const Vif& vif, const std::string& id, const std::string& title, int number,
                           const TableStyle& style, const Labels& labels);

}  // namespace panelist
