// SPDX-License-Identifier: Apache-2.0
// One regression from formula to inference: what a column of a table is.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "estimate/estimator.h"
#include "infer/inference.h"
#include "infer/iv_tests.h"
#include "infer/margins.h"
#include "infer/tests.h"
#include "infer/vif.h"

namespace panelist {

// Everything that can change a number of one regression.
struct EstimationSpec {
  Formula formula;
  VcovSpec vcov;
  SmallSample small_sample;
  FrameOptions frame;  // clusters are filled from vcov by estimate_model
  EstimateOptions estimate;
  std::string method;  // "" = by the formula
  double level = 0.95;
  bool iv_tests = true;
  bool vif = false;
  bool margins = false;  // average marginal effects
  std::vector<TestRequest> tests;
  bool leave_out_tests = false;  // those that do not apply become a warning, in place of an error
};

struct Estimation {
  std::shared_ptr<const Fit> fit;
  VcovSpec vcov_spec;
  SmallSample small_sample;
  Vcov vcov;
  Inference inference;
  GoodnessOfFit goodness;
  IvTests iv;
  std::optional<Vif> vif;
  std::optional<Margins> margins;
  std::vector<RequestedTest> requested;       // tests asked for
  std::vector<Diagnostic> left_out;           // why others were left out, where they may be
  std::optional<Coefficient> xtreg_constant;  // constant under absorbed effects, as xtreg prints it
  std::vector<std::pair<std::string, std::string>> warnings;  // code, message: few clusters, clipped, ...
};

// Builds the frame, estimates, infers. `panel` may be null.
Estimation estimate_model(const Context& context, const EstimationSpec& spec, const Table& table,
                          const Panel* panel, Diagnostics& notes);
// The same numbers from a table that nobody needs any more: each column goes when the last step that looks at it is done,
// so that the regression fits where its data were (estimate/estimator.h, release_regressors). Least squares; what is
// asked of the result must not need its regressors before absorption. Throws RegressorsNeeded.
Estimation estimate_model_releasing(const Context& context, EstimationSpec spec, Table table,
                                    const Panel* panel, Diagnostics& notes);
// Several, in order. Where they are least squares with absorbed effects that differ in regressors or outcomes only and use the
// same rows, the frame, the absorption and the cross products are made once for all (estimate/together.h).
std::vector<Estimation> estimate_models(const Context& context, const std::vector<EstimationSpec>& specs,
                                        const Table& table, const Panel* panel, Diagnostics& notes);

// The steps of estimate_model: the frame, and what is inferred from a fit.
std::shared_ptr<const ModelFrame> frame_of(const Context& context, const EstimationSpec& spec,
                                           const Table& table, const Panel* panel, Diagnostics& notes);
Estimation infer_model(const Context& context, const EstimationSpec& spec, Fit estimated);

}  // namespace panelist
