// SPDX-License-Identifier: Apache-2.0
#include "robustness/curve/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/random.h"
#include "base/text.h"

namespace panelist {
namespace {

std::string effects_name(const std::vector<FormulaEffect>& effects) {
  std::vector<std::string> texts;
  for (const FormulaEffect& effect : effects) texts.push_back(effect.text);
  return texts.empty() ? "0" : join(texts, " + ");
}

const FormulaTerm* term_among(const std::vector<FormulaTerm>& terms, const std::string& text) {
  const auto found = std::find_if(terms.begin(), terms.end(),
                                  [&](const FormulaTerm& candidate) { return candidate.text == text; });
  return found == terms.end() ? nullptr : &*found;
}

const FormulaTerm& own_term(const SpecificationCurveSpec& spec) {
  const Formula& formula = spec.main.formula;
  for (const auto* terms : {&formula.regressors, &formula.endogenous})
    if (const FormulaTerm* found = term_among(*terms, spec.term)) return *found;
  std::vector<std::string> names;
  for (const auto* terms : {&formula.regressors, &formula.endogenous})
    for (const FormulaTerm& term : *terms) names.push_back(term.text);
  const std::string near = nearest(spec.term, names);
  throw Error("infer.unknown_term", fmt::format("`{}` is no regressor of the model", spec.term),
              near.empty() ? "the regressors are: " + join(names, ", ") : "did you mean `" + near + "`?",
              "term " + spec.term);
}

void check_controls(const SpecificationCurveSpec& spec) {
  if (term_among(spec.controls, spec.term) != nullptr)
    throw Error("robustness.term_is_a_control",
                fmt::format("`{}` is the term of the curve and cannot come and go as a control", spec.term),
                "leave it out of the controls", "term " + spec.term);
  for (const std::vector<std::string>& set : spec.sets)
    for (const std::string& text : set) {
      if (term_among(spec.controls, text) != nullptr) continue;
      std::vector<std::string> names;
      for (const FormulaTerm& control : spec.controls) names.push_back(control.text);
      throw Error("robustness.unknown_control", fmt::format("`{}` is none of the controls", text),
                  "the controls are: " + join(names, ", "), "term " + text);
    }
}

using Set = std::vector<std::uint32_t>;

Set own_controls(const SpecificationCurveSpec& spec) {
  Set set;
  for (std::uint32_t j = 0; j < spec.controls.size(); ++j)
    if (term_among(spec.main.formula.regressors, spec.controls[j].text) != nullptr) set.push_back(j);
  return set;
}

std::vector<Set> sets_listed(const SpecificationCurveSpec& spec) {
  std::vector<Set> sets;
  for (const std::vector<std::string>& listed : spec.sets) {
    Set set;
    for (std::uint32_t j = 0; j < spec.controls.size(); ++j)
      if (std::find(listed.begin(), listed.end(), spec.controls[j].text) != listed.end()) set.push_back(j);
    sets.push_back(std::move(set));
  }
  return sets;
}

std::vector<Set> all_subsets(std::size_t controls) {
  std::vector<Set> sets(std::size_t{1} << controls);
  for (std::size_t mask = 0; mask < sets.size(); ++mask)
    for (std::uint32_t j = 0; j < controls; ++j)
      if ((mask >> j & 1) != 0) sets[mask].push_back(j);
  return sets;
}

// The model's own first; replicate r is the same whatever was drawn before it.
std::vector<Set> drawn_subsets(const Context& context, const SpecificationCurveSpec& spec) {
  std::vector<Set> sets = {own_controls(spec)};
  std::set<Set> known(sets.begin(), sets.end());
  for (std::uint64_t replicate = 0; static_cast<std::int64_t>(sets.size()) < spec.draw; ++replicate) {
    Random random(context.seed, "specification curve", replicate);
    Set set;
    for (std::uint32_t j = 0; j < spec.controls.size(); ++j)
      if (random.below(2) == 1) set.push_back(j);
    if (known.insert(set).second) sets.push_back(std::move(set));
  }
  return sets;
}

double possible_sets(const SpecificationCurveSpec& spec) {
  return spec.sets.empty() ? std::exp2(static_cast<double>(spec.controls.size()))
                           : static_cast<double>(spec.sets.size());
}

bool draws(const SpecificationCurveSpec& spec) {
  return spec.sets.empty() && spec.draw > 0 && static_cast<double>(spec.draw) < possible_sets(spec);
}

double other_choices(const SpecificationCurveSpec& spec) {
  return static_cast<double>(spec.outcomes.size() * spec.measures.size() * spec.samples.size() *
                             spec.effects.size() * spec.vcovs.size());
}

void check_count(const SpecificationCurveSpec& spec) {
  const double sets = draws(spec) ? static_cast<double>(spec.draw) : possible_sets(spec);
  const double count = sets * other_choices(spec);
  if (count <= 1)
    throw Error("robustness.nothing_varies",
                "there is one specification only: no control, sample, vcov or anything else varies",
                "name controls that come and go, or samples, vcovs, effects");
  if (count <= static_cast<double>(spec.most)) return;
  const double draw = std::max(
      1.0, std::floor(std::min(1000.0, static_cast<double>(spec.most)) / std::max(1.0, other_choices(spec))));
  throw Error(
      "robustness.too_many_specifications",
      fmt::format("{} controls have {:.0f} subsets; with the other choices these are {:.0f} specifications, "
                  "more than {}",
                  spec.controls.size(), possible_sets(spec), count, spec.most),
      fmt::format("draw some of the subsets (draw = {:.0f}), or list control sets", draw));
}

bool is_own(const SpecificationCurveSpec& spec, const SpecificationCurve& curve, const Specification& one) {
  return spec.outcomes[one.outcome].name == spec.main.formula.outcome_text &&
         spec.measures[one.measure].text == spec.term && spec.samples[one.sample].where.empty() &&
         spec.effects[one.effects].name == effects_name(spec.main.formula.effects) &&
         spec.vcovs[one.vcov].text == spec.main.vcov.text &&
         curve.control_sets[one.controls] == own_controls(spec);
}

// By outcome: which measures and controls repeat it, and whether a term of every model does.
struct Repeats {
  std::vector<bool> measure, control;
  bool always = false;
};

std::vector<Repeats> repeats_of(const SpecificationCurveSpec& spec) {
  std::vector<Repeats> all;
  for (const CurveOutcome& outcome : spec.outcomes) {
    Repeats own;
    for (const FormulaTerm& measure : spec.measures) own.measure.push_back(measure.text == outcome.name);
    for (const FormulaTerm& control : spec.controls) own.control.push_back(control.text == outcome.name);
    for (const FormulaTerm& term : spec.main.formula.regressors)
      if (term.text != spec.term && term_among(spec.controls, term.text) == nullptr)
        own.always = own.always || term.text == outcome.name;
    all.push_back(std::move(own));
  }
  return all;
}

// An outcome explains itself without error: such a specification is no estimate.
void refuse_own_outcomes(const SpecificationCurveSpec& spec, SpecificationCurve& curve) {
  const std::vector<Repeats> repeats = repeats_of(spec);
  std::size_t refused = 0;
  for (Specification& one : curve.specifications) {
    const Repeats& own = repeats[one.outcome];
    const Set& set = curve.control_sets[one.controls];
    const bool among_controls =
        std::any_of(set.begin(), set.end(), [&](std::uint32_t j) { return own.control[j]; });
    if (!own.always && !own.measure[one.measure] && !among_controls) continue;
    one.problem = "robustness.outcome_among_regressors";
    ++refused;
  }
  if (refused > 0)
    curve.warnings.emplace_back(
        "robustness.outcome_among_regressors",
        fmt::format("in {} of {} specifications the outcome stands among the regressors", refused,
                    curve.specifications.size()));
}

void list_specifications(const SpecificationCurveSpec& spec, SpecificationCurve& curve) {
  Specification one;
  for (one.outcome = 0; one.outcome < spec.outcomes.size(); ++one.outcome)
    for (one.measure = 0; one.measure < spec.measures.size(); ++one.measure)
      for (one.sample = 0; one.sample < spec.samples.size(); ++one.sample)
        for (one.effects = 0; one.effects < spec.effects.size(); ++one.effects)
          for (one.controls = 0; one.controls < curve.control_sets.size(); ++one.controls)
            for (one.vcov = 0; one.vcov < spec.vcovs.size(); ++one.vcov) {
              curve.specifications.push_back(one);
              if (curve.has_main() || !is_own(spec, curve, one)) continue;
              curve.main = curve.specifications.size() - 1;
              curve.specifications.back().main = true;
            }
}

}  // namespace

SpecificationCurveSpec with_own_choices(SpecificationCurveSpec spec) {
  const Formula& formula = spec.main.formula;
  if (spec.samples.empty()) spec.samples.push_back({});
  if (spec.effects.empty()) spec.effects.push_back({effects_name(formula.effects), formula.effects});
  if (spec.vcovs.empty()) spec.vcovs.push_back(spec.main.vcov);
  if (spec.outcomes.empty()) spec.outcomes.push_back({formula.outcome_text, formula.outcome});
  if (spec.measures.empty()) spec.measures.push_back(own_term(spec));
  return spec;
}

SpecificationCurve plan_curve(const Context& context, const SpecificationCurveSpec& spec) {
  own_term(spec);
  check_controls(spec);
  check_count(spec);
  SpecificationCurve curve;
  curve.term = spec.term;
  curve.formula = spec.main.formula.text;
  curve.level = spec.main.level;
  curve.own_sample = spec.own_sample;
  for (const CurveOutcome& outcome : spec.outcomes) curve.outcomes.push_back(outcome.name);
  for (const FormulaTerm& measure : spec.measures) curve.measures.push_back(measure.text);
  for (const CurveSample& sample : spec.samples) curve.samples.push_back(sample.name);
  for (const CurveEffects& effects : spec.effects) curve.effects.push_back(effects.name);
  for (const VcovSpec& vcov : spec.vcovs) curve.vcovs.push_back(vcov.text);
  for (const FormulaTerm& control : spec.controls) curve.controls.push_back(control.text);
  curve.possible = possible_sets(spec);
  curve.control_sets = !spec.sets.empty() ? sets_listed(spec)
                       : draws(spec)      ? drawn_subsets(context, spec)
                                          : all_subsets(spec.controls.size());
  list_specifications(spec, curve);
  refuse_own_outcomes(spec, curve);
  return curve;
}

double count_specifications(const SpecificationCurveSpec& spec) {
  const SpecificationCurveSpec whole = with_own_choices(spec);
  check_controls(whole);
  check_count(whole);
  return (draws(whole) ? static_cast<double>(whole.draw) : possible_sets(whole)) * other_choices(whole);
}

std::vector<const FormulaTerm*> regressors_of(const SpecificationCurveSpec& spec,
                                              const SpecificationCurve& curve, const Specification& one) {
  const Set& set = curve.control_sets[one.controls];
  std::vector<const FormulaTerm*> terms;
  std::vector<bool> there(spec.controls.size(), false);
  for (const FormulaTerm& term : spec.main.formula.regressors) {
    if (term.text == spec.term) {
      terms.push_back(&spec.measures[one.measure]);
      continue;
    }
    const FormulaTerm* control = term_among(spec.controls, term.text);
    const auto j = static_cast<std::uint32_t>(control == nullptr ? 0 : control - spec.controls.data());
    if (control != nullptr) there[j] = true;
    if (control == nullptr || std::binary_search(set.begin(), set.end(), j)) terms.push_back(&term);
  }
  for (const std::uint32_t j : set)
    if (!there[j]) terms.push_back(&spec.controls[j]);
  return terms;
}

Formula formula_of(const SpecificationCurveSpec& spec, const SpecificationCurve& curve,
                   const Specification& one) {
  Formula formula = spec.main.formula;
  formula.outcome = spec.outcomes[one.outcome].expression;
  formula.outcome_text = spec.outcomes[one.outcome].name;
  formula.effects = spec.effects[one.effects].effects;
  formula.regressors.clear();
  for (const FormulaTerm* term : regressors_of(spec, curve, one)) formula.regressors.push_back(*term);
  for (FormulaTerm& term : formula.endogenous)
    if (term.text == spec.term) term = spec.measures[one.measure];
  formula.text = formula_text(formula);
  return formula;
}

Formula formula_of_all(const SpecificationCurveSpec& spec, const SpecificationCurve& curve,
                       const std::vector<const Specification*>& among) {
  Formula all = formula_of(spec, curve, *among.front());
  std::set<std::string> seen = {all.outcome_text};
  for (const FormulaTerm& term : all.regressors) seen.insert(term.text);
  const auto add = [&](const FormulaTerm& term) {
    if (seen.insert(term.text).second) all.regressors.push_back(term);
  };
  std::vector<bool> outcomes(spec.outcomes.size()), measures(spec.measures.size()),
      sets(curve.control_sets.size());
  for (const Specification* one : among)
    outcomes[one->outcome] = measures[one->measure] = sets[one->controls] = true;
  for (std::size_t j = 0; j < outcomes.size(); ++j)
    if (outcomes[j]) add(outcome_term(spec.outcomes[j]));
  for (std::size_t j = 0; j < measures.size(); ++j)
    if (measures[j]) add(spec.measures[j]);
  std::vector<bool> controls(spec.controls.size());
  for (std::size_t set = 0; set < sets.size(); ++set)
    for (const std::uint32_t j : curve.control_sets[set])
      if (sets[set]) controls[j] = true;
  for (std::size_t j = 0; j < controls.size(); ++j)
    if (controls[j]) add(spec.controls[j]);
  all.text = formula_text(all);
  return all;
}

FormulaTerm outcome_term(const CurveOutcome& outcome) {
  FormulaTerm term;
  FormulaFactor factor;
  factor.expression = outcome.expression;
  term.factors = {factor};
  term.text = outcome.name;
  return term;
}

}  // namespace panelist
