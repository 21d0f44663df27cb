// SPDX-License-Identifier: Apache-2.0
// What spec_curve, leave_out, oster and permutation of a table or figure say.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "infer/vcov.h"
#include "study/spanned.h"
#include "table/column.h"

namespace panelist {

// What robustness tables and figures ask for: a specification curve, one level left out at a time, bounds for what is
// not observed, a term handed around at random. Each reads its own keys.
struct RobustnessEntry {
  ColumnEntry of;
  std::vector<Spanned> terms;              // the term, then measures in its place
  std::vector<std::vector<Spanned>> sets;  // control sets listed; empty: all subsets
  std::vector<Spanned> among;              // controls that come and go; empty: those of the model's sets
  std::vector<std::pair<std::string, SpannedExpression>> samples;
  std::vector<Spanned> effects, outcomes;
  std::vector<VcovSpec> vcovs;
  bool own_sample = false;
  long long draw = 0;
  std::optional<Spanned> by;  // column whose levels are left out, or within whose groups is permuted
  double r_max = missing_value, times = 1.3;  // R2 max, or so many times the model's
  double delta = 1, beta = 0;
  std::string among_what;       // permutation: units, rows
  std::string statistic = "b";  // or t
  long long reps = 999;
  Span span;
};

}  // namespace panelist
