// SPDX-License-Identifier: Apache-2.0
// Walks an expression over a table. `relevant` marks the rows whose domain slips (log of zero) are worth telling:
// rows outside `where`, or in the branch of ifelse() not taken, are not.
#pragma once
#include <string>
#include <vector>

#include "formula/expression.h"
#include "formula/expression/node.h"
#include "formula/expression/value.h"

namespace panelist {

class Evaluator {
 public:
  Evaluator(const ExpressionData& data, Diagnostics& notes, const std::vector<bool>* relevant = nullptr)
      : table_(data.table), panel_(data.panel), notes_(notes), relevant_(relevant) {}

  [[nodiscard]] Value value(const ExpressionNode& node) const;
  // Three-valued truth a row: 0, 1 or missing. Text throws expression.type.
  [[nodiscard]] Value truth(const ExpressionNode& node) const;
  // Throws expression.type when it is text.
  [[nodiscard]] Value numeric(const ExpressionNode& node, const std::string& user) const;
  [[nodiscard]] Evaluator only_where(const std::vector<bool>& relevant) const;
  // The same walk once more, with what it says kept apart.
  [[nodiscard]] Evaluator with_notes(Diagnostics& notes) const {
    return Evaluator({table_, panel_}, notes, relevant_);
  }

  [[nodiscard]] std::size_t rows() const { return table_.rows(); }
  [[nodiscard]] const Panel* panel() const { return panel_; }
  [[nodiscard]] bool is_relevant(std::size_t row) const { return relevant_ == nullptr || (*relevant_)[row]; }
  [[nodiscard]] Diagnostics& notes() const { return notes_; }
  // Throws expression.no_panel when there is none.
  [[nodiscard]] const Panel& needed_panel(const ExpressionNode& node) const;
  [[nodiscard]] Value lagged(const Value& value, std::int64_t steps, const ExpressionNode& node) const;
  // "province 北京, year 2015" or "row 12".
  [[nodiscard]] std::string row_name(std::size_t row) const;

 private:
  [[nodiscard]] Value name(const ExpressionNode& node) const;
  [[nodiscard]] Value difference(const ExpressionNode& node) const;

  const Table& table_;
  const Panel* panel_;
  Diagnostics& notes_;
  const std::vector<bool>* relevant_;
};

// Counts rows where an operation has no value; tells them when it goes out of use.
class DomainCount {
 public:
  DomainCount(const Evaluator& evaluator, const ExpressionNode& node, std::string what)
      : evaluator_(evaluator), node_(node), what_(std::move(what)) {}
  ~DomainCount();
  DomainCount(const DomainCount&) = delete;
  DomainCount& operator=(const DomainCount&) = delete;
  // Always missing, for the cell.
  double at(std::size_t row);

 private:
  const Evaluator& evaluator_;
  const ExpressionNode& node_;
  std::string what_;
  std::size_t count_ = 0;
  std::vector<std::size_t> first_;
};

[[noreturn]] void expression_error(const std::string& code, const std::string& message,
                                   const ExpressionNode& node, const std::string& hint = "");

// Operators (operators.cpp).
Value negated(const Evaluator& evaluator, const ExpressionNode& node);
Value arithmetic(const Evaluator& evaluator, const ExpressionNode& node);
Value compared(const Evaluator& evaluator, const ExpressionNode& node);
Value membership(const Evaluator& evaluator, const ExpressionNode& node);
Value missing_test(const Evaluator& evaluator, const ExpressionNode& node);
Value logical(const Evaluator& evaluator, const ExpressionNode& node);
Value logical_not(const Evaluator& evaluator, const ExpressionNode& node);
double power(double base, double exponent);

}  // namespace panelist
