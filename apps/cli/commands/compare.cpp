// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/commands/catalog.h"
#include "cli/estimation_options.h"
#include "cli/needed_columns.h"
#include "cli/print/mechanism_text.h"
#include "mechanism/multiplicity.h"
#include "report/result_json.h"

namespace panelist::cli {
namespace {

// Names chosen among those known, the nearest for a slip.
void check_name(const std::string& name, const std::vector<std::string>& known, const char* what,
                const char* option) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  const std::string near = nearest(name, known);
  throw Error("usage.unknown_test", fmt::format("there is no {} `{}` of a group difference", what, name),
              near.empty() ? "available: " + join(known, ", ") : fmt::format("did you mean `{}`?", near),
              std::string("option --") + option);
}

std::vector<std::string> read_tests(const Arguments& arguments) {
  const std::vector<std::string> asked = arguments.list("test");
  for (const std::string& name : asked) check_name(name, difference_method_names(), "test", "test");
  return asked;
}

std::string read_correction(const Arguments& arguments) {
  const std::string name = arguments.text("correction", "holm");
  if (find_correction(name) == nullptr) check_name(name, correction_names(), "correction", "correction");
  return name;
}

void require(const Arguments& arguments, std::string_view option, std::string_view hint) {
  if (!arguments.has(option))
    throw Error("usage.missing_option", fmt::format("`compare` needs `--{}`", option), std::string(hint));
}

int run_compare(Session& session, const Arguments& arguments) {
  require(arguments, "term", "name the coefficient: --term X");
  require(arguments, "by", "name the grouping column: --by G");
  GroupDifferenceSpec spec;
  spec.term = arguments.text("term");
  spec.by = arguments.text("by");
  spec.tests = read_tests(arguments);
  spec.correction = read_correction(arguments);
  spec.replicates = static_cast<int>(std::min(arguments.integer("reps", 1000, 1), 10'000'000LL));
  spec.seed = session.context.seed;
  const DataFile data = open_data(session, arguments, columns_of_estimation(arguments));
  static_cast<void>(data.table.at(spec.by));
  spec.model = read_specs(session, arguments, data, arguments.positional()[1]).front();
  Diagnostics notes;
  const GroupDifference difference =
      group_difference(session.context, spec, data.table, data.panel_or_null(), notes);
  session.show(notes);
  session.print(session.json ? to_json(difference).dump() + "\n" : difference_text(difference, session.lang));
  return 0;
}

}  // namespace

Command compare_command() {
  static const std::string methods = join(difference_method_names(), ", ");
  static const std::string known_corrections =
      "of the p-values of several pairs: " + join(correction_names(), ", ") + " (default holm)";
  return {
      .name = "compare",
      .usage = "DATA FORMULA --term X --by G --vcov V [--test LIST]",
      .summary = "is a coefficient the same in two or more groups",
      .description =
          "Groups are sorted; a difference is the first minus the second. More than two groups give every "
          "pair, with p-values corrected for their number, and a test that all are equal. Without --test: "
          "disjoint, interaction, interaction_term and suest; suest stands for disjoint where groups share "
          "units or clusters.",
      .examples = {{"compare panel.csv 'y ~ x | unit + year' --term x --by region --vcov 'cluster(unit)'",
                    "every test that needs no draws"},
                   {"compare panel.csv 'y ~ x' --term x --by old --vcov hc1 --test suest", "one of them"},
                   {"compare panel.csv 'y ~ x | unit' --term x --by region --vcov 'cluster(unit)' --test "
                    "suest,permutation,bootstrap --reps 4999 --correction bh",
                    "three regions in pairs, p-values by Benjamini and Hochberg"}},
      .options = joined({{{"term", "X", "the coefficient compared"},
                          {"by", "G", "the grouping column"},
                          {"test", "LIST", methods},
                          {"reps", "N", "permutations and bootstrap draws (default 1000)"},
                          {"correction", "NAME", known_corrections},
                          {"method", "M", "as in fit: ols, 2sls, liml, fd and others"},
                          {"family", "F", "gaussian (default), poisson, logit, probit or negbin"},
                          {"exposure", "COL", "of count models: its logarithm is an offset"},
                          {"seed", "S", "root of the random numbers (default 1)"}},
                         estimation_options()}),
      .least_arguments = 2,
      .most_arguments = 2,
      .run = run_compare};
}

}  // namespace panelist::cli
