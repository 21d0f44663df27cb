// SPDX-License-Identifier: Apache-2.0
// Stata: regress, reghdfe, ivreg2, ivreghdfe, poisson, ppmlhdfe, logit, probit, nbreg, xtreg, newey, xtscc.
#include <fmt/format.h>

#include "base/text.h"
#include "report/code/languages.h"

namespace panelist {

namespace {

std::string stata_name(const std::string& name) { return name; }

std::string stata_lag(const std::string& name, int periods) {
  const int count = std::abs(periods);
  return (periods > 0 ? "L" : "F") + (count == 1 ? "" : std::to_string(count)) + "." + name;
}

const Dialect& dialect() {
  static const Dialect made = {" & ",
                               " | ",
                               "!",
                               "^",
                               ".",
                               "inlist({0}, {1})",
                               "!inlist({0}, {1})",
                               "missing({0})",
                               "!missing({0})",
                               {{"log", "ln"},
                                {"exp", "exp"},
                                {"sqrt", "sqrt"},
                                {"abs", "abs"},
                                {"ifelse", "cond"},
                                {"round", "round"},
                                {"floor", "floor"},
                                {"min", "min"},
                                {"max", "max"}},
                               false,
                               stata_name,
                               stata_lag,
                               9};
  return made;
}

class StataCode {
 public:
  explicit StataCode(const CodedModel& model) : model_(model), remarks_(model) {}

  ReportCode write() {
    for (const CodedChange& one : model_.changes) change(one);
    const std::string call = command();
    std::string before = join(before_, "\n");
    if (!before.empty()) before += "\n";
    say_data_file(model_, remarks_);
    return {"Stata", reads_data() + before + call, remarks_.list()};
  }

 private:
  const Formula& f() const { return model_.formula; }

  std::string reads_data() const {
    return model_.data_file.empty()
               ? ""
               : "import delimited using \"" + model_.data_file +
                     "\", clear varnames(1) case(preserve) asdouble encoding(\"UTF-8\")\n";
  }

  void first(const std::string& line) {
    if (std::find(before_.begin(), before_.end(), line) == before_.end()) before_.push_back(line);
  }

  std::string expression(const std::string& text) {
    bool understood = true;
    std::string made = translated(text, dialect(), understood);
    if (!understood) remarks_.say("code_function", {text});
    return made;
  }

  // Groups must be numbers.
  std::string group(const std::string& name) {
    if (!plain_name(name)) remarks_.say("code_name", {name});
    if (!model_.text_columns.contains(name)) return name;
    first(fmt::format("egen long {0}_id = group({0})", name));
    return name + "_id";
  }

  std::string group_of(const std::string& combined) {
    std::vector<std::string> names;
    for (const std::string& name : split(combined, '^')) names.push_back(group(name));
    return join(names, "#");
  }

  void declare_panel() {
    if (model_.unit.empty()) return;
    const std::string unit = group(model_.unit), time = group(model_.time);
    first("xtset " + unit + " " + time);
  }

  void change(const CodedChange& one) {
    if (!plain_name(one.column)) remarks_.say("code_name", {one.column});
    if (!one.by.empty()) {
      const std::string made = expression(one.by);
      if (made.find('@') != std::string::npos) remarks_.say("code_name", {made});
      if (made.find('.') < 4) declare_panel();
      before_.push_back(
          fmt::format("generate double new_{0} = {1}\ndrop {0}\nrename new_{0} {0}", one.column, made));
      return;
    }
    const std::string rows = sample();
    before_.push_back(fmt::format("_pctile {}{}, percentiles({} {})", one.column, rows,
                                  shortest(100 * one.tails), shortest(100 * (1 - one.tails))));
    const std::string here = rows.empty() ? " if " : rows + " & ";
    before_.push_back(
        one.trims
            ? fmt::format("replace {0} = .{1}({0} < r(r1) | {0} > r(r2))", one.column, here)
            : fmt::format("replace {0} = min(max({0}, r(r1)), r(r2)){1}!missing({0})", one.column, here));
  }

  // A variable, or one made beforehand.
  std::string variable(const Expression& written) {
    if (written.uses_panel()) declare_panel();
    const std::string text = without_identity(written.text());
    const std::string made = expression(text);
    const std::size_t dot = made.find('.');
    if (plain_name(made) || (written.uses_panel() && dot < 4 && plain_name(made.substr(dot + 1))))
      return made;
    const auto known = made_.find(text);
    if (known != made_.end()) return known->second;
    const std::string name = "v" + std::to_string(made_.size() + 1);
    made_[text] = name;
    first("generate double " + name + " = " + made);
    return name;
  }

