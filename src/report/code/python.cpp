// SPDX-License-Identifier: Apache-2.0
// Python: pyfixest; linearmodels for random effects, between, first differences, LIML and GMM.
#include <fmt/format.h>

#include "base/text.h"
#include "report/code/languages.h"

namespace panelist {

namespace {

std::string python_name(const std::string& name) { return plain_name(name) ? name : "`" + name + "`"; }

std::string lag_column(const std::string& name, int periods) {
  return name + (periods > 0 ? "_L" : "_F") + std::to_string(std::abs(periods));
}

// A column that the lines before the call make.
std::string python_lag(const std::string& name, int periods) {
  return python_name(lag_column(name, periods));
}

Dialect dialect_for(const std::string& before) {
  std::map<std::string, std::string> functions;
  for (const char* name : {"log", "exp", "sqrt", "abs", "floor", "round"}) functions[name] = before + name;
  functions["ifelse"] = before + "where";
  return {" and ",      " or ",        "not ",    "**", "nan",       "{0} in [{1}]", "{0} not in [{1}]",
          "{0}.isna()", "{0}.notna()", functions, true, python_name, python_lag};
}

std::string quoted(const std::string& text) {
  return "\"" + replace_all(replace_all(text, "\\", "\\\\"), "\"", "\\\"") + "\"";
}

constexpr int longest_lag = 9;

class PythonCode {
 public:
  explicit PythonCode(const CodedModel& model) : model_(model), remarks_(model) {}

  ReportCode write() {
    for (const CodedChange& one : model_.changes) change(one);
    const std::string call = outside_pyfixest() ? linearmodels_call() : pyfixest_call();
    std::string before = join(before_, "\n");
    if (!before.empty()) before += "\n";
    say_data_file(model_, remarks_);
    return {"Python", imports_ + reads_data() + before + call, remarks_.list()};
  }

 private:
  const Formula& f() const { return model_.formula; }

  std::string reads_data() const {
    return model_.data_file.empty()
               ? ""
               : "import pandas as pd\ndf = pd.read_csv(" + quoted(model_.data_file) + ")\n";
  }

  bool outside_pyfixest() const {
    if (is_panel_method(model_)) return model_.method != "fmb";
    return is_instrumented(model_) && model_.method != "2sls";
  }

  std::string expression(const Expression& written) {
    if (written.uses_panel()) make_lags(written);
    return expression(without_identity(written.text()), "np.");
  }

  std::string expression(const std::string& text, const std::string& before) {
    bool understood = true;
    std::string made = translated(text, dialect_for(before), understood);
    if (!understood) remarks_.say("code_function", {text});
    return made;
  }

  void make_lags(const Expression& written) {
    const std::string text = without_backquotes(written.text());
    const auto says = [&](const std::string& mark) { return text.find(mark) != std::string::npos; };
    for (const std::string& name : written.columns())
      for (int periods = 1; periods <= longest_lag; ++periods) {
        const std::string count = periods == 1 ? "" : std::to_string(periods);
        if (says("L" + count + "." + name) || (periods == 1 && says("D." + name))) add_lag(name, periods);
        if (says("F" + count + "." + name)) add_lag(name, -periods);
      }
  }

  // From the row of the same unit that many periods before, not that many rows.
  void add_lag(const std::string& name, int periods) {
    const std::string line = fmt::format(
        "df = df.merge(df[[\"{0}\", \"{1}\", \"{2}\"]].assign({1}=df[\"{1}\"] {3} {4})"
        ".rename(columns={{\"{2}\": \"{5}\"}}),\n              on=[\"{0}\", \"{1}\"], how=\"left\")",
        model_.unit, model_.time, name, periods > 0 ? "+" : "-", std::abs(periods),
        lag_column(name, periods));
    if (std::find(before_.begin(), before_.end(), line) == before_.end()) before_.push_back(line);
  }

