// SPDX-License-Identifier: Apache-2.0
// The variables of a model over the whole table, each evaluated once.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "formula/expression/evaluator.h"
#include "formula/model_frame.h"

namespace panelist {

class BoundValues {
 public:
  explicit BoundValues(const Evaluator& evaluator) : evaluator_(evaluator) {}

  const Value& value(const Expression& expression);
  const Value& column(const std::string& name, const Span& span);
  // Throws formula.not_a_number when it is text; `role`: "the outcome".
  const Value& number(const Expression& expression, const std::string& role);
  // In order of first use, with their labels.
  [[nodiscard]] const std::vector<std::pair<std::string, const Value*>>& all() const { return order_; }

 private:
  const Value& keep(const std::string& key, const ExpressionNode& node);

  const Evaluator& evaluator_;
  std::map<std::string, Value> values_;
  std::vector<std::pair<std::string, const Value*>> order_;
};

Expression column_expression(const std::string& name, const Span& span);

}  // namespace panelist
