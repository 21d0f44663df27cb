// SPDX-License-Identifier: Apache-2.0
#include "infer/programs.h"

#include <algorithm>
#include <cmath>

#include "estimate/random_effects.h"

namespace panelist {
namespace {

struct Program {
  std::string_view name;
  std::string_view rule;
  bool (*runs)(const Estimation&);
  std::string_view why;
};

bool one_of(const std::string& kind, std::initializer_list<std::string_view> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool anything(const Estimation&) { return true; }
bool absorbs(const Estimation& e) { return e.fit->absorber != nullptr; }
bool least_squares(const Estimation& e) { return e.fit->glm == nullptr; }
bool over_time(const Estimation& e) { return one_of(e.vcov.kind, {"nw", "dk"}); }
bool absorbs_in_least_squares(const Estimation& e) { return absorbs(e) && least_squares(e) && !over_time(e); }
bool one_effect(const Estimation& e) {
  return absorbs_in_least_squares(e) && e.fit->dof.factors.size() == 1 && e.fit->iv == nullptr;
}
// xtreg: the unit's effects absorbed, others as dummies; robust means clusters there.
bool effects_of_units(const Estimation& e) {
  if (!absorbs_in_least_squares(e) || e.fit->iv != nullptr || e.fit->frame->unit.size() == 0) return false;
  const auto& groups = e.fit->dof.groups;
  return e.vcov.kind != "hc1" && std::any_of(groups.begin(), groups.end(), [&](const Grouping* group) {
           return group->name == e.fit->frame->unit.name;
         });
}
bool plain(const Estimation& e) {
  return least_squares(e) && !absorbs(e) && !over_time(e) && e.fit->iv == nullptr;
}
bool plain_with(const Estimation& e, std::string_view kind) {
  return e.fit->method == "ols" && !absorbs(e) && e.vcov.kind == kind;
}
bool family(const Estimation& e, std::string_view name, bool with_effects) {
  return e.fit->glm != nullptr && e.fit->method == name && absorbs(e) == with_effects &&
         one_of(e.vcov.kind, {"iid", "hc1", "cluster"});
}
bool one_way(const Estimation& e) { return e.vcov.n_clusters.size() < 2; }
bool poisson(const Estimation& e) { return family(e, "poisson", false) && one_way(e); }
bool logit(const Estimation& e) { return family(e, "logit", false) && one_way(e); }
bool probit(const Estimation& e) { return family(e, "probit", false) && one_way(e); }
bool nbreg(const Estimation& e) { return family(e, "negbin", false) && one_way(e); }
bool ppmlhdfe(const Estimation& e) { return family(e, "poisson", true); }
bool newey(const Estimation& e) { return plain_with(e, "nw"); }
bool xtscc(const Estimation& e) { return plain_with(e, "dk"); }

const std::vector<Program>& programs() {
  static constexpr std::string_view likelihood =
      "after maximum likelihood no parameters count: n/(n-1) if robust, G/(G-1) under clusters";
  static const std::vector<Program> list = {
      {"fixest", "fixest", anything,
       "effects nested in a cluster count as one parameter; redundant levels of further effects one each"},
      {"reghdfe", "reghdfe", absorbs_in_least_squares,
       "effects nested in a cluster do not count, but one is added for the constant; redundant levels by "
       "connected "
       "components"},
      {"xtreg, fe", "xtreg", effects_of_units,
       "the effects of the unit do not count under clusters, the constant does; singletons stay"},
      {"areg", "areg", one_effect, "all absorbed levels count, also under clusters; singletons stay"},
      {"regress", "stata", plain, "all parameters count"},
      {"newey", "stata", newey, "all parameters count, n/(n - K)"},
      {"xtscc", "stata", xtscc, "all parameters count, periods count as clusters"},
      {"regress with dummies", "stata", absorbs_in_least_squares, "every dummy counts, also under clusters"},
      {"poisson", "stata", poisson, likelihood},
      {"logit", "stata", logit, likelihood},
      {"probit", "stata", probit, likelihood},
      {"nbreg", "stata", nbreg, likelihood},
      {"ppmlhdfe", "reghdfe", ppmlhdfe, likelihood},
      {"ivreg2", "ivreg2", least_squares, "no small-sample factor, normal distribution"},
      {"ivreg2, small", "ivreg2-small", least_squares,
       "effects nested in a cluster do not count (all nested: one); factor and t as regress"},
      {"statsmodels", "stata,df=normal", least_squares,
       "every parameter and dummy counts, also under clusters; normal distribution unless use_t is given"},
  };
  return list;
}

// Covariances and methods whose standard errors no rule of counting tells apart.
struct Alike {
  std::string_view kind;
  std::string_view words;
};

constexpr Alike alike[] = {
    {"hc0", "no factor: sandwich (vcovHC), statsmodels and ivreg2, robust have the same standard errors"},
    {"hc2",
     "no factor: regress, vce(hc2), sandwich (vcovHC) and statsmodels have the same standard errors, with "
     "dummies for "
     "absorbed effects; reghdfe has none"},
    {"hc3",
     "no factor: regress, vce(hc3), sandwich (vcovHC) and statsmodels have the same standard errors, with "
     "dummies for "
     "absorbed effects; reghdfe has none"},
    {"hc4",
     "no factor: sandwich (vcovHC) has the same standard errors, with dummies for absorbed effects; Stata "
     "and statsmodels have none"},
    {"cr2",
     "no factor: without weights clubSandwich (vcovCR, CR2) has the same standard errors and Satterthwaite's "
     "degrees of "
     "freedom, dfadjust those of cr2(a, ik); weights need a working model, in which programs differ"},
    {"cr3",
     "the leave-one-cluster-out sum around the estimate, as vce(jackknife, mse) and summclust; "
     "clubSandwich's CR3 "
     "leaves (G-1)/G out"},
    {"jackknife",
     "the leave-one-cluster-out sum around the mean, as vce(jackknife); summclust has it as CV3J"},
    {"conley",
     "fixest (vcov_conley) and acreg have their own default kernel, distance and factor: compare under the "
     "same kernel "
     "and cutoff"},
};

constexpr std::string_view of_random_effects =
    "xtreg, re and plm differ in how they estimate the variances of units and rows (method re, re_wh) before "
    "any "
    "rule counts; both compare with the normal distribution";
constexpr std::string_view of_averages =
    "the variance of a mean of T coefficients, as xtfmb and plm (pmg) take it: no rule for parameters enters";

bool rules_matter(const Vcov& vcov) { return one_of(vcov.kind, {"iid", "hc1", "cluster", "nw", "dk"}); }

// statsmodels compares textbook errors alone with t; two-way clusters have a factor each.
std::string rule_of(const Program& program, const Estimation& e) {
  if (program.name != "statsmodels") return std::string(program.rule);
  if (e.vcov.kind == "iid") return "stata";
  return std::string(program.rule) + (e.vcov.n_clusters.size() > 1 ? ",g=conventional" : "");
}

std::string why_of(const Program& program, const Estimation& e) {
  const bool each = program.name == "statsmodels" && e.vcov.n_clusters.size() > 1;
  return std::string(program.why) +
         (each ? "; beside the factor shown each term of the sum has its own G/(G-1)" : "");
}

ProgramErrors errors_under(const Context& context, const Estimation& e, const Program& program) {
  Diagnostics none;
  const std::string rule = rule_of(program, e);
  const Vcov vcov = covariance(context, *e.fit, e.vcov_spec, parse_small_sample(rule, {}, none));
  return {std::string(program.name), rule, vcov.k, vcov.factor, vcov.df, vcov.matrix.diagonal().cwiseSqrt(),
          why_of(program, e)};
}

// None of them estimates random effects or averages periods by these rules.
bool counts_otherwise(const Fit& fit) { return is_random_effects(fit) || fit.periods != nullptr; }

}  // namespace

std::string words_of_programs(const Estimation& estimation) {
  if (estimation.fit->periods != nullptr) return std::string(of_averages);
  if (is_random_effects(*estimation.fit)) return std::string(of_random_effects);
  for (const Alike& one : alike)
    if (one.kind == estimation.vcov.kind) return std::string(one.words);
  return "";
}

std::vector<ProgramErrors> errors_of_programs(const Context& context, const Estimation& estimation) {
  std::vector<ProgramErrors> result;
  if (counts_otherwise(*estimation.fit) || !rules_matter(estimation.vcov)) return result;
  for (const Program& program : programs()) {
    if (!program.runs(estimation)) continue;
    try {
      result.push_back(errors_under(context, estimation, program));
    } catch (const Error&) {
      continue;  // no degrees of freedom as this program counts
    }
  }
  return result;
}

}  // namespace panelist
