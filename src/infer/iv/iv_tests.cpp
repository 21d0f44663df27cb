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

const char* other_overidentification(const PartialledModel& model) {
  return model.iid() ? "under equal variances (vcov iid) sargan stands in its place"
                     : "it assumes equal variances (vcov iid): hansen_j stands in its place";
}

}  // namespace

bool bias_all_but_vanishes(const Fit& fit, const TestResult& effective_f) {
  constexpr double small_share = 0.5;  // of the worst bias; with equal variances it is near zero
  for (const auto& [name, value] : effective_f.details)
    if (name == "largest_bias") return fit.iv->instruments.cols() == 2 && value < small_share;
  return false;
}

std::string why_not_applicable(const PartialledModel& model, const std::string& name) {
  if (name == (model.iid() ? "hansen_j" : "sargan")) return other_overidentification(model);
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
    if (!outcome.applies) {
      result.not_applicable.emplace_back(outcome.test.name, outcome.missing_because);
      continue;
    }
    if (outcome.missing_because.empty()) {
      result.tests.push_back(std::move(outcome.test));
    } else {
      result.left_out.emplace_back(outcome.test.name, outcome.missing_because);
    }
  }
  result.not_applicable.emplace_back(model.iid() ? "hansen_j" : "sargan", other_overidentification(model));
  return result;
}

}  // namespace panelist
