// SPDX-License-Identifier: Apache-2.0
// Indirect effects at values of a moderator, and channels.
#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/print/fit_text.h"
#include "cli/print/mechanism_text.h"

namespace panelist::cli {
namespace {

void add_coefficient(const std::string& name, const Coefficient& c, AlignedText& lines) {
  lines.add({name, number_text(c.estimate), number_text(c.std_error), statistic_text(c.statistic),
             p_text(c.p_value), stars_text(c.p_value)});
}

std::string interval_text(const char* words, double low, double high) {
  if (std::isnan(low)) return "";
  return fmt::format("{}[{}, {}]", words, number_text(low), number_text(high));
}

std::vector<std::string> intervals_of(const IndirectEffect& effect) {
  std::vector<std::string> parts;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) parts.push_back(part);
  };
  if (effect.bootstrap) {
    add(interval_text("bootstrap percentile ", effect.bootstrap->percentile_low,
                      effect.bootstrap->percentile_high));
    add(interval_text("BCa ", effect.bootstrap->bca_low, effect.bootstrap->bca_high));
  }
  if (effect.monte_carlo)
    add(interval_text("Monte Carlo ", effect.monte_carlo->low, effect.monte_carlo->high));
  return parts;
}

// Adds the line; returns the intervals that go under the table.
std::string add_effect(const std::string& name, const IndirectEffect& effect, AlignedText& lines) {
  lines.add({name, number_text(effect.estimate), number_text(effect.delta_se), statistic_text(effect.delta_z),
             p_text(effect.delta_p), stars_text(effect.delta_p)});
  const std::vector<std::string> intervals = intervals_of(effect);
  return intervals.empty() ? "" : fmt::format("  {}: {}\n", name, join(intervals, ", "));
}

std::string add_path(const ConditionalPath& path, const std::string& moderator, AlignedText& lines) {
  std::string intervals;
  for (const Coefficient& link : path.first)
    add_coefficient(fmt::format("a: {} to {}", link.term, path.mediator), link, lines);
  for (const Coefficient& link : path.second)
    add_coefficient(fmt::format("b: {} to y", link.term), link, lines);
  for (const ConditionalEffect& at : path.effects)
    intervals += add_effect(
        fmt::format("indirect by {} at {} = {}", path.mediator, moderator, significant(at.value, 4)),
        at.effect, lines);
  if (path.difference)
    intervals += add_effect(fmt::format("indirect by {}, last value less first", path.mediator),
                            *path.difference, lines);
  if (path.index)
    intervals +=
        add_effect(fmt::format("index of moderated mediation by {}", path.mediator), *path.index, lines);
  return intervals;
}

std::string head_of(const Estimation& total) {
  return fmt::format("{}\n{} observations in every equation; {}\n\n", total.fit->frame->formula,
                     shortest(total.fit->n), total.vcov_spec.text);
}

}  // namespace

std::string conditional_text(const ConditionalMediation& mediation) {
  AlignedText lines("  ", "lrrrrl");
  lines.add({"", "estimate", "std. error", "t or z", "p", ""});
  add_coefficient("total effect c", mediation.total_effect, lines);
  add_coefficient("direct effect c'", mediation.direct_effect, lines);
  std::string intervals;
  for (const ConditionalPath& path : mediation.paths) intervals += add_path(path, mediation.moderator, lines);
  const std::string added =
      mediation.added ? fmt::format("{} is added to every equation\n", mediation.moderator) : "";
  return head_of(mediation.total) + lines.text() + intervals + added;
}

std::string channel_text(const ChannelEffects& channels) {
  AlignedText lines("  ", "lrrrrlr");
  lines.add({"", "estimate", "std. error", "t or z", "p", "", "p (" + channels.correction + ")"});
  const auto add = [&](const std::string& name, const Coefficient& c, const std::string& corrected) {
    lines.add({name, number_text(c.estimate), number_text(c.std_error), statistic_text(c.statistic),
               p_text(c.p_value), stars_text(c.p_value), corrected});
  };
  add("total effect of " + channels.x, channels.total_effect, "");
  for (const ChannelEffect& channel : channels.effects)
    add(fmt::format("{} to {}", channels.x, channel.mediator), channel.effect, p_text(channel.corrected_p));
  return head_of(channels.total) + lines.text() +
         "that the channels move the outcome is not estimated: it rests on theory and earlier evidence\n";
}

}  // namespace panelist::cli
