// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/commands/catalog.h"
#include "cli/estimation_options.h"
#include "cli/needed_columns.h"
#include "cli/print/mechanism_text.h"
#include "report/gelbach_table.h"
#include "report/result_json.h"

namespace panelist::cli {
namespace {

std::string required(const Arguments& arguments, std::string_view option, std::string_view hint) {
  const auto value = arguments.find(option);
  if (!value || value->empty())
    throw Error("usage.missing_option", fmt::format("`decompose` needs `--{}`", option), std::string(hint));
  return *value;
}

// "Human capital=UL,MED"; without a name the covariates name the group.
ChannelGroup read_group(const std::string& text) {
  const std::size_t equals = text.find('=');
  const bool named = equals != std::string::npos;
  ChannelGroup group;
  for (const std::string& term : split_outside_brackets(named ? text.substr(equals + 1) : text))
    if (const std::string plain = replace_all(term, " ", ""); !plain.empty()) group.terms.push_back(plain);
  group.name = named ? std::string(trim(text.substr(0, equals))) : join(group.terms, ", ");
  return group;
}

std::vector<ChannelGroup> read_groups(const Arguments& arguments) {
  std::vector<ChannelGroup> groups;
  for (const std::string& text :
       split(required(arguments, "groups", "--groups 'Human capital=UL,MED; FDI'"), ';'))
    if (!trim(text).empty()) groups.push_back(read_group(text));
  return groups;
}

int run_decompose(Session& session, const Arguments& arguments) {
  GelbachSpec spec;
  spec.x = replace_all(required(arguments, "x", "name the term whose coefficient moves: --x X"), " ", "");
  spec.groups = read_groups(arguments);
  const DataFile data = open_data(session, arguments, columns_of_estimation(arguments));
  std::vector<EstimationSpec> models = read_specs(session, arguments, data, arguments.positional()[1]);
  if (models.size() != 1)
    throw Error("usage.bad_value", "a decomposition is of one formula", "write it without sw() or csw()");
  spec.full = models.front();
  Diagnostics notes;
  const Gelbach result = decompose(session.context, spec, data.table, data.panel_or_null(), notes);
  session.show(notes);
  if (!session.json) {
    session.print(gelbach_text(result));
    return 0;
  }
  nlohmann::ordered_json json = to_json(result);
  json["estimation"] = to_json(result.full_model);
  session.print(json.dump() + "\n");
  return 0;
}

}  // namespace

Command decompose_command() {
  return {
      .name = "decompose",
      .usage = "DATA FORMULA --x X --groups 'NAME=A,B; C' --vcov V",
      .summary = "what groups of covariates take from a coefficient, free of their order (Gelbach 2016)",
      .description =
          "FORMULA is the full regression, with all covariates; terms in no group stay in both "
          "regressions.",
      .examples = {{"decompose panel.csv 'y ~ x + m1 + m2 + z | unit + year' --x x --groups 'Skills=m1; m2' "
                    "--vcov 'cluster(unit)'",
                    "what m1 and m2 take from the coefficient of x"}},
      .options = joined({{{"x", "X", "the term whose coefficient moves"},
                          {"groups", "GROUPS", "covariates by group: 'NAME=A,B; NAME=C', names optional"}},
                         estimation_options()}),
      .least_arguments = 2,
      .most_arguments = 2,
      .run = run_decompose};
}

}  // namespace panelist::cli