  std::string categories(const FormulaFactor& factor) {
    const std::string name = without_backquotes(factor.expression.text());
    const std::string coded = plain_name(name) ? group(name) : variable(factor.expression);
    if (!factor.has_reference) return "i." + coded;
    if (parse_number(factor.reference)) return "ib" + factor.reference + "." + coded;
    remarks_.say("code_reference", {factor.reference});
    return "i." + coded;
  }

  std::string factor(const FormulaFactor& one, bool in_product) {
    if (one.kind == FormulaFactor::Kind::categories) return categories(one);
    const std::string text = without_backquotes(one.expression.text());
    if (model_.text_columns.contains(text)) return "i." + group(text);
    const std::string name = variable(one.expression);
    if (one.kind != FormulaFactor::Kind::polynomial) return in_product ? "c." + name : name;
    std::string power = "c." + name, all = power;
    for (int degree = 2; degree <= one.degree; ++degree) all += " " + (power += "#c." + name);
    return all;
  }

  std::string terms(const std::vector<FormulaTerm>& list) {
    std::vector<std::string> all;
    for (const FormulaTerm& term : list) {
      std::vector<std::string> parts;
      for (const FormulaFactor& one : term.factors) parts.push_back(factor(one, term.factors.size() > 1));
      all.push_back(join(parts, "#"));
    }
    return join(all, " ");
  }

  std::string absorb() {
    std::vector<std::string> all;
    for (const FormulaEffect& effect : f().effects) {
      std::vector<std::string> names;
      for (const std::string& name : effect.factors) names.push_back(group(name));
      std::string one = join(names, "#");
      bool level = effect.intercept;
      for (const Expression& slope : effect.slopes) {
        one += (level ? "##c." : "#c.") + variable(slope);
        level = false;
      }
      all.push_back(one);
    }
    return all.empty() ? "noabsorb" : "absorb(" + join(all, " ") + ")";
  }

  std::string weights() {
    if (model_.weights.empty()) return "";
    const char* kind = model_.weight_type == WeightType::frequency     ? "fweight"
                       : model_.weight_type == WeightType::probability ? "pweight"
                       : is_likelihood(model_)                         ? "iweight"
                                                                       : "aweight";
    return fmt::format(" [{}={}]", kind, expression(model_.weights));
  }

  std::string sample() {
    std::vector<std::string> parts;
    for (const std::string& condition : model_.where) {
      const std::string made = expression(condition);
      parts.push_back(model_.where.size() > 1 ? "(" + made + ")" : made);
      if (made.find('>') != std::string::npos) remarks_.say("code_stata_missing");
    }
    return parts.empty() ? "" : " if " + join(parts, " & ");
  }

  std::string vce(bool several_clusters) {
    const VcovSpec& v = model_.vcov;
    const bool no_effects = f().effects.empty();
    if (v.kind == "iid") return "";
    if (v.kind == "hc1") return "vce(robust)";
    if ((v.kind == "hc2" || v.kind == "hc3") && no_effects) return "vce(" + v.kind + ")";
    std::vector<std::string> names;
    for (const std::string& name : v.columns) names.push_back(group_of(name));
    if (v.kind == "cr2" && no_effects && names.size() == 1) return "vce(hc2 " + names.front() + ")";
    if (v.kind != "cluster" || (names.size() > 1 && !several_clusters))
      remarks_.say("code_vcov", {v.text, "Stata"});
    return names.empty() ? "vce(robust)" : "vce(cluster " + join(names, " ") + ")";
  }

  void say_rule(std::string_view own) {
    if (model_.small_sample != own)
      remarks_.say("code_small_sample", {model_.small_sample, std::string(own)});
  }

  std::string finish(const std::string& start, const std::vector<std::string>& options) {
    std::vector<std::string> kept;
    for (const std::string& option : options)
      if (!option.empty()) kept.push_back(option);
    return start + sample() + weights() + (kept.empty() ? "" : ", " + join(kept, " "));
  }

  std::string constant() const { return f().intercept || !f().effects.empty() ? "" : "noconstant"; }
  std::string singletons() const {
    return model_.drops_singletons || f().effects.empty() ? "" : "keepsingletons";
  }

  std::string joined(const std::string& name, const std::string& more) {
    return name + " " + variable(f().outcome) + (more.empty() ? "" : " " + more);
  }

