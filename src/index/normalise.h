// SPDX-License-Identifier: Apache-2.0
// Direction and scale of indicators; the rule for zeros.
#pragma once
#include "index/index.h"

namespace panelist {

// A column after normalising: x' of every row; what it was taken from; constant columns are all zero.
struct NormalisedColumn {
  Vector values;
  double min = missing_value, max = missing_value;
  bool constant = false;
  Index moved = 0;  // cells beyond fixed goalposts
};
// `scale` is one of minmax, zscore, rank, none.
NormalisedColumn normalised(const Vector& x, const Indicator& indicator, const std::string& scale);

// Larger is better: x, -x, or -|x - a|.
Vector oriented(const Vector& x, const Indicator& indicator);
bool is_constant(double min, double max);
// (x - min)/(max - min); zeros when constant.
Vector rescaled(const Vector& x);

// "limit", a shift, "smooth:a" as z = shift + slope x'.
struct ZeroRule {
  double shift = 0, slope = 1;
};
std::optional<ZeroRule> zero_rule(const std::string& text);

}  // namespace panelist
