// SPDX-License-Identifier: Apache-2.0
#include "mechanism/group_difference/tests.h"

#include "base/text.h"

namespace panelist {
namespace {

std::string with_units(std::string_view words, bool rows, bool chinese) {
  return replace_all(std::string(words), "{units}",
                     chinese ? (rows ? "观测" : "个体") : (rows ? "rows" : "units"));
}

// The law a p of the normal family is read from: few clusters make it matter.
std::string law_of(const DifferenceTests& tests, bool chinese) {
  if (tests.method != "disjoint" && tests.method != "suest") return "";
  const bool small = !tests.pairs.empty() && !std::isnan(tests.pairs.front().df2);
  if (small)
    return chinese ? "；p 值取 t 分布（Satterthwaite 自由度）"
                   : "; p by t with Satterthwaite's degrees of freedom";
  if (tests.method == "suest") return chinese ? "；p 值取卡方分布" : "; p by the chi-squared law";
  return chinese ? "；p 值取正态分布" : "; p by the normal law";
}

}  // namespace

std::string method_words(const DifferenceTests& tests, const std::string& lang) {
  const DifferenceMethod* method = find_difference_method(tests.method);
  const bool chinese = lang == "zh";
  return with_units(chinese ? method->zh : method->words, tests.by_rows, chinese);
}

std::string long_method_words(const DifferenceTests& tests, const std::string& lang) {
  const DifferenceMethod* method = find_difference_method(tests.method);
  const bool chinese = lang == "zh";
  return with_units(chinese ? method->zh : method->en, tests.by_rows, chinese) + law_of(tests, chinese);
}

const std::vector<DifferenceMethod>& difference_methods() {
  static const std::vector<DifferenceMethod> catalog = {
      {"disjoint", "z, disjoint groups", "z test of separate estimates (no unit in two groups)",
       "各组独立估计的 z 检验（无个体跨组）", "Clogg, Petkova & Haritou (1995)", true, false, disjoint_tests},
      {"interaction", "interaction of everything",
       "one model with every term and effect interacted with the groups (Wald F)",
       "全部变量与固定效应均与组别交互的模型（F 检验）", "Chow (1960)", false, false, interaction_tests},
      {"interaction_slopes", "interaction of all terms, effects common",
       "one model with every term interacted with the groups, effects common (Wald F)",
       "全部变量与组别交互、固定效应共同的模型（F 检验）", "Chow (1960)", false, true, slopes_tests},
      {"interaction_term", "interaction of the term",
       "one model with the term interacted with the groups, controls and effects common (Wald F)",
       "仅核心变量与组别交互、控制变量与固定效应共同的模型（F 检验）", "Chow (1960)", false, true,
       term_tests},
      {"suest", "seemingly unrelated estimation",
       "stacked scores of the groups' models, summed by cluster or row (seemingly unrelated estimation; iid "
       "counts as robust)",
       "各组得分按聚类叠加的似无相关检验", "Weesie (1999)", false, false, suest_tests},
      {"chow", "all coefficients equal (Chow)",
       "Chow test: all coefficients equal in the model with everything interacted",
       "Chow 检验：完全交互模型中全部系数相等", "Chow (1960)", false, false, chow_tests},
      {"permutation", "permutation of {units}", "Fisher's permutation test of {units}, two-sided p",
       "按{units}置换的费舍尔组合检验（双侧 p 值）", "Fisher (1935); Cleary (1999)", true, true,
       permutation_tests},
      {"bootstrap", "bootstrap of {units}",
       "bootstrap of {units}, z from the standard deviation of the draws", "按{units}抽样的自助法",
       "Efron & Tibshirani (1993)", false, false, bootstrap_tests},
  };
  return catalog;
}

std::vector<std::string> difference_method_names() {
  std::vector<std::string> names;
  for (const DifferenceMethod& method : difference_methods()) names.emplace_back(method.name);
  return names;
}

const DifferenceMethod* find_difference_method(std::string_view name) {
  for (const DifferenceMethod& method : difference_methods())
    if (method.name == name) return &method;
  return nullptr;
}

}  // namespace panelist
