// SPDX-License-Identifier: Apache-2.0
// Several columns side by side: row i of a block holds the values of K columns for level i, padded with zeros to a
// multiple of four, so that one gather or scatter by level serves all columns and runs in whole vectors.
#pragma once
#include <cstdlib>
#include <cstring>
#include <memory>

#include "linalg/matrix.h"

namespace panelist::engine {

// Four columns of one row. No contraction, no reassociation: each lane is plain double arithmetic.
using Lane = double __attribute__((vector_size(32), aligned(8), may_alias));
inline constexpr int lane_width = 4;
// Most columns that one pass takes.
inline constexpr Index widest_block = 16;

inline Index padded(Index columns) { return (columns + lane_width - 1) / lane_width * lane_width; }

class RowBlock {
 public:
  RowBlock() = default;
  RowBlock(Index rows, Index width) : rows_(rows), width_(width) {
    const std::size_t bytes = (static_cast<std::size_t>(rows * width) * sizeof(double) + 63) / 64 * 64;
    data_.reset(static_cast<double*>(std::aligned_alloc(64, bytes == 0 ? 64 : bytes)));
    if (data_ == nullptr) throw std::bad_alloc();
    set_zero();
  }
  void set_zero() { std::memset(data_.get(), 0, static_cast<std::size_t>(size()) * sizeof(double)); }
  [[nodiscard]] Index rows() const { return rows_; }
  [[nodiscard]] Index width() const { return width_; }
  [[nodiscard]] Index size() const { return rows_ * width_; }
  [[nodiscard]] double* row(Index i) { return data_.get() + i * width_; }
  [[nodiscard]] const double* row(Index i) const { return data_.get() + i * width_; }
  [[nodiscard]] double* data() { return data_.get(); }
  [[nodiscard]] const double* data() const { return data_.get(); }

 private:
  struct Free {
    void operator()(double* p) const { std::free(p); }
  };
  Index rows_ = 0, width_ = 0;
  std::unique_ptr<double[], Free> data_;
};

#include "absorb/engine/row.inc"

// Calls kernel.template operator()<P>() with P = width.
template <typename Kernel>
void with_width(Index width, const Kernel& kernel) {
  switch (width) {
    case 4:
      kernel.template operator()<4>();
      break;
    case 8:
      kernel.template operator()<8>();
      break;
    case 12:
      kernel.template operator()<12>();
      break;
    default:
      kernel.template operator()<16>();
      break;
  }
}

}  // namespace panelist::engine
