// SPDX-License-Identifier: Apache-2.0
// Imputation: what treated rows would be without treatment, from untreated rows; means of the differences.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <map>
#include <set>

#include "policy/event/methods.h"
#include "policy/event/summary.h"
#include "policy/event/untreated.h"

namespace panelist {

namespace {

// Weighted means of the effects of treated rows, a column each; the first is the ATT.
struct Means {
  std::vector<int> times;  // of the columns from the second on
  Matrix weights;          // n x columns, zero on untreated rows
};

struct Imputed {
  Vector effects;             // y - predicted, by row
  std::vector<bool> treated;  // rows whose effect is known
};

std::vector<bool> treated_rows(const EventDesign& design) {
  std::vector<bool> treated;
  for (const int r : design.relative) treated.push_back(r != never_relative && r >= 0);
  return treated;
}

Imputed impute(const EventDesign& design, const UntreatedModel& model, EventEffects& effects) {
  const Vector outcome = design.frame->outcome;
  Imputed out{outcome - model.predicted(outcome), treated_rows(design)};
  std::size_t lost = 0;
  for (std::size_t i = 0; i < out.treated.size(); ++i)
    if (out.treated[i] && !model.predictable()[i]) {
      out.treated[i] = false;
      ++lost;
    }
  if (lost > 0)
    effects.warnings.emplace_back(
        "policy.not_imputed",
        fmt::format(
            "{} treated rows cannot be predicted from untreated ones (their unit, time or other effect has "
            "none, or is not connected with them) and are left out",
            lost));
  if (std::find(out.treated.begin(), out.treated.end(), true) == out.treated.end())
    throw Error("policy.no_control", "no treated row can be predicted from untreated ones",
                "add units that are treated later, or never");
  return out;
}

Means means_of(const EventStudySpec& spec, const EventDesign& design, const std::vector<bool>& treated) {
  Means means;
  std::set<int> times;
  for (std::size_t i = 0; i < treated.size(); ++i)
    if (treated[i] && shown(spec, design.relative[i])) times.insert(design.relative[i]);
  means.times.assign(times.begin(), times.end());
  means.weights = Matrix::Zero(design.frame->n(), static_cast<Index>(times.size()) + 1);
  for (std::size_t i = 0; i < treated.size(); ++i) {
    if (!treated[i]) continue;
    const auto row = static_cast<Index>(i);
    const double weight = design.frame->weights.size() > 0 ? design.frame->weights[row] : 1.0;
    means.weights(row, 0) = weight;
    const auto place = std::lower_bound(means.times.begin(), means.times.end(), design.relative[i]);
    if (place != means.times.end() && *place == design.relative[i])
      means.weights(row, place - means.times.begin() + 1) = weight;
  }
  for (Index j = 0; j < means.weights.cols(); ++j) means.weights.col(j) /= means.weights.col(j).sum();
  return means;
}

// Rows that share a mean effect in the variance: of a cohort and time; where those lie in one cluster, of all cohorts at
// the relative time; where that is one cluster too, all treated rows.
struct EffectCells {
  std::vector<std::size_t> cell;                  // by row
  std::vector<std::vector<std::size_t>> members;  // rows of each cell
};

// One key a row; rows of equal keys are a cell.
using CellKey = std::pair<std::int64_t, int>;

bool in_one_cluster(const std::vector<std::size_t>& rows, const Grouping& clusters) {
  return std::all_of(rows.begin(), rows.end(),
                     [&](std::size_t row) { return clusters.level[row] == clusters.level[rows.front()]; });
}

EffectCells effect_cells(const EventDesign& design, const std::vector<bool>& treated,
                         const Grouping& clusters) {
  const auto keys_of = [&](std::size_t row) {
    const int r = design.relative[row];
    return std::array<CellKey, 3>{CellKey{design.row_first[row], r}, CellKey{never_treated, r},
                                  CellKey{never_treated, never_relative}};
  };
  std::map<CellKey, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < treated.size(); ++i)
    if (treated[i])
      for (const CellKey& key : keys_of(i)) members[key].push_back(i);
  EffectCells out;
  out.cell.assign(treated.size(), 0);
  std::map<CellKey, std::size_t> numbers;
  for (std::size_t i = 0; i < treated.size(); ++i) {
    if (!treated[i]) continue;
    const std::array<CellKey, 3> keys = keys_of(i);
    std::size_t at = 0;
    while (at < 2 && in_one_cluster(members[keys[at]], clusters)) ++at;
    const auto [place, fresh] = numbers.emplace(keys[at], numbers.size());
    if (fresh) out.members.push_back(members[keys[at]]);
    out.cell[i] = place->second;
  }
  return out;
}

// sum_c a_c b_c / sum_c a_c^2, a_c and b_c the sums of weights and of weighted effects of a cluster.
double cell_mean(const std::vector<std::size_t>& rows, const Vector& weights, const Vector& effects,
                 const Grouping& clusters) {
  std::map<Level, std::pair<double, double>> sums;
  for (const std::size_t row : rows) {
    const double weight = weights[static_cast<Index>(row)];
    auto& [a, b] = sums[clusters.level[row]];
    a += weight;
    b += weight * effects[static_cast<Index>(row)];
  }
  double product = 0, square = 0;
  for (const auto& [cluster, sum] : sums) {
    product += sum.first * sum.second;
    square += sum.first * sum.first;
  }
  return square > 0 ? product / square : 0;
}

// sum_{it in c} v_it e_it by cluster and mean.
Matrix cluster_scores(const UntreatedModel& model, const Means& means, const Imputed& imputed,
                      const EffectCells& cells, const Grouping& clusters) {
  const Matrix on_untreated = model.weights_on_untreated(means.weights);
  Matrix scores = Matrix::Zero(clusters.size(), means.weights.cols());
  for (Index j = 0; j < scores.cols(); ++j) {
    const Vector weights = means.weights.col(j);
    std::vector<double> mean;
    for (const std::vector<std::size_t>& rows : cells.members)
      mean.push_back(cell_mean(rows, weights, imputed.effects, clusters));
    for (std::size_t i = 0; i < imputed.treated.size(); ++i) {
      const auto row = static_cast<Index>(i);
      const double on_treated =
          imputed.treated[i] ? weights[row] * (imputed.effects[row] - mean[cells.cell[i]]) : 0.0;
      scores(clusters.level[i], j) += on_treated - on_untreated(row, j) * imputed.effects[row];
    }
  }
  return scores;
}

// Leads on untreated rows, against all earlier times; the earliest time of all is always one of those.
struct Leads {
  std::vector<int> times;
  Estimation estimation;
  Matrix rows;
};

std::vector<int> lead_times(const EventStudySpec& spec, const EventDesign& design) {
  std::vector<int> before;
  for (const int r : times_of(design))
    if (r < 0) before.push_back(r);
  std::vector<int> leads;
  for (const int r : before)
    if (r > before.front() && shown(spec, r)) leads.push_back(r);
  return leads;
}

std::string lead_name(int time) { return fmt::format("lead::{}", time); }

std::optional<Leads> estimate_leads(const Context& context, const EventStudySpec& spec,
                                    const EventDesign& design) {
  const std::vector<int> times = lead_times(spec, design);
  if (times.empty()) return std::nullopt;
  const std::vector<int> relative = relative_times(design);
  std::vector<bool> untreated;
  for (const int r : relative) untreated.push_back(r == never_relative || r < 0);
  const EventDesign before = restricted(context, design, untreated, design.first);
  std::vector<AddedColumn> columns;
  for (const int time : times) {
    columns.push_back({lead_name(time), {}});
    for (const int r : relative) columns.back().values.push_back(r == time ? 1.0 : 0.0);
  }
  Leads leads;
  leads.estimation = estimate_with(context, before, std::move(columns));
  const Fit& fit = *leads.estimation.fit;
  for (const int time : times)
    if (term_position(fit, lead_name(time)) >= 0) leads.times.push_back(time);
  leads.rows = Matrix::Zero(static_cast<Index>(leads.times.size()), fit.k());
  for (std::size_t i = 0; i < leads.times.size(); ++i)
    leads.rows(static_cast<Index>(i), term_position(fit, lead_name(leads.times[i]))) = 1;
  return leads;
}

// Leads and effects come from different rows and are put side by side as if independent.
TimePath joined_path(const std::optional<Leads>& leads, const Means& means, const Vector& estimates,
                     const Matrix& covariance) {
  TimePath path = leads ? path_of(leads->estimation, leads->times, leads->rows) : TimePath{};
  const auto before = static_cast<Index>(path.times.size());
  const auto after = static_cast<Index>(means.times.size());
  path.times.insert(path.times.end(), means.times.begin(), means.times.end());
  path.estimates.conservativeResize(before + after);
  path.estimates.tail(after) = estimates.tail(after);
  Matrix all = Matrix::Zero(before + after, before + after);
  if (before > 0) all.topLeftCorner(before, before) = path.covariance;
  all.bottomRightCorner(after, after) = covariance.bottomRightCorner(after, after);
  path.covariance = std::move(all);
  const std::vector<double> law = normal_law(means.times.size());
  path.df.insert(path.df.end(), law.begin(), law.end());
  return path;
}

}  // namespace

