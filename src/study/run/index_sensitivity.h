// SPDX-License-Identifier: Apache-2.0
// A coefficient under the conventions of an index: the model is estimated anew with the index built each way.
//
// Each variant enters with the mean and the standard deviation that the index itself has on the sample, so that estimates
// compare whatever the scale; t and p are untouched where the index enters linearly beside a constant or effects. Derived
// columns that use the index follow. Significant: p below 0.05 and the sign of the estimate under the index's own
// conventions.
#pragma once
#include "index/variants.h"
#include "study/run/regressions.h"

namespace panelist::study {

struct SensitivityRun {
  IndexVariant variant;
  double estimate = missing_value, std_error = missing_value, p_value = missing_value;
  double low = missing_value, high = missing_value;
  double rank_correlation = missing_value;  // of scores with those of the index
  std::size_t n = 0;
};

struct IndexSensitivity {
  std::string index, term, formula;
  SensitivityRun own;
  std::vector<SensitivityRun> conventions, left_out;  // the index's own conventions among the first
  std::size_t refused = 0;                            // combinations without meaning
};

// Of a part of the runs: "normalise: minmax".
struct SensitivitySummary {
  std::string what;
  std::size_t runs = 0;
  double least = missing_value, median = missing_value, most = missing_value, significant = missing_value;
};
SensitivitySummary summary_of(const std::string& what, const std::vector<const SensitivityRun*>& runs,
                              double own_estimate);
// All conventions, each choice, all left-out indicators.
std::vector<SensitivitySummary> summaries_of(const IndexSensitivity& found);

// A choice in the words of the study's language: ("weights", "entropy").
std::string choice_words(const std::string& kind, const std::string& value, const std::string& lang);
// "normalise: minmax; weights: entropy" in Chinese; in English as it stands.
std::string choices_in_words(const std::string& choices, const std::string& lang);

IndexSensitivity index_sensitivity(Workspace& work, const TableEntry& entry);

}  // namespace panelist::study
