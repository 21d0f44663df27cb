// SPDX-License-Identifier: Apache-2.0
#include "cli/needed_columns.h"

#include "base/text.h"
#include "formula/formula.h"
#include "infer/tests.h"
#include "infer/vcov.h"

namespace panelist::cli {
namespace {

class Needed {
 public:
  void formula(const std::string& text) {
    Diagnostics mistakes;
    const std::vector<Formula> formulas = parse_formula(text, {}, {}, mistakes);
    all_ = all_ || mistakes.has_errors();
    for (const Formula& each : formulas) choice_.needed.merge(columns_of(each));
  }
  void expression(const std::string& text) {
    if (text.empty()) return;
    Diagnostics mistakes;
    const Expression expression = parse_expression(text, {}, mistakes);
    all_ = all_ || mistakes.has_errors();
    if (!mistakes.has_errors()) choice_.needed.merge(expression.columns());
  }
  // A column, or the expression of a threshold variable.
  void grouping(const std::string& text) {
    choice_.welcome.insert(text);
    expression(text);
  }
  void name(const std::string& name) {
    if (!name.empty()) choice_.needed.insert(name);
  }
  // "a^b" is a and b crossed, unless a column has that very name.
  void crossed(const std::string& text) {
    const std::vector<std::string> parts = split(text, '^');
    if (parts.size() > 1) choice_.welcome.insert(text);
    for (const std::string& part : parts) name(std::string(trim(part)));
  }
  void vcov(const std::string& text) {
    Diagnostics mistakes;
    const VcovSpec spec = parse_vcov(text, {}, mistakes);
    all_ = all_ || mistakes.has_errors();
    for (const std::string& column : spec.columns) crossed(column);
    for (const std::string& column : spec.coordinates) name(column);
  }
  void tests(const std::vector<std::string>& written) {
    std::vector<TestRequest> requests;
    for (const std::string& text : written) requests.push_back(read_test_request(text));
    for (const std::string& column : columns_of_tests(requests)) crossed(column);
  }
  // Shared by all commands that read data.
  void sample(const Arguments& arguments) {
    for (const std::string& key : arguments.list("panel")) name(std::string(trim(key)));
    expression(arguments.text("where"));
    if (const std::string by = arguments.text("by"); !by.empty()) grouping(by);
  }
  void all() { all_ = true; }
  [[nodiscard]] ColumnChoice choice() const { return all_ ? ColumnChoice{} : choice_; }

 private:
  ColumnChoice choice_;
  bool all_ = false;
};

}  // namespace

ColumnChoice columns_of_estimation(const Arguments& arguments) {
  Needed needed;
  if (arguments.has("save")) needed.all();  // every column is written beside the results
  needed.formula(arguments.positional()[1]);
  needed.vcov(arguments.text("vcov"));
  for (const char* option : {"weights", "offset", "exposure", "moderator"})
    needed.expression(arguments.text(option));
  for (const std::string& mediator : arguments.list("through")) needed.expression(mediator);
  if (arguments.has("tests")) needed.tests(arguments.list("tests"));
  for (const char* option : {"split", "fsplit", "cohort", "treated"}) needed.name(arguments.text(option));
  needed.sample(arguments);
  return needed.choice();
}

ColumnChoice columns_of_summary(const Arguments& arguments) {
  Needed needed;
  if (arguments.positional().size() < 2) needed.all();
  for (std::size_t i = 1; i < arguments.positional().size(); ++i)
    needed.expression(arguments.positional()[i]);
  needed.sample(arguments);
  return needed.choice();
}

}  // namespace panelist::cli