  std::string command() {
    if (is_instrumented(model_)) return instrumented();
    if (is_likelihood(model_)) return likelihood();
    if (is_panel_method(model_)) return panel_method();
    if (model_.vcov.kind == "nw" || model_.vcov.kind == "dk") return serial();
    return least_squares();
  }

  std::string least_squares() {
    const std::string right = terms(f().regressors);
    const bool plain = f().effects.empty() && model_.vcov.columns.size() < 2;
    say_rule(plain ? "stata" : "reghdfe");
    if (plain) return finish(joined("regress", right), {constant(), vce(false)});
    return finish(joined("reghdfe", right), {absorb(), singletons(), vce(true)});
  }

  std::string instrumented() {
    const std::string exogenous = terms(f().regressors);
    const std::string right = (exogenous.empty() ? "" : exogenous + " ") + "(" + terms(f().endogenous) +
                              " = " + terms(f().instruments) + ")";
    const bool effects = !f().effects.empty();
    say_rule(effects ? "reghdfe" : "ivreg2-small");
    std::string by = vce(true);
    if (by.starts_with("vce(cluster ")) by = "cluster(" + by.substr(12);
    if (by == "vce(robust)") by = "robust";
    return finish(joined(effects ? "ivreghdfe" : "ivreg2", right),
                  {effects ? absorb() : constant(), singletons(), method_option(), by, "small first"});
  }

  std::string method_option() {
    const std::string& m =
        model_.method;  // liml, fuller(1), kclass(0.5), gmm2s and cue are ivreg2's own words
    if (m == "igmm") remarks_.say("code_method", {m, "ivreg2"});
    return m == "2sls" || m == "ols" ? "" : m == "igmm" ? "gmm2s" : m;
  }

  // Effects as dummies, where a command absorbs none.
  std::string dummies() {
    std::string all;
    for (const FormulaEffect& effect : f().effects) {
      std::vector<std::string> names;
      for (const std::string& part : effect.factors) names.push_back("i." + group(part));
      all += " " + join(names, "#");
    }
    return all;
  }

  std::string likelihood() {
    const bool absorbs = model_.method == "poisson" && !f().effects.empty();
    const std::string name = absorbs ? "ppmlhdfe" : model_.method == "negbin" ? "nbreg" : model_.method;
    std::string right = terms(f().regressors);
    std::vector<std::string> options = {absorbs ? absorb() : constant()};
    if (absorbs && !model_.weights.empty() && model_.weight_type == WeightType::analytic)
      remarks_.say("code_analytic_likelihood", {name});
    if (!absorbs && !f().effects.empty()) {
      remarks_.say("code_dummies", {name});
      right += dummies();
    }
    if (!model_.exposure.empty()) options.push_back("exposure(" + expression(model_.exposure) + ")");
    options.push_back(vce(absorbs));
    return finish(joined(name, std::string(trim(right))), options);
  }

  std::string panel_method() {
    declare_panel();
    const std::string right = terms(f().regressors);
    const std::string& m = model_.method;
    if (m == "fmb") return finish(joined("xtfmb", right), {});
    if (m == "fd") {
      std::string all;
      for (const std::string& name : split(right, ' ')) all += " D." + name;
      return finish("regress D." + variable(f().outcome) + all, {vce(false)});
    }
    if (m == "re_wh") remarks_.say("code_method", {m, "xtreg"});
    if (m.starts_with("be")) return finish(joined("xtreg", right), {"be", m == "be_wls" ? "wls" : ""});
    return finish(joined("xtreg", right), {"re", vce(false)});
  }

  // Newey-West within units, Driscoll-Kraay.
  std::string serial() {
    declare_panel();
    std::string right = terms(f().regressors);
    const bool dk = model_.vcov.kind == "dk";
    if (model_.vcov.numbers.empty()) remarks_.say("code_lags");
    bool fixed = false;
    for (const FormulaEffect& effect : f().effects) {
      const bool unit = dk && effect.text == model_.unit;
      fixed = fixed || unit;
      if (!unit) right += " i." + group_of(effect.text);
    }
    return finish(joined(dk ? "xtscc" : "newey", right),
                  {fixed ? "fe" : "", "lag(" + number_of_lags(model_.vcov, "#") + ")", dk ? "" : "force"});
  }

  const CodedModel& model_;
  CodeRemarks remarks_;
  std::vector<std::string> before_;
  std::map<std::string, std::string> made_;
};

}  // namespace

ReportCode stata_code(const CodedModel& model) { return StataCode(model).write(); }

}  // namespace panelist
