// SPDX-License-Identifier: Apache-2.0
// Further keys of mediations.
#include "study/parse/keys.h"

namespace panelist::study {

const std::vector<KeyEntry>& keys_of_mediations() {
  static const std::vector<KeyEntry> catalog = {
      {"table.mediation", "by", "text", "none",
       "groups within which the mediation is made, the differences of their indirect effects tested",
       R"("region")"},
      {"table.mediation", "draws", "integer", "0", "draws of (a, b) for the Monte Carlo interval", "20000"},
      {"table.mediation", "mode", "parallel, serial or channel", R"("parallel")",
       "serial: each mediator depends on those before it, with the path through several; channel: the effect "
       "on each "
       "mediator alone, with no claim about what follows",
       R"("serial")"},
      {"table.mediation", "contrasts", "flag", "true with three paths at most",
       "differences of the indirect effects, pair by pair", "true"},
      {"table.mediation", "moderator", "text", "none",
       "a number that moves the links: indirect effects at its values, index of moderated mediation",
       R"("UL")"},
      {"table.mediation", "stage", "first, second or both", R"("first")",
       "which links it moves: x to mediator, mediator to outcome, or both", R"("both")"},
      {"table.mediation", "at", "list of numbers", "the mean and a standard deviation on both sides",
       "values of the moderator", "[0.4, 0.6, 0.8]"},
      {"table.mediation", "correction", "text", R"("holm")",
       "of the p-values over the channels: bonferroni, sidak, holm, hochberg, bh, by or none", R"("bh")"},
      {"figure", "indirect_effects", "text", "",
       "indirect effects over the values of a moderator with their band, of a mediation table with "
       "`moderator`, by "
       "its id",
       R"("moderated")"},
  };
  return catalog;
}

}  // namespace panelist::study
