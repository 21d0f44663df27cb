// SPDX-License-Identifier: Apache-2.0
// The same regression in Stata (regress, reghdfe, ivreghdfe, ppmlhdfe, xtreg), R (fixest, plm) and Python (pyfixest,
// linearmodels): text that runs there on the same data, and a remark for whatever has no equivalent.
//
// Languages are a catalog: one file under report/code/ and one line. The code first reads `data_file`, in which derived
// columns and indices already are; lags go by panel time in each language.
// Agrees  coefficients exactly; standard errors as far as the small-sample rules are the same (said in a remark when not)
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "formula/formula.h"
#include "formula/model_frame.h"
#include "infer/vcov.h"
#include "report/report_page.h"

namespace panelist {

// What was done to a column before the regression, in order.
struct CodedChange {
  std::string column;
  std::string by;      // an expression that takes its place; "" when its tails are treated
  double tails = 0;    // share of the sample at each end
  bool trims = false;  // values beyond become missing; else they move to the percentile
};

struct CodedModel {
  Formula formula;
  VcovSpec vcov;
  std::string small_sample = "fixest";  // its preset
  std::string method = "ols";           // "2sls", "poisson", "re": as Fit::method
  std::vector<std::string> where{};     // conditions, as the study wrote them
  std::vector<CodedChange> changes{};
  std::string weights{};  // expression, "" without
  WeightType weight_type = WeightType::analytic;
  std::string exposure{};
  std::string unit{}, time{};
  std::set<std::string> text_columns{};
  bool drops_singletons = true;
  std::string lang = "en";
  std::string data_file{};  // csv that the code reads first, "" when the data are there already
  bool writes_data = true;  // the study writes that file
};

struct CodeLanguage {
  std::string_view name;
  ReportCode (*write)(const CodedModel& model) = nullptr;
};
const std::vector<CodeLanguage>& code_languages();
std::vector<ReportCode> equivalent_code(const CodedModel& model);

}  // namespace panelist
