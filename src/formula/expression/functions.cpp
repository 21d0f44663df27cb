// SPDX-License-Identifier: Apache-2.0
#include "formula/expression/functions.h"

namespace panelist {
namespace {

constexpr int many = 100;

}  // namespace

const std::vector<Function>& functions() {
  static const std::vector<Function> catalog = {
      {"log", 1, 1, false, "log(x)", apply_log},
      {"ln", 1, 1, false, "ln(x)", apply_log},
      {"log10", 1, 1, false, "log10(x)", apply_log10},
      {"log1p", 1, 1, false, "log1p(x)", apply_log1p},
      {"exp", 1, 1, false, "exp(x)", apply_exp},
      {"sqrt", 1, 1, false, "sqrt(x)", apply_sqrt},
      {"abs", 1, 1, false, "abs(x)", apply_abs},
      {"sign", 1, 1, false, "sign(x)", apply_sign},
      {"asinh", 1, 1, false, "asinh(x)", apply_asinh},
      {"floor", 1, 1, false, "floor(x)", apply_floor},
      {"ceil", 1, 1, false, "ceil(x)", apply_ceil},
      {"round", 1, 2, false, "round(x) or round(x, digits)", apply_round},
      {"pow", 2, 2, false, "pow(x, power)", apply_pow},
      {"ifelse", 3, 3, false, "ifelse(condition, a, b)", apply_ifelse},
      {"I", 1, 1, false, "I(expression)", apply_identity},
      {"d", 1, 2, false, "d(x, steps)", apply_step_difference},
      {"mean", 1, 1, true, "mean(x, by=group)", apply_mean},
      {"sum", 1, 1, true, "sum(x, by=group)", apply_sum},
      {"sd", 1, 1, true, "sd(x, by=group)", apply_sd},
      {"min", 1, many, true, "min(a, b) or min(x, by=group)", apply_min},
      {"max", 1, many, true, "max(a, b) or max(x, by=group)", apply_max},
      {"count", 0, 1, true, "count(x, by=group)", apply_count},
      {"p10", 1, 1, true, "p10(x, by=group)", apply_p10},
      {"p25", 1, 1, true, "p25(x, by=group)", apply_p25},
      {"p50", 1, 1, true, "p50(x, by=group)", apply_p50},
      {"median", 1, 1, true, "median(x, by=group)", apply_p50},
      {"p75", 1, 1, true, "p75(x, by=group)", apply_p75},
      {"p90", 1, 1, true, "p90(x, by=group)", apply_p90},
      {"first", 1, 1, true, "first(x, by=group)", apply_first},
      {"last", 1, 1, true, "last(x, by=group)", apply_last},
      {"rank", 1, 1, true, "rank(x, by=group)", apply_rank},
      {"winsor", 2, 2, true, "winsor(x, 0.01)", apply_winsor},
      {"trim", 2, 2, true, "trim(x, 0.01)", apply_trim},
      {"region_cn", 2, 2, false, "region_cn(province, 'east12')", apply_region_cn},
  };
  return catalog;
}

const Function* find_function(std::string_view name) {
  for (const auto& function : functions()) {
    if (function.name == name) return &function;
  }
  return nullptr;
}

}  // namespace panelist
