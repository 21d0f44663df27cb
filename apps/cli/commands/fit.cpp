// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/commands/catalog.h"
#include "cli/estimation_options.h"
#include "cli/needed_columns.h"
#include "cli/print/fit_text.h"
#include "cli/print/mechanism_text.h"
#include "cli/requested_tests.h"
#include "cli/saved_rows.h"
#include "cli/split_samples.h"
#include "estimate/effect_errors.h"
#include "infer/ledger.h"
#include "infer/programs.h"
#include "report/result_json.h"

namespace panelist::cli {
namespace {

using Json = nlohmann::ordered_json;

struct FitJob {
  DataFile data;
  std::vector<EstimationSpec> specs;
  SplitSpecs split;
};

struct FitRequest {
  bool effects = false;
  bool explain = false;
};

// The effects by level, put before "convergence" as documented.
Json with_effects(const Session& session, const Estimation& estimation, const Json& fit) {
  const FittedValues values = fitted_values(session.context, *estimation.fit);
  const EffectErrors errors = effect_errors(session.context, *estimation.fit);
  Json effects = Json::object();
  for (std::size_t f = 0; f < values.effects.size(); ++f) {
    const Grouping& group = estimation.fit->frame->effects[f].group;
    Json levels = Json::array();
    for (Index level = 0; level < values.effects[f].rows(); ++level) {
      Json entry = {{"level", group.names[static_cast<std::size_t>(level)]},
                    {"estimate", values.effects[f](level, 0)}};
      if (f < errors.std_error.size()) entry["std_error"] = errors.std_error[f](level);
      for (Index c = 1; c < values.effects[f].cols(); ++c)
        entry["slopes"].push_back(values.effects[f](level, c));
      levels.push_back(entry);
    }
    effects[group.name] = levels;
  }
  Json ordered = Json::object();
  for (const auto& [key, value] : fit.items()) {
    if (key == "convergence") ordered["effects"] = effects;
    if (key == "convergence" && !errors.std_error.empty()) ordered["effects_vcov"] = "iid";
    if (key == "convergence" && !errors.reason.empty()) ordered["effects_without_errors"] = errors.reason;
    ordered[key] = value;
  }
  return ordered;
}

// What other programs print for the same coefficients.
Json programs_json(const Context& context, const Estimation& estimation) {
  Json list = Json::array();
  for (const ProgramErrors& one : errors_of_programs(context, estimation)) {
    Json errors = Json::object();
    for (std::size_t j = 0; j < estimation.fit->names.size(); ++j)
      errors[estimation.fit->names[j]] = one.std_errors(static_cast<Index>(j));
    list.push_back({{"program", one.program},
                    {"rule", one.rule},
                    {"k", one.k},
                    {"factor", one.factor},
                    {"df", std::isinf(one.df) ? Json() : Json(one.df)},
                    {"std_errors", errors},
                    {"why", one.why}});
  }
  return list;
}

// What K is the sum of, and the factor the product of.
void add_ledger(Json& vcov, const Estimation& estimation) {
  const Ledger ledger = ledger_of(estimation);
  vcov["parameters"] = Json::array();
  for (const CountedPart& part : ledger.parameters)
    vcov["parameters"].push_back({{"what", part.what}, {"count", part.count}});
  vcov["factors"] = Json::array();
  for (const auto* const list : {&ledger.factors, &ledger.factors_of_terms})
    for (const CountedFactor& one : *list)
      vcov["factors"].push_back({{"formula", one.formula},
                                 {"numbers", one.numbers},
                                 {"value", one.value},
                                 {"on", list == &ledger.factors ? "sum" : "term"}});
  vcov["df_is"] = ledger.df.empty() ? Json() : Json(ledger.df);
}

Json fit_json(const Session& session, const Estimation& estimation, const FitRequest& request) {
  Json json = to_json(estimation);
  if (request.explain) {
    add_ledger(json["vcov"], estimation);
    json["vcov"]["programs"] = programs_json(session.context, estimation);
    const std::string words = words_of_programs(estimation);
    if (!words.empty()) json["vcov"]["programs_note"] = words;
  }
  return request.effects ? with_effects(session, estimation, json) : json;
}

// Rows that only the split leaves out of a part of the sample.
std::size_t rows_of_other_groups(const Estimation& estimation, const SplitSpecs& split,
                                 const std::string& value) {
  if (value.empty()) return 0;
  const ModelFrame& frame = *estimation.fit->frame;
  return split.rows - (frame.table_rows - frame.dropped.where);
}

std::string fit_report(const Session& session, const Estimation& estimation, const FitRequest& request,
                       std::size_t other_groups) {
  std::string text = fit_text(estimation, other_groups);
  text += requested_tests_text(estimation.requested, estimation.inference.level);
  if (request.effects) text += effects_text(session, estimation);
  if (request.explain) text += explain_standard_errors(session.context, estimation);
  return text;
}

void show_fit_warnings(const Session& session, const Estimation& estimation) {
  Diagnostics warnings;
  for (const auto& [code, message] : estimation.warnings) warnings.warning(code, message);
  session.show(warnings);
}

// Which part of a split sample a fit is of.
std::string sample_line(const std::string& by, const std::string& value) {
  if (by.empty()) return "";
  return value.empty() ? "All rows\n" : fmt::format("{} = {}\n", by, value);
}

Json with_sample(Json fit, const std::string& by, const std::string& value) {
  if (by.empty()) return fit;
  fit["split"] = {{"by", by}, {"value", value.empty() ? Json() : Json(value)}};
  return fit;
}

std::string differences_text(const Session& session, const std::vector<GroupDifference>& differences) {
  std::string text;
  for (const GroupDifference& difference : differences)
    text += fmt::format("\n\nDifferences between the values of {}\n{}", difference.by,
                        difference_text(difference, session.lang));
  return text;
}

Json differences_json(const std::vector<GroupDifference>& differences) {
  Json list = Json::array();
  for (const GroupDifference& difference : differences) list.push_back(to_json(difference));
  return list;
}

// One object; several formulas (outcomes, parts of a split sample, stepwise operators) give {"fits": [...]}, with the
// differences between the parts of a split sample beside them.
void print_fits(const Session& session, const std::vector<Estimation>& fits, const FitJob& job,
                const FitRequest& request) {
  const SplitSpecs& split = job.split;
  const std::vector<GroupDifference> differences = split_differences(session, job.data, split, fits);
  Json all = Json::array();
  std::string text;
  for (std::size_t i = 0; i < fits.size(); ++i)
    if (session.json)
      all.push_back(with_sample(fit_json(session, fits[i], request), split.by, split.values[i]));
    else
      text += (text.empty() ? "" : "\n\n") + sample_line(split.by, split.values[i]) +
              fit_report(session, fits[i], request, rows_of_other_groups(fits[i], split, split.values[i]));
  Json several = {{"fits", all}};
  if (!differences.empty()) several["differences"] = differences_json(differences);
  if (session.json)
    text = (fits.size() == 1 ? all[0] : several).dump() + "\n";
  else
    text += differences_text(session, differences);
  session.print(text);
  for (const Estimation& fit : fits) show_fit_warnings(session, fit);
}

void add_offset(Session& session, const Arguments& arguments, const DataFile& data,
                std::vector<EstimationSpec>& specs) {
  Diagnostics mistakes;
  const Expression offset =
      read_expression(session, {"<offset>", arguments.text("offset")}, data.table, mistakes);
  session.stop_on_mistakes(mistakes);
  for (EstimationSpec& spec : specs)
    if (!offset.empty()) spec.formula.offset = offset;
}

// Below this many numbers there is no memory to speak of.
constexpr std::size_t numbers_worth_releasing = 20'000'000;

// One least-squares regression of which nothing is asked but itself.
bool can_release(const Arguments& arguments, const std::vector<EstimationSpec>& specs, const DataFile& data) {
  if (data.table.rows() * data.table.columns() < numbers_worth_releasing || specs.size() != 1) return false;
  const EstimationSpec& spec = specs.front();
  for (const char* option : {"tests", "effects", "margins", "save", "intervals", "offset", "exposure"})
    if (arguments.has(option)) return false;
  return (spec.method.empty() || spec.method == "ols") && spec.formula.endogenous.empty() &&
         !is_stream(arguments.positional().front());
}

FitJob read_job(Session& session, const Arguments& arguments) {
  const std::vector<TestRequest> tests = read_test_requests(arguments.list("tests"));
  FitJob job;
  job.data = open_data(session, arguments, columns_of_estimation(arguments));
  job.specs = read_specs(session, arguments, job.data, arguments.positional()[1]);
  add_offset(session, arguments, job.data, job.specs);
  job.split = split_specs(session, arguments, job.data, job.specs);
  job.specs = job.split.specs;
  check_save(arguments, job.specs.size());
  for (EstimationSpec& spec : job.specs) {
    spec.tests = tests;
    spec.margins = arguments.has("margins");
  }
  return job;
}

std::vector<Estimation> estimate_job(Session& session, const Arguments& arguments, FitJob& job) {
  if (can_release(arguments, job.specs, job.data)) {
    try {
      Diagnostics notes;
      std::vector<Estimation> fits;
      fits.push_back(estimate_model_releasing(session.context, job.specs.front(), std::move(job.data.table),
                                              job.data.panel_or_null(), notes));
      session.show(notes);
      return fits;
    } catch (const RegressorsNeeded&) {
      job = read_job(session, arguments);
    }
  }
  Diagnostics notes;
  std::vector<Estimation> fits =
      estimate_models(session.context, job.specs, job.data.table, job.data.panel_or_null(), notes);
  session.show(notes);
  return fits;
}

int run_fit(Session& session, const Arguments& arguments) {
  const FitRequest request{arguments.has("effects"), arguments.has("explain-se")};
  FitJob job = read_job(session, arguments);
  const std::vector<Estimation> fits = estimate_job(session, arguments, job);
  if (const auto file = arguments.find("save"))
    save_rows(session, job.data.table, fits.front(), *file, arguments.has("intervals"));
  print_fits(session, fits, job, request);
  return 0;
}

const std::vector<Option>& fit_options() {
  static const std::vector<Option> options = joined(
      {estimation_options(),
       {{"method", "M",
         "ols, 2sls, liml, fuller(a), kclass(k), gmm2s, igmm, cue, re, re_wh, be, be_wls, fd or fmb; the "
         "formula "
         "decides "
         "otherwise"},
        {"family", "F", "gaussian (default), poisson, logit, probit or negbin"},
        {"offset", "EXPR", "added to the right side with coefficient one"},
        {"exposure", "COL", "of count models: its logarithm is an offset"},
        {"tests", "LIST", known_tests()},
        {"information", "expected|observed",
         "behind the standard errors of probit (default expected) and negbin (default observed)"},
        {"split", "VAR", "one regression for each value of VAR"},
        {"fsplit", "VAR", "the same, after one of all rows"},
        {"margins", "", "average marginal effects of a family, by the delta method"},
        {"effects", "", "print the absorbed effects by level, standard errors under equal variances"},
        {"intervals", "",
         "with --save: standard error and interval of each fitted value, under equal variances"},
        {"save", "FILE", "rows with residuals, fitted values, effects, sample flag (csv, dta, xlsx, pcol)"},
        {"tolerance", "T", "relative error of absorbed columns (default 1e-9); families: 10 T, at most 1e-6"},
        {"explain-se", "", "print how the standard errors came about"}}});
  return options;
}

}  // namespace

Command fit_command() {
  return {.name = "fit",
          .usage = "DATA FORMULA --vcov V [options]",
          .summary = "one regression",
          .description =
              "FORMULA is `y ~ x1 + x2 | fe1 + fe2 | endogenous ~ instruments`, in quotes. Several outcomes: "
              "`c(y1, y2) ~ x`, each on its own rows.",
          .examples = {{"fit panel.csv 'y ~ x + z | unit + year' --vcov 'cluster(unit)' --panel unit,year",
                        "two-way fixed effects, errors clustered by unit"},
                       {"fit card.csv 'lwage ~ exper | 0 | educ ~ nearc4' --vcov robust",
                        "instrumental variables, with every test of the instruments"},
                       {"fit panel.csv 'y ~ L.x | unit' --panel unit,year --vcov hc1 --json",
                        "a lag by panel time, as JSON"}},
          .options = fit_options(),
          .least_arguments = 2,
          .most_arguments = 2,
          .run = run_fit};
}

}  // namespace panelist::cli
