// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/print/fit_text.h"
#include "cli/print/mechanism_text.h"

namespace panelist::cli {
namespace {

std::string share_text(double share) { return std::isfinite(share) ? fixed(100 * share, 1) + "%" : ""; }

void add_part(const std::string& name, const ChannelPart& part, AlignedText& lines) {
  const Coefficient& c = part.part;
  lines.add({name, number_text(c.estimate), number_text(c.std_error), statistic_text(c.statistic),
             p_text(c.p_value), stars_text(c.p_value), share_text(part.share),
             share_text(part.share_of_short)});
}

void add_coefficient(const std::string& name, const Coefficient& c, AlignedText& lines) {
  lines.add({name, number_text(c.estimate), number_text(c.std_error), statistic_text(c.statistic),
             p_text(c.p_value), stars_text(c.p_value), "", ""});
}

}  // namespace

std::string gelbach_text(const Gelbach& result) {
  AlignedText lines("  ", "lrrrrlrr");
  lines.add({"", "estimate", "std. error", "t or z", "p", "", "of the change", "of the first"});
  add_coefficient(result.x + " without the groups", result.short_effect, lines);
  add_coefficient(result.x + " with all groups", result.full_effect, lines);
  for (const ChannelPart& part : result.parts) add_part(part.group, part, lines);
  add_part("all groups", result.total, lines);
  std::string members;
  for (const ChannelPart& part : result.parts) {
    std::vector<std::string> terms;
    for (const Channel& channel : part.channels) terms.push_back(channel.term);
    if (join(terms, ", ") != part.group) members += fmt::format("  {}: {}\n", part.group, join(terms, ", "));
  }
  return fmt::format("{}\n{} observations in every equation; {}\n\n", result.full_model.fit->frame->formula,
                     shortest(result.full_model.fit->n), result.full_model.vcov_spec.text) +
         lines.text() + members;
}

}  // namespace panelist::cli
