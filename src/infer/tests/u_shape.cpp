// SPDX-License-Identifier: Apache-2.0
#include "infer/u_shape.h"

#include <fmt/format.h>

#include <cmath>

#include "base/distribution.h"
#include "base/text.h"
#include "infer/tests/arguments.h"
#include "infer/tests/kinds.h"

namespace panelist {
namespace {

Index place_of(const Fit& fit, const std::string& term) {
  const auto found = std::find(fit.names.begin(), fit.names.end(), term);
  return found == fit.names.end() ? -1 : static_cast<Index>(found - fit.names.begin());
}

struct Quadratic {
  Index linear = -1, square = -1;
};

Quadratic terms_of(const Fit& fit, const std::string& x) {
  for (const std::string& square : {"I(" + x + "^2)", x + ":" + x, "I(" + x + "*" + x + ")", x + "^2"})
    if (place_of(fit, x) >= 0 && place_of(fit, square) >= 0) return {place_of(fit, x), place_of(fit, square)};
  const std::string powers = "poly(" + x + ",2)";
  if (place_of(fit, powers + "2") >= 0) return {place_of(fit, powers + "1"), place_of(fit, powers + "2")};
  const std::string near = nearest(x, fit.names);
  if (place_of(fit, x) < 0 && place_of(fit, powers + "1") < 0)
    throw Error("infer.unknown_term", fmt::format("the model has no coefficient `{}`", x),
                near.empty() || near == x ? "name a regressor of the formula"
                                          : fmt::format("did you mean `{}`?", near),
                "term " + x);
  throw Error("infer.no_square", fmt::format("the model has no square of `{}`", x),
              fmt::format("a U-shape needs both: y ~ {0} + I({0}^2); look whether it was dropped", x),
              "term " + x);
}

// Values of x on the rows used, before absorption.
std::pair<double, double> range_of(const Fit& fit, const std::string& term) {
  for (const FrameColumns* columns : {&fit.frame->exogenous, &fit.frame->endogenous})
    for (std::size_t j = 0; j < columns->names.size(); ++j) {
      if (columns->names[j] != term) continue;
      const auto values = columns->values.col(static_cast<Index>(j));
      return {values.minCoeff(), values.maxCoeff()};
    }
  throw Error("infer.unknown_term", fmt::format("the values of `{}` are not kept", term), "", "term " + term);
}

// One-sided: the slope is below zero (sign -1) or above (sign 1).
SlopeAt slope_at(const Fit& fit, const Vcov& vcov, const Quadratic& terms, double at, int sign) {
  Vector contrast = Vector::Zero(fit.k());
  contrast(terms.linear) = 1;
  contrast(terms.square) = 2 * at;
  SlopeAt slope{at, contrast.dot(fit.coefficients), std::sqrt(contrast.dot(vcov.matrix * contrast)), 0, 0};
  slope.t = slope.slope / slope.std_error;
  const double two_sided = t_two_sided(slope.t, degrees_of(vcov, contrast));
  slope.p_value = sign * slope.t > 0 ? two_sided / 2 : 1 - two_sided / 2;
  return slope;
}

// a e^2 + b e + c <= 0.
ConfidenceSet set_below_zero(double a, double b, double c) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double discriminant = b * b - 4 * a * c;
  if (discriminant < 0 && a > 0) return {"empty", {}};
  if (discriminant < 0 || a == 0) return {"line", {{-infinity, infinity}}};
  const double q = -0.5 * (b + std::copysign(std::sqrt(discriminant), b));
  double first = q / a, second = c / q;
  if (first > second) std::swap(first, second);
  if (a > 0) return {"interval", {{first, second}}};
  return {"two rays", {{-infinity, first}, {second, infinity}}};
}

void find_extreme_point(const Fit& fit, const Vcov& vcov, const Quadratic& terms, double level,
                        UShape& shape) {
  const double b1 = fit.coefficients(terms.linear), b2 = fit.coefficients(terms.square);
  const double v11 = vcov.matrix(terms.linear, terms.linear), v12 = vcov.matrix(terms.linear, terms.square),
               v22 = vcov.matrix(terms.square, terms.square);
  shape.extreme = -b1 / (2 * b2);
  const double g1 = -1 / (2 * b2), g2 = b1 / (2 * b2 * b2);
  shape.extreme_se = std::sqrt(g1 * g1 * v11 + 2 * g1 * g2 * v12 + g2 * g2 * v22);
  const double t = t_quantile(0.5 * (1 + level), shape.df);
  shape.delta_low = shape.extreme - t * shape.extreme_se;
  shape.delta_high = shape.extreme + t * shape.extreme_se;
  shape.fieller =
      set_below_zero(4 * (b2 * b2 - t * t * v22), 4 * (b1 * b2 - t * t * v12), b1 * b1 - t * t * v11);
  shape.inside = shape.low.at < shape.extreme && shape.extreme < shape.high.at;
}

}  // namespace

