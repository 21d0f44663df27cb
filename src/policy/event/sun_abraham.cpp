// SPDX-License-Identifier: Apache-2.0
// Interaction-weighted event study: a dummy for each cohort at each relative time but the reference, averaged with the
// cohorts' shares of the rows.
//
// Variance of b = sum_k s_k d_k: s'V s, shares as known; estimated, more by sum_c h_c^2, h_c = sum over the rows of cluster c
// at those times of w (d_k - b) / sum w: cohorts are drawn with their units.
#include <fmt/format.h>

#include "policy/event/identified.h"
#include "policy/event/methods.h"
#include "policy/event/summary.h"

namespace panelist {

namespace {

struct Cell {
  std::size_t cohort = 0;
  int relative = 0;
  std::string name;
  double weight = 0;    // of its rows
  Index position = -1;  // among the coefficients
};

// Rows of the last cohort from its start on are left out; before it, it is a control.
EventDesign against_last_cohort(const Context& context, const EventDesign& design) {
  const std::int64_t last = design.cohorts.back().first;
  if (design.cohorts.size() < 2)
    throw Error("policy.no_control", "there is no later cohort to compare with",
                "add units that are treated later, or never");
  std::vector<std::int64_t> first = design.first;
  for (std::int64_t& time : first)
    if (time >= last) time = never_treated;
  std::vector<bool> keep;
  for (std::size_t row = 0; row < design.panel->time.size(); ++row)
    keep.push_back(design.panel->time[row] < last &&
                   design.first[static_cast<std::size_t>(design.panel->unit[row])] <= last);
  return restricted(context, design, keep, std::move(first));
}

double weight_of(const ModelFrame& frame, std::size_t row) {
  return frame.weights.size() > 0 ? frame.weights[static_cast<Index>(row)] : 1.0;
}

// Cohort by cohort, in order of time.
std::vector<Cell> cells_of(const EventDesign& design, int reference) {
  std::vector<Cell> cells;
  for (std::size_t g = 0; g < design.cohorts.size(); ++g) {
    std::map<int, double> weights;
    for (std::size_t i = 0; i < design.relative.size(); ++i)
      if (design.row_first[i] == design.cohorts[g].first)
        weights[design.relative[i]] += weight_of(*design.frame, i);
    for (const auto& [relative, weight] : weights)
      if (relative != reference)
        cells.push_back(
            {g, relative, fmt::format("cohort::{}:event::{}", design.cohorts[g].name, relative), weight, -1});
  }
  return cells;
}

std::vector<AddedColumn> cell_dummies(const EventDesign& design, const std::vector<Cell>& cells) {
  const std::vector<int> relative = relative_times(design);
  std::vector<AddedColumn> columns;
  for (const Cell& cell : cells) {
    const std::int64_t first = design.cohorts[cell.cohort].first;
    AddedColumn column{cell.name, std::vector<double>(relative.size(), 0.0)};
    for (std::size_t row = 0; row < relative.size(); ++row)
      if (relative[row] == cell.relative &&
          design.first[static_cast<std::size_t>(design.panel->unit[row])] == first)
        column.values[row] = 1;
    columns.push_back(std::move(column));
  }
  return columns;
}

// Cells that effects and controls absorb, alone or together, have no effect of their own.
void place_cells(const Fit& fit, const std::set<std::string>& unidentified, std::vector<Cell>& cells,
                 EventEffects& effects) {
  std::vector<std::string> lost;
  for (Cell& cell : cells) {
    cell.position = unidentified.contains(cell.name) ? -1 : term_position(fit, cell.name);
    if (cell.position < 0) lost.push_back(cell.name);
  }
  std::erase_if(cells, [](const Cell& cell) { return cell.position < 0; });
  if (!lost.empty())
    effects.warnings.emplace_back(
        "policy.cells_not_identified",
        fmt::format(
            "{} of the cohorts' effects cannot be told from effects and controls and are left out of the "
            "means, {} first",
            lost.size(), lost.front()));
  if (std::none_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.relative >= 0; }))
    throw Error("policy.nothing_identified",
                "no effect of a cohort can be told from the unit and time effects and the controls",
                "take a reference at which cohorts are seen; trends of units need a second reference");
}

// A mean of cells, with the sums over clusters of what their shares add to its error (empty: shares are known).
struct ShareMean {
  Vector weights;  // by coefficient
  Vector shares_part;
  [[nodiscard]] double added_variance() const { return shares_part.squaredNorm(); }
};

// Means of cells by their shares of the rows.
class ShareMeans {
 public:
  ShareMeans(const EventDesign& design, const std::vector<Cell>& cells, const Vector& coefficients,
             bool estimated)
      : design_(design), cells_(cells), coefficients_(coefficients), estimated_(estimated) {
    std::map<std::pair<std::int64_t, int>, int> numbers;
    for (std::size_t k = 0; k < cells.size(); ++k)
      numbers[{design.cohorts[cells[k].cohort].first, cells[k].relative}] = static_cast<int>(k);
    for (std::size_t i = 0; i < design.relative.size(); ++i) {
      const auto place = numbers.find({design.row_first[i], design.relative[i]});
      cell_of_row_.push_back(place == numbers.end() ? -1 : place->second);
    }
  }

