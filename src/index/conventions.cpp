// SPDX-License-Identifier: Apache-2.0
#include "index/conventions.h"

#include "base/text.h"
#include "index/aggregation.h"
#include "index/cells.h"
#include "index/fill.h"
#include "index/nodes.h"
#include "index/normalise.h"
#include "index/treat.h"

namespace panelist {
namespace {

void check_word(const std::string& what, const std::string& word, const std::vector<std::string>& legal) {
  if (std::find(legal.begin(), legal.end(), word) != legal.end()) return;
  const bool method = what == "method";
  throw Error(method ? "index.unknown_method" : "index.unknown_convention", "no " + what + " `" + word + "`",
              "choose among " + join(legal, ", "), what + " " + word);
}

void refuse(bool wrong, const std::string& message, const std::string& hint, const std::string& subject) {
  if (wrong) throw Error("index.unknown_convention", message, hint, subject);
}

void check_rules(const IndexConventions& c) {
  refuse(!is_pool(c.pool), "no pool `" + c.pool + "`", "choose among all, year, unit, base:TIME",
         "pool " + c.pool);
  refuse(!zero_rule(c.zero).has_value(), "no rule for zeros `" + c.zero + "`",
         "limit, a shift such as 1e-4, or smooth:a with 0 <= a < 1", "zero " + c.zero);
  refuse(c.winsor < 0 || c.winsor >= 0.5, "winsor is the share at each tail, from 0 to below 0.5",
         "0.01 is usual", "winsor");
  refuse(!(c.screen >= 0 && c.screen <= 1), "screen is a share of observed cells, from 0 to 1",
         "0.65 is usual", "screen");
  refuse(c.impute != "refuse" && find_fill_rule(c.impute) == nullptr,
         "no way to fill cells `" + c.impute + "`", "choose among " + join(fill_rule_names(), ", "),
         "impute " + c.impute);
  refuse(!(c.rho > 0 && c.rho <= 1), "rho lies above 0 and is at most 1", "0.5 is usual", "rho");
  refuse(!(c.v >= 0 && c.v <= 1), "v lies between 0 and 1", "0.5 is usual", "v");
}

void check_aggregations(const IndexConventions& c) {
  refuse(c.aggregate.empty(), "no aggregation", "choose among " + join(aggregation_names(), ", "),
         "aggregate");
  for (const std::string& name : c.aggregate) {
    check_word("aggregate", name, aggregation_names());
    const Aggregation& aggregation = *find_aggregation(name);
    refuse(!aggregation.mean && c.aggregate.size() > 1, "`" + name + "` scores all indicators at once",
           "give it alone, or a mean for each level", "aggregate " + name);
    if (!aggregation.normalise.empty() && aggregation.normalise != c.normalise)
      throw Error("index.aggregation_needs",
                  "`" + name + "` is defined on normalise = \"" + std::string(aggregation.normalise) + "\"",
                  "change one of the two", "aggregate " + name);
  }
  const bool arithmetic = std::all_of(c.aggregate.begin(), c.aggregate.end(),
                                      [](const std::string& name) { return name == "arithmetic"; });
  refuse(
      !arithmetic && (c.levels == "two-step" || c.method == "pca" || c.method == "bod"),
      "levels = \"two-step\" and the methods pca and bod score sums, not `" + join(c.aggregate, ", ") + "`",
      "use levels = \"tree\" or \"one-step\" and another method", "aggregate");
}

void check_missing(const IndexConventions& c) {
  if (c.missing != "available") return;
  const bool means = std::all_of(c.aggregate.begin(), c.aggregate.end(),
                                 [](const std::string& name) { return find_aggregation(name)->mean; });
  const std::string unfit = c.method == "pca" || c.method == "bod" ? "method " + c.method
                            : c.levels == "two-step"               ? "levels = \"two-step\""
                            : !means ? "aggregate = \"" + join(c.aggregate, ", ") + "\""
                                     : "";
  refuse(!unfit.empty(),
         "missing = \"available\" rescales the weights of means, which " + unfit + " does not take",
         "fill the cells with impute, or use levels = \"one-step\" or \"tree\" and means", "missing");
}

void check_dimensions(const IndexConventions& c, const IndexSystem& system) {
  if (c.levels != "two-step" || dimensions_of(system).empty()) return;
  for (const Indicator& indicator : system.indicators)
    refuse(indicator.dimension.empty(),
           "two-step weights need every indicator in a dimension; `" + indicator.code + "` has none",
           "give it a dimension, or use one-step", "indicator " + indicator.code);
}

}  // namespace

void check_conventions(const IndexConventions& conventions, const IndexSystem& system) {
  check_word("method", conventions.method, index_methods());
  check_word("normalise", conventions.normalise, normalisation_names());
  check_word("levels", conventions.levels, {"one-step", "two-step", "tree"});
  check_word("missing", conventions.missing, {"refuse", "available"});
  check_word("outliers", conventions.outliers, outlier_rule_names());
  check_word("combine_by", conventions.combine_by, {"linear", "product", "game"});
  check_rules(conventions);
  check_aggregations(conventions);
  check_missing(conventions);
  check_dimensions(conventions, system);
}

}  // namespace panelist
