// SPDX-License-Identifier: Apache-2.0
#include "infer/wild_bootstrap.h"

#include <fmt/format.h>

#include <cmath>

#include "infer/bootstrap/refusals.h"
#include "infer/bootstrap/replicates.h"
#include "infer/bootstrap/wild_instruments.h"
#include "infer/inference/quadratic_form.h"

namespace panelist {
namespace {

void require_clusters(const WildSpec& spec) {
  const Grouping& cluster = *spec.cluster;
  require_two_clusters(cluster);
  require_two_clusters(*spec.draws);
  if (cluster.size() > spec.restrictions.rows()) return;
  throw Error("infer.too_few_clusters",
              fmt::format("{} restrictions cannot be tested with {} clusters of `{}`",
                          spec.restrictions.rows(), cluster.size(), cluster.name),
              "test fewer restrictions at once, or cluster by a column with more groups",
              "column " + cluster.name);
}

void require_one_clustering(const WildSpec& spec) {
  if (!spec.jackknife_scores || spec.draws == spec.cluster) return;
  throw Error("usage.not_available",
              "types 31 and 33 leave out the clusters they draw: they take no other clusters for the draws",
              "take type=11 or type=13 with sub=");
}

void refuse_anderson_rubin(const WildSpec& spec) {
  if (!spec.anderson_rubin) return;
  throw Error("usage.not_available", "statistic=ar is a test of instruments, and the model has none",
              "leave out statistic=ar");
}

void require_restrictions(const WildSpec& spec) {
  const Matrix R = spec.restrictions;
  Eigen::ColPivHouseholderQR<Matrix> qr(R.transpose());
  qr.setThreshold(1e-10);
  if (R.rows() > 0 && qr.rank() == R.rows()) return;
  throw Error("infer.restrictions_dependent", "the restrictions depend on each other",
              "leave out those that follow from the others");
}

// s = (R b - r) / se runs against r.
ConfidenceSet confidence_set(const Context& context, const WildReplicates& replicates, const WildSpec& spec,
                             const WildBootstrap& result) {
  const auto kept = [&](double s) {
    const Shares shares = shares_of(statistics_at(replicates, s), s);
    return (spec.equal_tailed ? shares.equal_tailed : shares.symmetric) > 1 - spec.level;
  };
  std::vector<std::pair<double, double>> parts;
  for (const auto& [low, high] : kept_ranges(context, kept))
    parts.emplace_back(result.estimate - high * result.std_error, result.estimate - low * result.std_error);
  std::reverse(parts.begin(), parts.end());
  return set_of_parts(std::move(parts));
}

void test_one(const Context& context, const WildMaps& maps, const WildReplicates& replicates,
              const WildSpec& spec, WildBootstrap& result) {
  result.estimate = maps.difference(0) + spec.values(0);
  result.std_error = std::sqrt(maps.variance(0, 0));
  result.statistic = maps.difference(0) / result.std_error;
  result.statistics = statistics_at(replicates, result.statistic);
  if (spec.find_set) result.set = confidence_set(context, replicates, spec, result);
}

void test_jointly(const WildMaps& maps, const WildReplicates& replicates, WildBootstrap& result) {
  const QuadraticForm form = scaled_quadratic_form(maps.difference, maps.variance);
  result.statistic = form.value / static_cast<double>(maps.difference.size());
  result.statistics = replicates.statistics;
}

}  // namespace

void require_wild_method(const Fit& fit) {
  if (fit.iv == nullptr) return require_least_squares(fit, "wild bootstrap");
  if (fit.method == "2sls") return;
  throw Error("usage.not_available",
              fmt::format("the wild bootstrap of instruments is that of 2sls, not of `{}`", fit.method),
              "estimate by 2sls, or test with anderson_rubin");
}

WildBootstrap wild_bootstrap(const Context& context, const Fit& fit, const SmallSample& rules,
                             const WildSpec& asked) {
  WildSpec spec = asked;
  if (spec.draws == nullptr) spec.draws = spec.cluster;
  require_wild_method(fit);
  require_restrictions(spec);
  require_clusters(spec);
  require_one_clustering(spec);
  if (fit.iv != nullptr) return wild_bootstrap_of_instruments(context, fit, rules, spec);
  refuse_anderson_rubin(spec);
  const WildMaps maps = wild_maps(context, fit, rules, spec);
  require_some_variance(fit, spec.restrictions, maps.variance, *spec.cluster);
  const WildReplicates replicates = draw_replicates(context, maps, spec);
  WildBootstrap result;
  result.df1 = static_cast<double>(spec.restrictions.rows());
  result.df2 = spec.cluster->size() - 1.0;
  result.reps = replicates.reps;
  result.enumerated = replicates.enumerated;
  const bool one = spec.restrictions.rows() == 1;
  if (one) {
    test_one(context, maps, replicates, spec, result);
  } else {
    test_jointly(maps, replicates, result);
  }
  const Shares shares =
      one ? shares_of(result.statistics, result.statistic) : upper_share(result.statistics, result.statistic);
  result.p_symmetric = shares.symmetric;
  result.p_equal_tailed = shares.equal_tailed;
  result.undefined = shares.undefined;
  result.p_value = spec.equal_tailed && one ? shares.equal_tailed : shares.symmetric;
  return result;
}

}  // namespace panelist
