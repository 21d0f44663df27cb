// SPDX-License-Identifier: Apache-2.0
#include "infer/bootstrap/wild_instruments.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "infer/bootstrap/efficient_maps.h"
#include "infer/bootstrap/refusals.h"
#include "infer/bootstrap/replicates.h"
#include "infer/iv/partialled.h"

namespace panelist {
namespace {

constexpr std::int64_t replicates_per_block = 256;
constexpr std::int64_t most_kept_weights = 20'000'000;

[[noreturn]] void throw_not_available(const std::string& what, const std::string& hint) {
  throw Error("usage.not_available", what, hint);
}

void require_one_restriction(const WildSpec& spec) {
  if (spec.restrictions.rows() > 1)
    throw_not_available("with instruments the wild bootstrap tests one restriction at a time",
                        "ask for one test each");
  if (spec.jackknife_scores || spec.jackknife_variance)
    throw_not_available("types 13, 31 and 33 of the wild bootstrap leave clusters out of least squares only",
                        "take type=11");
}

// The variance of the instruments' moments has rank below the number of clusters.
void require_clusters_above_instruments(const Fit& fit, const WildSpec& spec) {
  const Index instruments = fit.iv->instruments.cols();
  if (!spec.anderson_rubin || spec.cluster->size() > instruments) return;
  throw Error(
      "infer.too_few_clusters",
      fmt::format("the Anderson-Rubin test of {} instruments needs more clusters than that; `{}` has {}",
                  instruments, spec.cluster->name, spec.cluster->size()),
      "leave out statistic=ar, use fewer instruments, or cluster by a column with more groups",
      "column " + spec.cluster->name);
}

// Of Anderson-Rubin's test: the hypothesis must say all that the equation leaves to the instruments.
void require_whole_hypothesis(const Fit& fit, const WildSpec& spec) {
  if (!spec.anderson_rubin) return;
  if (!spec.restricted)
    throw_not_available("the bootstrap of the Anderson-Rubin test imposes its hypothesis",
                        "leave out null=free");
  const std::vector<std::string>& endogenous = fit.iv->endogenous_names;
  bool whole = endogenous.size() == 1;
  for (Index j = 0; j < spec.restrictions.cols(); ++j)
    whole =
        whole && (spec.restrictions(0, j) == 0 || fit.names[static_cast<std::size_t>(j)] == endogenous[0]);
  if (whole) return;
  throw_not_available(
      "the Anderson-Rubin test says a value of the coefficient of the one endogenous regressor",
      "write wild(ENDOGENOUS = VALUE, statistic=ar), or leave out statistic=ar");
}

class EfficientBootstrap {
 public:
  EfficientBootstrap(const Context& context, const WildSpec& spec, const InstrumentColumns& columns)
      : context_(context), spec_(spec), columns_(columns) {
    enumerated_ = wild_enumerates(spec.weights, spec.draws->size(), spec.reps);
    reps_ = enumerated_ ? std::int64_t{1} << spec.draws->size() : spec.reps;
    if (reps_ * spec.draws->size() > most_kept_weights) return;
    kept_.resize(static_cast<std::size_t>(blocks()));
    for_each_block(context_, blocks(),
                   [&](std::int64_t block) { kept_[static_cast<std::size_t>(block)] = drawn(block); });
  }

  [[nodiscard]] std::int64_t reps() const { return reps_; }
  [[nodiscard]] bool enumerated() const { return enumerated_; }

  [[nodiscard]] Vector statistics(const EfficientProcess& process) const {
    Vector result(reps_);
    for_each_block(context_, blocks(), [&](std::int64_t block) {
      const Matrix weights = kept_.empty() ? drawn(block) : kept_[static_cast<std::size_t>(block)];
      result.segment(block * replicates_per_block, weights.cols()) = of_weights(process, weights);
    });
    return result;
  }
  // Of the data themselves: every weight is one.
  [[nodiscard]] double of_sample(const EfficientProcess& process) const {
    return of_weights(process, Matrix::Ones(spec_.draws->size(), 1))(0);
  }

 private:
  [[nodiscard]] std::int64_t blocks() const {
    return (reps_ + replicates_per_block - 1) / replicates_per_block;
  }
  [[nodiscard]] Matrix drawn(std::int64_t block) const {
    const std::int64_t first = block * replicates_per_block;
    const Level groups = spec_.draws->size();
    Matrix weights(groups, std::min(replicates_per_block, reps_ - first));
    for (Index r = 0; r < weights.cols(); ++r)
      weights.col(r) = wild_weights(context_, spec_.weights, groups, first + r, enumerated_);
    return weights;
  }
  [[nodiscard]] Vector of_weights(const EfficientProcess& process, const Matrix& weights) const {
    return spec_.anderson_rubin ? efficient_anderson_rubin(columns_, process, weights)
                                : efficient_t(columns_, process, weights);
  }

