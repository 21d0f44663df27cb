// SPDX-License-Identifier: Apache-2.0
#include "linalg/gram/dot_tile.h"

namespace panelist {
namespace {

using Lanes [[gnu::vector_size(32), gnu::aligned(8), gnu::may_alias]] = double;
constexpr Index lanes = 4;

[[gnu::always_inline]] inline void add_products(const DotTile& tile, double (&sum)[2][2]) {
  Lanes s00{}, s01{}, s10{}, s11{};
  Index row = 0;
  for (; row + lanes <= tile.rows; row += lanes) {
    const Lanes a = *reinterpret_cast<const Lanes*>(tile.left[0] + row);
    const Lanes b = *reinterpret_cast<const Lanes*>(tile.left[1] + row);
    const Lanes c = *reinterpret_cast<const Lanes*>(tile.right[0] + row);
    const Lanes d = *reinterpret_cast<const Lanes*>(tile.right[1] + row);
    s00 += a * c;
    s01 += a * d;
    s10 += b * c;
    s11 += b * d;
  }
  for (; row < tile.rows; ++row) {
    s00[0] += tile.left[0][row] * tile.right[0][row];
    s01[0] += tile.left[0][row] * tile.right[1][row];
    s10[0] += tile.left[1][row] * tile.right[0][row];
    s11[0] += tile.left[1][row] * tile.right[1][row];
  }
  sum[0][0] += (s00[0] + s00[1]) + (s00[2] + s00[3]);
  sum[0][1] += (s01[0] + s01[1]) + (s01[2] + s01[3]);
  sum[1][0] += (s10[0] + s10[1]) + (s10[2] + s10[3]);
  sum[1][1] += (s11[0] + s11[1]) + (s11[2] + s11[3]);
}

#ifdef __x86_64__
[[gnu::target("avx2")]] void add_products_wide(const DotTile& tile, double (&sum)[2][2]) {
  add_products(tile, sum);
}
#endif

}  // namespace

void add_dot_products(const DotTile& tile, double (&sum)[2][2]) {
#ifdef __x86_64__
  static const bool wide = __builtin_cpu_supports("avx2") != 0;
  if (wide) return add_products_wide(tile, sum);
#endif
  add_products(tile, sum);
}

}  // namespace panelist
