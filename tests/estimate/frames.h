// SPDX-License-Identifier: Apache-2.0
// Model frames written by hand.
#pragma once
#include <map>
#include <memory>

#include "base/random.h"
#include "estimate/estimator.h"
#include "reference_data.h"

namespace panelist::testing {

inline Vector vector_of(const std::vector<double>& values) {
  return Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
}

class FrameBuilder {
 public:
  explicit FrameBuilder(Vector outcome) {
    frame_.outcome_name = "y";
    frame_.outcome = std::move(outcome);
    frame_.rows = UsedRows::first(static_cast<std::size_t>(frame_.n()));
  }
  FrameBuilder& intercept() {
    frame_.intercept = true;
    return x("(Intercept)", Vector::Ones(frame_.n()));
  }
  FrameBuilder& x(const std::string& name, const Vector& values) {
    return add(frame_.exogenous, name, values);
  }
  FrameBuilder& endogenous(const std::string& name, const Vector& values) {
    return add(frame_.endogenous, name, values);
  }
  FrameBuilder& instrument(const std::string& name, const Vector& values) {
    return add(frame_.instruments, name, values);
  }
  FrameBuilder& effect(const std::string& name, const std::vector<std::string>& levels) {
    frame_.effects.push_back({grouping(name, levels), Matrix(), {}, true});
    return *this;
  }
  FrameBuilder& slope(const Vector& values) {
    frame_.effects.back().slopes = values;
    frame_.effects.back().slope_names = {"slope"};
    return *this;
  }
  FrameBuilder& weights(const Vector& w, WeightType type = WeightType::analytic) {
    frame_.weights = w;
    frame_.weight_type = type;
    return *this;
  }
  FrameBuilder& offset(const Vector& values) {
    frame_.offset = values;
    return *this;
  }
  [[nodiscard]] std::shared_ptr<const ModelFrame> frame() const {
    return std::make_shared<ModelFrame>(frame_);
  }
  [[nodiscard]] Fit fit() const { return estimate(Context{}, frame()); }

 private:
  FrameBuilder& add(FrameColumns& columns, const std::string& name, const Vector& values) {
    columns.names.push_back(name);
    columns.sets.emplace_back();
    columns.values.append(values);
    return *this;
  }
  static Grouping grouping(const std::string& name, const std::vector<std::string>& levels) {
    std::map<std::string, Level> ids;
    for (const std::string& level : levels) ids.emplace(level, 0);
    Grouping group;
    group.name = name;
    std::vector<std::string> names;
    for (auto& [level, id] : ids) {
      id = static_cast<Level>(names.size());
      names.push_back(level);
    }
    group.names = std::move(names);
    std::vector<Level> of_row;
    for (const std::string& level : levels) of_row.push_back(ids.at(level));
    group.level = std::move(of_row);
    return group;
  }
  ModelFrame frame_;
};

inline Vector noise(Index n, std::uint64_t seed) {
  Random random(seed, "noise", 0);
  Vector v(n);
  for (Index i = 0; i < n; ++i) v(i) = random.normal();
  return v;
}

inline std::vector<std::string> random_levels(Index n, std::uint32_t levels, std::uint64_t seed) {
  Random random(seed, "levels", 0);
  std::vector<std::string> names;
  for (Index i = 0; i < n; ++i) names.push_back(std::to_string(random.below(levels)));
  return names;
}

inline double coefficient(const Fit& fit, const std::string& term) {
  for (std::size_t j = 0; j < fit.names.size(); ++j) {
    if (fit.names[j] == term) return fit.coefficients(static_cast<Index>(j));
  }
  throw std::runtime_error("no term " + term);
}

}  // namespace panelist::testing
