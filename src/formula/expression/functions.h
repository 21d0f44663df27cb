// SPDX-License-Identifier: Apache-2.0
// The catalog of functions. Adding one: its body in a functions_*.cpp and one line in functions.cpp.
#pragma once
#include <string_view>
#include <vector>

#include "formula/expression/evaluator.h"

namespace panelist {

struct Function {
  std::string_view name;
  int least;  // arguments
  int most;
  bool groups;  // takes by=
  std::string_view usage;
  Value (*apply)(const Evaluator& evaluator, const ExpressionNode& call);
};

const std::vector<Function>& functions();
const Function* find_function(std::string_view name);

// Row by row (functions_rows.cpp).
Value apply_log(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_log10(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_log1p(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_exp(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_sqrt(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_abs(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_sign(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_asinh(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_floor(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_ceil(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_round(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_pow(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_ifelse(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_identity(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_step_difference(const Evaluator& evaluator, const ExpressionNode& call);

// Over groups of rows (functions_groups.cpp).
Value apply_mean(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_sum(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_sd(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_min(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_max(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_count(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_p10(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_p25(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_p50(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_p75(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_p90(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_first(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_last(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_rank(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_winsor(const Evaluator& evaluator, const ExpressionNode& call);
Value apply_trim(const Evaluator& evaluator, const ExpressionNode& call);

// Names of places (functions_places.cpp).
Value apply_region_cn(const Evaluator& evaluator, const ExpressionNode& call);

}  // namespace panelist
