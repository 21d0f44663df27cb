// SPDX-License-Identifier: Apache-2.0
// Tests that others compute: by name and argument.
#include <fmt/format.h>

#include "base/brackets.h"
#include "infer/panel_tests.h"
#include "infer/tests/kinds.h"

namespace panelist {

const Grouping& panel_unit(const Estimation& estimation, const TestRequest& request) {
  const Grouping& unit = estimation.fit->frame->unit;
  if (unit.names.empty())
    throw Error("usage.missing_option", fmt::format("the test `{}` needs the panel's unit", request.written),
                "add --panel UNIT,TIME", "option --tests");
  return unit;
}

std::string order_words(const EstimationSpec& spec) {
  return spec.frame.panel.time.empty()
             ? "; the order of the rows was taken as time: say it by --panel UNIT,TIME if it is none"
             : "";
}

RequestedTest test_of_terms(const Context&, const EstimationSpec&, const Estimation& estimation,
                            const TestRequest& request) {
  return {request.written,
          wald_test(*estimation.fit, estimation.vcov, split_outside_brackets(request.argument)),
          {}};
}

RequestedTest test_of_combination(const Context&, const EstimationSpec&, const Estimation& estimation,
                                  const TestRequest& request) {
  return {request.written,
          {},
          linear_combination(*estimation.fit, estimation.vcov, request.argument, estimation.inference.level)};
}

RequestedTest test_of_effects(const Context& context, const EstimationSpec&, const Estimation& estimation,
                              const TestRequest& request) {
  return {request.written, effects_f_test(context, *estimation.fit), {}};
}

namespace {

// With one row a unit the statistic is 0/0, with one unit there is nothing to compare.
void require_repeated_rows(const Grouping& unit, const TestRequest& request) {
  if (unit.size() < 2)
    throw Error("infer.too_few_units",
                fmt::format("the test `{}` compares units, and `{}` has one", request.written, unit.name),
                "for one series take dw, bg(p) or adf", "column " + unit.name);
  if (unit.level.size() == static_cast<std::size_t>(unit.size()))
    throw Error("infer.too_few_periods",
                fmt::format("the test `{}` needs units that are seen more than once, and each has one row",
                            request.written),
                "check --panel", "column " + unit.name);
}

}  // namespace

RequestedTest lagrange_test(const Context& context, const EstimationSpec&, const Estimation& estimation,
                            const TestRequest& request) {
  const Fit pooled = pooled_fit(context, *estimation.fit);
  const Grouping& unit = panel_unit(estimation, request);
  require_repeated_rows(unit, request);
  return {
      request.written, request.name == "lm" ? breusch_pagan_lm(pooled, unit) : honda_lm(pooled, unit), {}};
}

}  // namespace panelist
