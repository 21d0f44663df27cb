// SPDX-License-Identifier: Apache-2.0
// Keys of [index] and of every [index.NAME].
#include "study/parse/keys.h"

namespace panelist::study {

const std::vector<KeyEntry>& keys_of_indices() {
  static const std::vector<KeyEntry> catalog = {
      {"index", "method", "text", "entropy",
       "weights: entropy, equal, given, critic, cv, cv_normalised, sd, gini, merec, factor, ahp, "
       "correlation, bod, combined, or pca",
       R"("pca")"},
      {"index", "normalise", "text", "minmax", "minmax, zscore, rank, percentile, borda, target, max or none",
       R"("zscore")"},
      {"index", "zero", "text or number", "limit", "limit (0 ln 0 = 0), a shift such as 1e-4, or smooth:0.01",
       "1e-4"},
      {"index", "pool", "text", "all",
       "what is learned together: all rows (all), each year, each unit, or one period for all (base:2014)",
       R"("year")"},
      {"index", "levels", "text", "one-step",
       "one-step, two-step (dimensions, then across) or tree (every node weighs its own children)",
       R"("two-step")"},
      {"index", "renormalise", "flag", "false", "two-step: min-max again between the levels", "true"},
      {"index", "winsor", "number", "0", "share of each tail moved to the percentile first", "0.01"},
      {"index", "outliers", "text", "none",
       "none, skew (values moved in where |skewness| > 2 and kurtosis > 3.5, else a logarithm), log or "
       "boxcox",
       R"("skew")"},
      {"index", "winsor_points", "integer", "5", "most values that outliers = \"skew\" moves in", "3"},
      {"index", "impute", "text", "refuse",
       "missing cells: refuse, mean, median, year_mean, group_mean:COLUMN, linear, nearest, regression or em",
       R"("linear")"},
      {"index", "screen", "number", "0",
       "rows, then indicators, with a smaller share of observed cells are left out", "0.65"},
      {"index", "missing", "text", "refuse",
       "cells that stay missing: refuse, or available (a row is scored by the cells it has, weights "
       "rescaled)",
       R"("available")"},
      {"index", "cap", "flag", "false", "values beyond the learned goalposts move to them", "true"},
      {"index", "aggregate", "text or list of texts", "arithmetic",
       "arithmetic, geometric or harmonic, one or one a level, lowest first; or topsis, vikor, grey, rsr, "
       "mpi, ampi",
       R"(["arithmetic", "geometric"])"},
      {"index", "combine", "list of texts", "required by method combined", "the methods combined",
       R"(["entropy", "critic"])"},
      {"index", "combine_by", "text", "linear", "linear, product or game", R"("game")"},
      {"index", "combine_shares", "list of numbers", "the same for all", "shares of the methods, by linear",
       "[0.7, 0.3]"},
      {"index", "share_low", "number", "0", "method bod: least share of an indicator in a row's score",
       "0.05"},
      {"index", "share_high", "number", "1", "method bod: largest share of an indicator in a row's score",
       "0.4"},
      {"index", "grey_rho", "number", "0.5", "distinguishing coefficient of grey relations", "0.5"},
      {"index", "vikor_v", "number", "0.5", "weight of the sum against the largest regret in vikor", "0.5"},
      {"index", "indicators", "text", "none", "csv with the indicator system", R"("data/nqp.csv")"},
      {"index", "frozen", "text", "none",
       "goalposts and weights of `panelist index --freeze`, applied to these rows", R"("nqp-2020.json")"},
      {"index", "weights", "table", "required by method given",
       "given weights by indicator, and by node under tree", "{ gdp = 0.6, so2 = 0.4 }"},
      {"index", "goalposts", "table", "the observed ones", "fixed min and max by indicator",
       "{ life = [20, 85] }"},
      {"index", "targets", "table", "none", "targets by indicator, of normalise = \"target\"",
       "{ gdp = 100 }"},
      {"index", "denominators", "table", "none", "column an indicator is divided by",
       R"({ gdp = "population" })"},
      {"index", "compare", "table", "required by method ahp",
       "how many times as important the first is as the second",
       R"({ "gdp / so2" = 3, "gdp / income" = "1/2" })"},
      {"index", "tree", "table", "none", "the indicator system, when a dimension is named like a key",
       R"({ weights = ["+ gdp", "- so2"] })"},
  };
  return catalog;
}

}  // namespace panelist::study
