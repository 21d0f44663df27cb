// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "mechanism/group_difference/stacked_frame.h"
#include "mechanism/group_difference/tests.h"
#include "mechanism/joint/influence.h"
#include "mechanism/resampling/resampled_frame.h"

namespace panelist {
namespace {

Index place_of(const Fit& fit, const std::string& term) {
  const Index place = position_of(fit, term);
  if (place < 0)
    throw Error("mechanism.unknown_term", "`" + term + "` could not be estimated with every term interacted",
                "look at the groups' own models for collinear terms", "term " + term);
  return place;
}

// F of R b = 0; a single difference is shown with its standard error.
TestResult equality_test(const std::string& name, const Matrix& restrictions, const Fit& fit,
                         const Vcov& vcov) {
  TestResult test = restrictions_test(fit, vcov, restrictions);
  test.name = name;
  if (restrictions.rows() != 1) return test;
  const double difference = restrictions.row(0).dot(fit.coefficients);
  const double variance = restrictions.row(0).dot(vcov.matrix * restrictions.row(0).transpose());
  test.note = fmt::format("difference {:.6g}, standard error {:.6g}", difference, std::sqrt(variance));
  return test;
}

void append_column(FrameColumns& columns, const std::string& name, const Vector& values) {
  columns.names.push_back(name);
  columns.sets.emplace_back();
  columns.values.append(values);
}

// Column `term` times membership, when the term stands among the columns.
void interact(FrameColumns& columns, const std::string& term, const std::string& prefix,
              const Vector& member) {
  const auto found = std::find(columns.names.begin(), columns.names.end(), term);
  if (found == columns.names.end()) return;
  const Index place = static_cast<Index>(found - columns.names.begin());
  append_column(columns, prefix + ":" + term, columns.values.col(place).cwiseProduct(member));
}

std::string prefix_of(const GroupDifferenceSpec& spec, const std::string& group) {
  return spec.by + "::" + group;
}

// The pooled frame with the later groups' intercepts and the term interacted with them.
ModelFrame with_term_interacted(const Comparison& comparison, const Groups& groups, ModelFrame frame) {
  const std::vector<int> of_row = group_of_rows(groups, frame);
  const std::vector<std::string> instruments = frame.instruments.names;
  for (std::size_t g = 1; g < groups.names.size(); ++g) {
    Vector member(frame.n());
    for (Index i = 0; i < frame.n(); ++i)
      member(i) = of_row[static_cast<std::size_t>(i)] == static_cast<int>(g);
    const std::string prefix = prefix_of(comparison.spec, groups.names[g]);
    append_column(frame.exogenous, prefix, member);
    interact(frame.exogenous, comparison.spec.term, prefix, member);
    const std::size_t endogenous = frame.endogenous.names.size();
    interact(frame.endogenous, comparison.spec.term, prefix, member);
    if (frame.endogenous.names.size() == endogenous) continue;
    for (const std::string& instrument : instruments) interact(frame.instruments, instrument, prefix, member);
  }
  return frame;
}

}  // namespace

InteractedModel interacted_model(const Comparison& comparison) {
  const EstimationSpec& model = comparison.spec.model;
  auto frame = std::make_shared<const ModelFrame>(stacked_frame(comparison.groups));
  Fit fit = estimate_frame(comparison.context, frame, model.estimate, model.method);
  Vcov vcov = covariance(comparison.context, fit, model.vcov, model.small_sample);
  return {frame, std::move(fit), std::move(vcov)};
}

TestResult interaction_test(const Comparison& comparison, const InteractedModel& model,
                            const std::vector<std::size_t>& groups) {
  const Index q = static_cast<Index>(groups.size()) - 1;
  Matrix restrictions = Matrix::Zero(q, model.fit.k());
  const auto place = [&](std::size_t g) {
    return place_of(model.fit, stacked_term(comparison.groups[g].group, comparison.spec.term));
  };
  for (Index r = 0; r < q; ++r) {
    restrictions(r, place(groups[0])) = 1;
    restrictions(r, place(groups[static_cast<std::size_t>(r) + 1])) = -1;
  }
  return equality_test(groups.size() > 2 ? "joint" : "interaction", restrictions, model.fit, model.vcov);
}

std::optional<TestResult> interaction_term_test(const Comparison& comparison, const Groups& groups,
                                                const Table& table, const Panel* panel) {
  Table masked = table;
  std::vector<int> all;
  for (std::size_t g = 0; g < groups.names.size(); ++g) all.push_back(static_cast<int>(g));
  const EstimationSpec model = restricted(comparison.spec.model, groups, all, masked);
  auto frame = std::make_shared<const ModelFrame>(
      with_term_interacted(comparison, groups, frame_of_model(comparison.context, model, masked, panel)));
  const Fit fit = estimate_frame(comparison.context, frame, model.estimate, model.method);
  const Vcov vcov = covariance(comparison.context, fit, model.vcov, model.small_sample);
  Matrix restrictions = Matrix::Zero(static_cast<Index>(groups.names.size()) - 1, fit.k());
  for (std::size_t g = 1; g < groups.names.size(); ++g) {
    const Index place =
        position_of(fit, prefix_of(comparison.spec, groups.names[g]) + ":" + comparison.spec.term);
    if (place < 0) return std::nullopt;
    // First less later, as everywhere.
    restrictions(static_cast<Index>(g) - 1, place) = -1;
  }
  return equality_test("interaction_term", restrictions, fit, vcov);
}

}  // namespace panelist