  void change(const CodedChange& one) {
    const std::string column = "df[" + quoted(one.column) + "]";
    if (!one.by.empty()) {
      Diagnostics problems;
      const Expression by = parse_expression(one.by, {}, problems);
      if (by.uses_panel()) make_lags(by);
      const std::string made = expression(one.by, "");
      const std::string bare = without_backquotes(made);
      const bool plain = plain_name(made) || made == "`" + bare + "`";
      before_.push_back(column + " = " +
                        (plain ? "df[" + quoted(bare) + "]" : "df.eval(" + quoted(made) + ")"));
      return;
    }
    const std::string rows = conditions();
    before_.push_back("rows = " + (rows.empty() ? "df.index" : "df.query(" + quoted(rows) + ").index"));
    before_.push_back(
        fmt::format("low, high = np.nanpercentile(df.loc[rows, {}], [{}, {}], "
                    "method=\"averaged_inverted_cdf\")",
                    quoted(one.column), shortest(100 * one.tails), shortest(100 * (1 - one.tails))));
    before_.push_back(
        one.trims ? fmt::format("df.loc[rows, {0}] = df.loc[rows, {0}].where(lambda x: x.between(low, high))",
                                quoted(one.column))
                  : fmt::format("df.loc[rows, {0}] = df.loc[rows, {0}].clip(low, high)", quoted(one.column)));
  }

  std::string factor(const FormulaFactor& one) {
    const std::string inside = expression(one.expression);
    if (one.kind == FormulaFactor::Kind::polynomial) {
      std::string all = inside;
      for (int degree = 2; degree <= one.degree; ++degree) all += fmt::format(" + I({}**{})", inside, degree);
      return all;
    }
    if (one.kind == FormulaFactor::Kind::categories) {
      if (!one.has_reference) return "i(" + inside + ")";
      const bool number = parse_number(one.reference).has_value();
      return fmt::format("i({}, ref={})", inside, number ? one.reference : "'" + one.reference + "'");
    }
    const bool bare = plain_name(inside) || inside.starts_with("`") || inside.starts_with("np.");
    return bare ? inside : "I(" + inside + ")";
  }

  std::string term(const FormulaTerm& one) {
    std::vector<std::string> parts;
    for (const FormulaFactor& each : one.factors) parts.push_back(factor(each));
    return product(std::move(parts));
  }

  std::string terms(const std::vector<FormulaTerm>& list) {
    std::vector<std::string> parts;
    for (const FormulaTerm& one : list) parts.push_back(term(one));
    return join(parts, " + ");
  }

  std::string right_side() {
    std::string made = terms(f().regressors);
    if (!f().intercept && f().effects.empty()) made = made.empty() ? "0" : "0 + " + made;
    return made.empty() ? "1" : made;
  }

  std::string outcome() {
    FormulaFactor one;
    one.expression = f().outcome;
    return factor(one);
  }

  std::string formula() {
    std::string made = outcome() + " ~ " + right_side();
    std::vector<std::string> effects;
    for (const FormulaEffect& effect : f().effects) {
      std::vector<std::string> names;
      for (const std::string& name : effect.factors) names.push_back(python_name(name));
      effects.push_back(join(names, "^"));
      if (!effect.slopes.empty()) remarks_.say("code_slopes", {effect.text, "pyfixest"});
    }
    if (!effects.empty()) made += " | " + join(effects, " + ");
    if (is_instrumented(model_)) made += " | " + terms(f().endogenous) + " ~ " + terms(f().instruments);
    return made;
  }

  std::string by() const { return join(model_.vcov.columns, "+"); }

  std::string vcov() {
    const VcovSpec& v = model_.vcov;
    if (v.kind == "cluster") return "vcov={\"CRV1\": " + quoted(by()) + "}";
    if (v.kind == "cr3" || v.kind == "jackknife") return "vcov={\"CRV3\": " + quoted(by()) + "}";
    if (v.kind == "iid") return "vcov=\"iid\"";
    if (v.kind == "hc1") return "vcov=\"hetero\"";
    if ((v.kind == "hc2" || v.kind == "hc3") && f().effects.empty())
      return "vcov=\"HC" + v.kind.substr(2) + "\"";
    if (v.kind == "nw" || v.kind == "dk") {
      const std::string lags = v.numbers.empty() ? "" : "\"lag\": " + number_of_lags(v, "") + ", ";
      return fmt::format("vcov=\"{}\",\n  vcov_kwargs={{{}\"time_id\": \"{}\", \"panel_id\": \"{}\"}}",
                         v.kind == "nw" ? "NW" : "DK", lags, model_.time, model_.unit);
    }
    remarks_.say("code_vcov", {v.text, "pyfixest"});
    return v.columns.empty() ? "vcov=\"hetero\"" : "vcov={\"CRV1\": " + quoted(by()) + "}";
  }

  std::string data() {
    const std::string rows = conditions();
    return rows.empty() ? "df" : "df.query(" + quoted(rows) + ")";
  }

