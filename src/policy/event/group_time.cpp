// SPDX-License-Identifier: Apache-2.0
#include "policy/event/group_time.h"

#include <cmath>

namespace panelist {

namespace {

using RowTable = Eigen::Matrix<Index, Eigen::Dynamic, Eigen::Dynamic>;

// The row of the frame of each unit and time; -1 where there is none.
RowTable row_table(const EventDesign& design, const std::vector<std::int64_t>& times) {
  const ModelFrame& frame = *design.frame;
  RowTable out = RowTable::Constant(frame.unit.size(), static_cast<Index>(times.size()), -1);
  for (std::size_t i = 0; i < frame.time.size(); ++i) {
    const auto place = std::lower_bound(times.begin(), times.end(), frame.time[i]);
    out(frame.unit.level[i], place - times.begin()) = static_cast<Index>(i);
  }
  return out;
}

Vector sizes_of(const ModelFrame& frame) {
  Vector sum = Vector::Zero(frame.unit.size());
  if (frame.weights.size() == 0) return Vector::Ones(sum.size());
  Vector rows = Vector::Zero(sum.size());
  for (std::size_t i = 0; i < frame.unit.level.size(); ++i) {
    sum[frame.unit.level[i]] += frame.weights[static_cast<Index>(i)];
    rows[frame.unit.level[i]] += 1;
  }
  sum = sum.cwiseQuotient(rows);
  return sum / sum.mean();
}

// Controls of the model without the constant, by row.
Matrix covariates_of(const ModelFrame& frame, Adjustment adjustment) {
  const Index first = frame.intercept ? 1 : 0;
  const auto columns = static_cast<Index>(frame.exogenous.names.size()) - first;
  if (adjustment == Adjustment::none || columns <= 0) return Matrix(frame.n(), 0);
  return frame.exogenous.values.matrix().rightCols(columns);
}

std::vector<std::int64_t> first_by_unit(const EventDesign& design) {
  std::vector<std::int64_t> first(static_cast<std::size_t>(design.frame->unit.size()), never_treated);
  for (std::size_t i = 0; i < design.row_first.size(); ++i)
    first[static_cast<std::size_t>(design.frame->unit.level[i])] = design.row_first[i];
  return first;
}

// Position of the last time at or before the reference of a cohort; none before the first.
std::optional<std::size_t> base_of(const std::vector<std::int64_t>& times, std::int64_t reference) {
  const auto later = std::upper_bound(times.begin(), times.end(), reference);
  if (later == times.begin()) return std::nullopt;
  return static_cast<std::size_t>(later - times.begin()) - 1;
}

// One cell from the changes of its cohort and of the controls.
class CellEstimator {
 public:
  CellEstimator(const EventDesign& design, const GroupTimes& all, const GroupTimeSpec& spec)
      : frame_(*design.frame),
        all_(all),
        spec_(spec),
        rows_(row_table(design, all.times)),
        covariates_(covariates_of(frame_, spec.adjustment)) {}

  // Into `cell`, whose time is given; nothing else than zero at the base itself.
  [[nodiscard]] Comparison::State estimate(std::int64_t first, std::size_t base, GroupTime& cell) const {
    cell.att = {0, Vector::Zero(rows_.rows())};
    if (cell.time == base) return Comparison::State::estimated;
    const std::vector<Index> units = units_of(first, base, cell.time);
    const Comparison found = compare_changes(sample_of(units, first, base, cell.time), spec_.adjustment);
    if (found.state != Comparison::State::estimated) return found.state;
    cell.att.estimate = found.estimate;
    for (std::size_t k = 0; k < units.size(); ++k)
      cell.att.influence[units[k]] = static_cast<double>(rows_.rows()) * found.parts[static_cast<Index>(k)];
    return found.state;
  }

 private:
  // Of the cohort and its controls, those with a row at both times.
  [[nodiscard]] std::vector<Index> units_of(std::int64_t first, std::size_t base, std::size_t time) const {
    const std::int64_t latest = all_.times[std::max(time, base)];
    std::vector<Index> units;
    for (Index i = 0; i < rows_.rows(); ++i) {
      const std::int64_t own = all_.first[static_cast<std::size_t>(i)];
      const bool seen = rows_(i, static_cast<Index>(time)) >= 0 && rows_(i, static_cast<Index>(base)) >= 0;
      if (seen && (own == first || own == never_treated || (spec_.not_yet && own > latest)))
        units.push_back(i);
    }
    return units;
  }

  [[nodiscard]] ComparisonSample sample_of(const std::vector<Index>& units, std::int64_t first,
                                           std::size_t base, std::size_t time) const {
    const auto n = static_cast<Index>(units.size());
    ComparisonSample sample{Vector(n), Vector::Ones(n), Vector(n), Matrix(n, covariates_.cols())};
    const VectorView outcome = frame_.outcome;
    for (Index k = 0; k < n; ++k) {
      const Index unit = units[static_cast<std::size_t>(k)];
      const Index before = rows_(unit, static_cast<Index>(base));
      sample.change[k] = outcome[rows_(unit, static_cast<Index>(time))] - outcome[before];
      if (frame_.weights.size() > 0) sample.weight[k] = frame_.weights[before];
      sample.treated[k] = all_.first[static_cast<std::size_t>(unit)] == first ? 1 : 0;
      sample.covariates.row(k) = covariates_.row(before);
    }
    return sample;
  }