  const Context& context_;
  const WildSpec& spec_;
  const InstrumentColumns& columns_;
  std::vector<Matrix> kept_;
  std::int64_t reps_ = 0;
  bool enumerated_ = false;
};

// The statistic of the value b + s se and the replicates it is compared with.
class Hypotheses {
 public:
  Hypotheses(const EfficientBootstrap& bootstrap, const InstrumentColumns& columns, const WildSpec& spec,
             const WildBootstrap& result)
      : bootstrap_(bootstrap), columns_(columns), spec_(spec), result_(result) {
    if (!spec.restricted) unrestricted_ = bootstrap.statistics(process_at(columns, std::nullopt));
  }
  struct Compared {
    double statistic = missing_value;
    Vector replicates;
  };
  [[nodiscard]] Compared at(double value) const {
    const double t = (result_.estimate - value) / result_.std_error;
    if (!spec_.restricted) return {t, unrestricted_};
    const EfficientProcess process = process_at(columns_, value);
    return {spec_.anderson_rubin ? bootstrap_.of_sample(process) : t, bootstrap_.statistics(process)};
  }
  [[nodiscard]] Shares shares(const Compared& compared) const {
    return spec_.anderson_rubin ? upper_share(compared.replicates, compared.statistic)
                                : shares_of(compared.replicates, compared.statistic);
  }
  [[nodiscard]] bool kept(double s) const {
    const Shares both = shares(at(result_.estimate + s * result_.std_error));
    return (equal_tailed() ? both.equal_tailed : both.symmetric) > 1 - spec_.level;
  }
  [[nodiscard]] bool equal_tailed() const { return spec_.equal_tailed && !spec_.anderson_rubin; }

 private:
  const EfficientBootstrap& bootstrap_;
  const InstrumentColumns& columns_;
  const WildSpec& spec_;
  const WildBootstrap& result_;
  Vector unrestricted_;
};

ConfidenceSet confidence_set(const Context& context, const Hypotheses& hypotheses,
                             const WildBootstrap& result) {
  std::vector<std::pair<double, double>> parts =
      kept_ranges(context, [&](double s) { return hypotheses.kept(s); });
  for (auto& [low, high] : parts) {
    low = result.estimate + low * result.std_error;
    high = result.estimate + high * result.std_error;
  }
  return set_of_parts(std::move(parts));
}

// What the covariance of the whole sample says of c'b.
void set_estimate(const Context& context, const Fit& fit, const SmallSample& rules, const WildSpec& spec,
                  WildBootstrap& result) {
  const Vcov vcov = clustered_vcov(context, fit, rules, *spec.cluster);
  const Matrix variance = spec.restrictions * vcov.matrix * spec.restrictions.transpose();
  require_some_variance(fit, spec.restrictions, variance, *spec.cluster);
  result.estimate = spec.restrictions.row(0).dot(fit.coefficients);
  result.std_error = std::sqrt(variance(0, 0));
}

// Anderson-Rubin's F by the rule of the printed test.
double f_of_wald(const Context& context, const Fit& fit, const WildSpec& spec, double wald) {
  VcovSpec clustered;
  clustered.kind = "cluster";
  clustered.columns = {spec.cluster->name};
  return partialled_model(context, fit, clustered)
      .f_of_wald(wald, static_cast<double>(fit.iv->instruments.cols()));
}

}  // namespace

WildBootstrap wild_bootstrap_of_instruments(const Context& context, const Fit& fit, const SmallSample& rules,
                                            const WildSpec& spec) {
  require_one_restriction(spec);
  require_whole_hypothesis(fit, spec);
  require_clusters_above_instruments(fit, spec);
  const InstrumentColumns columns = instrument_columns(context, fit, rules, spec);
  const EfficientBootstrap bootstrap(context, spec, columns);
  WildBootstrap result;
  set_estimate(context, fit, rules, spec, result);
  const Hypotheses hypotheses(bootstrap, columns, spec, result);
  const Hypotheses::Compared tested = hypotheses.at(spec.values(0));
  const Shares shares = hypotheses.shares(tested);
  result.statistic = spec.anderson_rubin ? f_of_wald(context, fit, spec, tested.statistic) : tested.statistic;
  result.df1 = spec.anderson_rubin ? static_cast<double>(columns.instruments()) : 1;
  result.df2 = spec.cluster->size() - 1.0;
  result.reps = bootstrap.reps();
  result.enumerated = bootstrap.enumerated();
  result.statistics = tested.replicates;
  result.p_symmetric = shares.symmetric;
  result.p_equal_tailed = shares.equal_tailed;
  result.undefined = shares.undefined;
  result.p_value = hypotheses.equal_tailed() ? shares.equal_tailed : shares.symmetric;
  if (spec.find_set) result.set = confidence_set(context, hypotheses, result);
  return result;
}

}  // namespace panelist
