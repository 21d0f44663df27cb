// SPDX-License-Identifier: Apache-2.0
// nw and dk: kernels over time, within units or of the sums by period. Distances are those of panel time, so that a gap
// is a gap.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "infer/vcov/degrees.h"
#include "infer/vcov/kernel.h"
#include "infer/vcov/kinds.h"

namespace panelist {
namespace {

// Below this the sums by period are too few for the limit in T that Driscoll and Kraay rest on.
constexpr double few_periods = 20;

struct Periods {
  std::vector<std::int64_t> of_row;  // time in steps from the first
  std::vector<std::int64_t> sorted;  // those that occur
  [[nodiscard]] double count() const { return static_cast<double>(sorted.size()); }
};

Periods periods_of(const Fit& fit, std::string_view kind) {
  const ModelFrame& frame = *fit.frame;
  if (frame.time.empty())
    throw Error("infer.no_panel_time", fmt::format("vcov `{}` needs the units and times of the rows", kind),
                "say them: --panel UNIT,TIME, or unit and time under [data]");
  Periods periods;
  const std::int64_t first = *std::min_element(frame.time.begin(), frame.time.end());
  for (const std::int64_t time : frame.time) periods.of_row.push_back((time - first) / frame.time_step);
  periods.sorted = periods.of_row;
  std::sort(periods.sorted.begin(), periods.sorted.end());
  periods.sorted.erase(std::unique(periods.sorted.begin(), periods.sorted.end()), periods.sorted.end());
  return periods;
}

std::string_view kernel_of(const VcovSpec& spec) {
  return spec.option.empty() ? std::string_view("bartlett") : std::string_view(spec.option);
}

double lags_of(const VcovSpec& spec, const Periods& periods) {
  return spec.numbers.empty() ? default_lags(periods.count()) : spec.numbers.front();
}

void check_lags(const VcovSpec& spec, const Periods& periods) {
  const double lags = lags_of(spec, periods);
  if (lags < periods.count() && periods.count() > 1) return;
  throw Error("infer.too_few_periods",
              fmt::format("vcov `{}` with {} lags needs more than the {} period{} of the rows used",
                          spec.kind, lags, periods.count(), periods.count() == 1 ? "" : "s"),
              "write fewer lags, or another vcov such as hc1 or cluster(unit)");
}

void refuse_frequencies(const Fit& fit, std::string_view kind) {
  if (fit.frame->weights.size() == 0 || fit.frame->weight_type != WeightType::frequency) return;
  throw Error(
      "infer.frequency_weights",
      fmt::format("vcov `{}` follows one observation through time: a row that stands for several has no "
                  "autocovariance",
                  kind),
      "take analytic or probability weights, or another vcov such as cluster(unit)");
}

// Rows by unit and time, their scores as one matrix.
Series series_of_units(const Matrix& scores, const Fit& fit, const Periods& periods) {
  const Levels& unit = fit.frame->unit.level;
  std::vector<Index> order(static_cast<std::size_t>(scores.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  const auto key = [&](Index row) {
    const auto at = static_cast<std::size_t>(row);
    return std::pair(unit[at], periods.of_row[at]);
  };
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return key(a) < key(b); });
  Series series;
  for (const Index row : order) {
    series.series.push_back(key(row).first);
    series.time.push_back(key(row).second);
  }
  series.scores = scores(order, Eigen::all);
  return series;
}

// The sums of the scores by period, as one series.
Series series_of_periods(const Matrix& scores, const Periods& periods) {
  Series series;
  series.time = periods.sorted;
  series.series.assign(periods.sorted.size(), 0);
  series.scores = Matrix::Zero(static_cast<Index>(periods.sorted.size()), scores.cols());
  for (Index row = 0; row < scores.rows(); ++row) {
    const std::int64_t time = periods.of_row[static_cast<std::size_t>(row)];
    const auto at = std::lower_bound(periods.sorted.begin(), periods.sorted.end(), time);
    series.scores.row(at - periods.sorted.begin()) += scores.row(row);
  }
  return series;
}

// newey of Stata counts as regress does; xtscc and fixest count periods as groups.
bool counts_periods(const VcovSpec& spec, const SmallSample& rules) {
  return spec.kind == "dk" || !rules.exact_rank;
}

double factor_of(const Fit& fit, const SmallSample& rules, double k, double periods, bool by_period) {
  if (!by_period) return fit.n / (fit.n - k);
  const double parameters = rules.k == SmallSample::Parameters::none ? 1 : (fit.n - 1) / (fit.n - k);
  return rules.g == SmallSample::Groups::none ? parameters : parameters * periods / (periods - 1);
}

double degrees_of_periods(const Fit& fit, const SmallSample& rules, double k, double periods,
                          bool by_period) {
  const double residual = reference_degrees(fit, {}, rules, k);
  return by_period && rules.df == SmallSample::Reference::min ? std::min(residual, periods - 1) : residual;
}

void warn_of_periods(Vcov& vcov, double periods) {
  if (vcov.kind != "dk" || periods >= few_periods) return;
  vcov.warnings.emplace_back(
      "infer.few_periods",
      fmt::format(
          "only {} periods: Driscoll and Kraay's standard errors rest on many and tend to be too small",
          periods));
}

}  // namespace

Matrix newey_west_meat(const Context&, const Matrix& scores, const Fit& fit, const VcovSpec& spec) {
  const Periods periods = periods_of(fit, spec.kind);
  return autocovariance_meat(series_of_units(scores, fit, periods), kernel_of(spec), lags_of(spec, periods));
}

Matrix driscoll_kraay_meat(const Context&, const Matrix& scores, const Fit& fit, const VcovSpec& spec) {
  const Periods periods = periods_of(fit, spec.kind);
  return autocovariance_meat(series_of_periods(scores, periods), kernel_of(spec), lags_of(spec, periods));
}

Vcov autocorrelation_vcov(const Context& context, const Fit& fit, const VcovSpec& spec,
                          const SmallSample& rules) {
  const bool newey_west = spec.kind == "nw";
  if (newey_west) refuse_frequencies(fit, spec.kind);
  const Periods periods = periods_of(fit, spec.kind);
  check_lags(spec, periods);
  Vcov vcov;
  vcov.kind = spec.kind;
  vcov.option = kernel_of(spec);
  vcov.details = {{"lags", lags_of(spec, periods)}, {"periods", periods.count()}};
  vcov.k = counted_parameters(fit, {}, rules);
  const bool by_period = counts_periods(spec, rules);
  vcov.df = degrees_of_periods(fit, rules, vcov.k, periods.count(), by_period);
  vcov.factor = factor_of(fit, rules, vcov.k, periods.count(), by_period);
  const auto meat = newey_west ? newey_west_meat : driscoll_kraay_meat;
  vcov.matrix = sandwich(fit.bread, meat(context, scores_of(fit), fit, spec), vcov.factor);
  vcov.clipped = clip_negative_eigenvalues(vcov.matrix);
  vcov.note = fmt::format("{} standard errors ({} lags, {} kernel) in parentheses",
                          newey_west ? "Newey-West" : "Driscoll-Kraay", lags_of(spec, periods), vcov.option);
  warn_of_periods(vcov, periods.count());
  return vcov;
}

}  // namespace panelist
