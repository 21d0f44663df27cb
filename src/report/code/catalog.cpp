// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "report/code/languages.h"
#include "report/table_words.h"

namespace panelist {

const std::vector<CodeLanguage>& code_languages() {
  static const std::vector<CodeLanguage> catalog = {
      {"Stata", stata_code},
      {"R", r_code},
      {"Python", python_code},
  };
  return catalog;
}

std::vector<ReportCode> equivalent_code(const CodedModel& model) {
  std::vector<ReportCode> all;
  for (const CodeLanguage& language : code_languages()) all.push_back(language.write(model));
  return all;
}

void CodeRemarks::say(const char* key, const std::vector<std::string>& parts) {
  std::string remark = table_words(key, lang_, parts);
  if (std::find(list_.begin(), list_.end(), remark) == list_.end()) list_.push_back(std::move(remark));
}

void say_data_file(const CodedModel& model, CodeRemarks& remarks) {
  if (!model.data_file.empty() && !model.writes_data) remarks.say("code_data", {model.data_file});
}

std::string product(std::vector<std::string> factors) {
  const bool dummies = factors.size() == 2 && factors[0].starts_with("i(") && !factors[1].starts_with("i(");
  if (!dummies) return join(factors, ":");
  const std::size_t option = factors[0].find(", ref");
  factors[0].insert(option == std::string::npos ? factors[0].size() - 1 : option, ", " + factors[1]);
  return factors[0];
}

std::string number_of_lags(const VcovSpec& vcov, const std::string& unsaid) {
  return vcov.numbers.empty() ? unsaid : shortest(vcov.numbers.front());
}

}  // namespace panelist
