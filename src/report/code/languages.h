// SPDX-License-Identifier: Apache-2.0
// The languages of equivalent code, one file each, and what they share.
#pragma once
#include "report/code/dialect.h"
#include "report/equivalent_code.h"

namespace panelist {

ReportCode stata_code(const CodedModel& model);
ReportCode r_code(const CodedModel& model);
ReportCode python_code(const CodedModel& model);

// Remarks in the language of the study, each once.
class CodeRemarks {
 public:
  explicit CodeRemarks(const CodedModel& model) : lang_(model.lang) {}
  void say(const char* key, const std::vector<std::string>& parts = {});
  [[nodiscard]] const std::vector<std::string>& list() const { return list_; }

 private:
  std::string lang_;
  std::vector<std::string> list_;
};

// Says which key of the study writes the file that the code reads, unless it is written.
void say_data_file(const CodedModel& model, CodeRemarks& remarks);

inline bool is_instrumented(const CodedModel& model) { return !model.formula.endogenous.empty(); }
inline bool is_likelihood(const CodedModel& model) {
  return model.method == "poisson" || model.method == "logit" || model.method == "probit" ||
         model.method == "negbin";
}
inline bool is_panel_method(const CodedModel& model) {
  return model.method.starts_with("re") || model.method.starts_with("be") || model.method == "fd" ||
         model.method == "fmb";
}
// fixest and pyfixest write a dummy times a variable as i(v, x).
std::string product(std::vector<std::string> factors);
std::string number_of_lags(const VcovSpec& vcov, const std::string& unsaid);

}  // namespace panelist
