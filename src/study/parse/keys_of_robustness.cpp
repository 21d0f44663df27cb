// SPDX-License-Identifier: Apache-2.0
// Keys of robustness tables and figures.
#include <map>

#include "study/parse/keys.h"

namespace panelist::study {
namespace {

const std::vector<KeyEntry>& keys_of_tables() {
  static const std::vector<KeyEntry> keys = {
      {"table", "spec_curve", "table", "", "one coefficient under every combination of choices, summarised",
       R"~({ of = "main", vcov = ["hc1", "cluster(province)"] })~"},
      {"figure", "spec_curve", "table", "",
       "one coefficient under every combination of choices, in order of size; keys as in a table",
       R"({ of = "main", term = "DT", controls = "subsets" })"},
      {"table", "leave_out", "table", "", "one coefficient without each level of a column in turn",
       R"({ of = "main", by = "province" })"},
      {"figure", "leave_out", "table", "",
       "one coefficient without each level of a column in turn, with intervals",
       R"({ of = "main", by = "year" })"},
      {"table", "oster", "table", "", "Oster's bounds for selection on what is not observed",
       R"({ of = "main", term = ["DT"] })"},
      {"table", "permutation", "table", "", "one term handed around at random: its p-value by permutation",
       R"({ of = "main", reps = 999 })"},
      {"figure", "permutation", "table", "", "the density of the estimates under permutation",
       R"({ of = "main", among = "rows" })"},
      {"table.oster", "of", "formula", "required", "the model with all controls", R"("main")"},
      {"table.oster", "term", "text or list", "the first regressor outside sets",
       "the term, or several, a row each", R"("DT")"},
      {"table.oster", "kept", "list of texts", "none", "controls that stand in both regressions",
       R"(["LP"])"},
      {"table.oster", "r_max", "number", "`times` the R² of the model", "largest R²; within under effects",
       "0.5"},
      {"table.oster", "times", "number", "1.3", "largest R² as a multiple of the model's, one at most",
       "1.5"},
      {"table.oster", "delta", "number", "1", "selection under which β* is computed", "1.5"},
      {"table.oster", "beta", "number", "0", "effect for which δ is computed", "0.1"},
      {"table.vary", "remove", "list of texts", "none", "terms left out of the model", R"(["IE"])"},
      {"table.vary", "period", "list of numbers", "all", "first and last period of this column",
       "[2015, 2018]"},
      {"table.vary", "lag", "list of texts", "none", "variables taken one period before", R"(["DT"])"},
      {"table.vary", "index", "table", "none", "an index with weights by another method",
       R"({ DT = "pca" })"},
      {"table.vary", "effects", "text", "those of the model", "effects of this column; 0 for none",
       R"("province")"},
  };
  return keys;
}

// The same under [[table]] and [[figure]].
const std::vector<KeyEntry>& keys_of_curves() {
  static const std::vector<KeyEntry> keys = {
      {"table.spec_curve", "of", "formula", "required", "the model", R"("main")"},
      {"table.spec_curve", "term", "text or list", "the first regressor outside sets",
       "the coefficient; of a list the others are measures that take its place", R"(["DT", "DT@pca"])"},
      {"table.spec_curve", "controls", "text or lists", "subsets",
       "subsets: all of the controls that come and go; or a list of sets",
       R"([["IE", "LP"], ["{controls}"], []])"},
      {"table.spec_curve", "among", "list of texts", "those of the model's sets, or all other regressors",
       "controls that come and go; all others stay", R"(["IE", "LP", "UL"])"},
      {"table.spec_curve", "draw", "integer", "all", "so many of the subsets, drawn at random", "500"},
      {"table.spec_curve", "samples", "table", "none", "conditions beside the whole sample, by name",
       R"({ "From 2017" = "year >= 2017" })"},
      {"table.spec_curve", "effects", "text or list", "those of the model", "sets of effects; 0 for none",
       R"(["province + year", "province", "0"])"},
      {"table.spec_curve", "vcov", "text or list", "that of the study or table", "standard errors",
       R"~(["hc1", "cluster(province)"])~"},
      {"table.spec_curve", "outcome", "text or list", "that of the model", "outcomes",
       R"(["NQP", "NQP@pca"])"},
      {"table.leave_out", "of", "formula", "required", "the model", R"("main")"},
      {"table.leave_out", "term", "text", "the first regressor outside sets", "the coefficient", R"("DT")"},
      {"table.leave_out", "by", "text", "the panel's unit", "column whose levels are left out one at a time",
       R"("year")"},
      {"table.permutation", "of", "formula", "required", "the model", R"("main")"},
      {"table.permutation", "term", "text", "the first regressor outside sets", "the term handed around",
       R"("DT")"},
      {"table.permutation", "among", "text", "units",
       "units: whole paths change places (a balanced panel, or a term constant within units); rows: single "
       "values",
       R"("rows")"},
      {"table.permutation", "within", "text", "rows: the period; units: none",
       "column inside whose groups they change places", R"("region")"},
      {"table.permutation", "statistic", "text", "b", "b, or t with errors clustered by what changes places",
       R"("t")"},
      {"table.permutation", "reps", "integer", "999", "permutations", "4999"},
      {"table.spec_curve", "sample", "text", "common",
       "common: rows that have every variable of any specification; own: each its own", R"("own")"},
  };
  return keys;
}

}  // namespace

const std::vector<KeyEntry>& keys_of_robustness() {
  static const std::vector<KeyEntry> all = [] {
    static const std::map<std::string_view, std::string> in_figures = [] {
      std::map<std::string_view, std::string> sections;
      for (const KeyEntry& key : keys_of_curves())
        sections[key.section] = "figure" + std::string(key.section.substr(key.section.find('.')));
      return sections;
    }();
    std::vector<KeyEntry> both = keys_of_tables();
    for (const KeyEntry& key : keys_of_curves()) {
      both.push_back(key);
      both.push_back(key);
      both.back().section = in_figures.at(key.section);
    }
    return both;
  }();
  return all;
}

}  // namespace panelist::study
