// SPDX-License-Identifier: Apache-2.0
// R: fixest (0.13 and later); plm for random effects, between and first differences.
#include <fmt/format.h>

#include "base/text.h"
#include "report/code/languages.h"

namespace panelist {

namespace {

std::string r_name(const std::string& name) { return plain_name(name) ? name : "`" + name + "`"; }

std::string r_lag(const std::string& name, int periods) {
  return fmt::format("l({}, {})", r_name(name), periods);
}

// A column that a line before the call makes, on all rows.
std::string r_lag_column(const std::string& name, int periods) {
  return r_name(name + (periods > 0 ? "_L" : "_F") + std::to_string(std::abs(periods)));
}

constexpr int longest_lag = 9;

const Dialect& dialect() {
  static const Dialect made = {" & ",
                               " | ",
                               "!",
                               "^",
                               "NA",
                               "{0} %in% c({1})",
                               "!({0} %in% c({1}))",
                               "is.na({0})",
                               "!is.na({0})",
                               {{"log", "log"},
                                {"exp", "exp"},
                                {"sqrt", "sqrt"},
                                {"abs", "abs"},
                                {"ifelse", "ifelse"},
                                {"round", "round"},
                                {"floor", "floor"},
                                {"min", "pmin"},
                                {"max", "pmax"}},
                               false,
                               r_name,
                               r_lag};
  return made;
}

class RCode {
 public:
  explicit RCode(const CodedModel& model) : model_(model), remarks_(model) {}

  ReportCode write() {
    const std::string call = is_panel_method(model_) ? panel_call() : fixest_call();
    std::string before;
    for (const std::string& line : before_) before += line + "\n";
    say_data_file(model_, remarks_);
    return {"R", library_ + reads_data() + before + call, remarks_.list()};
  }

 private:
  // Names as they stand in the file, blank cells missing.
  std::string reads_data() const {
    if (model_.data_file.empty()) return "";
    return "data <- read.csv(\"" + model_.data_file +
           "\", check.names = FALSE, encoding = \"UTF-8\", na.strings = \"\")\n";
  }

  std::string expression(const std::string& text) {
    bool understood = true;
    std::string made = translated(text, lags_first_ ? with_lag_columns() : dialect(), understood);
    if (!understood) remarks_.say("code_function", {text});
    return made;
  }

  // --- what comes before the call
  static const Dialect& with_lag_columns() {
    static const Dialect made = [] {
      Dialect other = dialect();
      other.lag = r_lag_column;
      return other;
    }();
    return made;
  }

  std::string lag_of(const std::string& name, int periods) const {
    return fmt::format("lag({} ~ {} + {}, {}, data = data)", r_name(name), r_name(model_.unit),
                       r_name(model_.time), periods);
  }

  // fixest takes lags on the rows of `subset`; here they look at all rows.
  void make_lags(const Expression& written) {
    if (!written.uses_panel()) return;
    const std::string text = without_backquotes(written.text());
    for (const std::string& name : written.columns())
      for (int periods = -longest_lag; periods <= longest_lag; ++periods) {
        const std::string count = std::abs(periods) == 1 ? "" : std::to_string(std::abs(periods));
        const bool named = text.find((periods > 0 ? "L" : "F") + count + "." + name) != std::string::npos;
        if (periods == 0 || !(named || (periods == 1 && text.find("D." + name) != std::string::npos)))
          continue;
        const std::string line = "data$" + r_lag_column(name, periods) + " <- " + lag_of(name, periods);
        if (std::find(before_.begin(), before_.end(), line) == before_.end()) before_.push_back(line);
      }
  }

  void make_all_lags() {
    for (const auto* list :
         {&model_.formula.regressors, &model_.formula.endogenous, &model_.formula.instruments})
      for (const FormulaTerm& one : *list)
        for (const FormulaFactor& each : one.factors) make_lags(each.expression);
    make_lags(model_.formula.outcome);
    Diagnostics problems;
    for (const std::string& condition : model_.where) make_lags(parse_expression(condition, {}, problems));
  }

