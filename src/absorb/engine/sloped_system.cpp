// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/independent_columns.h"
#include "absorb/engine/sloped_operator.h"
#include "absorb/engine/sloped_passes.h"
#include "absorb/engine/sloped_small_block.h"
#include "absorb/engine/system.h"

namespace panelist::engine {
namespace {

// Columns known to be independent may come near the others under some weights: below this pivot they are left out.
constexpr double rounding_pivot = 1e-15;
// Projections after which what is left of a column is not their rounding.
constexpr int measuring_passes = 2;

class SlopedSystem final : public System {
 public:
  SlopedSystem(const Context& context, const std::vector<AbsorbFactor>& factors, const Vector& w,
               Index dense_levels)
      : layout_(make_layout(factors, w, dense_levels)), rows_(context, factors, layout_) {
    const double* const given = layout_.w;
    layout_.w = nullptr;
    choose_columns(context);
    if (given != nullptr) weigh(context, given);
    if (layout_.iterated_levels > 0)
      operator_ = std::make_unique<SlopedOperator>(context, layout_, rows_, small_);
  }

  [[nodiscard]] const Layout& layout() const override { return layout_; }
  [[nodiscard]] const SmallBlock& small() const override { return small_; }
  [[nodiscard]] Solver* solver() const override { return operator_.get(); }

  void reweight(const Context& context, const Vector& w) override {
    if (operator_ != nullptr) operator_->before_reweight();
    weigh(context, w.size() > 0 ? w.data() : nullptr);
    if (operator_ != nullptr) operator_->reweight(context);
  }

  [[nodiscard]] Passes::Sides right_hand_sides(const Context& context,
                                               const Columns& columns) const override {
    return sloped_right_hand_sides(context, rows_, columns,
                                   padded(columns.count + (operator_ != nullptr ? 1 : 0)));
  }
  Passes::Rest subtract(const Context& context, const Columns& columns, const RowBlock& a,
                        Passes::Sides&) const override {
    return sloped_subtract(context, rows_, columns, a);
  }

  [[nodiscard]] std::vector<Matrix> effects(const Vector& column, const RowBlock& a) const override {
    std::vector<Matrix> effects(rows_.reduced().size() + 1);
    Vector left = column;
    for (const SlopedPart& part : rows_.reduced()) {
      Vector own(part.part.columns());
      for (Index j = 0; j < own.size(); ++j) own(j) = a.row(part.part.offset + j)[0];
      for (Index place = 0; place < layout_.n; ++place) left(rows_.row(place)) -= fitted(part, own, place);
      effects[part.part.factor] = rows_.in_given_units(part, own);
    }
    effects[layout_.eliminated.factor] = rows_.in_given_units(rows_.eliminated(), of_eliminated(left));
    return effects;
  }

 private:
  void weigh(const Context& context, const double* w) {
    layout_.w = w;
    rows_.reweight(context, w);
    if (layout_.small_levels > 0) make_small(small_sums(context, layout_, rows_));
  }

  void make_small(SmallSums sums) {
    SemidefiniteSolver solver(sums.S, sums.squares, rounding_pivot, independent_);
    small_ = SmallBlock(layout_.iterated_levels, std::move(sums.F), std::move(solver));
  }

  // Which small columns are independent of e and of those before them: with weights of one, once.
  void choose_columns(const Context& context) {
    if (layout_.small_levels == 0) return;
    SmallSums sums = small_sums(context, layout_, rows_);
    independent_ = independent_columns(
        sums.S, sums.squares, [&](Index j, const KeptColumns& kept) { return share_left(context, j, kept); });
    make_small(std::move(sums));
  }

  // Share of the sum of squares of a small column that e and the kept ones leave.
  [[nodiscard]] double share_left(const Context& context, Index j, const KeptColumns& kept) const {
    Vector v = Vector::Zero(layout_.n);
    const Index column = layout_.iterated_levels + j;
    for (const SlopedPart& part : rows_.reduced()) {
      if (column < part.part.offset || column >= part.part.offset + part.part.columns()) continue;
      Vector unit = Vector::Zero(part.part.columns());
      unit(column - part.part.offset) = 1.0;
      for (Index place = 0; place < layout_.n; ++place) v(rows_.row(place)) = fitted(part, unit, place);
    }
    const Columns columns{v.data(), v.size(), 1};
    const double before = v.squaredNorm();
    double after = 0.0;
    for (int pass = 0; pass < measuring_passes; ++pass) {
      const Passes::Sides sides = sloped_right_hand_sides(context, rows_, columns, padded(1));
      Vector h(layout_.small_levels);
      for (Index i = 0; i < h.size(); ++i) h(i) = sides.h.row(layout_.iterated_levels + i)[0];
      kept.solve(h);
      RowBlock a(layout_.reduced_levels(), padded(1));
      for (Index i = 0; i < h.size(); ++i) a.row(layout_.iterated_levels + i)[0] = h(i);
      after = sloped_subtract(context, rows_, columns, a).after[0];
    }
    return before > 0.0 ? after / before : 0.0;
  }

  // What coefficients of a part, its own columns only, say of a place.
  static double fitted(const SlopedPart& part, const Vector& a, Index place) {
    Index j = part.first(place) - part.part.offset;
    double sum = part.part.intercept ? a(j++) : 0.0;
    for (Index c = 0; c < part.slope_count(); ++c) sum += part.slopes_at(place)[c] * a(j++);
    return sum;
  }

  [[nodiscard]] Vector of_eliminated(const Vector& left) const {
    const SlopedPart& e = rows_.eliminated();
    Vector own = Vector::Zero(e.part.columns());
    for (Index place = 0; place < layout_.n; ++place) {
      const double value = rows_.weight(place) * left(rows_.row(place));
      Index j = e.first(place) - e.part.offset;
      if (e.part.intercept) own(j++) += value;
      for (Index c = 0; c < e.slope_count(); ++c) own(j++) += value * e.slopes_at(place)[c];
    }
    return own.cwiseProduct(Eigen::Map<const Vector>(e.inverse_d.data(), own.size()));
  }

  Layout layout_;
  SlopedRows rows_;
  std::vector<Index> independent_;
  SmallBlock small_;
  std::unique_ptr<SlopedOperator> operator_;
};

}  // namespace

std::unique_ptr<System> sloped_system(const Context& context, const std::vector<AbsorbFactor>& factors,
                                      const Vector& w, Index dense_levels) {
  return std::make_unique<SlopedSystem>(context, factors, w, dense_levels);
}

}  // namespace panelist::engine
