// SPDX-License-Identifier: Apache-2.0
#include "infer/iv/requested.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "linalg/gram.h"
#include "linalg/least_squares.h"

namespace panelist {

void throw_left_out(const std::string& written, const std::string& reason, const std::string& hint) {
  throw Error("infer.test_left_out", fmt::format("`{}` does not exist here: {}", written, reason), hint,
              "option --tests");
}

namespace {

[[noreturn]] void throw_singular(const std::string& written) {
  throw_left_out(written, singular_moments, "use fewer instruments, or a vcov with more clusters");
}

Index place_of(const std::string& written, const std::string& name, const std::vector<std::string>& names,
               std::string_view what) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at != names.end()) return at - names.begin();
  const std::string near = nearest(name, names);
  throw_left_out(written, fmt::format("`{}` is no {} of this regression", name, what),
                 near.empty() ? "there are: " + join(names, ", ") : fmt::format("did you mean `{}`?", near));
}

struct Parted {
  Matrix kept, tested;
};

Parted parted(const Matrix& columns, const std::vector<Index>& places) {
  std::vector<Index> rest;
  for (Index j = 0; j < columns.cols(); ++j)
    if (std::find(places.begin(), places.end(), j) == places.end()) rest.push_back(j);
  return {columns(Eigen::all, rest), columns(Eigen::all, places)};
}

}  // namespace

std::vector<Index> places_of(const std::string& written, const std::vector<std::string>& names,
                             const std::vector<std::string>& known, std::string_view what) {
  std::vector<Index> places;
  for (const std::string& name : names) {
    const Index place = place_of(written, name, known, what);
    if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
  }
  return places;
}

namespace {

TestResult chi2_or_throw(const std::string& written, const std::optional<double>& statistic, double df) {
  if (!statistic) throw_singular(written);
  return chi2_test(written, *statistic, df);
}

// n sum of squared canonical correlations under equal variances; otherwise the quadratic form in vec(Z~'X~).
std::optional<double> rank_zero_form(const PartialledModel& model, const Matrix& z, const Matrix& x) {
  const Matrix Q = orthonormal(z, model.fit.weights), P = orthonormal(x, model.fit.weights);
  const Matrix g = Q.transpose() * model.weighted(P);
  if (model.iid()) return model.n * g.squaredNorm();
  Matrix scores(Q.rows(), Q.cols() * P.cols());
  for (Index j = 0; j < P.cols(); ++j) scores.middleCols(j * Q.cols(), Q.cols()) = P.col(j).asDiagonal() * Q;
  const Matrix M = model.kind.meat(model.context, model.weighted(scores), model.fit, model.spec);
  return full_rank_form(g.reshaped(), M);
}

}  // namespace

TestResult endogeneity_of(const PartialledModel& model, const std::string& written, const std::string& name) {
  const IvParts& iv = *model.fit.iv;
  const Index j = place_of(written, name, iv.endogenous_names, "endogenous regressor");
  return chi2_or_throw(written, c_statistic(model, all_instruments(iv), iv.endogenous.col(j)), 1);
}

TestResult orthogonality(const PartialledModel& model, const std::string& written,
                         const std::vector<std::string>& names) {
  const IvParts& iv = *model.fit.iv;
  std::vector<std::string> known = iv.instrument_names;
  known.insert(known.end(), iv.included_names.begin(), iv.included_names.end());
  const std::vector<Index> places = places_of(written, names, known, "instrument or exogenous regressor");
  const Parted parts = parted(all_instruments(iv), places);
  if (parts.kept.cols() < regressors(model.fit).cols())
    throw_left_out(written, "the instruments left do not identify the equation",
                   "name fewer instruments: as many as overidentify");
  return chi2_or_throw(written, c_statistic(model, parts.kept, parts.tested),
                       static_cast<double>(places.size()));
}

TestResult redundancy(const PartialledModel& model, const std::string& written,
                      const std::vector<std::string>& names) {
  const IvParts& iv = *model.fit.iv;
  const std::vector<Index> places = places_of(written, names, iv.instrument_names, "instrument");
  const Parted parts = parted(model.instruments, places);
  if (parts.kept.cols() < model.endogenous_count())
    throw_left_out(written, "without these instruments the equation is not identified",
                   "name fewer instruments: as many as overidentify");
  Matrix both(parts.tested.rows(), parts.tested.cols() + model.endogenous_count());
  both << parts.tested, model.endogenous;
  const Matrix left = solve_least_squares(model.context, parts.kept, both, model.fit.weights).residuals;
  const Index q = parts.tested.cols();
  if (!model.iid() && clusters_decide(model, q * model.endogenous_count()))
    throw_left_out(written, decided_by_clusters, "use fewer instruments, or a vcov with more clusters");
  const auto statistic = rank_zero_form(model, left.leftCols(q), left.rightCols(model.endogenous_count()));
  return chi2_or_throw(written, statistic, static_cast<double>(q * model.endogenous_count()));
}

TestResult wu_hausman(const PartialledModel& model) {
  const Fit& fit = model.fit;
  const Matrix V = residuals_on_instruments(model, model.endogenous);
  const Index k = regressors(fit).cols(), K1 = V.cols();
  Matrix X(V.rows(), k + K1);
  X << regressors(fit), V;
  const LeastSquares solution = solve_least_squares(model.context, X, fit.outcome, fit.weights);
  if (!solution.dropped.empty())
    throw_left_out("wu_hausman", "the first-stage residuals are collinear with the regressors",
                   "the instruments fit the endogenous regressors exactly");
  Fit augmented = fit;
  augmented.method = "ols";
  augmented.iv = nullptr;
  augmented.score_residuals = Vector();
  augmented.structural = SharedMatrix();
  for (const std::string& name : fit.iv->endogenous_names) {
    augmented.names.push_back("residual of " + name);
    augmented.sets.emplace_back();
  }
  augmented.coefficients = solution.coefficients.col(0);
  augmented.residuals = solution.residuals.col(0);
  augmented.rss = augmented.residuals.dot(model.weighted(augmented.residuals).col(0));
  augmented.bread = solution.bread;
  augmented.x = std::move(X);
  augmented.dof.terms = k + K1;
  const Vcov vcov = covariance(model.context, augmented, model.spec, model.small_sample);
  Matrix R = Matrix::Zero(K1, k + K1);
  R.rightCols(K1).setIdentity();
  TestResult test = restrictions_test(augmented, vcov, R);
  test.name = "wu_hausman";
  return test;
}

}  // namespace panelist
