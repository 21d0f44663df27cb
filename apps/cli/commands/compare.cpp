// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/commands/catalog.h"
#include "cli/estimation_options.h"
#include "cli/needed_columns.h"
#include "cli/print/mechanism_text.h"
#include "report/result_json.h"

namespace panelist::cli {
namespace {

const std::vector<std::string>& test_names() {
  static const std::vector<std::string> names = {"disjoint", "interaction", "interaction_term", "suest",
                                                 "permutation"};
  return names;
}

std::vector<std::string> read_tests(const Arguments& arguments) {
  const std::vector<std::string> asked = arguments.list("test");
  for (const std::string& name : asked)
    if (std::find(test_names().begin(), test_names().end(), name) == test_names().end()) {
      const std::string near = nearest(name, test_names());
      throw Error(
          "usage.unknown_test", fmt::format("there is no test `{}` of a group difference", name),
          near.empty() ? "available: " + join(test_names(), ", ") : fmt::format("did you mean `{}`?", near),
          "option --test");
    }
  return asked;
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
  spec.permutations = static_cast<int>(std::min(arguments.integer("reps", 1000, 1), 10'000'000LL));
  spec.seed = session.context.seed;
  const DataFile data = open_data(session, arguments, columns_of_estimation(arguments));
  static_cast<void>(data.table.at(spec.by));
  spec.model = read_specs(session, arguments, data, arguments.positional()[1]).front();
  Diagnostics notes;
  const GroupDifference difference =
      group_difference(session.context, spec, data.table, data.panel_or_null(), notes);
  session.show(notes);
  session.print(session.json ? to_json(difference).dump() + "\n" : difference_text(difference));
  return 0;
}

}  // namespace

Command compare_command() {
  return {
      .name = "compare",
      .usage = "DATA FORMULA --term X --by G --vcov V [--test LIST]",
      .summary = "is a coefficient the same in two groups",
      .description = "Groups are sorted; the difference is the first minus the second.",
      .examples = {{"compare panel.csv 'y ~ x | unit + year' --term x --by region --vcov 'cluster(unit)'",
                    "every test that applies"},
                   {"compare panel.csv 'y ~ x' --term x --by old --vcov hc1 --test suest", "one of them"}},
      .options = joined({{{"term", "X", "the coefficient compared"},
                          {"by", "G", "the grouping column"},
                          {"test", "LIST", "interaction, interaction_term, suest, permutation, disjoint"},
                          {"reps", "N", "permutations (default 1000)"},
                          {"seed", "S", "root of the random numbers (default 1)"}},
                         estimation_options()}),
      .least_arguments = 2,
      .most_arguments = 2,
      .run = run_compare};
}

}  // namespace panelist::cli
