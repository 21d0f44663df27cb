// SPDX-License-Identifier: Apache-2.0
#include "cli/print/mechanism_text.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/print/fit_text.h"

namespace panelist::cli {
namespace {

void add_line(AlignedText& lines, const std::string& name, const Coefficient& c) {
  lines.add({name, number_text(c.estimate), number_text(c.std_error), statistic_text(c.statistic),
             p_text(c.p_value), stars_text(c.p_value)});
}

void add_indirect(AlignedText& lines, const std::string& name, const IndirectEffect& effect) {
  lines.add({name + " (Sobel)", number_text(effect.estimate), number_text(effect.sobel_se),
             statistic_text(effect.sobel_z), p_text(effect.sobel_p), stars_text(effect.sobel_p)});
  if (!std::isnan(effect.delta_se))
    lines.add({name + " (delta)", number_text(effect.estimate), number_text(effect.delta_se),
               statistic_text(effect.delta_z), p_text(effect.delta_p), stars_text(effect.delta_p)});
}

std::string bootstrap_line(const std::string& name, const IndirectEffect& effect) {
  if (!effect.bootstrap) return "";
  const BootstrapIntervals& boot = *effect.bootstrap;
  if (std::isnan(boot.percentile_low))
    return fmt::format("  {}: bootstrap of {} replicates, too few for an interval\n", name,
                       boot.replicates - boot.failed);
  std::string text =
      fmt::format("  {}: bootstrap of {} replicates, percentile [{}, {}]", name, boot.replicates,
                  number_text(boot.percentile_low), number_text(boot.percentile_high));
  if (!std::isnan(boot.bca_low))
    text += fmt::format(", BCa [{}, {}]", number_text(boot.bca_low), number_text(boot.bca_high));
  if (!std::isnan(boot.bc_low))
    text += fmt::format(", BC [{}, {}]", number_text(boot.bc_low), number_text(boot.bc_high));
  if (boot.failed > 0) text += fmt::format(", {} failed", boot.failed);
  return text + "\n";
}

std::string monte_carlo_line(const std::string& name, const IndirectEffect& effect) {
  if (!effect.monte_carlo) return "";
  return fmt::format("  {}: Monte Carlo of {} draws [{}, {}]\n", name, effect.monte_carlo->draws,
                     number_text(effect.monte_carlo->low), number_text(effect.monte_carlo->high));
}

void add_delta(AlignedText& lines, const std::string& name, const IndirectEffect& effect) {
  lines.add({name + " (delta)", number_text(effect.estimate), number_text(effect.delta_se),
             statistic_text(effect.delta_z), p_text(effect.delta_p), stars_text(effect.delta_p)});
}

std::string interval_lines(const std::string& name, const IndirectEffect& effect) {
  return bootstrap_line(name, effect) + monte_carlo_line(name, effect);
}

// Paths through several mediators, then the differences of paths; returns their intervals.
std::string add_chains_and_contrasts(AlignedText& lines, const Mediation& mediation) {
  std::string intervals;
  for (const MediationChain& chain : mediation.chains) {
    const std::string name = "indirect by " + join(chain.through, " -> ");
    for (std::size_t d = 1; d + 1 < chain.links.size(); ++d)
      add_line(lines, "d: " + chain.through[d - 1] + " to " + chain.through[d], chain.links[d]);
    add_indirect(lines, name, chain.indirect);
    intervals += interval_lines(name, chain.indirect);
  }
  for (const IndirectContrast& contrast : mediation.contrasts) {
    const std::string name = contrast.first + " less " + contrast.second;
    add_delta(lines, name, contrast.difference);
    intervals += interval_lines(name, contrast.difference);
  }
  return intervals;
}

std::string path_name(const MediationPath& path) { return "indirect by " + path.mediator; }

}  // namespace

std::string mediation_text(const Mediation& mediation) {
  AlignedText lines("  ", "lrrrrl");
  lines.add({"", "estimate", "std. error", "t or z", "p", ""});
  add_line(lines, "total effect c", mediation.total_effect);
  add_line(lines, "direct effect c'", mediation.direct_effect);
  std::string bootstraps;
  for (const MediationPath& path : mediation.paths) {
    add_line(lines, "a: x to " + path.mediator, path.a);
    add_line(lines, "b: " + path.mediator + " to y", path.b);
    add_indirect(lines, path_name(path), path.indirect);
    bootstraps += interval_lines(path_name(path), path.indirect);
  }
  bootstraps += add_chains_and_contrasts(lines, mediation);
  if (mediation.total_indirect) {
    add_indirect(lines, "all mediators", *mediation.total_indirect);
    bootstraps += interval_lines("all mediators", *mediation.total_indirect);
  }
  std::string shares;
  for (const MediationPath& path : mediation.paths)
    shares += fmt::format("  {}: {}% of the total effect\n", path.mediator, fixed(100 * path.share, 1));
  for (const MediationChain& chain : mediation.chains)
    shares += fmt::format("  {}: {}% of the total effect\n", join(chain.through, " -> "),
                          fixed(100 * chain.share, 1));
  return fmt::format("{}\n{} observations in every equation; {}\n\n", mediation.total.fit->frame->formula,
                     shortest(mediation.total.fit->n), mediation.total.vcov_spec.text) +
         lines.text() + bootstraps + shares +
         fmt::format("{}\n", mediation.verdict_text.empty() ? mediation.verdict : mediation.verdict_text);
}

std::string moderated_text(const ModeratedMediation& moderated) {
  std::string text;
  for (const GroupMediation& group : moderated.groups)
    text += fmt::format("{} {}\n{}\n", moderated.by, group.group, mediation_text(group.mediation));
  AlignedText lines("  ", "lrrrrl");
  lines.add({"difference of indirect effects", "estimate", "std. error", "z", "p", ""});
  std::string bootstraps;
  for (const IndirectDifference& d : moderated.differences) {
    const std::string name =
        fmt::format("{} - {} by {}", d.first, d.second, d.mediator.empty() ? "all mediators" : d.mediator);
    lines.add({name, number_text(d.estimate), number_text(d.delta_se), statistic_text(d.delta_z),
               p_text(d.delta_p), stars_text(d.delta_p)});
    if (d.bootstrap && !std::isnan(d.bootstrap->percentile_low))
      bootstraps += fmt::format("  {}: bootstrap percentile [{}, {}], p = {}\n", name,
                                number_text(d.bootstrap->percentile_low),
                                number_text(d.bootstrap->percentile_high), p_text(d.bootstrap_p));
  }
  return moderated.differences.empty() ? text : text + lines.text() + bootstraps;
}

}  // namespace panelist::cli
