// SPDX-License-Identifier: Apache-2.0
// Tests of instruments by name: those that every IV fit has, and those that name variables.
#include <fmt/format.h>

#include "base/brackets.h"
#include "base/text.h"
#include "infer/iv/requested.h"
#include "infer/tests/kinds.h"

namespace panelist {
namespace {

[[noreturn]] void throw_no_instruments(const TestRequest& request) {
  throw Error("infer.test_left_out", fmt::format("`{}` does not apply to this regression", request.written),
              "tests of instruments need an endogenous part: y ~ x | fe | e ~ z", "option --tests");
}

PartialledModel model_of(const Context& context, const Estimation& estimation, const TestRequest& request) {
  if (estimation.fit->iv == nullptr) throw_no_instruments(request);
  PartialledModel model = partialled_model(context, *estimation.fit, estimation.vcov_spec);
  model.small_sample = estimation.small_sample;
  model.level = estimation.inference.level;
  return model;
}

}  // namespace

RequestedTest test_of_one_endogenous(const Context& context, const EstimationSpec&,
                                     const Estimation& estimation, const TestRequest& request) {
  const PartialledModel model = model_of(context, estimation, request);
  return {request.written, endogeneity_of(model, request.written, request.argument), {}};
}

RequestedTest test_of_orthogonality(const Context& context, const EstimationSpec&,
                                    const Estimation& estimation, const TestRequest& request) {
  const PartialledModel model = model_of(context, estimation, request);
  return {
      request.written, orthogonality(model, request.written, split_outside_brackets(request.argument)), {}};
}

RequestedTest test_of_redundancy(const Context& context, const EstimationSpec&, const Estimation& estimation,
                                 const TestRequest& request) {
  const PartialledModel model = model_of(context, estimation, request);
  return {request.written, redundancy(model, request.written, split_outside_brackets(request.argument)), {}};
}

RequestedTest test_of_wu_and_hausman(const Context& context, const EstimationSpec&,
                                     const Estimation& estimation, const TestRequest& request) {
  return {request.written, wu_hausman(model_of(context, estimation, request)), {}};
}

RequestedTest test_of_value(const Context& context, const EstimationSpec&, const Estimation& estimation,
                            const TestRequest& request) {
  const PartialledModel model = model_of(context, estimation, request);
  const std::optional<double> value = request.argument.empty() ? 0.0 : parse_number(request.argument);
  if (!value)
    throw Error(
        "usage.bad_value", fmt::format("in `{}`: `{}` is no number", request.written, request.argument),
        fmt::format("write {0}, or {0}(VALUE) with the value of the coefficient tested", request.name),
        "option --tests");
  return {request.written,
          request.name == "clr" ? conditional_lr(model, request.written, *value)
                                : kleibergen_k(model, request.written, *value),
          {}};
}

RequestedTest test_of_pagan_and_hall(const Context& context, const EstimationSpec&,
                                     const Estimation& estimation, const TestRequest& request) {
  const PartialledModel model = model_of(context, estimation, request);
  return {request.written, pagan_hall(model, request.written, split_outside_brackets(request.argument)), {}};
}

RequestedTest test_of_instruments(const Context& context, const EstimationSpec&, const Estimation& estimation,
                                  const TestRequest& request) {
  if (estimation.fit->iv == nullptr) throw_no_instruments(request);
  for (const TestResult& test : estimation.iv.tests)
    if (test.name == request.name) return {request.written, test, {}};
  for (const auto& [name, reason] : estimation.iv.left_out)
    if (name == request.name) throw_left_out(request.written, reason, "take it out of the tests");
  const std::string reason = why_not_applicable(model_of(context, estimation, request), request.name);
  throw Error("infer.test_left_out",
              fmt::format("`{}` does not apply to this regression: {}", request.written, reason),
              "docs/methods/iv.md says which test belongs to which regression", "option --tests");
}

}  // namespace panelist
