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
bool newey(const Estimation& e) { return plain_with(e, "nw"); }
bool xtscc(const Estimation& e) { return plain_with(e, "dk"); }

const std::vector<Program>& programs() {
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
      {"ivreg2", "ivreg2", least_squares, "no small-sample factor, normal distribution"},
      {"ivreg2, small", "ivreg2-small", least_squares,
       "effects nested in a cluster do not count (all nested: one); factor and t as regress"},
      {"statsmodels", "stata,df=normal", least_squares,
       "every parameter and dummy counts, also under clusters; normal distribution unless use_t is given"},
  };
  return list;
}

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

}  // namespace

std::vector<ProgramErrors> errors_of_programs(const Context& context, const Estimation& estimation) {
  std::vector<ProgramErrors> result;
  // None of them estimates random effects or averages periods by these rules.
  const bool other = is_random_effects(*estimation.fit) || estimation.fit->periods != nullptr;
  if (other || !rules_matter(estimation.vcov)) return result;
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