  template <typename Belongs>
  [[nodiscard]] ShareMean mean(const Belongs& belongs) const {
    ShareMean out{Vector::Zero(coefficients_.size()), {}};
    for (const Cell& cell : cells_)
      if (belongs(cell)) out.weights[cell.position] = cell.weight;
    const double sum = out.weights.sum();
    if (sum > 0) out.weights /= sum;
    if (!estimated_) return out;
    const Grouping& clusters = policy_clusters(design_);
    const double estimate = out.weights.dot(coefficients_);
    out.shares_part = Vector::Zero(clusters.size());
    for (std::size_t i = 0; i < cell_of_row_.size(); ++i) {
      if (cell_of_row_[i] < 0) continue;
      const Cell& cell = cells_[static_cast<std::size_t>(cell_of_row_[i])];
      if (belongs(cell))
        out.shares_part[clusters.level[i]] +=
            weight_of(*design_.frame, i) * (coefficients_[cell.position] - estimate) / sum;
    }
    return out;
  }

 private:
  const EventDesign& design_;
  const std::vector<Cell>& cells_;
  const Vector& coefficients_;
  bool estimated_;
  std::vector<int> cell_of_row_;
};

Coefficient coefficient_of(const Estimation& estimation, const std::string& name, const ShareMean& mean,
                           double level) {
  const double estimate = mean.weights.dot(estimation.fit->coefficients);
  const double variance = mean.weights.dot(estimation.vcov.matrix * mean.weights) + mean.added_variance();
  return panelist::coefficient_of(name, estimate, variance, degrees_of(estimation.vcov, mean.weights), level);
}

std::vector<int> shown_times(const EventStudySpec& spec, const std::vector<Cell>& cells) {
  std::vector<int> times;
  for (const Cell& cell : cells)
    if (shown(spec, cell.relative)) times.push_back(cell.relative);
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

// The path of relative times, a row of weights each.
struct SharePath {
  TimePath path;
  Matrix rows;
};

SharePath share_path(const Estimation& estimation, const std::vector<int>& times, const ShareMeans& means) {
  SharePath out;
  out.rows.resize(static_cast<Index>(times.size()), estimation.fit->k());
  Matrix parts;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const ShareMean mean = means.mean([&](const Cell& cell) { return cell.relative == times[i]; });
    const auto at = static_cast<Index>(i);
    out.rows.row(at) = mean.weights;
    if (parts.cols() == 0) parts = Matrix::Zero(mean.shares_part.size(), out.rows.rows());
    parts.col(at) = mean.shares_part;
  }
  out.path = path_of(estimation, times, out.rows);
  if (parts.rows() > 0) out.path.covariance += parts.transpose() * parts;
  return out;
}

void list_cells(const Estimation& estimation, const EventDesign& design, const std::vector<Cell>& cells,
                EventEffects& effects) {
  for (const Cell& cell : cells) {
    const Cohort& cohort = design.cohorts[cell.cohort];
    const std::int64_t time = cohort.first + cell.relative * design.panel->step;
    effects.cells.push_back({cohort.name, std::to_string(time), cell.relative,
                             estimation.inference.coefficients[static_cast<std::size_t>(cell.position)]});
  }
}

// Means over the treated times of each cohort.
EffectGroup by_cohort(const Estimation& estimation, const EventDesign& design, const std::vector<Cell>& cells,
                      const ShareMeans& means) {
  EffectGroup group{"cohort", {}, {}};
  for (std::size_t g = 0; g < design.cohorts.size(); ++g) {
    const auto treated = [&](const Cell& cell) { return cell.cohort == g && cell.relative >= 0; };
    if (std::none_of(cells.begin(), cells.end(), treated)) continue;
    group.effects.push_back(
        coefficient_of(estimation, design.cohorts[g].name, means.mean(treated), design.model.level));
  }
  return group;
}

EventEffects interaction_weighted(const Context& context, const EventStudySpec& spec,
                                  const EventDesign& design) {
  EventEffects effects;
  std::vector<Cell> cells = cells_of(design, spec.reference);
  const std::vector<AddedColumn> dummies = cell_dummies(design, cells);
  const Estimation estimation = estimate_with(context, design, dummies);
  place_cells(*estimation.fit, not_identified(context, design, *estimation.fit, dummies), cells, effects);
  const bool estimated = spec.shares == "estimated";
  const ShareMeans means(design, cells, estimation.fit->coefficients, estimated);
  const auto [path, rows] = share_path(estimation, shown_times(spec, cells), means);
  fill_times(context, spec, design, path, effects);
  add_reference(spec, design, effects);
  effects.pre_trend = estimated ? pre_trend_test(path, spec.reference, estimation.vcov.df)
                                : pre_trend_test(estimation, path, rows, spec.reference);
  const auto treated = [](const Cell& cell) { return cell.relative >= 0; };
  effects.att = coefficient_of(estimation, "att", means.mean(treated), spec.model.level);
  effects.shares = spec.shares;
  list_cells(estimation, design, cells, effects);
  effects.groups.push_back(by_cohort(estimation, design, cells, means));
  effects.groups.back().overall = effects.att;
  describe(estimation, effects);
  return effects;
}

}  // namespace

EventEffects sun_abraham_effects(const Context& context, const EventStudySpec& spec,
                                 const EventDesign& design) {
  const bool last = spec.control == "last" || design.never == 0;
  EventEffects effects =
      interaction_weighted(context, spec, last ? against_last_cohort(context, design) : design);
  effects.control = last ? "last" : "never";
  if (last && spec.control != "last")
    effects.warnings.emplace_back(
        "policy.no_never_treated",
        "no unit is never treated: cohorts are compared with the last one, without its "
        "rows from its own start on");
  return effects;
}

}  // namespace panelist
