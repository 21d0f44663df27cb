// SPDX-License-Identifier: Apache-2.0
#include "robustness/curve/board.h"

#include <algorithm>
#include <cmath>

#include "infer/vcov.h"

namespace panelist {
namespace {

using Sets = std::vector<std::uint32_t>;

bool has_gaps(const CurveData& data, const FormulaTerm& term) {
  Diagnostics unsaid;
  return std::any_of(term.factors.begin(), term.factors.end(), [&](const FormulaFactor& factor) {
    return evaluate(factor.expression, {data.table, data.panel}, unsaid).count_missing() > 0;
  });
}

// By control: some row of the table lacks it.
std::vector<bool> controls_with_gaps(const CurveData& data) {
  std::vector<bool> gaps;
  for (const FormulaTerm& control : data.spec.controls) gaps.push_back(has_gaps(data, control));
  return gaps;
}

// What two specifications must agree in to use the same rows.
using RowsKey = std::vector<std::uint32_t>;

RowsKey key_of(const SpecificationCurve& curve, const Specification& one, const std::vector<bool>& gaps) {
  RowsKey key = {one.sample, one.effects};
  if (!curve.own_sample) return key;
  for (const std::uint32_t choice : {one.outcome, one.measure, one.vcov}) key.push_back(choice);
  for (const std::uint32_t control : curve.control_sets[one.controls])
    if (gaps[control]) key.push_back(control);
  return key;
}

FrameOptions frame_options(const CurveData& data, const SpecificationCurve& curve, const SameRows& rows) {
  const EstimationSpec& main = data.spec.main;
  FrameOptions options = main.frame;
  std::vector<bool> used(data.spec.vcovs.size());
  for (const std::size_t at : rows) used[curve.specifications[at].vcov] = true;
  for (std::size_t v = 0; v < used.size(); ++v) {
    if (!used[v]) continue;
    FrameOptions asked;
    ask_frame(data.spec.vcovs[v], asked);
    for (auto [from, to] : {std::pair(&asked.clusters, &options.clusters),
                            std::pair(&asked.needed_columns, &options.needed_columns)})
      for (const std::string& name : *from)
        if (std::find(to->begin(), to->end(), name) == to->end()) to->push_back(name);
  }
  options.where = both(options.where, data.spec.samples[curve.specifications[rows.front()].sample].where);
  if (main.small_sample.keeps_singletons) options.drop_singletons = false;
  return options;
}

Formula formula_of_board(const CurveData& data, const SpecificationCurve& curve, const SameRows& rows) {
  std::vector<const Specification*> among;
  for (const std::size_t at : rows) among.push_back(&curve.specifications[at]);
  return formula_of_all(data.spec, curve, among);
}

bool is_number(const CurveData& data, const FormulaFactor& factor) {
  if (factor.kind != FormulaFactor::Kind::expression) return factor.kind == FormulaFactor::Kind::polynomial;
  Diagnostics unsaid;
  return !evaluate(factor.expression, {data.table, data.panel}, unsaid).is_text();
}

Vector without_mean(const SharedVector& column, const Vector& w) {
  const double total = w.size() > 0 ? w.sum() : static_cast<double>(column.size());
  Vector rest = column;
  for (int pass = 0; pass < 2; ++pass)  // the second takes out what rounding left
    rest.array() -= (w.size() > 0 ? w.dot(rest) : rest.sum()) / total;
  return rest;
}

constexpr double uncentred_rounding = 16 * 2.220446049250313e-16;

// Columns and outcomes as regressions without a constant see them.
class Columns {
 public:
  Columns(const AbsorbedColumns& columns, const ModelFrame& frame) : columns_(columns), frame_(frame) {}

  [[nodiscard]] Vector of(const SharedVector& column) const {
    return frame_.intercept ? without_mean(column, columns_.sample.weights) : Vector(column);
  }
  // Of centred columns, what their uncentred size hides.
  [[nodiscard]] double rounding(Index j) const {
    if (columns_.rounding.size() > 0) return columns_.rounding(j);
    const SharedVector column = columns_.values.column(j);
    const Vector& w = columns_.sample.weights;
    const double square = w.size() > 0 ? w.dot(column.cwiseAbs2()) : column.squaredNorm();
    return uncentred_rounding * std::sqrt(square);
  }

