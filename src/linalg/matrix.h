// SPDX-License-Identifier: Apache-2.0
// The dense vocabulary: column-major double matrices and views of them.
// Eigen stays single-threaded; rows are split into fixed blocks by our own loops (see gram.h).
#pragma once
#include <Eigen/Dense>
#include <cstdint>
#include <vector>

namespace panelist {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using MatrixView = Eigen::Ref<const Eigen::MatrixXd, 0, Eigen::OuterStride<>>;
using VectorView = Eigen::Ref<const Eigen::VectorXd>;
using Index = Eigen::Index;
using Level = std::int32_t;  // level of a factor, group of a cluster: 0 .. n_levels-1

// Rows are always cut into blocks of this length, whatever the thread count, so that sums fold in one order.
inline constexpr Index rows_per_block = 4096;

}  // namespace panelist
