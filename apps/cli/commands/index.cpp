// SPDX-License-Identifier: Apache-2.0
#include "index/index.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/text.h"
#include "cli/commands/catalog.h"
#include "cli/estimation_options.h"
#include "cli/print/audit_text.h"
#include "cli/print/diagnosis_text.h"
#include "cli/print/index_text.h"
#include "cli/print/sensitivity_text.h"
#include "cli/print/uncertainty_text.h"
#include "index/learned.h"
#include "index/published.h"
#include "report/result_json.h"
#include "report/writer.h"
#include "study/run.h"

namespace panelist::cli {
namespace {

const char* const convention_options[] = {"indicators", "panel",      "where",       "method", "normalise",
                                          "zero",       "pool",       "levels",      "winsor", "impute",
                                          "aggregate",  "outliers",   "renormalise", "screen", "cap",
                                          "combine",    "combine-by", "compare",     "missing"};

void refuse_conventions(const Arguments& arguments) {
  for (const char* option : convention_options)
    if (arguments.has(option))
      throw Error("usage.unexpected_option",
                  fmt::format("`--{}` does not go with a study: the study says it", option),
                  "change it in the study file", fmt::format("option --{}", option));
}

StudyIndex index_of_study(Session& session, const Arguments& arguments) {
  refuse_conventions(arguments);
  Diagnostics mistakes;
  const Study study = parse_study(arguments.positional()[0], mistakes);
  session.sources.push_back(study.source);
  session.stop_on_mistakes(mistakes);
  StudyIndex built =
      run_index(session.context, study, arguments.positional()[1], arguments.has("sensitivity"));
  if (!arguments.has("apply")) return built;
  const std::string path = arguments.text("apply");
  built.index = apply_index(session.context, frozen_index(read_file(path), path), built.table, built.panel,
                            built.index.rows);
  return built;
}

IndexConventions conventions_of(const Arguments& arguments) {
  IndexConventions conventions;
  conventions.method = arguments.text("method", conventions.method);
  conventions.normalise = arguments.text("normalise", conventions.normalise);
  conventions.zero = arguments.text("zero", conventions.zero);
  conventions.pool = arguments.text("pool", conventions.pool);
  conventions.levels = arguments.text("levels", conventions.levels);
  conventions.winsor = arguments.number("winsor", 0);
  conventions.outliers = arguments.text("outliers", conventions.outliers);
  conventions.impute = arguments.text("impute", conventions.impute);
  conventions.missing = arguments.text("missing", conventions.missing);
  conventions.screen = arguments.number("screen", 0);
  conventions.renormalise = arguments.has("renormalise");
  conventions.cap = arguments.has("cap");
  conventions.combine_by = arguments.text("combine-by", conventions.combine_by);
  if (arguments.has("combine")) conventions.combine = split(arguments.text("combine"), ',');
  if (arguments.has("aggregate")) conventions.aggregate = split(arguments.text("aggregate"), ',');
  return conventions;
}

std::vector<std::size_t> sample_of(Session& session, const Arguments& arguments, const DataFile& data) {
  Diagnostics notes;
  const Expression where = read_expression(session, {"<where>", arguments.text("where")}, data.table, notes);
  session.stop_on_mistakes(notes);
  std::vector<std::size_t> rows;
  const std::vector<bool> keep = where.empty()
                                     ? std::vector<bool>(data.table.rows(), true)
                                     : evaluate_condition(where, {data.table, data.panel_or_null()}, notes);
  for (std::size_t row = 0; row < keep.size(); ++row)
    if (keep[row]) rows.push_back(row);
  return rows;
}

// The rows of a data file under the goalposts and weights of an earlier run.
StudyIndex frozen_on_data(Session& session, const Arguments& arguments) {
  for (const char* option : convention_options)
    if (arguments.has(option) && std::string(option) != "panel" && std::string(option) != "where")
      throw Error("usage.unexpected_option",
                  fmt::format("`--{}` does not go with `--apply`: the file says it", option),
                  "freeze the index anew under other conventions", fmt::format("option --{}", option));
  DataFile data = open_data(session, arguments);
  const std::string path = arguments.text("apply");
  IndexResult index = apply_index(session.context, frozen_index(read_file(path), path), data.table,
                                  *data.panel, sample_of(session, arguments, data));
  return {std::move(index), std::move(data.table), std::move(*data.panel), {}, {}};
}

StudyIndex index_of_data(Session& session, const Arguments& arguments) {
  if (arguments.has("apply") && arguments.has("panel")) return frozen_on_data(session, arguments);
  if (!arguments.has("indicators") || !arguments.has("panel"))
    throw Error("usage.missing_option", "an index of a data file needs `--indicators` and `--panel`",
                "panelist index DATA --indicators FILE --panel UNIT,TIME, or --apply FILE --panel UNIT,TIME");
  DataFile data = open_data(session, arguments);
  const std::string list = arguments.text("indicators");
  const std::string file = file_name_of(arguments.positional()[0]);
  Diagnostics mistakes;
  IndexSystem system = index_system_from(read_table(list), file.substr(0, file.find_last_of('.')), mistakes);
  if (arguments.has("compare"))
    system.comparisons = comparisons_from(read_table(arguments.text("compare")), mistakes);
  session.stop_on_mistakes(mistakes);
  IndexResult index = build_index(session.context, system, conventions_of(arguments), data.table, *data.panel,
                                  sample_of(session, arguments, data));
  return {std::move(index), std::move(data.table), std::move(*data.panel), {}, {}};
}

std::vector<ConventionComparison> sensitivity(const Session& session, const StudyIndex& built) {
  IndexConventions conventions = built.index.conventions;
  conventions.screen = 0;  // the rows stay
  return compare_conventions(session.context, system_of_index(built.index), conventions, built.table,
                             built.panel, built.index.rows);
}

Diagnosis diagnosis_of(const Session& session, const Arguments& arguments, const StudyIndex& built) {
  const IndexSystem system = system_of_index(built.index);
  Published published =
      published_from(read_table(arguments.text("diagnose")), system, built.panel, built.index.rows);
  published.index = built.index.conventions;
  return which_conventions(session.context, system, published, built.table, built.panel, built.index.rows);
}

int print_diagnosis(const Session& session, const Arguments& arguments, const StudyIndex& built) {
  const Diagnosis diagnosis = diagnosis_of(session, arguments, built);
  session.print(session.json ? diagnosis_json(diagnosis).dump() + "\n"
                             : diagnosis_text(diagnosis, session.lang));
  return 0;
}

Uncertainty uncertainty_of(const Session& session, const Arguments& arguments, const StudyIndex& built) {
  UncertaintyOptions options;
  options.draws = static_cast<int>(arguments.integer("draws", options.draws, 16));
  if (options.draws > 1000000)
    throw Error("usage.bad_value", "`--draws` is a number from 16 to 1000000", "1024 is the default",
                "option --draws");
  Context context = session.context;
  context.seed = static_cast<std::uint64_t>(arguments.integer("seed", 1, 0));
  return index_uncertainty(context, built.index, built.table, built.panel, options);
}

std::string coefficients_text(const StudyIndex& built) {
  std::string text;
  for (const CoefficientUnderConventions& coefficient : built.coefficients)
    text += "\n" + find_table_writer("text")->write(coefficient.table);
  return text;
}

nlohmann::ordered_json audit_json_of(const StudyIndex& built) {
  nlohmann::ordered_json json = to_json(audit_index(built.index), built.index);
  json["between"] = to_json(built.between);
  return json;
}

void print_index(const Session& session, const Arguments& arguments, const StudyIndex& built) {
  const bool stages = arguments.has("stages"), compare = arguments.has("sensitivity");
  const std::vector<ConventionComparison> comparisons =
      compare ? sensitivity(session, built) : std::vector<ConventionComparison>{};
  const std::optional<Uncertainty> doubt =
      compare ? std::optional(uncertainty_of(session, arguments, built)) : std::nullopt;
  if (!session.json) {
    session.print(index_text(built.index, built.table, built.panel, session.lang) +
                  (stages ? stages_text(built.index, built.panel) : "") +
                  (arguments.has("audit") ? audit_text(built.index, built.between, session.lang) : "") +
                  sensitivity_text(comparisons, session.lang) +
                  (doubt ? uncertainty_text(*doubt, built.index, built.panel, session.lang) : "") +
                  coefficients_text(built));
    return;
  }
  nlohmann::ordered_json json = to_json(built.index, built.table, built.panel, stages);
  if (compare) json["sensitivity"] = sensitivity_json(comparisons);
  if (arguments.has("audit")) json["audit"] = audit_json_of(built);
  for (const CoefficientUnderConventions& coefficient : built.coefficients)
    json["index_sensitivity"].push_back(nlohmann::ordered_json::parse(coefficient.json));
  if (doubt) json["uncertainty"] = uncertainty_json(*doubt, built.index, built.panel);
  session.print(json.dump() + "\n");
}

int run_index_command(Session& session, const Arguments& arguments) {
  const bool of_study = extension_of(arguments.positional()[0]) == "toml";
  if (of_study == (arguments.positional().size() == 1))
    throw Error(
        of_study ? "usage.missing_argument" : "usage.unexpected_argument",
        of_study ? "which index of the study?" : "a data file takes one argument",
        of_study ? "panelist index STUDY NAME" : "panelist index DATA --indicators FILE --panel UNIT,TIME");
  const StudyIndex built = of_study ? index_of_study(session, arguments) : index_of_data(session, arguments);
  if (arguments.has("diagnose")) return print_diagnosis(session, arguments, built);
  if (arguments.has("freeze")) write_file(arguments.text("freeze"), frozen_text(built.index));
  print_index(session, arguments, built);
  Diagnostics warnings;
  for (const auto& [code, message] : built.index.warnings) warnings.warning(code, message);
  session.show(warnings);
  return 0;
}

const std::vector<Option>& index_options() {
  static const std::vector<Option> options = joined(
      {{{"indicators", "FILE",
         "csv: code,direction and optionally dimension,sub (or "
         "level,parent),label,unit,source,denominator,weight,"
         "min,max,target,low,high"}},
       data_options(),
       {{"method", "M",
         "entropy (default), equal, given, critic, cv, cv_normalised, sd, gini, merec, factor, ahp, "
         "correlation, bod, combined or pca"},
        {"normalise", "N", "minmax (default), zscore, rank, percentile, borda, target, max or none"},
        {"zero", "Z", "zeros in logarithms: limit (default), a shift such as 1e-4, or smooth:0.01"},
        {"pool", "P", "learned from all rows (all, default), each year, each unit or base:TIME"},
        {"levels", "L", "one-step (default), two-step or tree"},
        {"renormalise", "", "two-step: min-max again between the levels"},
        {"winsor", "SHARE", "share of each tail moved to the percentile first"},
        {"outliers", "O", "none (default), skew, log or boxcox"},
        {"impute", "I",
         "missing cells: refuse (default), mean, median, year_mean, group_mean:COLUMN, linear, nearest, "
         "regression or em"},
        {"screen", "SHARE", "leave out rows and indicators with a smaller share of observed cells"},
        {"missing", "M",
         "cells that stay missing: refuse (default) or available (weights rescaled over the others)"},
        {"cap", "", "values beyond the learned goalposts move to them"},
        {"aggregate", "A",
         "arithmetic (default), geometric or harmonic, one or one a level with commas; or topsis, vikor, "
         "grey, rsr, mpi, ampi"},
        {"combine", "M,M", "methods that `--method combined` combines"},
        {"combine-by", "HOW", "linear (default), product or game"},
        {"compare", "FILE", "csv of comparisons for `--method ahp`: first,second,value"},
        {"freeze", "FILE", "keep goalposts and weights in a file"},
        {"apply", "FILE", "score the rows by the goalposts and weights of such a file"},
        {"diagnose", "FILE",
         "which conventions made these published values? csv of code and weight or entropy, or unit, time "
         "and score"},
        {"audit", "",
         "effective weights, redundant, cancelling and dominant indicators, growth among levels, size"},
        {"draws", "N", "draws of `--sensitivity` (1024)"},
        {"seed", "S", "root of all random numbers (1)"},
        {"sensitivity", "",
         "ranks and scores under other conventions, without each indicator, and over random draws of both"},
        {"stages", "", "the cells after each step"},
        {"threads", "N", "threads to use; results never depend on it"},
        {"json", "", "results as JSON"}}});
  return options;
}

}  // namespace

Command index_command() {
  return {
      .name = "index",
      .usage = "STUDY NAME | DATA --indicators FILE --panel UNIT,TIME",
      .summary = "one composite index: weights, scores, ranks",
      .description = "Rank 1 is the best. The conventions of a study's index stand in the study.",
      .examples = {{"index study.toml NQP --sensitivity", "an index of a study, and what its conventions do"},
                   {"index data.csv --indicators indicators.csv --panel city,year", "without a study"},
                   {"index study.toml NQP --freeze nqp.json", "keep goalposts and weights for later years"}},
      .options = index_options(),
      .least_arguments = 1,
      .most_arguments = 2,
      .run = run_index_command};
}

}  // namespace panelist::cli
