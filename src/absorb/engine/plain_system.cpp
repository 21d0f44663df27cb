// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/plain_solver.h"
#include "absorb/engine/system.h"

namespace panelist::engine {
namespace {

class PlainSystem final : public System {
 public:
  PlainSystem(const Context& context, const std::vector<AbsorbFactor>& factors, const Vector& w,
              Index dense_levels)
      : layout_(make_layout(factors, w, dense_levels)),
        cells_(make_cells(context, layout_)),
        small_(context, layout_, cells_),
        passes_(layout_, cells_) {
    if (layout_.iterated_levels > 0)
      solver_ = std::make_unique<PlainSolver>(context, layout_, cells_, small_);
  }

  [[nodiscard]] const Layout& layout() const override { return layout_; }
  [[nodiscard]] const SmallBlock& small() const override { return small_; }
  [[nodiscard]] Solver* solver() const override { return solver_.get(); }
  [[nodiscard]] const Cells* cells() const override { return &cells_; }

  void reweight(const Context& context, const Vector& w) override {
    if (solver_ != nullptr) solver_->before_reweight();
    layout_.w = w.size() > 0 ? w.data() : nullptr;
    engine::reweight(context, layout_, cells_);
    small_ = SmallBlock(context, layout_, cells_);
    if (solver_ != nullptr) solver_->reweight(context);
  }

  [[nodiscard]] Passes::Sides right_hand_sides(const Context& context,
                                               const Columns& columns) const override {
    return passes_.right_hand_sides(context, columns);
  }
  Passes::Rest subtract(const Context& context, const Columns& columns, const RowBlock& a,
                        Passes::Sides& sides) const override {
    return passes_.subtract(context, columns, a, sides);
  }

  [[nodiscard]] std::vector<Matrix> effects(const Vector& column, const RowBlock& a) const override {
    std::vector<Matrix> effects(layout_.reduced().size() + 1);
    Vector left = column;
    for (const Part& part : layout_.reduced()) {
      Matrix& own = effects[part.factor];
      own.resize(part.levels, 1);
      for (Index l = 0; l < part.levels; ++l) own(l) = a.row(part.offset + l)[0];
      for (Index i = 0; i < layout_.n; ++i) left(i) -= own(part.level[i]);
    }
    const Part& e = layout_.eliminated;
    Matrix& own = effects[e.factor];
    own = Matrix::Zero(e.levels, 1);
    for (Index i = 0; i < layout_.n; ++i)
      own(e.level[i]) += weight_of(layout_.w, static_cast<std::size_t>(i)) * left(i);
    for (Index l = 0; l < e.levels; ++l) own(l) *= cells_.inverse_d[static_cast<std::size_t>(l)];
    return effects;
  }

 private:
  Layout layout_;
  Cells cells_;
  SmallBlock small_;
  Passes passes_;
  std::unique_ptr<PlainSolver> solver_;
};

}  // namespace

std::unique_ptr<System> plain_system(const Context& context, const std::vector<AbsorbFactor>& factors,
                                     const Vector& w, Index dense_levels) {
  return std::make_unique<PlainSystem>(context, factors, w, dense_levels);
}

}  // namespace panelist::engine
