// SPDX-License-Identifier: Apache-2.0
// conley: rows of one period whose great-circle distance is below the cutoff are correlated.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "infer/vcov/degrees.h"
#include "infer/vcov/kinds.h"

namespace panelist {
namespace {

constexpr double earth_radius = 6371;  // kilometres
constexpr double radian = std::numbers::pi / 180;

struct Place {
  double latitude, longitude, cosine;  // radians
};

void check_place(double latitude, double longitude, std::size_t row) {
  if (std::abs(latitude) <= 90 && longitude >= -180 && longitude <= 360) return;
  throw Error(
      "data.coordinates",
      fmt::format("row {}: latitude {}, longitude {} is no place on earth", row + 1, latitude, longitude),
      "write degrees: conley(latitude, longitude, 300km), latitude from -90 to 90, longitude from -180 to "
      "360; is their order right?");
}

std::vector<Place> places_of(const Fit& fit, const VcovSpec& spec) {
  const FrameColumns& extra = fit.frame->extra;
  const auto column = [&](std::size_t which) {
    const auto found = std::find(extra.names.begin(), extra.names.end(), spec.coordinates[which]);
    if (found == extra.names.end())
      throw Error("infer.unknown_cluster",
                  fmt::format("the model was built without the coordinates `{}`", spec.coordinates[which]),
                  "name them when the model is built", "column " + spec.coordinates[which]);
    return extra.values.col(found - extra.names.begin());
  };
  const SharedVector latitude = column(0), longitude = column(1);
  std::vector<Place> places;
  for (Index row = 0; row < latitude.size(); ++row) {
    check_place(latitude(row), longitude(row), fit.frame->rows[static_cast<std::size_t>(row)]);
    places.push_back({latitude(row) * radian, longitude(row) * radian, std::cos(latitude(row) * radian)});
  }
  return places;
}

// Haversine.
double kilometres(const Place& a, const Place& b) {
  const double across = std::sin((a.latitude - b.latitude) / 2),
               along = std::sin((a.longitude - b.longitude) / 2);
  const double square = across * across + a.cosine * b.cosine * along * along;
  return 2 * earth_radius * std::asin(std::min(1.0, std::sqrt(square)));
}

double weight_of(double distance, double cutoff, bool bartlett) {
  if (distance >= cutoff) return 0;
  return bartlett ? 1 - distance / cutoff : 1;
}

// Rows by period, then from south to north: those within the cutoff lie within a window.
std::vector<Index> rows_in_order(const ModelFrame& frame, const std::vector<Place>& places) {
  std::vector<Index> order(places.size());
  std::iota(order.begin(), order.end(), Index{0});
  const auto key = [&](Index row) {
    const auto at = static_cast<std::size_t>(row);
    return std::pair(frame.time.empty() ? std::int64_t{0} : frame.time[at], places[at].latitude);
  };
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return key(a) < key(b); });
  return order;
}

class Neighbours {
 public:
  Neighbours(const Fit& fit, const VcovSpec& spec)
      : frame_(*fit.frame),
        places_(places_of(fit, spec)),
        order_(rows_in_order(frame_, places_)),
        cutoff_(spec.numbers.front()),
        bartlett_(spec.option == "bartlett") {}

  [[nodiscard]] Matrix meat(const Matrix& scores) const {
    const Matrix own = scores(order_, Eigen::all).transpose();
    Matrix around = 0.5 * own;
    for (std::size_t i = 0; i < order_.size(); ++i)
      for (std::size_t j = i + 1; j < order_.size() && reaches(i, j); ++j)
        around.col(static_cast<Index>(i)) += weight(i, j) * own.col(static_cast<Index>(j));
    const Matrix half = own * around.transpose();
    return half + half.transpose();
  }

  // Mean number of other rows of the period within the cutoff.
  [[nodiscard]] double mean_neighbours() const {
    double pairs = 0;
    for (std::size_t i = 0; i < order_.size(); ++i)
      for (std::size_t j = i + 1; j < order_.size() && reaches(i, j); ++j)
        if (kilometres(place(i), place(j)) < cutoff_) pairs += 2;
    return pairs / static_cast<double>(order_.size());
  }

 private:
  [[nodiscard]] const Place& place(std::size_t i) const {
    return places_[static_cast<std::size_t>(order_[i])];
  }
  [[nodiscard]] double weight(std::size_t i, std::size_t j) const {
    return weight_of(kilometres(place(i), place(j)), cutoff_, bartlett_);
  }
  [[nodiscard]] bool reaches(std::size_t i, std::size_t j) const {
    const auto time = [&](std::size_t at) { return frame_.time[static_cast<std::size_t>(order_[at])]; };
    if (!frame_.time.empty() && time(i) != time(j)) return false;
    return (place(j).latitude - place(i).latitude) * earth_radius < cutoff_;
  }

  const ModelFrame& frame_;
  std::vector<Place> places_;
  std::vector<Index> order_;
  double cutoff_;
  bool bartlett_;
};

}  // namespace

Matrix conley_meat(const Context&, const Matrix& scores, const Fit& fit, const VcovSpec& spec) {
  return Neighbours(fit, spec).meat(scores);
}

Vcov conley_vcov(const Context&, const Fit& fit, const VcovSpec& spec, const SmallSample& rules) {
  const Neighbours neighbours(fit, spec);
  Vcov vcov;
  vcov.option = spec.option.empty() ? "uniform" : spec.option;
  vcov.k = counted_parameters(fit, {}, rules);
  vcov.df = reference_degrees(fit, {}, rules, vcov.k);
  vcov.factor = fit.n / (fit.n - vcov.k);
  vcov.details = {{"kilometres", spec.numbers.front()}, {"mean_neighbours", neighbours.mean_neighbours()}};
  vcov.matrix = sandwich(fit.bread, neighbours.meat(scores_of(fit)), vcov.factor);
  vcov.clipped = clip_negative_eigenvalues(vcov.matrix);
  vcov.note = fmt::format("Conley standard errors ({} km, {} kernel) in parentheses", spec.numbers.front(),
                          vcov.option);
  return vcov;
}

}  // namespace panelist
