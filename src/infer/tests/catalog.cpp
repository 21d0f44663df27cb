// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.h"
#include "infer/tests/hausman.h"
#include "infer/tests/kinds.h"
#include "infer/tests/residual_tests.h"
#include "infer/unit_roots/tests.h"

namespace panelist {

const std::vector<TestKind>& test_kinds() {  // NOLINT(readability-function-size): a list
  using Argument = TestKind::Argument;
  static const std::vector<TestKind> kinds = {
      {"wald", Argument::needed, "wald(TERMS)", "the terms are zero", "Wald test", "Wald 检验", "",
       test_of_terms, nullptr, true},
      {"lincom", Argument::needed, "lincom(EXPR)", "a linear combination of coefficients",
       "Linear combination", "线性组合", "", test_of_combination, nullptr, true},
      {"u_shape", Argument::needed, "u_shape(x, low=, high=)",
       "y is monotone in x, not U-shaped; the model holds x and I(x^2)", "U-shape", "U 形检验",
       "Sasabuchi (1980); Lind & Mehlum (2010)", u_shape_test, nullptr, true},
      {"vif", Argument::none, "vif", "variance inflation", "VIF", "VIF", "", nullptr},
      {"effects_f", Argument::none, "effects_f", "all effects are equal", "F of the effects",
       "固定效应 F 检验", "", test_of_effects},
      {"lm", Argument::none, "lm", "no effects of units, Breusch-Pagan", "Breusch-Pagan LM",
       "Breusch-Pagan LM 检验", "Breusch & Pagan (1980)", lagrange_test},
      {"honda", Argument::none, "honda", "no effects of units, one-sided", "Honda", "Honda 检验",
       "Honda (1985)", lagrange_test},
      {"hausman", Argument::optional, "hausman", "random effects are consistent; hausman(sigmamore)",
       "Hausman", "Hausman 检验", "Hausman (1978)", hausman_test},
      {"mundlak", Argument::none, "mundlak", "random effects are consistent, robust", "Mundlak",
       "Mundlak 检验", "Mundlak (1978)", mundlak_test},
      {"pesaran_cd", Argument::none, "pesaran_cd", "no correlation between units", "Pesaran CD",
       "Pesaran CD 检验", "Pesaran (2004)", cross_section_test},
      {"bp_cd", Argument::none, "bp_cd", "no correlation between units, few units",
       "Breusch-Pagan LM of units", "Breusch-Pagan 截面相关检验", "Breusch & Pagan (1980)",
       cross_section_test},
      {"modified_wald", Argument::none, "modified_wald", "units have equal variances", "Modified Wald",
       "修正 Wald 检验", "Greene (2000); Baum (2001)", modified_wald_test},
      {"wooldridge", Argument::none, "wooldridge", "no first-order serial correlation", "Wooldridge AR(1)",
       "Wooldridge 检验", "Wooldridge (2002); Drukker (2003)", wooldridge_test},
      {"dw", Argument::none, "dw", "no first-order serial correlation", "Durbin-Watson", "Durbin-Watson",
       "Durbin & Watson (1950)", durbin_watson_test},
      {"bg", Argument::optional, "bg(LAGS)", "no serial correlation up to a lag", "Breusch-Godfrey",
       "Breusch-Godfrey 检验", "Breusch (1978); Godfrey (1978)", breusch_godfrey_test},
      {"breusch_pagan", Argument::optional, "breusch_pagan(fitted, normal)", "equal error variances",
       "Breusch-Pagan", "Breusch-Pagan 异方差检验", "Breusch & Pagan (1979); Koenker (1981)",
       breusch_pagan_test},
      {"white", Argument::optional, "white(fitted)", "equal error variances", "White", "White 检验",
       "White (1980)", white_test},
      {"reset", Argument::optional, "reset(POWERS)", "the equation is linear", "RESET", "RESET 检验",
       "Ramsey (1969)", reset_test},
      {"jarque_bera", Argument::none, "jarque_bera", "normal errors", "Jarque-Bera", "Jarque-Bera 检验",
       "Jarque & Bera (1987)", jarque_bera_test},
      {"condition", Argument::none, "condition", "how dependent the regressors are", "Condition number",
       "条件数", "Belsley, Kuh & Welsch (1980)", condition_number},
      {"adf", Argument::optional, "adf(x, lags=, trend)", "one series has a unit root", "Dickey-Fuller",
       "ADF 检验", "Dickey & Fuller (1979)", dickey_fuller_test, nullptr, true},
      {"llc", Argument::optional, "llc(x, lags=, trend)", "every unit has a unit root, one common rho",
       "Levin-Lin-Chu", "LLC 检验", "Levin, Lin & Chu (2002)", levin_lin_chu_test, nullptr, true},
      {"ips", Argument::optional, "ips(x, lags=, trend)", "every unit has a unit root", "Im-Pesaran-Shin",
       "IPS 检验", "Im, Pesaran & Shin (2003)", im_pesaran_shin_test, nullptr, true},
      {"fisher", Argument::optional, "fisher(x, lags=, trend)", "every unit has a unit root",
       "Fisher-type ADF", "Fisher-ADF 检验", "Maddala & Wu (1999); Choi (2001)", fisher_test, nullptr, true},
      {"endog", Argument::needed, "endog(x)", "x is exogenous", "Endogeneity test", "内生性检验", "",
       test_of_one_endogenous},
      {"orthog", Argument::needed, "orthog(z)", "the instruments named are valid", "Orthogonality C test",
       "工具变量外生性 C 检验", "Hayashi (2000)", test_of_orthogonality},
      {"redundant", Argument::needed, "redundant(z)", "the instruments named add nothing", "Redundancy LM",
       "工具变量冗余检验", "Hall & Peixe (2003)", test_of_redundancy},
      {"wu_hausman", Argument::none, "wu_hausman", "the regressors are exogenous", "Wu-Hausman",
       "Wu-Hausman 检验", "Wu (1973)", test_of_wu_and_hausman},
      {"clr", Argument::optional, "clr(VALUE)", "the endogenous coefficient is zero, or VALUE; iid errors",
       "Conditional LR (CLR)", "条件似然比检验 (CLR)", "Moreira (2003)", test_of_value},
      {"kleibergen_k", Argument::optional, "kleibergen_k(VALUE)",
       "the endogenous coefficient is zero, or VALUE; iid errors", "Kleibergen K", "Kleibergen K 检验",
       "Kleibergen (2002)", test_of_value},
      {"pagan_hall", Argument::optional, "pagan_hall(z)", "errors have equal variances, 2SLS", "Pagan-Hall",
       "Pagan-Hall 检验", "Pagan & Hall (1983)", test_of_pagan_and_hall},
      {"kp_lm", Argument::none, "kp_lm", "the equation is not identified", "Kleibergen-Paap rk LM",
       "Kleibergen-Paap rk LM", "Kleibergen & Paap (2006)", test_of_instruments},
      {"kp_f", Argument::none, "kp_f", "the instruments are weak", "Kleibergen-Paap rk Wald F",
       "Kleibergen-Paap rk Wald F", "Kleibergen & Paap (2006)", test_of_instruments},
      {"cragg_donald_f", Argument::none, "cragg_donald_f", "the instruments are weak", "Cragg-Donald Wald F",
       "Cragg-Donald Wald F", "Cragg & Donald (1993)", test_of_instruments},
      {"sargan", Argument::none, "sargan", "the instruments are valid", "Sargan", "Sargan 检验",
       "Sargan (1958)", test_of_instruments},
      {"hansen_j", Argument::none, "hansen_j", "the instruments are valid", "Hansen J", "Hansen J 检验",
       "Hansen (1982)", test_of_instruments},
      {"endogeneity", Argument::none, "endogeneity", "the regressors are exogenous", "Endogeneity test",
       "内生性检验", "", test_of_instruments},
      {"anderson_rubin", Argument::none, "anderson_rubin", "the endogenous coefficients are zero",
       "Anderson-Rubin", "Anderson-Rubin 检验", "Anderson & Rubin (1949)", test_of_instruments},
      {"wild", Argument::needed,
       "wild(EXPR = VALUE, reps=, weights=, type=, by=, sub=, null=, tails=, statistic=, set=)",
       "the restrictions hold, wild cluster bootstrap", "Wild bootstrap", "Wild 聚类自助法",
       "Cameron, Gelbach & Miller (2008)", wild_test, columns_of_wild_test},
      {"pairs", Argument::needed, "pairs(EXPR = VALUE, reps=, by=)",
       "the restriction holds, clusters drawn anew", "Pairs bootstrap", "聚类配对自助法",
       "Cameron, Gelbach & Miller (2008)", pairs_test, columns_of_pairs_test},
      {"randomise", Argument::needed, "randomise(TERM, reps=, by=, within=, statistic=)",
       "the term has no effect on any row", "Randomisation test", "随机化检验", "Fisher (1935)",
       randomise_test, columns_of_randomise_test},
      {"anderson_rubin_chi2", Argument::none, "anderson_rubin_chi2", "the endogenous coefficients are zero",
       "Anderson-Rubin chi2", "Anderson-Rubin χ² 检验", "Anderson & Rubin (1949)", test_of_instruments},
      {"stock_wright", Argument::none, "stock_wright", "the endogenous coefficients are zero",
       "Stock-Wright S", "Stock-Wright S 检验", "Stock & Wright (2000)", test_of_instruments},
      {"effective_f", Argument::none, "effective_f", "the instruments are weak", "Effective F",
       "有效 F 统计量", "Montiel Olea & Pflueger (2013)", test_of_instruments},
      {"tf", Argument::none, "tf", "the endogenous coefficient is zero", "Valid t (tF)", "tF 检验",
       "Lee et al. (2022)", test_of_instruments},
      {"basmann", Argument::none, "basmann", "the instruments are valid", "Basmann", "Basmann 检验",
       "Basmann (1960)", test_of_instruments},
      {"liml_overid", Argument::none, "liml_overid", "the instruments are valid", "Anderson-Rubin LR",
       "Anderson-Rubin LR 检验", "Anderson & Rubin (1950)", test_of_instruments},
  };
  return kinds;
}

const TestKind* find_test_kind(std::string_view name) {
  for (const TestKind& kind : test_kinds())
    if (kind.name == name) return &kind;
  return nullptr;
}

std::string test_forms() {
  std::vector<std::string> forms;
  for (const TestKind& kind : test_kinds()) forms.emplace_back(kind.form);
  return join(forms, ", ");
}

namespace {

[[noreturn]] void throw_unknown_test(const std::string& written, const std::string& name) {
  std::vector<std::string> names;
  for (const TestKind& kind : test_kinds()) names.emplace_back(kind.name);
  const std::string near = nearest(name, names);
  throw Error("usage.unknown_test", fmt::format("there is no test `{}`", written),
              near.empty() ? "available: " + test_forms() : fmt::format("did you mean `{}`?", near),
              "option --tests");
}

}  // namespace

TestRequest read_test_request(const std::string& written) {
  const std::size_t open = written.find('(');
  TestRequest request{written, std::string(trim(written.substr(0, open))), ""};
  if (open != std::string::npos && written.ends_with(')'))
    request.argument = std::string(trim(written.substr(open + 1, written.size() - open - 2)));
  const TestKind* kind = find_test_kind(request.name);
  if (kind == nullptr) throw_unknown_test(written, request.name);
  const bool misses = kind->argument == TestKind::Argument::needed && request.argument.empty();
  const bool idle = kind->argument == TestKind::Argument::none && !request.argument.empty();
  if (misses || idle)
    throw Error("usage.bad_value",
                misses ? fmt::format("`{}` needs an argument in brackets: {}", request.name, kind->form)
                       : fmt::format("`{}` takes no argument", request.name),
                "for example --tests 'wald(x1, x2),lincom(x1 - x2),vif'", "option --tests");
  return request;
}

bool wants(const std::vector<TestRequest>& requests, std::string_view name) {
  return std::any_of(requests.begin(), requests.end(),
                     [&](const TestRequest& request) { return request.name == name; });
}

std::vector<std::string> columns_of_tests(const std::vector<TestRequest>& requests) {
  std::vector<std::string> columns;
  for (const TestRequest& request : requests)
    if (const TestKind* kind = find_test_kind(request.name); kind->columns != nullptr)
      for (const std::string& column : kind->columns(request)) columns.push_back(column);
  return columns;
}

namespace {

// Averages of period coefficients have no residuals of their own.
void require_test_for(const Fit& fit, const TestKind& kind, const TestRequest& request) {
  if (fit.periods == nullptr || kind.of_any_fit) return;
  throw Error("infer.least_squares_only",
              fmt::format("the test `{}` needs one regression, and the method `{}` averages one a period",
                          request.written, fit.method),
              "ask it of the pooled regression: leave the method out", "option --tests");
}

}  // namespace

void run_requested_tests(const Context& context, const EstimationSpec& spec, Estimation& estimation) {
  for (const TestRequest& request : spec.tests) {
    const TestKind* kind = find_test_kind(request.name);
    if (kind->compute == nullptr) continue;
    try {
      require_test_for(*estimation.fit, *kind, request);
      estimation.requested.push_back(kind->compute(context, spec, estimation, request));
    } catch (const Error& error) {
      if (!spec.leave_out_tests || error.diagnostic().code.starts_with("internal.")) throw;
      estimation.left_out.push_back(error.diagnostic());
      estimation.left_out.back().subject = request.written;
    }
  }
}

}  // namespace panelist
