// SPDX-License-Identifier: Apache-2.0
// d(regressor)/dx of the terms of a formula, at a value of the moderator.
#pragma once
#include "shape/marginal/whole_column.h"
#include "shape/marginal_effect.h"

namespace panelist {

// Where the derivative is taken.
struct MarginalPlace {
  double value = missing_value;  // numeric moderator
  std::string group;             // or the group it stands for
};

class Derivatives {
 public:
  // Terms of the formula that hold x. Throws shape.no_interaction where none of them holds the moderator.
  Derivatives(const EstimationSpec& spec, const Estimation& estimation, const MarginalSpec& asked,
              const Table& table, const Panel* panel);
  // The contrast g over the coefficients of the fit.
  [[nodiscard]] Vector at(const MarginalPlace& place) const;
  // x itself is inside an expression, so that the effect depends on where it stands.
  [[nodiscard]] bool depends_on_x() const { return curved_; }
  [[nodiscard]] double mean_x() const { return mean_x_; }

 private:
  struct Value {
    double value = 0, slope = 0;  // the factor and its derivative
  };
  // A factor's columns by name at a place: one, the powers of poly(), or the dummies of categories.
  using Values = std::vector<std::pair<std::string, Value>>;
  [[nodiscard]] Values values_of(const FormulaFactor& factor, const MarginalPlace& place) const;
  [[nodiscard]] Value expression_at(const Expression& expression, const MarginalPlace& place) const;
  [[nodiscard]] Table point_table(const Expression& expression, const MarginalPlace& place) const;
  void take_places(const Expression& expression);
  void take_shares(const std::string& name);
  void take_means(const Expression& expression);

  const Fit* fit_;
  const Table* table_;
  const Panel* panel_;
  std::string x_, by_;
  std::vector<const FormulaTerm*> terms_;
  std::map<std::string, double> means_;  // of columns inside expressions, on the rows used
  std::map<std::string, std::map<std::string, double>> shares_;  // of other variables' categories
  std::map<std::string, Line> lines_;                            // of expressions that look at other rows
  std::map<std::string, double> beside_;                         // means of such without x and the moderator
  double mean_x_ = missing_value, step_ = 1;
  bool curved_ = false;
};

// The values of an expression on the rows used; shape.not_in_data where it has none.
std::vector<double> used_values(const std::string& text, const Fit& fit, const Table& table,
                                const Panel* panel);

}  // namespace panelist
