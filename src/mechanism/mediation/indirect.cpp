// SPDX-License-Identifier: Apache-2.0
#include "mechanism/mediation/indirect.h"

#include "base/text.h"

namespace panelist {
namespace {

// Up to as many paths are compared pair by pair unasked.
constexpr std::size_t few_paths = 3;

// An effect of the result and the sum of products it is.
struct PlacedEffect {
  PathSum sum;
  IndirectEffect* effect;
};

std::vector<PathSum> path_sums(std::size_t mediators, bool serial) {
  std::vector<PathSum> sums;
  for (const std::vector<std::size_t>& path : elementary_paths(mediators, serial))
    sums.push_back(path_along(path, mediators));
  return sums;
}

PathSum sum_of(const std::vector<PathSum>& sums) {
  PathSum total;
  for (const PathSum& sum : sums) total.insert(total.end(), sum.begin(), sum.end());
  return total;
}

// All effects there are, in the order paths, chains, contrasts, total.
std::vector<PlacedEffect> placed_effects(const MediationSpec& spec, Mediation& mediation) {
  const std::vector<PathSum> sums = path_sums(mediation.paths.size(), spec.serial);
  std::vector<PlacedEffect> placed;
  for (MediationPath& path : mediation.paths) placed.push_back({sums[placed.size()], &path.indirect});
  for (MediationChain& chain : mediation.chains) placed.push_back({sums[placed.size()], &chain.indirect});
  std::size_t contrast = 0;
  for (std::size_t i = 0; i < sums.size() && !mediation.contrasts.empty(); ++i)
    for (std::size_t j = i + 1; j < sums.size(); ++j)
      placed.push_back({difference_of(sums[i], sums[j]), &mediation.contrasts[contrast++].difference});
  if (mediation.total_indirect) placed.push_back({sum_of(sums), &*mediation.total_indirect});
  return placed;
}

void add_paths(const std::vector<std::string>& terms, const std::vector<Coefficient>& theta,
               Mediation& mediation) {
  for (std::size_t j = 0; j < terms.size(); ++j) {
    MediationPath path{};
    path.mediator = terms[j];
    path.a = theta[j];
    path.b = theta[terms.size() + j];
    mediation.paths.push_back(path);
  }
}

void add_chains(const std::vector<std::string>& terms, const std::vector<Coefficient>& theta,
                Mediation& mediation) {
  for (const std::vector<std::size_t>& path : elementary_paths(terms.size(), true)) {
    if (path.size() < 2) continue;
    MediationChain chain{};
    for (const std::size_t mediator : path) chain.through.push_back(terms[mediator]);
    const PathProduct product = path_along(path, terms.size()).front();
    for (const Index factor : product.factors) chain.links.push_back(theta[static_cast<std::size_t>(factor)]);
    mediation.chains.push_back(std::move(chain));
  }
}

void add_contrasts(const std::vector<std::string>& names, Mediation& mediation) {
  for (std::size_t i = 0; i < names.size(); ++i)
    for (std::size_t j = i + 1; j < names.size(); ++j)
      mediation.contrasts.push_back({names[i], names[j], {}});
}

std::vector<std::string> path_names(const Mediation& mediation) {
  std::vector<std::string> names;
  for (const MediationPath& path : mediation.paths) names.push_back(path.mediator);
  for (const MediationChain& chain : mediation.chains) names.push_back(join(chain.through, " -> "));
  return names;
}

// What the mediation consists of, without numbers of effects.
void lay_out(const MediationSpec& spec, const std::vector<std::string>& terms,
             const std::vector<Coefficient>& theta, Mediation& mediation) {
  add_paths(terms, theta, mediation);
  if (spec.serial) add_chains(terms, theta, mediation);
  const std::vector<std::string> names = path_names(mediation);
  if (spec.contrasts.value_or(names.size() <= few_paths)) add_contrasts(names, mediation);
  if (terms.size() > 1) mediation.total_indirect = IndirectEffect{};
}

void fill_shares(Mediation& mediation) {
  const double total = mediation.total_effect.estimate;
  for (MediationPath& path : mediation.paths) path.share = path.indirect.estimate / total;
  for (MediationChain& chain : mediation.chains) chain.share = chain.indirect.estimate / total;
}

void without_sobel(IndirectEffect& effect) {
  effect.sobel_se = effect.sobel_z = effect.sobel_p = missing_value;
  effect.aroian_se = effect.goodman_se = missing_value;
}

}  // namespace

void fill_indirect_effects(const Context& context, const MediationSpec& spec,
                           const std::vector<std::string>& terms, Mediation& mediation) {
  const PathSystem system = system_of(spec, terms, mediation);
  const std::vector<Coefficient> coefficients = coefficients_of(system);
  const Vector theta = estimates_of(coefficients);
  const Matrix covariance = joint_covariance(context, system);
  const Matrix draws = monte_carlo_draws(spec, theta, covariance);
  lay_out(spec, terms, coefficients, mediation);
  for (const PlacedEffect& placed : placed_effects(spec, mediation)) {
    *placed.effect = effect_of(placed.sum, theta, covariance);
    if (draws.rows() > 0)
      placed.effect->monte_carlo = monte_carlo_interval(values_of(placed.sum, draws), spec.total.level);
  }
  for (IndirectContrast& contrast : mediation.contrasts) without_sobel(contrast.difference);
  fill_shares(mediation);
}

void bootstrap_mediation(const Context& context, const MediationSpec& spec, const Table& table,
                         const std::vector<std::string>& terms, Mediation& mediation) {
  const PathSystem system = system_of(spec, terms, mediation);
  const ResampledCoefficients drawn = resample_coefficients(
      context, spec, table, resampled_system(mediation.outcome_model.fit->frame, system, spec));
  for (const PlacedEffect& placed : placed_effects(spec, mediation))
    placed.effect->bootstrap =
        intervals_of(values_of(placed.sum, drawn.draws), values_of(placed.sum, drawn.left_out),
                     placed.effect->estimate, spec.total.level);
  const std::vector<PathSum> sums = path_sums(terms.size(), spec.serial);
  mediation.draws.resize(drawn.draws.rows(), static_cast<Index>(sums.size()));
  for (std::size_t j = 0; j < sums.size(); ++j)
    mediation.draws.col(static_cast<Index>(j)) = values_of(sums[j], drawn.draws);
}

}  // namespace panelist