  void change(const CodedChange& one) {
    const std::string column = "data$" + r_name(one.column);
    if (!one.by.empty()) {
      Diagnostics problems;
      make_lags(parse_expression(one.by, {}, problems));
      const std::string made = expression(one.by);
      const bool plain = plain_name(made) || made.starts_with("`");
      before_.push_back(column + " <- " + (plain ? "data$" + made : "with(data, " + made + ")"));
      return;
    }
    const std::string rows = sample();
    before_.push_back("rows <- " +
                      (rows.empty() ? "seq_len(nrow(data))" : "which(with(data, " + rows + "))"));
    before_.push_back(fmt::format("ends <- quantile({}[rows], c({}, {}), type = 2, na.rm = TRUE)", column,
                                  shortest(one.tails), shortest(1 - one.tails)));
    before_.push_back(
        one.trims
            ? fmt::format("{0}[rows] <- ifelse({0}[rows] < ends[1] | {0}[rows] > ends[2], NA, {0}[rows])",
                          column)
            : fmt::format("{0}[rows] <- pmin(pmax({0}[rows], ends[1]), ends[2])", column));
  }

  void prepare() {
    lags_first_ = !model_.where.empty() || !model_.changes.empty();
    for (const CodedChange& one : model_.changes) change(one);
    if (lags_first_) make_all_lags();
  }

  std::string factor(const FormulaFactor& factor) {
    const std::string inside = expression(factor.expression.text());
    if (factor.kind == FormulaFactor::Kind::polynomial)
      return fmt::format("poly({}, {}, raw = TRUE)", inside, factor.degree);
    if (factor.kind == FormulaFactor::Kind::expression)
      return plain_name(inside) || inside.ends_with(")") || inside.starts_with("`") ? inside
                                                                                    : "I(" + inside + ")";
    if (!factor.has_reference) return "i(" + inside + ")";
    const bool number = parse_number(factor.reference).has_value();
    return fmt::format("i({}, ref = {})", inside, number ? factor.reference : "\"" + factor.reference + "\"");
  }

  std::string term(const FormulaTerm& one) {
    std::vector<std::string> parts;
    for (const FormulaFactor& each : one.factors) parts.push_back(factor(each));
    return product(std::move(parts));
  }

  std::string terms(const std::vector<FormulaTerm>& list, const std::string& none) {
    std::vector<std::string> parts;
    for (const FormulaTerm& one : list) parts.push_back(term(one));
    if (!model_.formula.intercept && model_.formula.effects.empty()) parts.insert(parts.begin(), "0");
    return parts.empty() ? none : join(parts, " + ");
  }

  std::string effect(const FormulaEffect& one) {
    std::vector<std::string> names;
    for (const std::string& name : one.factors) names.push_back(r_name(name));
    std::string made = join(names, "^");
    std::vector<std::string> slopes;
    for (const Expression& slope : one.slopes) slopes.push_back(expression(slope.text()));
    if (slopes.empty()) return made;
    return made + (one.intercept ? "[" : "[[") + join(slopes, ", ") + (one.intercept ? "]" : "]]");
  }

  std::string formula() {
    const Formula& f = model_.formula;
    std::string made = expression(without_identity(f.outcome.text())) + " ~ " + terms(f.regressors, "1");
    std::vector<std::string> effects;
    for (const FormulaEffect& one : f.effects) effects.push_back(effect(one));
    if (!effects.empty()) made += " | " + join(effects, " + ");
    if (is_instrumented(model_)) {
      std::vector<std::string> endogenous, instruments;
      for (const FormulaTerm& one : f.endogenous) endogenous.push_back(term(one));
      for (const FormulaTerm& one : f.instruments) instruments.push_back(term(one));
      made += " | " + join(endogenous, " + ") + " ~ " + join(instruments, " + ");
    }
    return made;
  }

  std::string by() const {
    std::vector<std::string> names;
    for (const std::string& name : model_.vcov.columns) names.push_back(r_name(name));
    return join(names, " + ");
  }

