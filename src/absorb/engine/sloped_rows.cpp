// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/sloped_rows.h"

#include <cmath>

namespace panelist::engine {
namespace {

constexpr double varies_share = 1e-18;
constexpr double independent_share = 1e-12;
// Under other weights: of its sum of squares as given, what is left below this share is rounding.
constexpr double rounding_share = 1e-28;
constexpr Index level_blocks = 32;

// The slopes of one level, one after another, made orthogonal in place.
class LevelBasis {
 public:
  // `made_of`, where it is wanted: components x components, the coefficients on level and slopes as given that each
  // component stands for, identity at first.
  LevelBasis(const Part& part, std::vector<double>& x, const std::vector<double>& w,
             Matrix* made_of = nullptr)
      : rows_(static_cast<Index>(w.size())), shift_(part.intercept ? 1 : 0), x_(x), w_(w), made_of_(made_of) {
    for (const double weight : w) total_ += weight;
  }

  // `kept` is decided or obeyed, one flag a slope.
  void make(Index slopes, std::uint8_t* kept, bool decide) {
    for (Index c = 0; c < slopes; ++c) {
      const double given = product(c, c);
      const double mean = centre(c);
      const double varying = product(c, c);
      for (int pass = 0; pass < 2; ++pass) {
        for (Index b = 0; b < c; ++b)
          if (kept[b] != 0) take_off(b, c);
        centre(c);
      }
      const double left = product(c, c);
      const bool varies = varying > varies_share * total_ * mean * mean;
      if (decide) kept[c] = varies && left > independent_share * varying ? 1 : 0;
      const bool present = kept[c] != 0 && left > rounding_share * given;
      scale(c, present ? std::sqrt(total_ / left) : 0.0);
      present_.push_back(present);
    }
  }

  [[nodiscard]] double total() const { return total_; }
  [[nodiscard]] bool present(Index slope) const { return present_[static_cast<std::size_t>(slope)]; }

 private:
  double* column(Index c) { return x_.data() + c * rows_; }
  [[nodiscard]] double product(Index a, Index b) {
    const double *left = column(a), *right = column(b);
    double sum = 0.0;
    for (Index i = 0; i < rows_; ++i) sum += w_[static_cast<std::size_t>(i)] * left[i] * right[i];
    return sum;
  }
  // Returns the mean taken off; nothing without the level itself.
  double centre(Index c) {
    if (shift_ == 0) return 0.0;
    double* const x = column(c);
    double sum = 0.0;
    for (Index i = 0; i < rows_; ++i) sum += w_[static_cast<std::size_t>(i)] * x[i];
    const double mean = sum / total_;
    for (Index i = 0; i < rows_; ++i) x[i] -= mean;
    if (made_of_ != nullptr) (*made_of_)(0, 1 + c) -= mean;
    return mean;
  }
  void take_off(Index from, Index c) {
    const double share = product(from, c) / total_;
    const double* const z = column(from);
    double* const x = column(c);
    for (Index i = 0; i < rows_; ++i) x[i] -= share * z[i];
    if (made_of_ != nullptr) made_of_->col(shift_ + c) -= share * made_of_->col(shift_ + from);
  }
  void scale(Index c, double factor) {
    double* const x = column(c);
    for (Index i = 0; i < rows_; ++i) x[i] = factor == 0.0 ? 0.0 : x[i] * factor;
    if (made_of_ != nullptr) made_of_->col(shift_ + c) *= factor;
  }

