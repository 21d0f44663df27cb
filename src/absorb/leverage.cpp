// SPDX-License-Identifier: Apache-2.0
#include "absorb/leverage.h"

#include "absorb/system/generalised_inverse.h"
#include "base/random.h"

namespace panelist {
namespace {

// Blocks of levels or rows that threads share; never changes a number.
constexpr std::int64_t level_blocks = 64;
constexpr Index rows_of_block = 65536;
// Columns absorbed side by side.
constexpr Index tile = 16;
// Relative error of an absorbed column: far below that of the projections.
constexpr double projection_tolerance = 1e-6;

// The leverages of the rows of one level of e.
class LevelLeverages {
 public:
  explicit LevelLeverages(const TakenApart& system)
      : system_(system), scratch_(system.scratch()), PK_(scratch_) {}

  void compute(Index level, Vector& leverage) {
    const FactorSpace& e = system_.eliminated();
    const TakenApart::OfLevel own = system_.level(level, scratch_);
    const Matrix image = own.K * system_.reduced_inverse()(own.touched, own.touched);  // components x touched
    for (std::size_t j = 0; j < own.touched.size(); ++j)
      PK_.col(own.touched[j]) = image.col(static_cast<Index>(j));
    const Matrix of_e = own.inverse + image * own.K.transpose();
    for (std::int32_t at = e.starts()[static_cast<std::size_t>(level)];
         at < e.starts()[static_cast<std::size_t>(level) + 1]; ++at) {
      const Index row = e.rows()[static_cast<std::size_t>(at)];
      leverage(row) = std::clamp(system_.weight(row) * form(row, of_e), 0.0, 1.0);
    }
  }

 private:
  // z'(G_ee^+ + K P K')z - 2 d'P K'z + d'P d
  double form(Index row, const Matrix& of_e) {
    const FactorSpace& e = system_.eliminated();
    z_.resize(e.components());
    for (Index c = 0; c < z_.size(); ++c) z_(c) = e.value(row, c);
    entries_of(system_.spaces(), system_.offsets(), row, entries_);
    double value = z_.dot(of_e * z_);
    for (const RowEntry& a : entries_) {
      value -= 2.0 * a.value * PK_.col(a.column).dot(z_);
      for (const RowEntry& b : entries_)
        value += a.value * b.value * system_.reduced_inverse()(a.column, b.column);
    }
    return value;
  }

  const TakenApart& system_;
  Matrix scratch_, PK_;
  Vector z_;
  std::vector<RowEntry> entries_;
};

Vector exact_leverages(const Context& context, const TakenApart& system, Index rows) {
  Vector leverage(rows);
  const Index levels = system.eliminated().levels();
  const std::int64_t blocks = std::min<std::int64_t>(levels, level_blocks);
  for_each_block(context, blocks, [&](std::int64_t block) {
    LevelLeverages own(system);
    for (Index level = levels * block / blocks; level < levels * (block + 1) / blocks; ++level)
      own.compute(level, leverage);
  });
  return leverage;
}

// Random columns, their residuals, and the sums of squares of p and 1 - p.
class Projections {
 public:
  Projections(const Context& context, const Absorber& absorber, Index rows)
      : context_(context),
        absorber_(absorber),
        signs_(static_cast<std::size_t>(rows)),
        columns_(rows, tile),
        fitted_(Vector::Zero(rows)),
        left_(Vector::Zero(rows)) {}

  void add(std::int64_t which) {
    over_rows([&](std::int64_t block, Index first, Index last) {
      Random random(context_.seed, "leverage", static_cast<std::uint64_t>(which * blocks() + block));
      for (Index row = first; row < last; ++row) draw(row, random.next());
    });
    absorber_.absorb_or_throw(context_, columns_, projection_tolerance);
    over_rows([&](std::int64_t, Index first, Index last) {
      for (Index row = first; row < last; ++row) collect(row);
    });
  }

  [[nodiscard]] Vector leverages() const {
    return (fitted_.array() / (fitted_.array() + left_.array())).cwiseMax(0.0).cwiseMin(1.0);
  }

 private:
  [[nodiscard]] Index rows() const { return columns_.rows(); }
  [[nodiscard]] std::int64_t blocks() const { return (rows() + rows_of_block - 1) / rows_of_block; }
  [[nodiscard]] double size(Index row) const {
    return absorber_.weights().size() > 0 ? std::sqrt(absorber_.weights()(row)) : 1.0;
  }
  [[nodiscard]] double sign(Index row, Index column) const {
    return (signs_[static_cast<std::size_t>(row)] >> column & 1U) != 0 ? 1.0 : -1.0;
  }

  template <typename Body>
  void over_rows(const Body& body) {
    for_each_block(context_, blocks(), [&](std::int64_t block) {
      body(block, block * rows_of_block, std::min(rows(), (block + 1) * rows_of_block));
    });
  }

  void draw(Index row, std::uint32_t bits) {
    signs_[static_cast<std::size_t>(row)] = bits;
    const double value = 1.0 / size(row);
    for (Index column = 0; column < tile; ++column) columns_(row, column) = sign(row, column) * value;
  }

  void collect(Index row) {
    const double root = size(row);
    for (Index column = 0; column < tile; ++column) {
      const double left = sign(row, column) * root * columns_(row, column);
      left_(row) += left * left;
      fitted_(row) += (1.0 - left) * (1.0 - left);
    }
  }

  const Context& context_;
  const Absorber& absorber_;
  std::vector<std::uint32_t> signs_;
  Matrix columns_;
  Vector fitted_, left_;
};

EffectLeverages projected_leverages(const Context& context, const Absorber& absorber, Index rows,
                                    int projections) {
  const std::int64_t tiles = std::max<std::int64_t>((projections + tile - 1) / tile, 1);
  Projections sums(context, absorber, rows);
  Task task(context, "leverages", tiles);
  for (std::int64_t which = 0; which < tiles; ++which) {
    sums.add(which);
    task.advance();
  }
  return {sums.leverages(), false, std::sqrt(2.0 / static_cast<double>(tiles * tile))};
}

}  // namespace

EffectLeverages effect_leverages(const Context& context, const Absorber& absorber,
                                 const LeverageOptions& options) {
  if (absorber.factors() == 0) return {};
  const std::vector<AbsorbFactor>& factors = absorber.given_factors();
  const auto rows = static_cast<Index>(factors.front().level.size());
  const auto system = TakenApart::of(factors, absorber.weights(), options.dense_levels);
  if (system != nullptr) return {exact_leverages(context, *system, rows), true, 0.0};
  return projected_leverages(context, absorber, rows, options.projections);
}

}  // namespace panelist