  const ModelFrame& frame_;
  const GroupTimes& all_;
  const GroupTimeSpec& spec_;
  RowTable rows_;
  Matrix covariates_;
};

void add_cohort(const GroupTimeSpec& spec, const EventDesign& design, const CellEstimator& estimator,
                std::size_t cohort, GroupTimes& out) {
  const std::int64_t first = design.cohorts[cohort].first, step = design.panel->step;
  const std::optional<std::size_t> base = base_of(out.times, first + spec.reference * step);
  if (!base) {
    out.nobody += out.times.size();
    return;
  }
  // There its change is none by construction, which is no estimate of that time.
  const bool is_moved = out.times[*base] != first + spec.reference * step;
  if (is_moved) out.moved.push_back(cohort);
  for (std::size_t t = 0; t < out.times.size(); ++t) {
    if (is_moved && t == *base) continue;
    GroupTime cell{cohort, t, static_cast<int>((out.times[t] - first) / step), {}};
    switch (estimator.estimate(first, *base, cell)) {
      case Comparison::State::estimated:
        out.cells.push_back(std::move(cell));
        break;
      case Comparison::State::nobody:
        ++out.nobody;
        break;
      case Comparison::State::undetermined:
        ++out.undetermined;
        break;
      case Comparison::State::no_overlap:
        ++out.no_overlap;
        break;
    }
  }
}

}  // namespace

GroupTimes group_times(const GroupTimeSpec& spec, const EventDesign& design) {
  GroupTimes out;
  out.times = design.frame->time;
  std::sort(out.times.begin(), out.times.end());
  out.times.erase(std::unique(out.times.begin(), out.times.end()), out.times.end());
  out.first = first_by_unit(design);
  out.units = design.frame->unit.size();
  out.size = sizes_of(*design.frame);
  for (const Cohort& cohort : design.cohorts) {
    double sum = 0;
    for (std::size_t i = 0; i < out.first.size(); ++i)
      if (out.first[i] == cohort.first) sum += out.size[static_cast<Index>(i)];
    out.cohort_shares.push_back(sum / static_cast<double>(out.units));
  }
  const CellEstimator estimator(design, out, spec);
  for (std::size_t g = 0; g < design.cohorts.size(); ++g) add_cohort(spec, design, estimator, g, out);
  return out;
}

namespace {

// Weighted mean by cohorts' shares p with the influence of the shares; parts may name a cohort several times.
Influenced by_shares(const std::vector<Influenced>& parts, const std::vector<std::size_t>& cohorts,
                     const GroupTimes& all, const EventDesign& design) {
  Influenced out;
  double total = 0;
  for (const std::size_t g : cohorts) total += all.cohort_shares[g];
  out.influence = Vector::Zero(all.units);
  out.estimate = 0;
  Vector drift = Vector::Zero(all.units);  // sum_j (s 1{G = g_j} - p_j)
  double product = 0;                      // sum_k att_k p_k
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const double share = all.cohort_shares[cohorts[k]];
    out.estimate += share / total * parts[k].estimate;
    out.influence += share / total * parts[k].influence;
    product += parts[k].estimate * share;
    for (std::size_t i = 0; i < all.first.size(); ++i) {
      const bool is_member = all.first[i] == design.cohorts[cohorts[k]].first;
      const double member = is_member ? all.size[static_cast<Index>(i)] : 0.0;
      out.influence[static_cast<Index>(i)] += parts[k].estimate * (member - share) / total;
      drift[static_cast<Index>(i)] += member - share;
    }
  }
  out.influence -= product / (total * total) * drift;
  return out;
}

}  // namespace

Influenced GroupTimes::by_sizes(const std::vector<std::size_t>& chosen, const EventDesign& design) const {
  std::vector<Influenced> parts;
  std::vector<std::size_t> cohorts;
  for (const std::size_t k : chosen) {
    parts.push_back(cells[k].att);
    cohorts.push_back(cells[k].cohort);
  }
  return by_shares(parts, cohorts, *this, design);
}

Influenced GroupTimes::over_cohorts(const std::vector<Influenced>& parts,
                                    const std::vector<std::size_t>& cohorts,
                                    const EventDesign& design) const {
  return by_shares(parts, cohorts, *this, design);
}

Influenced GroupTimes::mean(const std::vector<Influenced>& parts) {
  Influenced out = parts.front();
  for (std::size_t k = 1; k < parts.size(); ++k) {
    out.estimate += parts[k].estimate;
    out.influence += parts[k].influence;
  }
  out.estimate /= static_cast<double>(parts.size());
  out.influence /= static_cast<double>(parts.size());
  return out;
}

Matrix cluster_sums(const std::vector<Influenced>& estimates, const std::vector<Level>& cluster_of_unit,
                    Level clusters) {
  Matrix sums = Matrix::Zero(clusters, static_cast<Index>(estimates.size()));
  for (std::size_t j = 0; j < estimates.size(); ++j)
    for (std::size_t i = 0; i < cluster_of_unit.size(); ++i)
      sums(cluster_of_unit[i], static_cast<Index>(j)) += estimates[j].influence[static_cast<Index>(i)];
  return sums / static_cast<double>(cluster_of_unit.size());
}

}  // namespace panelist
