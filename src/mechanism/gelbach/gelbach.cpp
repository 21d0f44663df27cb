// SPDX-License-Identifier: Apache-2.0
#include "mechanism/gelbach.h"

#include <Eigen/Eigenvalues>

#include "base/distribution.h"
#include "mechanism/gelbach/stacking.h"
#include "mechanism/joint/term.h"

namespace panelist {
namespace {

// Several ways of clustering and places within a distance may leave negative eigenvalues.
void clip(Matrix& covariance, Diagnostics& notes) {
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(covariance);
  const Vector& values = eigen.eigenvalues();
  if (!covariance.allFinite() || values(0) >= -1e-12 * values.cwiseAbs().maxCoeff()) return;
  covariance = eigen.eigenvectors() * values.cwiseMax(0.0).asDiagonal() * eigen.eigenvectors().transpose();
  notes.warning(
      "infer.clipped",
      "the stacked covariance of the parts was not positive semidefinite: negative eigenvalues were "
      "set to zero");
}

Coefficient normal_coefficient(const std::string& name, double estimate, double variance, double level) {
  Coefficient part;
  part.term = name;
  part.estimate = estimate;
  part.std_error = variance > 0 ? std::sqrt(variance) : missing_value;
  part.statistic = estimate / part.std_error;
  part.p_value = normal_two_sided(part.statistic);
  const double margin = normal_quantile(0.5 + level / 2) * part.std_error;
  part.conf_low = estimate - margin;
  part.conf_high = estimate + margin;
  return part;
}

// Of a change that is rounding there are no shares.
constexpr double no_change = 1e-10;

void fill_shares(const Gelbach& result, ChannelPart& part) {
  const double total = result.total.part.estimate, base = result.short_effect.estimate;
  if (std::abs(total) > no_change * std::abs(base)) part.share = part.part.estimate / total;
  if (base != 0) part.share_of_short = part.part.estimate / base;
}

void fill_parts(const GelbachSpec& spec, StackedParts stacked, Gelbach& result) {
  const double level = spec.full.level;
  for (std::size_t g = 0; g < spec.groups.size(); ++g) {
    const Index at = static_cast<Index>(g);
    const std::string& name = spec.groups[g].name;
    result.parts.push_back({name, std::move(stacked.channels[g]),
                            normal_coefficient(name, stacked.parts(at), stacked.covariance(at, at), level)});
  }
  result.total.part = normal_coefficient("", stacked.parts.sum(), stacked.covariance.sum(), level);
  result.covariance = std::move(stacked.covariance);
  for (ChannelPart& part : result.parts) fill_shares(result, part);
  fill_shares(result, result.total);
}

}  // namespace

Gelbach decompose(const Context& context, const GelbachSpec& spec, const Table& table, const Panel* panel,
                  Diagnostics& notes) {
  GelbachEquations equations = gelbach_equations(context, spec, table, panel, notes);
  Gelbach result;
  result.x = spec.x;
  result.short_effect = coefficient_of(equations.shorter, spec.x);
  result.full_effect = coefficient_of(equations.full, spec.x);
  StackedParts stacked = stacked_parts(context, equations, spec.x);
  clip(stacked.covariance, notes);
  result.short_model = std::move(equations.shorter);
  result.full_model = std::move(equations.full);
  fill_parts(spec, std::move(stacked), result);
  return result;
}

}  // namespace panelist
