// SPDX-License-Identifier: Apache-2.0
// Which specifications a curve has, and the formula of each.
#pragma once
#include "robustness/rows/same_rows.h"
#include "robustness/specification_curve.h"

namespace panelist {

// Every list of choices holds one at least: that of the model where none is given.
SpecificationCurveSpec with_own_choices(SpecificationCurveSpec spec);
// The curve without numbers. `spec` has its own choices.
SpecificationCurve plan_curve(const Context& context, const SpecificationCurveSpec& spec);
// The regressors of a specification, in the order of its formula.
std::vector<const FormulaTerm*> regressors_of(const SpecificationCurveSpec& spec,
                                              const SpecificationCurve& curve, const Specification& one);
// The model with the choices of a specification (but its sample, which is a condition, and its vcov).
Formula formula_of(const SpecificationCurveSpec& spec, const SpecificationCurve& curve,
                   const Specification& one);
// Every outcome, measure and control of the choices `among` at once: the outcomes but the first stand among the regressors.
Formula formula_of_all(const SpecificationCurveSpec& spec, const SpecificationCurve& curve,
                       const std::vector<const Specification*>& among);
FormulaTerm outcome_term(const CurveOutcome& outcome);

}  // namespace panelist