 private:
  const AbsorbedColumns& columns_;
  const ModelFrame& frame_;
};

// Stands among the regressors as a further outcome, in no model as a regressor.
bool is_outcome_alone(const CurveData& data, const std::string& term) {
  const auto is_term = [&](const FormulaTerm& other) { return other.text == term; };
  const auto among = [&](const std::vector<FormulaTerm>& terms) {
    return std::any_of(terms.begin(), terms.end(), is_term);
  };
  return !among(data.spec.main.formula.regressors) && !among(data.spec.controls) &&
         !among(data.spec.measures);
}

}  // namespace

std::vector<SameRows> boards_of(const CurveData& data, const SpecificationCurve& curve) {
  const std::vector<bool> gaps = curve.own_sample ? controls_with_gaps(data) : std::vector<bool>();
  std::map<RowsKey, SameRows> boards;
  for (std::size_t at = 0; at < curve.specifications.size(); ++at)
    if (curve.specifications[at].estimated())  // not refused by the plan
      boards[key_of(curve, curve.specifications[at], gaps)].push_back(at);
  std::vector<SameRows> list;
  for (auto& [key, rows] : boards) list.push_back(std::move(rows));
  return list;
}

std::shared_ptr<const ModelFrame> frame_of_board(const Context& context, const CurveData& data,
                                                 const SpecificationCurve& curve, const SameRows& rows,
                                                 Diagnostics& notes) {
  Formula formula = formula_of_board(data, curve, rows);
  for (FormulaTerm& term : formula.regressors) term.set = term.text;
  return std::make_shared<const ModelFrame>(
      build_model_frame(context, formula, data.table, data.panel, frame_options(data, curve, rows), notes));
}

bool shares_columns(const CurveData& data, const SpecificationCurve& curve, const SameRows& rows) {
  const EstimationSpec& main = data.spec.main;
  const Formula formula = formula_of_board(data, curve, rows);
  if (!main.method.empty() && main.method != "ols") return false;
  if (!formula.endogenous.empty() || !formula.instruments.empty()) return false;
  if (!formula.offset.empty() && data.spec.outcomes.size() > 1) return false;
  const bool constant_spanned = formula.intercept || !formula.effects.empty();
  for (const FormulaTerm& term : formula.regressors)
    for (const FormulaFactor& factor : term.factors)
      if (!is_number(data, factor) && (term.factors.size() > 1 || !constant_spanned)) return false;
  return true;
}

Board make_board(const Context& context, const CurveData& data, std::shared_ptr<const ModelFrame> frame) {
  Board board;
  board.columns = absorbed_columns(context, frame, data.spec.main.estimate);
  const AbsorbedColumns& absorbed = board.columns;
  const Columns columns(absorbed, *frame);
  std::vector<std::string> outcomes;
  for (const CurveOutcome& outcome : data.spec.outcomes) outcomes.push_back(outcome.name);
  std::vector<Vector> x, y = {columns.of(absorbed.outcome)};
  board.of_outcome[frame->outcome_name] = 0;
  std::vector<double> rounding;
  for (std::size_t j = 0; j < absorbed.names.size(); ++j) {
    if (absorbed.names[j] == "(Intercept)") continue;
    const auto at = static_cast<Index>(j);
    Vector column = columns.of(absorbed.values.column(at));
    const std::string& term = absorbed.sets[j];
    if (std::find(outcomes.begin(), outcomes.end(), term) != outcomes.end()) {
      board.of_outcome[term] = static_cast<Index>(y.size());
      y.push_back(column);
      if (is_outcome_alone(data, term)) continue;
    }
    board.of_term[term].push_back(static_cast<Index>(x.size()));
    board.names.push_back(absorbed.names[j]);
    rounding.push_back(columns.rounding(at));
    x.push_back(std::move(column));
  }
  for (std::size_t j = 0; j < frame->exogenous.names.size(); ++j)
    for (const DroppedTerm& gone : absorbed.dropped)
      if (gone.term == frame->exogenous.names[j]) board.gone[frame->exogenous.sets[j]].push_back(gone.term);
  Matrix X(frame->n(), static_cast<Index>(x.size())), Y(frame->n(), static_cast<Index>(y.size()));
  for (std::size_t j = 0; j < x.size(); ++j) X.col(static_cast<Index>(j)) = x[j];
  for (std::size_t j = 0; j < y.size(); ++j) Y.col(static_cast<Index>(j)) = y[j];
  board.basis = basis_of(context, X, Y, absorbed.sample.weights);
  board.rounding = Eigen::Map<const Vector>(rounding.data(), static_cast<Index>(rounding.size()));
  return board;
}

}  // namespace panelist
