// SPDX-License-Identifier: Apache-2.0
#include "infer/iv_tests.h"

#include "infer/iv/partialled.h"

namespace panelist {
namespace {

using IvTest = TestOrReason (*)(const PartialledModel&);

// One line a test, in the order of output.
constexpr IvTest tests_in_order[] = {kleibergen_paap_lm,
                                     kleibergen_paap_f,
                                     cragg_donald_f,
                                     effective_f,
                                     overidentification,
                                     basmann,
                                     liml_overidentification,
                                     endogeneity,
                                     anderson_rubin_f,
                                     anderson_rubin_chi2,
                                     stock_wright,
                                     valid_t};

}  // namespace

IvTests iv_tests(const Context& context, const Fit& fit, const VcovSpec& spec,
                 const SmallSample& small_sample, double level) {
  IvTests result;
  if (fit.iv == nullptr) return result;
  PartialledModel model = partialled_model(context, fit, spec);
  model.small_sample = small_sample;
  model.level = level;
  result.first_stage = first_stage_inference(model, small_sample, level);
  for (const IvTest test : tests_in_order) {
    TestOrReason outcome = test(model);
    if (!outcome.applies) continue;
    if (outcome.missing_because.empty()) {
      result.tests.push_back(std::move(outcome.test));
    } else {
      result.left_out.emplace_back(outcome.test.name, outcome.missing_because);
    }
  }
  return result;
}

}  // namespace panelist
