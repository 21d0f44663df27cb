// SPDX-License-Identifier: Apache-2.0
// Valid t of one endogenous regressor with one instrument at 5 %: the critical value of |t| falls with the first-stage
// F (under the fit's vcov), from infinity at F = 3.84 to 1.96 at 104.67, by the published table, linear between its
// points (between 3.84 and its first point it is unbounded here: no value is published). F is the squared first-stage t
// with the small-sample factor of the fit, as the t of the coefficient has it.
// Source  Lee, McCrary, Moreira & Porter (2022), AER 112(10), table 3A
#include <cmath>

#include "infer/iv/partialled.h"

namespace panelist {
namespace {

struct Point {
  double f, critical;
};

constexpr Point points[] = {
    {4.000, 18.656}, {4.008, 18.236}, {4.015, 17.826}, {4.023, 17.425}, {4.031, 17.033}, {4.040, 16.649},
    {4.049, 16.275}, {4.059, 15.909}, {4.068, 15.551}, {4.079, 15.201}, {4.090, 14.859}, {4.101, 14.524},
    {4.113, 14.197}, {4.125, 13.878}, {4.138, 13.566}, {4.151, 13.260}, {4.166, 12.962}, {4.180, 12.670},
    {4.196, 12.385}, {4.212, 12.107}, {4.229, 11.834}, {4.247, 11.568}, {4.265, 11.308}, {4.285, 11.053},
    {4.305, 10.804}, {4.326, 10.561}, {4.349, 10.324}, {4.372, 10.091}, {4.396, 9.864},  {4.422, 9.642},
    {4.449, 9.425},  {4.477, 9.213},  {4.507, 9.006},  {4.538, 8.803},  {4.570, 8.605},  {4.604, 8.412},
    {4.640, 8.222},  {4.678, 8.037},  {4.717, 7.856},  {4.759, 7.680},  {4.803, 7.507},  {4.849, 7.338},
    {4.897, 7.173},  {4.948, 7.011},  {5.002, 6.854},  {5.059, 6.699},  {5.119, 6.549},  {5.182, 6.401},
    {5.248, 6.257},  {5.319, 6.117},  {5.393, 5.979},  {5.472, 5.844},  {5.556, 5.713},  {5.644, 5.584},
    {5.738, 5.459},  {5.838, 5.336},  {5.944, 5.216},  {6.056, 5.098},  {6.176, 4.984},  {6.304, 4.872},
    {6.440, 4.762},  {6.585, 4.655},  {6.741, 4.550},  {6.907, 4.448},  {7.085, 4.348},  {7.276, 4.250},
    {7.482, 4.154},  {7.702, 4.061},  {7.940, 3.969},  {8.196, 3.880},  {8.473, 3.793},  {8.773, 3.707},
    {9.098, 3.624},  {9.451, 3.542},  {9.835, 3.463},  {10.253, 3.385}, {10.711, 3.309}, {11.214, 3.234},
    {11.766, 3.161}, {12.374, 3.090}, {13.048, 3.021}, {13.796, 2.953}, {14.631, 2.886}, {15.566, 2.821},
    {16.618, 2.758}, {17.810, 2.696}, {19.167, 2.635}, {20.721, 2.576}, {22.516, 2.518}, {24.605, 2.461},
    {27.058, 2.406}, {29.967, 2.352}, {33.457, 2.299}, {37.699, 2.247}, {42.930, 2.197}, {49.495, 2.147},
    {57.902, 2.099}, {68.930, 2.052}, {83.823, 2.006}, {104.67, 1.96}};

double critical_value(double f) {
  const std::size_t count = std::size(points);
  if (!(f >= points[0].f)) return std::numeric_limits<double>::infinity();
  if (f >= points[count - 1].f) return points[count - 1].critical;
  std::size_t next = 1;
  while (points[next].f <= f) ++next;
  const Point &a = points[next - 1], &b = points[next];
  return a.critical + (f - a.f) / (b.f - a.f) * (b.critical - a.critical);
}

Coefficient coefficient_of(const PartialledModel& model) {
  const Vcov vcov = covariance(model.context, model.fit, model.spec, model.small_sample);
  const std::string& name = model.fit.iv->endogenous_names.front();
  for (const Coefficient& one : infer(model.fit, vcov, model.level).coefficients)
    if (one.term == name) return one;
  throw Error("internal.unknown_term", "the fit has no term `" + name + "`");
}

}  // namespace

TestOrReason valid_t(const PartialledModel& model) {
  if (model.endogenous_count() > 1 || model.instrument_count() > 1)
    return does_not_apply("tf", "it is of one endogenous regressor with one instrument");
  const auto stages = first_stage_inference(model, model.small_sample, model.level);
  const double t = stages.front().coefficients.front().statistic, f = t * t;
  if (std::isnan(f)) return left_out("tf", "the first stage has no residuals");
  const Coefficient coefficient = coefficient_of(model);
  const double critical = critical_value(f);
  TestOrReason result;
  result.test.name = "tf";
  result.test.statistic = coefficient.statistic;
  result.test.details = {{"first_stage_f", f}};
  result.test.note = "Lee et al. (2022), 5% level: |t| is compared with the critical value";
  if (std::isinf(critical)) {
    result.test.set = ConfidenceSet{"line", {{-critical, critical}}};
    result.test.note += "; unbounded, the first-stage F is too small";
    return result;
  }
  const double margin = critical * coefficient.std_error;
  result.test.critical = {{"5%", critical}};
  result.test.set =
      ConfidenceSet{"interval", {{coefficient.estimate - margin, coefficient.estimate + margin}}};
  return result;
}

}  // namespace panelist
