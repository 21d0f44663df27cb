// SPDX-License-Identifier: Apache-2.0
// Keys of robustness tables and figures.
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
      {"table.spec_curve", "controls", "text or list", "subsets",
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
      {"table.spec_curve", "sample", "text", "common",
       "common: rows that have every variable of any specification; own: each its own", R"("own")"},
  };
  return keys;
}

}  // namespace

const std::vector<KeyEntry>& keys_of_robustness() {
  static const std::vector<KeyEntry> all = [] {
    static const std::string in_figures = std::string("figure") + ".spec_curve";
    std::vector<KeyEntry> both = keys_of_tables();
    for (const KeyEntry& key : keys_of_curves()) {
      both.push_back(key);
      both.push_back(key);
      both.back().section = in_figures;
    }
    return both;
  }();
  return all;
}

}  // namespace panelist::study