  std::string vcov() {
    const VcovSpec& v = model_.vcov;
    if (v.kind == "cluster") return "cluster = ~" + by();
    if (v.kind == "iid") return "vcov = \"iid\"";
    if (v.kind == "hc0" || v.kind == "hc4") remarks_.say("code_vcov", {v.text, "fixest"});
    if (v.kind == "hc2" || v.kind == "hc3") return "vcov = \"" + v.kind + "\"";
    if (v.kind.starts_with("hc")) return "vcov = \"hetero\"";
    if (v.kind == "nw" || v.kind == "dk")
      return fmt::format("vcov = {}({})", v.kind == "nw" ? "NW" : "DK", number_of_lags(v, ""));
    if (v.kind == "conley")
      return fmt::format("vcov = conley({}, distance = \"spherical\")", number_of_lags(v, ""));
    remarks_.say("code_vcov", {v.text, "fixest"});
    return "cluster = ~" + by();
  }

  // Lags inside the call, which then must know the panel.
  bool lagged() const {
    if (model_.vcov.kind == "nw" || model_.vcov.kind == "dk") return true;
    if (lags_first_) return false;
    const auto any = [](const std::vector<FormulaTerm>& list) {
      return std::any_of(list.begin(), list.end(), [](const FormulaTerm& one) {
        return std::any_of(one.factors.begin(), one.factors.end(),
                           [](const FormulaFactor& f) { return f.expression.uses_panel(); });
      });
    };
    const Formula& f = model_.formula;
    return any(f.regressors) || any(f.endogenous) || any(f.instruments) || f.outcome.uses_panel();
  }

  std::string sample() {
    std::vector<std::string> parts;
    for (const std::string& condition : model_.where) {
      const std::string made = expression(condition);
      parts.push_back(model_.where.size() > 1 ? "(" + made + ")" : made);
    }
    return join(parts, " & ");
  }

  void say_rule() {
    if (model_.small_sample != "fixest") remarks_.say("code_small_sample", {model_.small_sample, "fixest"});
  }

  std::string function_name() {
    if (model_.method == "poisson") return "fepois";
    if (model_.method == "negbin") return "fenegbin";
    if (is_likelihood(model_)) return "feglm";
    if (model_.method != "ols" && model_.method != "2sls")
      remarks_.say("code_method", {model_.method, "fixest"});
    return "feols";
  }

  std::string fixest_call() {
    library_ = "library(fixest)\n";
    prepare();
    say_rule();
    std::vector<std::string> options = {"data = data"};
    const std::string name = function_name();
    if (name == "feglm") options.push_back("family = binomial(\"" + model_.method + "\")");
    const std::string made = formula();
    const std::string rows = sample();
    if (!rows.empty()) options.push_back("subset = ~ " + rows);
    if (!model_.weights.empty()) options.push_back("weights = ~ " + expression(model_.weights));
    if (!model_.weights.empty() && model_.weight_type == WeightType::frequency)
      remarks_.say("code_frequency_weights", {"fixest"});
    if (!model_.exposure.empty()) options.push_back("offset = ~ log(" + expression(model_.exposure) + ")");
    if (lagged()) options.push_back("panel.id = ~ " + r_name(model_.unit) + " + " + r_name(model_.time));
    options.push_back(vcov());
    if (model_.drops_singletons && !model_.formula.effects.empty())
      options.push_back("fixef.rm = \"singletons\"");
    return name + "(" + made + ",\n  " + join(options, ",\n  ") + ")";
  }

  std::string panel_call() {
    const std::string model = model_.method.starts_with("re")   ? "random"
                              : model_.method.starts_with("be") ? "between"
                                                                : "fd";
    library_ = "library(plm)\n";
    for (const CodedChange& one : model_.changes) change(one);
    if (model_.method == "fmb")
      return "pmg(" + formula() + ", data = data, index = c(\"" + model_.time + "\", \"" + model_.unit +
             "\"), model = \"mg\")";
    remarks_.say("code_vcov", {model_.vcov.text, "plm"});
    const std::string rows = sample();
    const std::string data = rows.empty() ? "data" : "subset(data, " + rows + ")";
    return "plm(" + formula() + ",\n  data = " + data + ",\n  index = c(\"" + model_.unit + "\", \"" +
           model_.time + "\"),\n  model = \"" + model + "\")";
  }

  const CodedModel& model_;
  CodeRemarks remarks_;
  std::vector<std::string> before_;
  std::string library_;
  bool lags_first_ = false;
};

}  // namespace

ReportCode r_code(const CodedModel& model) { return RCode(model).write(); }

}  // namespace panelist
