// SPDX-License-Identifier: Apache-2.0
// Kleibergen-Paap rank statistic of H0: rank = K1 - 1. With theta = R_zz Pi R_yy^-1 = U S V' only the smallest
// canonical correlation is tested: lambda = U_2' theta v, U_2 the last L1 - K1 + 1 columns of U, v the last of V.
// (The square-root factors of the paper cancel in the statistic.)
//   rk = n lambda' Omega^-1 lambda, Omega the covariance of (v'R_yy^-1' e_i)(U_2'R_zz^-1' z_i),
//   e_i the endogenous regressors (LM) or their first-stage residuals (Wald).
// Source  Kleibergen & Paap (2006), J. Econometrics 133; ranktest (Kleibergen & Schaffer)
#include <Eigen/Cholesky>
#include <Eigen/SVD>
#include <cmath>

#include "base/distribution.h"
#include "infer/iv/partialled.h"
#include "linalg/gram.h"

namespace panelist {
namespace {

std::optional<double> rank_statistic(const PartialledModel& model, bool wald) {
  const CanonicalCorrelations canonical = canonical_correlations(model);
  const Index df = model.instrument_count() - model.endogenous_count() + 1;
  const Matrix errors = wald ? residuals_on_instruments(model, model.endogenous) : model.endogenous;
  const Vector e = errors * canonical.endogenous_directions.rightCols(1);
  const Matrix z = model.instruments * canonical.instrument_directions.rightCols(df);
  // Scores scaled so that z'Wz = n I; lambda = (smallest correlation, 0, ..., 0).
  Vector lambda = Vector::Zero(df);
  lambda(0) = canonical.correlations(model.endogenous_count() - 1);
  const Matrix meat =
      model.kind.meat(model.context, model.weighted(e.asDiagonal() * z), model.fit, model.spec);
  if (is_rounding(model, meat, z, e)) return std::nullopt;
  const auto form = full_rank_form(lambda, meat / model.n);
  if (!form) return std::nullopt;
  return model.n * *form;
}

constexpr const char* singular =
    "the covariance of the moments is not positive definite (few clusters for the number of instruments)";

}  // namespace

CanonicalCorrelations canonical_correlations(const PartialledModel& model) {
  const Vector& w = model.fit.weights;
  const Matrix Qzz = gram(model.context, model.instruments, w) / model.n;
  const Matrix Qyy = gram(model.context, model.endogenous, w) / model.n;
  const Matrix Qzy = cross(model.context, model.instruments, model.endogenous, w) / model.n;
  const Eigen::LLT<Matrix> Rzz(Qzz), Ryy(Qyy);
  // R_zz Pi R_yy^-1 = R_zz'^-1 Qzy R_yy^-1
  const Matrix half = Rzz.matrixL().solve(Qzy);
  const Matrix theta = Ryy.matrixL().solve(half.transpose()).transpose();
  const Eigen::JacobiSVD<Matrix> svd(theta, Eigen::ComputeFullU | Eigen::ComputeFullV);
  return {svd.singularValues(), Rzz.matrixU().solve(svd.matrixU()), Ryy.matrixU().solve(svd.matrixV())};
}

TestOrReason kleibergen_paap_lm(const PartialledModel& model) {
  const Index moments = model.instrument_count() - model.endogenous_count() + 1;
  const auto df = static_cast<double>(moments);
  if (model.iid()) {
    const double smallest = canonical_correlations(model).correlations.tail(1)(0);
    TestOrReason anderson{chi2_test("kp_lm", model.n * smallest * smallest, df), ""};
    anderson.test.note = "Anderson canonical correlations LM (homoskedastic errors)";
    return anderson;
  }
  if (clusters_decide(model, moments)) return left_out("kp_lm", decided_by_clusters);
  const auto statistic = rank_statistic(model, false);
  if (!statistic) return left_out("kp_lm", singular);
  TestOrReason result{chi2_test("kp_lm", *statistic, df), ""};
  result.test.note = "Kleibergen-Paap rk LM";
  return result;
}

TestOrReason kleibergen_paap_f(const PartialledModel& model) {
  TestOrReason result;
  result.test.name = "kp_f";
  result.test.critical = stock_yogo_values(model);
  if (model.iid()) {
    result.test.statistic = cragg_donald_f(model).test.statistic;
    result.test.note = "equals the Cragg-Donald F under homoskedastic errors";
    return result;
  }
  const auto statistic = rank_statistic(model, true);
  if (!statistic) return left_out("kp_f", singular);
  result.test.statistic = model.f_of_wald(*statistic, static_cast<double>(model.instrument_count()));
  result.test.note = "Kleibergen-Paap rk Wald F; Stock-Yogo values are for iid errors";
  return result;
}

}  // namespace panelist
