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
      {"table.mediation", "mode", "parallel or serial", R"("parallel")",
       "serial: each mediator depends on those before it, with the path through several", R"("serial")"},
      {"table.mediation", "contrasts", "flag", "true with three paths at most",
       "differences of the indirect effects, pair by pair", "true"},
  };
  return catalog;
}

}  // namespace panelist::study
