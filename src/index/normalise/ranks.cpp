// SPDX-License-Identifier: Apache-2.0
#include "index/normalise.h"
#include "index/normalise/normalise.h"

namespace panelist {
namespace {

// Reference rows worse than a value, and those equal to it.
struct Place {
  double worse = 0, equal = 0;
};

Place place_of(double value, const std::vector<double>& ordered) {
  const auto [first, last] = std::equal_range(ordered.begin(), ordered.end(), value);
  return {static_cast<double>(first - ordered.begin()), static_cast<double>(last - first)};
}

template <typename Value>
Vector by_place(const ColumnScale& scale, const VectorView& x, const Indicator& indicator, Value value) {
  Vector values = oriented(x, indicator);
  for (double& cell : values) cell = value(place_of(cell, scale.ordered));
  return values;
}

double others(const ColumnScale& scale) { return static_cast<double>(scale.ordered.size()) - 1; }

}  // namespace

ColumnScale learn_order(const Vector& reference, const Indicator& indicator) {
  ColumnScale scale = learn_none(reference, indicator);
  const Vector better = oriented(reference, indicator);
  scale.ordered.assign(better.begin(), better.end());
  std::sort(scale.ordered.begin(), scale.ordered.end());
  return scale;
}

// A value the reference does not hold stands between its neighbours.
Vector apply_rank(const ColumnScale& scale, const VectorView& x, const Indicator& indicator) {
  const double n = others(scale);
  return by_place(scale, x, indicator, [n](const Place& place) {
    const double mean_rank = (place.worse + (place.worse + place.equal) - 1) / 2;
    return std::clamp(mean_rank / n, 0.0, 1.0);
  });
}

Vector apply_percentile(const ColumnScale& scale, const VectorView& x, const Indicator& indicator) {
  const double n = others(scale);
  return by_place(scale, x, indicator, [n](const Place& place) { return std::min(place.worse / n, 1.0); });
}

Vector apply_borda(const ColumnScale& scale, const VectorView& x, const Indicator& indicator) {
  return by_place(scale, x, indicator, [](const Place& place) { return place.worse; });
}

}  // namespace panelist
