// SPDX-License-Identifier: Apache-2.0
#include "policy/bacon.h"

#include <fmt/format.h>

#include "policy/event/design.h"

namespace panelist {

namespace {

// Means of the outcome by cohort and time; a cohort at or before the first time is treated throughout.
struct CohortMeans {
  std::vector<std::int64_t> times, first;  // of the columns; of the rows, ascending, never_treated last
  std::vector<double> share, treated;      // of units; of times
  std::vector<std::string> names;
  Matrix means;
  double variance = 0;  // of treated less effects, a row's mean

  [[nodiscard]] std::size_t size() const { return first.size(); }
  // Mean over times from <= t < to.
  [[nodiscard]] double mean(std::size_t cohort, std::int64_t from, std::int64_t to) const {
    double sum = 0, count = 0;
    for (std::size_t t = 0; t < times.size(); ++t)
      if (times[t] >= from && times[t] < to) {
        sum += means(static_cast<Index>(cohort), static_cast<Index>(t));
        count += 1;
      }
    return sum / count;
  }
};

constexpr std::int64_t from_the_start = std::numeric_limits<std::int64_t>::min();

void require_balanced(const EventDesign& design, std::size_t times) {
  const auto cells = static_cast<std::size_t>(design.frame->unit.size()) * times;
  if (design.frame->time.size() != cells)
    throw Error("policy.unbalanced",
                fmt::format("the decomposition is of a balanced panel: {} rows for {} units and {} times",
                            design.frame->time.size(), design.frame->unit.size(), times),
                "choose units and times that are complete by `where`");
  if (design.frame->weights.size() > 0)
    throw Error("policy.weights", "the decomposition takes no weights", "leave the weights out");
}

double residual_variance(const CohortMeans& means) {
  const auto cohorts = static_cast<Index>(means.size()), times = static_cast<Index>(means.times.size());
  Matrix treated(cohorts, times);
  Vector share(cohorts);
  for (Index g = 0; g < cohorts; ++g) {
    const auto at = static_cast<std::size_t>(g);
    share[g] = means.share[at];
    for (Index t = 0; t < times; ++t)
      treated(g, t) = means.first[at] <= means.times[static_cast<std::size_t>(t)] ? 1 : 0;
  }
  const Vector by_cohort = treated.rowwise().mean();
  const Vector by_time = treated.transpose() * share;
  const double all = by_time.mean();
  double sum = 0;
  for (Index g = 0; g < cohorts; ++g)
    for (Index t = 0; t < times; ++t) {
      const double left = treated(g, t) - by_cohort[g] - by_time[t] + all;
      sum += share[g] * left * left;
    }
  return sum / static_cast<double>(times);
}

CohortMeans cohort_means(const EventDesign& design) {
  CohortMeans out;
  out.times = design.frame->time;
  std::sort(out.times.begin(), out.times.end());
  out.times.erase(std::unique(out.times.begin(), out.times.end()), out.times.end());
  require_balanced(design, out.times.size());
  const auto units = static_cast<double>(design.frame->unit.size());
  for (const Cohort& cohort : design.cohorts) {
    out.first.push_back(cohort.first);
    out.names.push_back(cohort.name);
    out.share.push_back(static_cast<double>(cohort.units) / units);
  }
  if (design.never > 0) {
    out.first.push_back(never_treated);
    out.names.emplace_back();
    out.share.push_back(static_cast<double>(design.never) / units);
  }
  const auto times = static_cast<double>(out.times.size());
  out.means = Matrix::Zero(static_cast<Index>(out.size()), static_cast<Index>(out.times.size()));
  for (std::size_t i = 0; i < design.row_first.size(); ++i) {
    const auto cohort = std::lower_bound(out.first.begin(), out.first.end(), design.row_first[i]);
    const auto time = std::lower_bound(out.times.begin(), out.times.end(), design.frame->time[i]);
    out.means(cohort - out.first.begin(), time - out.times.begin()) +=
        design.frame->outcome[static_cast<Index>(i)];
  }
  for (std::size_t g = 0; g < out.size(); ++g) {
    out.means.row(static_cast<Index>(g)) /= out.share[g] * units;
    out.treated.push_back(
        static_cast<double>(std::count_if(out.times.begin(), out.times.end(),
                                          [&](std::int64_t t) { return t >= out.first[g]; })) /
        times);
  }
  out.variance = residual_variance(out);
  return out;
}

BaconComparison against_never(const CohortMeans& m, std::size_t k, std::size_t l) {
  const double both = m.share[k] + m.share[l], n = m.share[k] / both, d = m.treated[k];
  const std::int64_t start = m.first[k];
  const double change = m.mean(k, start, never_treated) - m.mean(k, from_the_start, start);
  const double of_control = m.mean(l, start, never_treated) - m.mean(l, from_the_start, start);
  return {m.names[k], m.names[l], "never", change - of_control,
          both * both * n * (1 - n) * d * (1 - d) / m.variance};
}

BaconComparison against_later(const CohortMeans& m, std::size_t k, std::size_t l) {
  const double both = m.share[k] + m.share[l], n = m.share[k] / both, untreated = 1 - m.treated[l];
  const std::int64_t start = m.first[k], end = m.first[l];
  const double change = m.mean(k, start, end) - m.mean(k, from_the_start, start);
  const double of_control = m.mean(l, start, end) - m.mean(l, from_the_start, start);
  const double weight = both * both * untreated * untreated * n * (1 - n) *
                        ((m.treated[k] - m.treated[l]) / untreated) * ((1 - m.treated[k]) / untreated);
  return {m.names[k], m.names[l], "later", change - of_control, weight / m.variance};
}

BaconComparison against_earlier(const CohortMeans& m, std::size_t k, std::size_t l) {
  const double both = m.share[k] + m.share[l], n = m.share[k] / both, since = m.treated[l];
  const std::int64_t start = m.first[k], from = m.first[l];
  const double change = m.mean(k, start, never_treated) - m.mean(k, from, start);
  const double of_control = m.mean(l, start, never_treated) - m.mean(l, from, start);
  const double weight =
      both * both * since * since * n * (1 - n) * (m.treated[k] / since) * ((since - m.treated[k]) / since);
  return {m.names[k], m.names[l], since == 1 ? "always" : "earlier", change - of_control,
          weight / m.variance};
}

std::vector<BaconComparison> comparisons_of(const CohortMeans& m) {
  std::vector<BaconComparison> out;
  for (std::size_t k = 0; k < m.size(); ++k) {
    if (m.treated[k] == 0 || m.treated[k] == 1) continue;
    for (std::size_t l = 0; l < m.size(); ++l) {
      if (l == k) continue;
      if (m.first[l] == never_treated)
        out.push_back(against_never(m, k, l));
      else
        out.push_back(m.first[l] > m.first[k] ? against_later(m, k, l) : against_earlier(m, k, l));
    }
  }
  return out;
}

std::vector<BaconType> by_type(const std::vector<BaconComparison>& comparisons) {
  std::vector<BaconType> out;
  for (const std::string& name : bacon_types()) {
    BaconType type{name, 0, 0, 0};
    for (const BaconComparison& one : comparisons)
      if (one.type == name) {
        type.estimate += one.weight * one.estimate;
        type.weight += one.weight;
        ++type.comparisons;
      }
    if (type.comparisons == 0) continue;
    type.estimate /= type.weight;
    out.push_back(type);
  }
  return out;
}

}  // namespace

std::vector<std::string> bacon_types() { return {"never", "later", "earlier", "always"}; }

BaconDecomposition bacon_decomposition(const Context& context, const BaconSpec& spec, const Table& table,
                                       const Panel* panel, Diagnostics& notes) {
  const EventDesign design = whole_design(context, spec.model, spec.treatment, {table, panel, notes});
  const CohortMeans means = cohort_means(design);
  BaconDecomposition out;
  out.comparisons = comparisons_of(means);
  if (out.comparisons.empty())
    throw Error("policy.no_control", "there is no cohort and control to compare",
                "add units that are treated at other times, or never");
  out.outcome = design.frame->outcome_name;
  out.treatment = spec.treatment.column();
  out.types = by_type(out.comparisons);
  out.two_way = 0;
  for (const BaconType& type : out.types) out.two_way += type.weight * type.estimate;
  out.n = design.frame->observations();
  out.units = design.frame->unit.size();
  out.times = static_cast<Index>(means.times.size());
  if (!design.model.formula.regressors.empty())
    out.warnings.emplace_back(
        "policy.controls_unused",
        fmt::format("the decomposition is of the coefficient without the {} controls of the "
                    "model, which only choose the rows",
                    design.model.formula.regressors.size()));
  return out;
}

}  // namespace panelist
