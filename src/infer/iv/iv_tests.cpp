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

// A first stage whose F does not exist says so once, for all of them lack it for one reason.
void leave_out_first_stage(IvTests& result) {
  for (const FirstStageInference& stage : result.first_stage) {
    if (stage.f.note.empty()) continue;
    result.left_out.emplace_back("first_stage_f", stage.f.note);
    return;
  }
}

}  // namespace

std::string why_not_applicable(const PartialledModel& model, const std::string& name) {
  if (name == "sargan" && !model.iid())
    return "it assumes equal variances (vcov iid): hansen_j stands in its place";
  if (name == "hansen_j" && model.iid()) return "under equal variances (vcov iid) sargan stands in its place";
  for (const IvTest test : tests_in_order) {
    const TestOrReason outcome = test(model);
    if (!outcome.applies && outcome.test.name == name) return outcome.missing_because;
  }
  return "";
}

IvTests iv_tests(const Context& context, const Fit& fit, const VcovSpec& spec,
                 const SmallSample& small_sample, double level) {
  IvTests result;
  if (fit.iv == nullptr) return result;
  PartialledModel model = partialled_model(context, fit, spec);
  model.small_sample = small_sample;
  model.level = level;
  result.first_stage = first_stage_inference(model, small_sample, level);
  leave_out_first_stage(result);
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
