// SPDX-License-Identifier: Apache-2.0
#include "cli/print/policy_text.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/print/fit_text.h"

namespace panelist::cli {
namespace {

using Cells = std::vector<std::string>;

Cells cells_of(const std::string& name, const Coefficient& c) {
  return {name,
          number_text(c.estimate),
          number_text(c.std_error),
          statistic_text(c.statistic),
          p_text(c.p_value),
          number_text(c.conf_low),
          number_text(c.conf_high)};
}

Cells cells_of(const EventTime& time, bool band) {
  const std::string name = fmt::format("{}{}", time.time, time.beyond ? " and beyond" : "");
  if (time.reference) return {name, "0", "reference"};
  Cells cells = cells_of(name, {"", "", time.estimate, time.std_error, time.statistic, time.p_value,
                                time.conf_low, time.conf_high});
  if (band) {
    cells.push_back(number_text(time.band_low));
    cells.push_back(number_text(time.band_high));
  }
  return cells;
}

void add(AlignedText& lines, Cells cells, std::size_t columns) {
  cells.resize(columns);
  lines.add(cells);
}

std::string clusters_text(const EventEffects& effects) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < effects.clusters.size(); ++i)
    parts.push_back(fmt::format("{} {}", shortest(effects.n_clusters[i]), effects.clusters[i]));
  return parts.empty() ? effects.vcov : fmt::format("{} ({})", effects.vcov, join(parts, ", "));
}

std::string method_text(const EventEffects& effects, double level) {
  const bool band = !std::isnan(effects.band_factor);
  const std::size_t columns = band ? 9 : 7;
  AlignedText lines("  ", band ? "rrrrrrrrr" : "rrrrrrr");
  Cells heads = {"time", "estimate", "std. error", "t or z", "p", "low", "high"};
  if (band) heads.insert(heads.end(), {"band low", "band high"});
  lines.add(heads);
  for (const EventTime& time : effects.times) add(lines, cells_of(time, band), columns);
  add(lines, cells_of("ATT", effects.att), columns);
  std::string text = fmt::format(
      "{}: {} observations, {} units, {}, controls: {}\n\n", find_event_method(effects.method)->en,
      shortest(effects.n), effects.units, clusters_text(effects),
      effects.control == "untreated" ? "never and not yet treated" : replace_all(effects.control, "_", " "));
  text += lines.text();
  if (effects.pre_trend) text += fmt::format("  pre-trend: {}\n", test_line(*effects.pre_trend));
  if (!effects.adjust.empty()) text += fmt::format("  adjusted for the controls: {}\n", effects.adjust);
  if (effects.shares == "estimated") text += "  with the variance of the cohorts' shares\n";
  if (!effects.bootstrap.empty())
    text += fmt::format("  standard errors from {} draws of {} multipliers\n", effects.bootstrap_draws,
                        effects.bootstrap);
  if (band)
    text +=
        fmt::format("  {}% band: {} standard errors\n", shortest(100 * level), fixed(effects.band_factor, 3));
  return text + "\n";
}

}  // namespace

std::string event_text(const EventStudy& study) {
  std::vector<std::string> cohorts;
  for (const Cohort& cohort : study.cohorts)
    cohorts.push_back(fmt::format("{} ({})", cohort.name, cohort.units));
  std::string text = fmt::format("{}\nstarts by {} (units): {}; never treated: {}\n\n", study.formula,
                                 study.treatment, join(cohorts, ", "), study.never);
  for (const EventEffects& effects : study.methods) text += method_text(effects, study.level);
  for (const auto& [method, reason] : study.left_out)
    text += fmt::format("{} is left out: {}\n", method, replace_all(reason, "`", ""));
  return text;
}

std::string bacon_text(const BaconDecomposition& bacon) {
  AlignedText types("  ", "lrrr"), pairs("  ", "llrr");
  types.add({"comparison", "pairs", "estimate", "weight"});
  for (const BaconType& type : bacon.types)
    types.add(
        {type.type, std::to_string(type.comparisons), number_text(type.estimate), number_text(type.weight)});
  types.add({"two-way", "", number_text(bacon.two_way), "1"});
  pairs.add({"treated", "control", "estimate", "weight"});
  for (const BaconComparison& one : bacon.comparisons)
    pairs.add({one.treated, one.control.empty() ? "never" : one.control, number_text(one.estimate),
               number_text(one.weight)});
  return fmt::format("Goodman-Bacon decomposition: {} units, {} times\n\n", bacon.units, bacon.times) +
         types.text() + "\n" + pairs.text() + "\n";
}

std::string placebo_text(const Placebo& placebo) {
  AlignedText lines("  ", "lrrrrrr");
  lines.add({"placebo in time", "estimate", "std. error", "t", "p", "low", "high"});
  lines.add(cells_of("true start", placebo.effect));
  for (const ShiftedStart& one : placebo.earlier) lines.add(cells_of(one.effect.term, one.effect));
  std::string text = lines.text();
  if (!placebo.draws.empty())
    text += fmt::format(
        "\nplacebo in space: {} draws, mean {}, sd {}; p = {} (two-sided), {} (greater), {} (less)\n",
        placebo.draws.size(), number_text(placebo.mean), number_text(placebo.sd), p_text(placebo.p_two_sided),
        p_text(placebo.p_greater), p_text(placebo.p_less));
  return text;
}

}  // namespace panelist::cli
