// SPDX-License-Identifier: Apache-2.0
// Who meets whom: the designs of the absorption benchmark. Adding one = one function and one line in designs.cpp.
//
//   simple      balanced panel of 10 years sorted by individual, firms at random: well connected
//   shuffled    the same with its rows in random order
//   difficult   firm = row mod number of firms: a long band, and firm parity is year parity
//   fxdiff      firms within ten places of individual / 8, unsorted
//   akm         workers of five years; one in twenty moves a year, mostly within one of 200 regions
//   akmring     the same, but only to firms at most three steps away on a ring
//   akm3        akmring with a sticky occupation that follows the firm as the third effect
//   alias3      firms at random; the third effect is nested in the firm but for one row in 200
// Every number is drawn by a counter of its own: the same rows for any number of threads.
// Source  the benchmarks of fixest (simple, difficult, fxdiff); Abowd, Kramarz & Margolis (1999) for akm
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/context.h"
#include "linalg/matrix.h"

namespace panelist::bench {

// Ids of each row, from 1. Not every id below the largest need occur.
struct Graph {
  std::vector<Level> unit, firm, third;
};

enum class Law { plain, trigonometric, mobility };  // of the variables, see variables.h

struct Design {
  std::string_view name;
  std::string_view third;  // name of the third effect
  Law law = Law::plain;
  Graph (*graph)(const Context&, Level rows) = nullptr;
};

const std::vector<Design>& designs();
const Design* find_design(std::string_view name);

}  // namespace panelist::bench
