// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "infer/panel_tests.h"

namespace panelist {
namespace {

// x'b before absorption, from the frame's columns by name.
Vector linear_prediction(const Fit& fit) {
  Vector prediction = Vector::Zero(fit.frame->n());
  for (const FrameColumns* columns : {&fit.frame->exogenous, &fit.frame->endogenous})
    for (std::size_t c = 0; c < columns->names.size(); ++c) {
      const auto found = std::find(fit.names.begin(), fit.names.end(), columns->names[c]);
      if (found != fit.names.end())
        prediction +=
            fit.coefficients(found - fit.names.begin()) * columns->values.col(static_cast<Index>(c));
    }
  return prediction;
}

Vector unit_sums(const Vector& values, const Grouping& unit) {
  Vector sums = Vector::Zero(unit.size());
  for (std::size_t row = 0; row < unit.level.size(); ++row)
    sums(unit.level[row]) += values(static_cast<Index>(row));
  return sums;
}

double correlation(const Vector& a, const Vector& b) {
  const Vector da = (a.array() - a.mean()).matrix();
  const Vector db = (b.array() - b.mean()).matrix();
  return da.dot(db) / std::sqrt(da.squaredNorm() * db.squaredNorm());
}

double square(double value) { return value * value; }

}  // namespace

bool absorbs_units_alone(const Fit& fit) {
  if (fit.glm != nullptr || fit.frame == nullptr || fit.frame->effects.size() != 1) return false;
  const FrameEffect& effect = fit.frame->effects.front();
  return effect.intercept && effect.slopes.cols() == 0 && !fit.frame->unit.name.empty() &&
         effect.group.name == fit.frame->unit.name;
}

PanelDescription describe_panel(const Fit& fit, const Grouping& unit) {
  const Vector& offset = fit.frame->offset;
  const Vector y = offset.size() > 0 ? Vector(fit.frame->outcome - offset) : Vector(fit.frame->outcome);
  const Vector xb = linear_prediction(fit);
  const Vector w = fit.weights.size() > 0 ? fit.weights : Vector::Ones(y.size());
  const Vector rows = unit_sums(Vector::Ones(y.size()), unit);
  const Vector unit_weight = unit_sums(w, unit);
  const Vector y_mean = unit_sums(w.cwiseProduct(y), unit).cwiseQuotient(unit_weight);
  const Vector xb_mean = unit_sums(w.cwiseProduct(xb), unit).cwiseQuotient(unit_weight);
  const Vector u = y_mean - xb_mean;
  Vector u_by_row(y.size());
  for (std::size_t row = 0; row < unit.level.size(); ++row)
    u_by_row(static_cast<Index>(row)) = u(unit.level[row]);

  PanelDescription panel;
  panel.units = static_cast<double>(unit.size());
  panel.shortest = rows.minCoeff();
  panel.longest = rows.maxCoeff();
  panel.mean = rows.mean();
  panel.r2_within = 1 - fit.rss / fit.tss_within;
  panel.r2_between = square(correlation(y_mean, xb_mean));
  panel.r2_overall = square(correlation(y, xb));
  panel.sigma_u = std::sqrt((u.array() - u.mean()).square().sum() / (panel.units - 1));
  panel.sigma_e = std::sqrt(fit.rss / fit.df_residual());
  panel.rho = square(panel.sigma_u) / (square(panel.sigma_u) + square(panel.sigma_e));
  panel.correlation = correlation(u_by_row, xb);
  return panel;
}

}  // namespace panelist
