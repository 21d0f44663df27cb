// SPDX-License-Identifier: Apache-2.0
#include "policy/placebo.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "infer/randomisation.h"
#include "policy/event/design.h"
#include "policy/event/summary.h"
#include "policy/placebo/space.h"
#include "table/statistics.h"

namespace panelist {

namespace {

constexpr Index few_treated = 5;

std::optional<Coefficient> treated_effect(const Estimation& estimation, const std::string& name) {
  const Index position = term_position(*estimation.fit, name);
  if (position < 0) return std::nullopt;
  return estimation.inference.coefficients[static_cast<std::size_t>(position)];
}

// Rows before the true start, of units that are seen before the moved one too.
std::vector<bool> rows_before(const EventDesign& design, int steps) {
  const std::vector<int> relative = relative_times(design);
  std::vector<int> earliest(design.first.size(), std::numeric_limits<int>::max());
  for (std::size_t row = 0; row < relative.size(); ++row) {
    int& own = earliest[static_cast<std::size_t>(design.panel->unit[row])];
    own = std::min(own, relative[row]);
  }
  std::vector<bool> keep;
  for (std::size_t row = 0; row < relative.size(); ++row) {
    const int first = earliest[static_cast<std::size_t>(design.panel->unit[row])];
    keep.push_back(relative[row] == never_relative || (relative[row] < 0 && first < -steps));
  }
  return keep;
}

// The start moved ahead.
std::optional<ShiftedStart> shifted(const Context& context, const EventDesign& design, int steps) {
  std::vector<std::int64_t> first = design.first;
  for (std::int64_t& time : first)
    if (time != never_treated) time -= steps * design.panel->step;
  const EventDesign earlier = restricted(context, design, rows_before(design, steps), std::move(first));
  const std::vector<int> times = times_of(earlier);
  if (times.empty() || times.front() >= 0 || times.back() < 0) return std::nullopt;
  AddedColumn treated = treated_column(earlier);
  const std::string name = treated.name;
  const Estimation estimation = estimate_with(context, earlier, {std::move(treated)});
  const std::optional<Coefficient> effect = treated_effect(estimation, name);
  if (!effect) return std::nullopt;
  ShiftedStart out{steps, *effect, estimation.fit->n};
  out.effect.term = fmt::format("{} earlier", steps);
  return out;
}

void shift_starts(const Context& context, const PlaceboSpec& spec, const EventDesign& design, Placebo& out) {
  for (const int steps : spec.shifts) {
    std::optional<ShiftedStart> one = shifted(context, design, steps);
    if (one)
      out.earlier.push_back(std::move(*one));
    else
      out.warnings.emplace_back(
          "policy.no_shifted_start",
          fmt::format("a start {} steps earlier leaves nothing to compare and is left out", steps));
  }
}

// Where the effect stands among the draws.
void judge(Placebo& out) {
  const Vector draws = Eigen::Map<const Vector>(out.draws.data(), static_cast<Index>(out.draws.size()));
  const RandomisationShares shares = randomisation_shares(out.effect.estimate, draws);
  out.undefined = static_cast<int>(draws.size() - shares.defined);
  out.p_two_sided = shares.two_sided;
  out.p_greater = shares.greater;
  out.p_less = shares.less;
  std::vector<double> defined;
  std::copy_if(draws.begin(), draws.end(), std::back_inserter(defined),
               [](double draw) { return !std::isnan(draw); });
  const Summary summary = summarise("", defined);
  out.mean = summary.mean;
  out.sd = summary.sd;
}

void describe(const PlaceboSpec& spec, const EventDesign& design, const Estimation& estimation,
              Placebo& out) {
  out.outcome = design.frame->outcome_name;
  out.formula = design.model.formula.text;
  out.treatment = spec.treatment.column();
  out.n = estimation.fit->n;
  out.units = design.frame->unit.size();
  for (const Cohort& cohort : design.cohorts) out.treated_units += cohort.units;
  out.vcov = estimation.vcov_spec.text;
  out.clusters = estimation.vcov.by;
  out.n_clusters = estimation.vcov.n_clusters;
  if (out.treated_units < few_treated)
    out.warnings.emplace_back(
        "policy.few_treated_units",
        fmt::format(
            "{} treated units: there are few different draws, and clustered standard errors are too small",
            out.treated_units));
}

}  // namespace

Placebo placebo(const Context& context, const PlaceboSpec& spec, const Table& table, const Panel* panel,
                Diagnostics& notes) {
  if (spec.draws < 0 || std::any_of(spec.shifts.begin(), spec.shifts.end(), [](int s) { return s < 1; }))
    throw Error("policy.no_draws", "a placebo needs draws, and starts moved by at least one step",
                "for example draws = 1000, shifts = [1, 2, 3]");
  const EventDesign design = event_design(context, spec.model, spec.treatment, {table, panel, notes});
  AddedColumn treated = treated_column(design);
  const std::string name = treated.name;
  const Estimation actual = estimate_with(context, design, {std::move(treated)});
  const std::optional<Coefficient> effect = treated_effect(actual, name);
  if (!effect)
    throw Error("policy.no_control", "effects and controls explain the treatment: it has no coefficient",
                "take fewer effects");
  Placebo out;
  out.effect = *effect;
  describe(spec, design, actual, out);
  shift_starts(context, spec, design, out);
  const Vector drawn = drawn_effects(context, design, actual, term_position(*actual.fit, name), spec.draws);
  out.draws.assign(drawn.begin(), drawn.end());
  judge(out);
  return out;
}

}  // namespace panelist
