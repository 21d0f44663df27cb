// SPDX-License-Identifier: Apache-2.0
#include "policy/event/group_time.h"

#include <cmath>

namespace panelist {

namespace {

// Outcome by unit and time of the frame; missing where there is no row.
Matrix outcomes(const EventDesign& design, const std::vector<std::int64_t>& times) {
  const ModelFrame& frame = *design.frame;
  Matrix out = Matrix::Constant(frame.unit.size(), static_cast<Index>(times.size()), missing_value);
  for (std::size_t i = 0; i < frame.time.size(); ++i) {
    const auto place = std::lower_bound(times.begin(), times.end(), frame.time[i]);
    out(frame.unit.level[i], place - times.begin()) = frame.outcome[static_cast<Index>(i)];
  }
  return out;
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

// Adds scale (D_i - mean D) of the members to the influence and returns their mean; missing without members.
double add_group(const Vector& differences, const std::vector<bool>& member, double sign, Vector& influence) {
  double sum = 0, count = 0;
  for (Index i = 0; i < differences.size(); ++i)
    if (member[static_cast<std::size_t>(i)]) {
      sum += differences[i];
      count += 1;
    }
  if (count == 0) return missing_value;
  const double mean = sum / count;
  const double scale = sign * static_cast<double>(differences.size()) / count;
  for (Index i = 0; i < differences.size(); ++i)
    if (member[static_cast<std::size_t>(i)]) influence[i] += scale * (differences[i] - mean);
  return mean;
}

// One cell from the differences of its cohort and of the controls.
class CellEstimator {
 public:
  CellEstimator(const Matrix& y, const GroupTimes& all, bool not_yet) : y_(y), all_(all), not_yet_(not_yet) {}

  [[nodiscard]] GroupTime cell(std::int64_t first, std::size_t time, std::size_t base) const {
    GroupTime out;
    out.time = time;
    out.influence = Vector::Zero(y_.rows());
    if (time == base) return out;
    const Vector differences = y_.col(static_cast<Index>(time)) - y_.col(static_cast<Index>(base));
    std::vector<bool> treated, control;
    const std::int64_t latest = all_.times[std::max(time, base)];
    for (std::size_t i = 0; i < all_.first.size(); ++i) {
      const bool seen = !std::isnan(differences[static_cast<Index>(i)]);
      const std::int64_t own = all_.first[i];
      treated.push_back(seen && own == first);
      const bool untreated = own == never_treated || (not_yet_ && own > latest && own != first);
      control.push_back(seen && untreated);
    }
    const double of_treated = add_group(differences, treated, 1, out.influence);
    out.effect = of_treated - add_group(differences, control, -1, out.influence);
    return out;
  }

 private:
  const Matrix& y_;
  const GroupTimes& all_;
  bool not_yet_;
};

void add_cohort(const EventStudySpec& spec, const EventDesign& design, const CellEstimator& estimator,
                std::size_t cohort, GroupTimes& out) {
  const std::int64_t first = design.cohorts[cohort].first, step = design.panel->step;
  const std::optional<std::size_t> base = base_of(out.times, first + spec.reference * step);
  if (!base) {
    out.not_estimated += out.times.size();
    return;
  }
  for (std::size_t t = 0; t < out.times.size(); ++t) {
    GroupTime cell = estimator.cell(first, t, *base);
    cell.cohort = cohort;
    cell.relative = static_cast<int>((out.times[t] - first) / step);
    if (std::isnan(cell.effect))
      ++out.not_estimated;
    else
      out.cells.push_back(std::move(cell));
  }
}

}  // namespace

GroupTimes group_times(const EventStudySpec& spec, const EventDesign& design, bool not_yet) {
  GroupTimes out;
  out.times = design.frame->time;
  std::sort(out.times.begin(), out.times.end());
  out.times.erase(std::unique(out.times.begin(), out.times.end()), out.times.end());
  out.first = first_by_unit(design);
  out.units = design.frame->unit.size();
  for (const Cohort& cohort : design.cohorts)
    out.cohort_shares.push_back(static_cast<double>(cohort.units) / static_cast<double>(out.units));
  const Matrix y = outcomes(design, out.times);
  const CellEstimator estimator(y, out, not_yet);
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
  Vector drift = Vector::Zero(all.units);  // sum_j (1{G = g_j} - p_j)
  double product = 0;                      // sum_k att_k p_k
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const double share = all.cohort_shares[cohorts[k]];
    out.estimate += share / total * parts[k].estimate;
    out.influence += share / total * parts[k].influence;
    product += parts[k].estimate * share;
    for (std::size_t i = 0; i < all.first.size(); ++i) {
      const double member = all.first[i] == design.cohorts[cohorts[k]].first ? 1.0 : 0.0;
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
    parts.push_back({cells[k].effect, cells[k].influence});
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

Matrix influence_covariance(const std::vector<Influenced>& estimates,
                            const std::vector<Level>& cluster_of_unit, Level clusters) {
  Matrix sums = Matrix::Zero(clusters, static_cast<Index>(estimates.size()));
  for (std::size_t j = 0; j < estimates.size(); ++j)
    for (std::size_t i = 0; i < cluster_of_unit.size(); ++i)
      sums(cluster_of_unit[i], static_cast<Index>(j)) += estimates[j].influence[static_cast<Index>(i)];
  const auto units = static_cast<double>(cluster_of_unit.size());
  return sums.transpose() * sums / (units * units);
}

}  // namespace panelist