EventEffects imputation_effects(const Context& context, const EventStudySpec& spec,
                                const EventDesign& design) {
  EventEffects effects;
  const UntreatedModel model(*design.frame, treated_rows(design));
  const Imputed imputed = impute(design, model, effects);
  const Means means = means_of(spec, design, imputed.treated);
  const Grouping& clusters = policy_clusters(design);
  const EffectCells cells = effect_cells(design, imputed.treated, clusters);
  const Matrix scores = cluster_scores(model, means, imputed, cells, clusters);
  const Matrix covariance = scores.transpose() * scores;
  const Vector estimates = means.weights.transpose() * imputed.effects;
  const std::optional<Leads> leads = estimate_leads(context, spec, design);
  fill_times(context, spec, design, joined_path(leads, means, estimates, covariance), effects);
  effects.df = std::numeric_limits<double>::infinity();
  effects.att = coefficient_of("att", estimates[0], covariance(0, 0), effects.df, spec.model.level);
  if (leads && leads->rows.rows() > 0) {
    effects.pre_trend = restrictions_test(*leads->estimation.fit, leads->estimation.vcov, leads->rows);
    effects.pre_trend->name = "pre_trend";
  }
  effects.control = design.never > 0 ? "untreated" : "not_yet";
  describe_clusters(design, clusters, effects);
  return effects;
}

}  // namespace panelist
