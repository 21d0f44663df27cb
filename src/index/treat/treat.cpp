// SPDX-License-Identifier: Apache-2.0
#include "index/treat.h"

#include "base/text.h"
#include "table/statistics.h"

namespace panelist {
namespace {

constexpr double most_skewness = 2, most_kurtosis = 3.5;

ColumnTreatment no_rule(const Vector& /*reference*/, const Indicator& /*indicator*/,
                        const IndexConventions& /*conventions*/) {
  return {};
}

void check_positive(const Vector& reference, const Indicator& indicator) {
  if (reference.minCoeff() > 0) return;
  throw Error("index.not_positive", "`" + indicator.code + "` has values that are not above zero",
              "a logarithm or a power needs them above zero: use outliers = \"skew\" or winsor",
              "indicator " + indicator.code);
}

ColumnTreatment log_rule(const Vector& reference, const Indicator& indicator,
                         const IndexConventions& /*conventions*/) {
  check_positive(reference, indicator);
  ColumnTreatment treatment;
  treatment.transform = "log";
  return treatment;
}

ColumnTreatment box_cox_rule(const Vector& reference, const Indicator& indicator,
                             const IndexConventions& /*conventions*/) {
  check_positive(reference, indicator);
  ColumnTreatment treatment;
  treatment.transform = "boxcox";
  treatment.lambda = box_cox_lambda(reference);
  return treatment;
}

bool passes(const Vector& x) {
  const Shape shape = shape_of(x);
  return !(std::abs(shape.skewness) > most_skewness && shape.kurtosis > most_kurtosis);
}

// The next value inside the largest (or the smallest); the largest itself when all are equal.
double next_inside(const Vector& x, double end) {
  double next = end;
  for (const double value : x)
    if (value != end && (next == end || std::abs(value - end) < std::abs(next - end))) next = value;
  return next;
}

void move_end(Vector& x, ColumnTreatment& treatment) {
  const bool high = shape_of(x).skewness > 0;
  double& limit = high ? treatment.high : treatment.low;
  limit = next_inside(x, high ? x.maxCoeff() : x.minCoeff());
  x = treated(treatment, x);
  ++treatment.points;
}

ColumnTreatment log_of_range(const Vector& reference) {
  const double low = reference.minCoeff(), high = reference.maxCoeff(), a = (high - low) / 100;
  const bool mirrored = shape_of(reference).skewness < 0;
  ColumnTreatment treatment;
  treatment.transform = mirrored ? "log_range_mirrored" : "log_range";
  treatment.shift = mirrored ? high + a : a - low;
  return treatment;
}

ColumnTreatment skew_rule(const Vector& reference, const Indicator& /*indicator*/,
                          const IndexConventions& conventions) {
  ColumnTreatment treatment;
  Vector x = reference;
  while (!passes(x) && treatment.points < conventions.winsor_points) move_end(x, treatment);
  return passes(x) ? treatment : log_of_range(reference);
}

double transformed(const ColumnTreatment& treatment, double x) {
  if (treatment.transform == "log") return std::log(x);
  if (treatment.transform == "log_range") return std::log(x + treatment.shift);
  if (treatment.transform == "log_range_mirrored") return -std::log(treatment.shift - x);
  if (treatment.transform == "boxcox")
    return treatment.lambda == 0 ? std::log(x) : (std::pow(x, treatment.lambda) - 1) / treatment.lambda;
  return x;
}

double transformed_goalpost(const ColumnTreatment& treatment, double goalpost, const std::string& code) {
  const double moved = transformed(treatment, goalpost);
  if (std::isfinite(moved)) return moved;
  throw Error("index.goalposts",
              "the goalpost " + shortest(goalpost) + " of `" + code + "` has no logarithm or power",
              "give it one among the values that `outliers` can transform, or leave `outliers` out",
              "indicator " + code);
}

}  // namespace

const std::vector<OutlierRule>& outlier_rules() {
  static const std::vector<OutlierRule> catalog = {
      {"none", "values stay", no_rule},
      {"skew", "the most extreme move in, or a logarithm, where skewness and kurtosis are large", skew_rule},
      {"log", "natural logarithms", log_rule},
      {"boxcox", "the power of the largest likelihood", box_cox_rule},
  };
  return catalog;
}

std::vector<std::string> outlier_rule_names() {
  std::vector<std::string> names;
  for (const OutlierRule& rule : outlier_rules()) names.emplace_back(rule.name);
  return names;
}

Shape shape_of(const Vector& x) {
  const double n = static_cast<double>(x.size());
  const Eigen::ArrayXd d = x.array() - x.mean();
  const double m2 = d.square().mean(), m3 = d.cube().mean(), m4 = d.square().square().mean();
  if (!(m2 > 0) || n < 4) return {};
  const double g1 = m3 / (m2 * std::sqrt(m2)), g2 = m4 / (m2 * m2) - 3;
  return {g1 * std::sqrt(n * (n - 1)) / (n - 2), ((n + 1) * g2 + 6) * (n - 1) / ((n - 2) * (n - 3))};
}

bool treats(const IndexConventions& conventions) {
  return conventions.winsor > 0 || conventions.outliers != "none";
}

ColumnTreatment learn_treatment(const Vector& reference, const Indicator& indicator,
                                const IndexConventions& conventions) {
  ColumnTreatment limits;
  Vector x = reference;
  if (conventions.winsor > 0) {
    const std::vector<double> values(reference.begin(), reference.end());
    limits.low = percentile(values, 100 * conventions.winsor);
    limits.high = percentile(values, 100 * (1 - conventions.winsor));
    x = treated(limits, reference);
  }
  for (const OutlierRule& rule : outlier_rules())
    if (rule.name == conventions.outliers) {
      ColumnTreatment treatment = rule.learn(x, indicator, conventions);
      treatment.low = std::max(treatment.low, limits.low);
      treatment.high = std::min(treatment.high, limits.high);
      return treatment;
    }
  return limits;
}

Vector treated(const ColumnTreatment& treatment, const Vector& x) {
  Vector moved = x.array().max(treatment.low).min(treatment.high);
  if (!treatment.transform.empty())
    for (double& value : moved) value = transformed(treatment, value);
  return moved;
}

Indicator treated_goalposts(const ColumnTreatment& treatment, Indicator indicator) {
  if (treatment.transform.empty()) return indicator;
  if (indicator.min) indicator.min = transformed_goalpost(treatment, *indicator.min, indicator.code);
  if (indicator.max) indicator.max = transformed_goalpost(treatment, *indicator.max, indicator.code);
  for (double* value : {&indicator.target, &indicator.low, &indicator.high})
    *value = transformed(treatment, *value);
  return indicator;
}

}  // namespace panelist
