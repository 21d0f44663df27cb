// SPDX-License-Identifier: Apache-2.0
// One model of all groups: everything interacted (interaction, chow), all terms or one (interaction_slopes, _term).
#include <fmt/format.h>

#include "base/text.h"
#include "mechanism/group_difference/stacked_frame.h"
#include "mechanism/group_difference/tests.h"
#include "mechanism/joint/influence.h"
#include "mechanism/resampling/resampled_frame.h"

namespace panelist {
namespace {

// Estimators under which the groups' own coefficients are those of one model with everything interacted.
bool separates(const std::string& method) {
  static const std::vector<std::string> methods = {"", "ols", "2sls", "poisson", "logit", "probit"};
  return std::find(methods.begin(), methods.end(), method) != methods.end();
}

// Rows of R: for each group but the first, first less later, at these places (-1: the base, whose coefficient is zero).
Matrix equality_at(const std::vector<Index>& places, Index k) {
  const Matrix small = equality_restrictions(places.size());
  Matrix restrictions = Matrix::Zero(small.rows(), k);
  for (std::size_t g = 0; g < places.size(); ++g)
    if (places[g] >= 0) restrictions.col(places[g]) += small.col(static_cast<Index>(g));
  return restrictions;
}

TestResult named(std::string_view method, TestResult test) {
  test.name = method;
  if (std::isnan(test.p_value) && test.note.empty()) test.note = "the difference has no variance";
  return test;
}

struct OneModel {
  const Fit& fit;
  const Vcov& vcov;
  std::vector<Index> places;  // of the groups' coefficients; -1 for the base
};

DifferenceTests tests_in(const Comparison& comparison, std::string_view method, const OneModel& model) {
  DifferenceTests tests{std::string(method), {}, {}};
  for (const GroupPair& pair : comparison.result.pairs) {
    const Matrix row = equality_at({model.places[pair.first], model.places[pair.second]}, model.fit.k());
    TestResult test = named(method, restrictions_test(model.fit, model.vcov, row));
    const double variance = row.row(0).dot(model.vcov.matrix * row.row(0).transpose());
    describe(test, row.row(0).dot(model.fit.coefficients), variance, comparison.spec.model.level);
    tests.pairs.push_back(std::move(test));
  }
  if (comparison.groups().size() > 2)
    tests.joint =
        named(method, restrictions_test(model.fit, model.vcov, equality_at(model.places, model.fit.k())));
  return tests;
}

const InteractedModel& everything_of(Comparison& comparison) {
  if (comparison.everything == nullptr)
    comparison.everything = std::make_shared<const InteractedModel>(interacted_model(comparison));
  return *comparison.everything;
}

// Places of each group's coefficient of a term; empty when one has none.
std::vector<Index> places_of(const Comparison& comparison, const Fit& fit, const std::string& term) {
  std::vector<Index> places;
  for (const GroupEstimate& group : comparison.groups()) {
    places.push_back(position_of(fit, stacked_term(group.group, term)));
    if (places.back() < 0) return {};
  }
  return places;
}

std::string not_of_one_model(const std::string& method) {
  return fmt::format(
      "estimates by `{}` are not those of one model with everything interacted; compare by suest", method);
}

void append_column(FrameColumns& columns, const std::string& name, const Vector& values) {
  columns.names.push_back(name);
  columns.sets.emplace_back();
  columns.values.append(values);
}

// The terms listed times membership, where they stand among the columns.
bool interact(FrameColumns& columns, const std::vector<std::string>& terms, const std::string& prefix,
              const Vector& member) {
  const std::size_t before = columns.names.size();
  for (const std::string& term : terms) {
    const auto found = std::find(columns.names.begin(), columns.names.end(), term);
    if (found == columns.names.end()) continue;
    const Index place = static_cast<Index>(found - columns.names.begin());
    append_column(columns, prefix + ":" + term, columns.values.col(place).cwiseProduct(member));
  }
  return columns.names.size() > before;
}

std::string prefix_of(const GroupDifferenceSpec& spec, const std::string& group) {
  return spec.by + "::" + group;
}

Vector membership(const std::vector<int>& of_row, std::size_t group) {
  Vector member(static_cast<Index>(of_row.size()));
  for (std::size_t i = 0; i < of_row.size(); ++i)
    member(static_cast<Index>(i)) = of_row[i] == static_cast<int>(group);
  return member;
}

// The pooled frame with the later groups' intercepts and the terms interacted with them; with an instrumented term its
// instruments are interacted too.
ModelFrame with_terms_interacted(const Comparison& comparison, const std::vector<int>& of_row,
                                 const std::vector<std::string>& terms, ModelFrame frame) {
  const std::vector<std::string> instruments = frame.instruments.names;
  for (std::size_t g = 1; g < comparison.groups().size(); ++g) {
    const Vector member = membership(of_row, g);
    const std::string prefix = prefix_of(comparison.spec, comparison.groups()[g].group);
    append_column(frame.exogenous, prefix, member);
    interact(frame.exogenous, terms, prefix, member);
    if (interact(frame.endogenous, terms, prefix, member))
      interact(frame.instruments, instruments, prefix, member);
  }
  return frame;
}

std::vector<std::string> slopes_of(const ModelFrame& frame) {
  std::vector<std::string> terms = frame.endogenous.names;
  const std::size_t first = frame.intercept ? 1 : 0;
  terms.insert(terms.end(), frame.exogenous.names.begin() + static_cast<std::ptrdiff_t>(first),
               frame.exogenous.names.end());
  return terms;
}

// Tests in the pooled model in which the terms, or all of them when none is listed, are interacted.
DifferenceTests partly_interacted(Comparison& comparison, std::string_view method,
                                  std::vector<std::string> terms) {
  const GroupDifferenceSpec& spec = comparison.spec;
  if (const std::string reason = why_not_again(spec.model.method); !reason.empty())
    return leave_out(comparison, method, reason);
  const Groups groups = groups_of(spec, comparison.table, comparison.panel);
  Table masked = comparison.table;
  std::vector<int> all;
  for (std::size_t g = 0; g < groups.names.size(); ++g) all.push_back(static_cast<int>(g));
  const EstimationSpec model = restricted(spec.model, groups, all, masked);
  const ModelFrame pooled = frame_of_model(comparison.context, model, masked, comparison.panel);
  if (terms.empty()) terms = slopes_of(pooled);
  const auto frame = std::make_shared<const ModelFrame>(
      with_terms_interacted(comparison, group_of_rows(groups, pooled), terms, pooled));
  const Fit fit = estimate_frame(comparison.context, frame, model.estimate, model.method);
  const Vcov vcov = covariance(comparison.context, fit, model.vcov, model.small_sample);
  std::vector<Index> places = {-1};
  for (std::size_t g = 1; g < groups.names.size(); ++g) {
    places.push_back(position_of(fit, prefix_of(spec, groups.names[g]) + ":" + spec.term));
    if (places.back() < 0)
      return leave_out(comparison, method,
                       fmt::format("`{}` times the group `{}` cannot be estimated beside the other terms",
                                   spec.term, groups.names[g]));
  }
  return tests_in(comparison, method, {fit, vcov, places});
}

// Terms that every group has estimated, without the intercept.
std::vector<std::string> common_terms(const Comparison& comparison) {
  std::vector<std::string> terms;
  for (const std::string& term : comparison.groups().front().estimation.fit->names) {
    const bool everywhere = std::all_of(
        comparison.groups().begin(), comparison.groups().end(),
        [&](const GroupEstimate& group) { return position_of(*group.estimation.fit, term) >= 0; });
    if (everywhere && term != "(Intercept)") terms.push_back(term);
  }
  return terms;
}

}  // namespace

DifferenceTests leave_out(Comparison& comparison, std::string_view method, const std::string& reason) {
  comparison.left_out.emplace_back(method, reason);
  return {};
}

InteractedModel interacted_model(const Comparison& comparison) {
  const EstimationSpec& model = comparison.spec.model;
  auto frame = std::make_shared<const ModelFrame>(stacked_frame(comparison.groups()));
  Fit fit = estimate_frame(comparison.context, frame, model.estimate, model.method);
  Vcov vcov = covariance(comparison.context, fit, model.vcov, model.small_sample);
  return {frame, std::move(fit), std::move(vcov)};
}

DifferenceTests interaction_tests(Comparison& comparison) {
  const std::string& method = comparison.spec.model.method;
  if (!separates(method)) return leave_out(comparison, "interaction", not_of_one_model(method));
  const InteractedModel& model = everything_of(comparison);
  const std::vector<Index> places = places_of(comparison, model.fit, comparison.spec.term);
  if (places.empty())
    return leave_out(
        comparison, "interaction",
        fmt::format("`{}` cannot be estimated with every term interacted", comparison.spec.term));
  return tests_in(comparison, "interaction", {model.fit, model.vcov, places});
}

DifferenceTests slopes_tests(Comparison& comparison) {
  return partly_interacted(comparison, "interaction_slopes", {});
}

DifferenceTests term_tests(Comparison& comparison) {
  return partly_interacted(comparison, "interaction_term", {comparison.spec.term});
}

DifferenceTests chow_tests(Comparison& comparison) {
  const std::string& method = comparison.spec.model.method;
  if (!separates(method)) return leave_out(comparison, "chow", not_of_one_model(method));
  const InteractedModel& model = everything_of(comparison);
  std::vector<Matrix> blocks;
  Index rows = 0;
  for (const std::string& term : common_terms(comparison)) {
    const std::vector<Index> places = places_of(comparison, model.fit, term);
    if (places.empty()) continue;
    blocks.push_back(equality_at(places, model.fit.k()));
    rows += blocks.back().rows();
  }
  if (rows == 0) return leave_out(comparison, "chow", "the groups have no coefficient in common");
  Matrix restrictions(rows, model.fit.k());
  rows = 0;
  for (const Matrix& block : blocks) {
    restrictions.middleRows(rows, block.rows()) = block;
    rows += block.rows();
  }
  DifferenceTests tests{"chow", {}, named("chow", restrictions_test(model.fit, model.vcov, restrictions))};
  tests.joint->details = {{"restrictions", static_cast<double>(restrictions.rows())}};
  return tests;
}

}  // namespace panelist
