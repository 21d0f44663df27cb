// SPDX-License-Identifier: Apache-2.0
// Pagan and Hall's general test: are squared residuals u^2 of 2SLS related to indicators P (instruments in levels)?
//   D = P~'u^2/n,  G = P~'[X u]/n,  C = P~'Xh/n,  A = (Xh'Xh/n)^-1;  P~ centred, Xh the projected regressors
//   B = (m4 - s^4) P~'P~/n - 2 m3 (C A G' + G A C') + 4 s^2 G A G';   n D'B^-1 D ~ chi2(rank of P~)
// Source  Pagan & Hall (1983), Econometric Reviews 2(2); Baum, Schaffer & Stillman (2003), Stata J. 3(1); ivhettest
#include "infer/inference/quadratic_form.h"
#include "infer/iv/requested.h"
#include "linalg/least_squares.h"

namespace panelist {
namespace {

void refuse_others(const PartialledModel& model, const std::string& written) {
  const Fit& fit = model.fit;
  if (fit.method != "2sls")
    throw_left_out(written, "it is a test of the residuals of 2sls, and the method is `" + fit.method + "`",
                   "estimate by 2sls");
  if (fit.weights.size() > 0)
    throw_left_out(written, "it is not defined with weights", "estimate without weights");
  if (!fit.dof.factors.empty())
    throw_left_out(written, "it is not defined with absorbed effects", "write the effects as i(...) terms");
}

// Columns named, of all but the constant; centred and independent.
Matrix indicators_of(const PartialledModel& model, const std::string& written,
                     const std::vector<std::string>& names) {
  const IvParts& iv = *model.fit.iv;
  std::vector<std::string> known = iv.instrument_names;
  known.insert(known.end(), iv.included_names.begin(), iv.included_names.end());
  std::vector<Index> places;
  if (!names.empty()) places = places_of(written, names, known, "instrument or exogenous regressor");
  for (Index j = 0; names.empty() && j < static_cast<Index>(known.size()); ++j)
    if (known[static_cast<std::size_t>(j)] != "(Intercept)") places.push_back(j);
  Matrix indicators = all_instruments(iv)(Eigen::all, places);
  indicators.rowwise() -= indicators.colwise().mean().eval();
  const std::vector<Index> kept = independent_columns(indicators, Vector());
  return indicators(Eigen::all, kept);
}

}  // namespace

TestResult pagan_hall(const PartialledModel& model, const std::string& written,
                      const std::vector<std::string>& names) {
  refuse_others(model, written);
  const Fit& fit = model.fit;
  const Matrix P = indicators_of(model, written, names);
  const Vector &u = fit.residuals, squares = u.cwiseAbs2();
  const double n = model.n, s2 = squares.mean();
  const double m3 = squares.dot(u) / n, m4 = squares.squaredNorm() / n;
  const Matrix C = P.transpose() * fit.x / n, A = n * fit.bread;
  const Matrix G = P.transpose() * (u.asDiagonal() * regressors(fit)) / n;
  const Matrix skewed = C * A * G.transpose();
  const Matrix B = (m4 - s2 * s2) / n * (P.transpose() * P) - 2 * m3 * (skewed + skewed.transpose()) +
                   4 * s2 * G * A * G.transpose();
  const Vector D = P.transpose() * squares / n;
  const auto form = full_rank_form(D, B);
  if (!form)
    throw_left_out(written, "the covariance of its moments has not full rank", "name fewer indicators");
  TestResult test = chi2_test(written, n * *form, static_cast<double>(P.cols()));
  test.note = "general statistic: any distribution of the errors";
  return test;
}

}  // namespace panelist