UShape u_shape(const Fit& fit, const Vcov& vcov, const std::string& x, double level,
               std::optional<std::pair<double, double>> range) {
  const Quadratic terms = terms_of(fit, x);
  UShape shape;
  shape.x = fit.names[static_cast<std::size_t>(terms.linear)];
  shape.square = fit.names[static_cast<std::size_t>(terms.square)];
  const auto [low, high] = range ? *range : range_of(fit, shape.x);
  if (!(low < high))
    throw Error("infer.bad_range",
                fmt::format("the range [{}, {}] of `{}` is empty", shortest(low), shortest(high), x),
                "the low end lies below the high one", "term " + x);
  shape.inverted = fit.coefficients(terms.square) < 0;
  shape.df = vcov.df;
  shape.low = slope_at(fit, vcov, terms, low, shape.inverted ? 1 : -1);
  shape.high = slope_at(fit, vcov, terms, high, shape.inverted ? -1 : 1);
  find_extreme_point(fit, vcov, terms, level, shape);
  if (shape.inside) {
    shape.t = std::min(std::abs(shape.low.t), std::abs(shape.high.t));
    shape.p_value = std::max(shape.low.p_value, shape.high.p_value);
  }
  return shape;
}

namespace {

std::optional<double> number_asked(const TestRequest& request, const TestArguments& arguments,
                                   const char* key) {
  const std::string text = arguments.text(key, "");
  if (text.empty()) return std::nullopt;
  if (const auto number = parse_number(text)) return *number;
  throw Error("usage.bad_value", fmt::format("`{}` of `{}` is no number", key, request.written),
              "for example u_shape(x, low=0, high=1)", "option --tests");
}

// Outside the data there is no p-value: the note says so.
std::string words_of(const UShape& shape) {
  const std::string form = shape.inverted ? "an inverted U" : "a U";
  if (shape.inside) return "H1: " + form + " in " + shape.x;
  return fmt::format("the extreme point {} lies outside [{}, {}]: no {}", significant(shape.extreme, 4),
                     significant(shape.low.at, 4), significant(shape.high.at, 4),
                     form.substr(form.find(' ') + 1));
}

}  // namespace

RequestedTest u_shape_test(const Context&, const EstimationSpec&, const Estimation& estimation,
                           const TestRequest& request) {
  const TestArguments arguments = read_arguments(request, {"low", "high"});
  const auto low = number_asked(request, arguments, "low"), high = number_asked(request, arguments, "high");
  if (arguments.hypotheses.size() != 1 || low.has_value() != high.has_value())
    throw Error("usage.bad_value", fmt::format("`{}` names one term, and both ends or none", request.written),
                "for example u_shape(x) or u_shape(x, low=0, high=1)", "option --tests");
  std::optional<std::pair<double, double>> range;
  if (low && high) range = {*low, *high};
  const UShape shape = u_shape(*estimation.fit, estimation.vcov, arguments.hypotheses.front(),
                               estimation.inference.level, range);
  TestResult test;
  test.name = request.written;
  test.statistic = shape.t;
  test.p_value = shape.p_value;
  test.note = words_of(shape);
  test.details = {{"low", shape.low.at},      {"slope_low", shape.low.slope},   {"t_low", shape.low.t},
                  {"high", shape.high.at},    {"slope_high", shape.high.slope}, {"t_high", shape.high.t},
                  {"extreme", shape.extreme}, {"extreme_se", shape.extreme_se}};
  test.set = shape.fieller;
  if (!shape.inside) test.warnings.emplace_back("infer.extreme_outside", test.note);
  return {request.written, std::move(test), {}};
}

}  // namespace panelist
