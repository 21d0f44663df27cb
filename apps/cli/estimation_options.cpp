// SPDX-License-Identifier: Apache-2.0
#include "cli/estimation_options.h"

#include <fmt/format.h>

#include "base/text.h"

namespace panelist::cli {
namespace {

constexpr std::string_view vcov_choices =
    "iid: equal variances (textbook); hc1 (robust): unequal variances; cluster(unit): correlated within "
    "units, "
    "the usual choice for a panel; cluster(unit, year): both ways";

[[noreturn]] void throw_missing_vcov(const DataFile& data) {
  Error error("usage.missing_vcov", "say which standard errors: `--vcov` has no silent default",
              data.keys.empty() ? "for a panel take --vcov 'cluster(UNIT)', for independent rows --vcov hc1"
                                : fmt::format("for a panel take --vcov 'cluster({})'", data.keys.unit));
  for (const std::string& choice : split(vcov_choices, ';'))
    error.diagnostic().notes.emplace_back(trim(choice));
  throw error;
}

// Unknown clustering columns are shown at the place of the whole --vcov text.
void check_vcov_columns(const VcovSpec& spec, const Table& table, const Span& place, Diagnostics& mistakes) {
  for (const std::string& column : spec.columns)
    for (const std::string& name : split(column, '^')) {
      if (table.has(name)) continue;
      const std::string near = nearest(name, table.names());
      mistakes.error("formula.unknown_column", fmt::format("there is no column `{}` to cluster by", name),
                     place, near.empty() ? "" : fmt::format("did you mean `{}`?", near));
    }
}

void read_vcov(Session& session, const Arguments& arguments, const DataFile& data, EstimationSpec& spec,
               Diagnostics& mistakes) {
  const auto text = arguments.find("vcov");
  if (!text) throw_missing_vcov(data);
  const Span place = session.place("<vcov>", *text);
  spec.vcov = parse_vcov(*text, place, mistakes);
  check_vcov_columns(spec.vcov, data.table, place, mistakes);
}

void read_weights(Session& session, const Arguments& arguments, const DataFile& data, EstimationSpec& spec,
                  Diagnostics& mistakes) {
  const std::string type = arguments.choice("weight-type", {"a", "f", "p"});
  spec.frame.weights =
      read_expression(session, {"<weights>", arguments.text("weights")}, data.table, mistakes);
  spec.frame.weight_type = type == "f"   ? WeightType::frequency
                           : type == "p" ? WeightType::probability
                                         : WeightType::analytic;
  if (arguments.has("weight-type") && !arguments.has("weights"))
    throw Error("usage.missing_option", "`--weight-type` says nothing without `--weights`",
                "add --weights COLUMN or leave --weight-type out");
}

double read_level(const Arguments& arguments) {
  const double level = arguments.number("level", 95);
  const double share = level > 1 ? level / 100 : level;
  if (!(share > 0 && share < 1))
    throw Error("usage.bad_value",
                fmt::format("`--level {}`: a percentage between 0 and 100 is wanted", level),
                "the usual one is 95");
  return share;
}

void read_method(const Arguments& arguments, EstimationSpec& spec) {
  spec.method = arguments.text("method");
  if (find_family(spec.method) != nullptr)
    throw Error("usage.bad_value", fmt::format("`--method {}`: {} is a family", spec.method, spec.method),
                fmt::format("write --family {}", spec.method), "option --method");
}

void read_information(const Arguments& arguments, const Family* family, EstimationSpec& spec) {
  if (!arguments.has("information")) return;
  if (family == nullptr)
    throw Error("usage.bad_value", "`--information` is a choice of families",
                "add --family probit or negbin, or leave --information out", "option --information");
  spec.estimate.information = arguments.choice("information", {"expected", "observed"}) == "observed"
                                  ? Information::observed
                                  : Information::expected;
}

// A family is an estimator of its name.
void read_family(const Arguments& arguments, EstimationSpec& spec) {
  std::vector<std::string> names = {"gaussian"};
  for (const Family& family : families()) names.emplace_back(family.name);
  const std::string written = arguments.choice("family", names);
  const Family* family = find_family(written);
  if (family != nullptr && !spec.method.empty() && spec.method != written)
    throw Error("usage.bad_value",
                fmt::format("`--method {}` and `--family {}` exclude each other", spec.method, written),
                "leave --method out", "option --method");
  if (family != nullptr) spec.method = written;
  read_information(arguments, family, spec);
  if (arguments.has("exposure") && (family == nullptr || !family->counts))
    throw Error("usage.bad_value", "`--exposure` belongs to count models: poisson and negbin",
                "for another model use --offset", "option --exposure");
}

void read_choices(Session& session, const Arguments& arguments, EstimationSpec& spec, Diagnostics& mistakes) {
  const std::string preset = arguments.text("ssc", "fixest");
  spec.small_sample = parse_small_sample(preset, session.place("<ssc>", preset), mistakes);
  spec.frame.drop_singletons = arguments.choice("singletons", {"drop", "keep"}) == "drop";
  spec.estimate.absorb.tolerance = arguments.number("tolerance", spec.estimate.absorb.tolerance);
  if (!(spec.estimate.absorb.tolerance > 0 && spec.estimate.absorb.tolerance < 1))
    throw Error("usage.bad_value", "`--tolerance` must lie between 0 and 1", "the default is 1e-9");
  spec.level = read_level(arguments);
}

}  // namespace

const std::vector<Option>& data_options() {
  static const std::vector<Option> options = {
      {"panel", "UNIT,TIME", "the panel's keys: checked for duplicates, needed for lags"},
      {"where", "EXPR", "rows to use, for example \"2014 <= year <= 2022\""},
  };
  return options;
}

namespace {

// "standard errors (required): iid, hc1, ..., nw(lags), ...": every kind of the catalog.
const std::string& vcov_forms() {
  static const std::string forms = [] {
    std::vector<std::string> kinds;
    for (const VcovKind& kind : vcov_kinds()) {
      std::string form(kind.name);
      if (kind.max_columns > 0)
        form += kind.columns == VcovKind::Columns::coordinates ? "(lat, lon, 300km)" : "(a)";
      if (kind.name == "cluster") form += ", cluster(a, b)";
      kinds.push_back(std::move(form));
    }
    return "standard errors (required): " + join(kinds, ", ");
  }();
  return forms;
}

}  // namespace

const std::vector<Option>& estimation_options() {
  static const std::vector<Option> options =
      joined({{{"vcov", "V", vcov_forms()}},
              data_options(),
              {{"weights", "EXPR", "weights by row"},
               {"weight-type", "a|f|p", "analytic (default), frequency or probability weights"},
               {"ssc", "PRESET",
                "small-sample rules: fixest (default) reghdfe xtreg areg stata ivreg2 ivreg2-small none"},
               {"singletons", "drop|keep", "levels of effects with one row (default: drop, again and again)"},
               {"level", "95", "confidence level in percent"},
               {"threads", "N", "threads to use; results never depend on it"},
               {"json", "", "results as JSON"}}});
  return options;
}

PanelKeys panel_keys(const Arguments& arguments) {
  const auto given = arguments.find("panel");
  if (!given) return {};
  const std::vector<std::string> names = split(*given, ',');
  if (names.size() != 2 || trim(names[0]).empty() || trim(names[1]).empty())
    throw Error("usage.bad_value", fmt::format("`--panel {}`: a unit and a time column are wanted", *given),
                "write --panel province,year", "option --panel");
  return {std::string(trim(names[0])), std::string(trim(names[1]))};
}

DataFile open_data(const Session& session, const Arguments& arguments, const ColumnChoice& columns) {
  DataFile data;
  data.keys = panel_keys(arguments);
  ReadOptions options;
  options.columns = columns;
  options.stop = session.context.stop;
  options.threads = session.context.threads;
  data.table = read_table(arguments.positional().front(), options, &data.report);
  session.context.stop_if_asked();
  session.show(data.report.notes);
  if (data.keys.empty()) return data;
  try {
    data.panel = make_panel(data.table, data.keys);
  } catch (const Error&) {
    // Rows with the same keys are told apart by all their columns.
    if (columns.empty() || is_stream(arguments.positional().front())) throw;
    return open_data(session, arguments, {});
  }
  return data;
}

Expression read_expression(Session& session, const NamedText& from, const Table& table,
                           Diagnostics& mistakes) {
  if (from.text.empty()) return {};
  Diagnostics found;
  const Expression expression = parse_expression(from.text, session.place(from.name, from.text), found);
  if (!found.has_errors()) check_columns(expression, table.names(), found);
  mistakes.append(found);
  return expression;
}

std::vector<EstimationSpec> read_specs(Session& session, const Arguments& arguments, const DataFile& data,
                                       const std::string& formula) {
  Diagnostics mistakes;
  EstimationSpec spec;
  read_method(arguments, spec);
  read_family(arguments, spec);
  read_vcov(session, arguments, data, spec, mistakes);
  const std::vector<Formula> formulas =
      parse_formula(formula, session.place("<formula>", formula), {}, mistakes);
  if (!mistakes.has_errors())
    for (const Formula& each : formulas) check_columns(each, data.table.names(), mistakes);
  spec.frame.panel = data.keys;
  spec.frame.where = read_expression(session, {"<where>", arguments.text("where")}, data.table, mistakes);
  read_weights(session, arguments, data, spec, mistakes);
  spec.frame.exposure =
      read_expression(session, {"<exposure>", arguments.text("exposure")}, data.table, mistakes);
  read_choices(session, arguments, spec, mistakes);
  session.stop_on_mistakes(mistakes);
  std::vector<EstimationSpec> specs;
  for (const Formula& each : formulas) {
    specs.push_back(spec);
    specs.back().formula = each;
  }
  return specs;
}

}  // namespace panelist::cli
