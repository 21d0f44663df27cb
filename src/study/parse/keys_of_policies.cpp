// SPDX-License-Identifier: Apache-2.0
// Keys of event studies, decompositions and placebos.
#include "study/parse/keys.h"

namespace panelist::study {

const std::vector<KeyEntry>& keys_of_policies() {
  static const std::vector<KeyEntry> catalog = {
      {"table", "event_study", "table", "", "effects of a policy by periods since its start",
       R"({ of = "main", cohort = "first_year", window = [-4, 5] })"},
      {"table", "bacon", "table", "", "which comparisons a two-way coefficient is a mean of",
       R"({ of = "main", cohort = "first_year" })"},
      {"table", "placebo", "table", "", "a policy at earlier starts and among random units",
       R"({ of = "main", cohort = "first_year", draws = 1000 })"},
      {"table.event_study", "of", "formula", "required",
       "outcome, controls and effects; the treatment itself is left out of it", R"("main")"},
      {"table.event_study", "cohort", "text", "`cohort` or `treated` is required",
       "column with the first treated time; blank, 0 or never: never treated", R"("first_year")"},
      {"table.event_study", "treated", "text", "`cohort` or `treated` is required",
       "column that is 0 and from the start on 1", R"("did")"},
      {"table.event_study", "methods", "text or list", "twfe",
       "twfe, sun_abraham, imputation, callaway_santanna: a column each", R"(["twfe", "imputation"])"},
      {"table.event_study", "window", "list of integers", "all",
       "relative times shown; twfe joins those beyond to the ends", "[-4, 5]"},
      {"table.event_study", "reference", "integer", "-1", "relative time that is zero by definition", "-2"},
      {"table.event_study", "control", "text", "never",
       "never, not_yet (callaway_santanna) or last (sun_abraham)", R"("not_yet")"},
      {"table.event_study", "band", "flag", "false",
       "bands that hold all periods at once, in the figure and results.json", "true"},
      {"table.event_study", "adjust", "text", "none",
       "callaway_santanna, for the controls at the time before the start: regression, ipw, dr (doubly "
       "robust) or "
       "none",
       R"("dr")"},
      {"table.event_study", "shares", "text", "known",
       "sun_abraham, of its standard errors: known, or estimated with their variance", R"("estimated")"},
      {"table.event_study", "bootstrap", "text", "none",
       "callaway_santanna: standard errors and band by random multipliers of clusters: mammen or rademacher",
       R"("mammen")"},
      {"table.event_study", "draws", "integer", "999", "draws of the bootstrap", "9999"},
      {"table.bacon", "of", "formula", "required", "the model; its controls do not count", R"("main")"},
      {"table.bacon", "cohort", "text", "`cohort` or `treated` is required",
       "column with the first treated time", R"("first_year")"},
      {"table.bacon", "treated", "text", "`cohort` or `treated` is required",
       "column that is 0 and from the start on 1", R"("did")"},
      {"table.placebo", "of", "formula", "required", "the model; the treatment itself is left out of it",
       R"("main")"},
      {"table.placebo", "cohort", "text", "`cohort` or `treated` is required",
       "column with the first treated time", R"("first_year")"},
      {"table.placebo", "treated", "text", "`cohort` or `treated` is required",
       "column that is 0 and from the start on 1", R"("did")"},
      {"table.placebo", "shifts", "list of integers", "[1, 2, 3]",
       "periods that the start is moved ahead by, on rows before the true start", "[1, 2]"},
      {"table.placebo", "draws", "integer", "1000", "random assignments of the starts to units", "5000"},
      {"figure", "event_study", "text", "", "effects of a table event_study by periods since the start",
       R"("pilots")"},
      {"figure", "placebo", "text", "",
       "density of the draws of a table placebo, with a line at the effect itself", R"("placebo")"},
  };
  return catalog;
}

}  // namespace panelist::study