  std::string conditions() {
    std::vector<std::string> parts;
    for (const std::string& condition : model_.where) {
      Diagnostics problems;
      if (const Expression written = parse_expression(condition, {}, problems); written.uses_panel())
        make_lags(written);
      const std::string made = expression(condition, "");
      parts.push_back(model_.where.size() > 1 ? "(" + made + ")" : made);
    }
    return join(parts, " and ");
  }

  std::string function_name() {
    if (model_.method == "negbin" || model_.method == "fmb")
      remarks_.say("code_method", {model_.method, "pyfixest"});
    if (model_.method == "poisson") return "fepois";
    return model_.method == "logit" || model_.method == "probit" ? "feglm" : "feols";
  }

  void add_weights(std::vector<std::string>& options) {
    if (model_.weights.empty()) return;
    std::string name = model_.weights;
    if (!plain_name(name)) {
      name = "weight";
      before_.push_back("df[\"weight\"] = df.eval(" + quoted(expression(model_.weights, "")) + ")");
    }
    options.push_back("weights=" + quoted(name));
    options.emplace_back(model_.weight_type == WeightType::frequency ? "weights_type=\"fweights\""
                                                                     : "weights_type=\"aweights\"");
  }

  std::string pyfixest_call() {
    imports_ = "import numpy as np\nimport pyfixest as pf\n";
    if (model_.small_sample != "fixest") remarks_.say("code_small_sample", {model_.small_sample, "pyfixest"});
    const std::string name = function_name();
    const std::string made = formula();
    std::vector<std::string> options = {quoted(made), "data=" + data(), vcov()};
    if (name == "feglm") options.push_back("family=\"" + model_.method + "\"");
    add_weights(options);
    if (!model_.exposure.empty()) remarks_.say("code_exposure", {model_.exposure, "pyfixest"});
    if (model_.drops_singletons && !f().effects.empty()) options.emplace_back("fixef_rm=\"singleton\"");
    return "pf." + name + "(" + join(options, ",\n  ") + ")";
  }

  std::string linearmodels_vcov() {
    const VcovSpec& v = model_.vcov;
    const bool clustered = v.kind == "cluster" && v.columns.size() == 1;
    if (v.kind == "iid") return "cov_type=\"unadjusted\"";
    if (clustered && v.columns.front() == model_.unit && is_panel_method(model_))
      return "cov_type=\"clustered\", cluster_entity=True";
    if (clustered) return "cov_type=\"clustered\", clusters=df[\"" + by() + "\"]";
    if (v.kind != "hc1") remarks_.say("code_vcov", {v.text, "linearmodels"});
    return "cov_type=\"robust\"";
  }

  std::string model_name() const {
    const std::string& m = model_.method;
    if (m.starts_with("re")) return "RandomEffects";
    if (m.starts_with("be")) return "BetweenOLS";
    if (m == "fd") return "FirstDifferenceOLS";
    if (m == "cue") return "IVGMMCUE";
    return m.ends_with("gmm") || m == "gmm2s" ? "IVGMM" : "IVLIML";
  }

  std::string linearmodels_call() {
    const std::string& m = model_.method;
    const std::string name = model_name();
    imports_ = "import numpy as np\nfrom linearmodels import " + name + "\n";
    remarks_.say("code_small_sample", {model_.small_sample, "linearmodels"});
    if (m == "re_wh" || m == "be_wls") remarks_.say("code_method", {m, "linearmodels"});
    if (!f().effects.empty()) remarks_.say("code_no_effects", {name});
    std::string right = right_side();
    if (m != "fd" && f().intercept && right != "1") right = "1 + " + right;
    std::string made = outcome() + " ~ " + right;
    if (is_instrumented(model_))
      made += " + [" + terms(f().endogenous) + " ~ " + terms(f().instruments) + "]";
    std::string rows = data();
    if (is_panel_method(model_))
      rows += fmt::format(".set_index([\"{}\", \"{}\"])", model_.unit, model_.time);
    std::string more;
    if (m.starts_with("fuller(")) more = ",\n  fuller=" + m.substr(7, m.size() - 8);
    if (m.starts_with("kclass(")) more = ",\n  kappa=" + m.substr(7, m.size() - 8);
    return name + ".from_formula(" + quoted(made) + ",\n  data=" + rows + more + ").fit(" +
           linearmodels_vcov() + ")";
  }

  const CodedModel& model_;
  CodeRemarks remarks_;
  std::vector<std::string> before_;
  std::string imports_;
};

}  // namespace

ReportCode python_code(const CodedModel& model) { return PythonCode(model).write(); }

}  // namespace panelist