  Index rows_;
  Index shift_;
  std::vector<double>& x_;
  const std::vector<double>& w_;
  Matrix* made_of_;
  double total_ = 0.0;
  std::vector<bool> present_;
};

}  // namespace

SlopedRows::SlopedRows(const Context& context, const std::vector<AbsorbFactor>& factors, const Layout& layout)
    : rows_(layout.n),
      order_(order_by_level(context, layout.eliminated.level, layout.n, layout.eliminated.levels)) {
  eliminated_ = laid_out(context, factors[layout.eliminated.factor], layout.eliminated);
  for (const Part& part : layout.reduced()) reduced_.push_back(laid_out(context, factors[part.factor], part));
  orthogonalise(context, eliminated_, true);
  for (SlopedPart& part : reduced_) orthogonalise(context, part, true);
}

SlopedPart SlopedRows::laid_out(const Context& context, const AbsorbFactor& factor, const Part& given) const {
  SlopedPart part;
  part.part = given;
  part.level = given.level;
  part.slopes = &factor.slopes;
  if (!order_.sorted) {
    part.own_level.resize(static_cast<std::size_t>(rows_));
    for (Index place = 0; place < rows_; ++place)
      part.own_level[static_cast<std::size_t>(place)] = given.level[row(place)];
    part.level = part.own_level.data();
  }
  part.order = order_by_level(context, part.level, rows_, given.levels);
  part.z.resize(static_cast<std::size_t>(rows_ * given.slopes()));
  part.inverse_d.resize(static_cast<std::size_t>(given.columns()));
  part.kept.assign(static_cast<std::size_t>(given.levels * given.slopes()), 0);
  return part;
}

void SlopedRows::reweight(const Context& context, const double* w) {
  w_ = w;
  if (w != nullptr && !order_.sorted) {
    own_w_.resize(static_cast<std::size_t>(rows_));
    for (Index place = 0; place < rows_; ++place) own_w_[static_cast<std::size_t>(place)] = w[row(place)];
    w_ = own_w_.data();
  }
  orthogonalise(context, eliminated_, false);
  for (SlopedPart& part : reduced_) orthogonalise(context, part, false);
}

// Weights and slopes of the places of a level.
void SlopedRows::gather(const SlopedPart& part, Index level, std::vector<double>& x,
                        std::vector<double>& w) const {
  const auto first = part.order.starts[static_cast<std::size_t>(level)];
  const auto count = static_cast<Index>(part.order.starts[static_cast<std::size_t>(level) + 1] - first);
  w.resize(static_cast<std::size_t>(count));
  x.resize(static_cast<std::size_t>(count * part.slope_count()));
  for (Index i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(first) + static_cast<std::size_t>(i);
    const auto place = static_cast<Index>(part.order.sorted ? at : part.order.rows[at]);
    w[static_cast<std::size_t>(i)] = weight(place);
    for (Index c = 0; c < part.slope_count(); ++c)
      x[static_cast<std::size_t>(c * count + i)] = (*part.slopes)(row(place), c);
  }
}

namespace {

// The columns of a level, one after another, back to its places.
void scatter(SlopedPart& part, Index level, const std::vector<double>& x) {
  const auto slopes = static_cast<std::size_t>(part.slope_count());
  const auto first = static_cast<std::size_t>(part.order.starts[static_cast<std::size_t>(level)]);
  const std::size_t count = slopes == 0 ? 0 : x.size() / slopes;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t place = part.order.sorted ? first + i : part.order.rows[first + i];
    for (std::size_t c = 0; c < slopes; ++c) part.z[place * slopes + c] = x[c * count + i];
  }
}

}  // namespace

void SlopedRows::orthogonalise(const Context& context, SlopedPart& part, bool decide) const {
  const Index slopes = part.slope_count();
  const std::vector<Index> cuts = balanced_cuts(part.order.starts.data(), part.part.levels, level_blocks);
  for_each_block(crew_for(context, rows_), level_blocks, [&](std::int64_t b) {
    std::vector<double> x, w;
    for (Index l = cuts[static_cast<std::size_t>(b)]; l < cuts[static_cast<std::size_t>(b) + 1]; ++l) {
      gather(part, l, x, w);
      LevelBasis basis(part.part, x, w);
      basis.make(slopes, part.kept.data() + l * slopes, decide);
      double* const inverse = part.inverse_d.data() + l * part.part.components;
      const Index shift = part.part.intercept ? 1 : 0;
      if (part.part.intercept) inverse[0] = 1.0 / basis.total();
      for (Index c = 0; c < slopes; ++c) inverse[shift + c] = basis.present(c) ? 1.0 / basis.total() : 0.0;
      scatter(part, l, x);
    }
  });
}

Matrix SlopedRows::in_given_units(const SlopedPart& part, const Vector& a) const {
  const Index components = part.part.components;
  Matrix given(part.part.levels, components);
  std::vector<double> x, w;
  std::vector<std::uint8_t> kept;
  for (Index l = 0; l < part.part.levels; ++l) {
    const auto first = part.kept.begin() + l * part.slope_count();
    kept.assign(first, first + part.slope_count());
    gather(part, l, x, w);
    Matrix made_of = Matrix::Identity(components, components);
    LevelBasis(part.part, x, w, &made_of).make(part.slope_count(), kept.data(), false);
    given.row(l) = made_of * a.segment(l * components, components);
  }
  return given;
}

}  // namespace panelist::engine
