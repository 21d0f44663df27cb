// SPDX-License-Identifier: Apache-2.0
// What a table of mediators says: of which model, through what, and how the paths are put together.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "study/spanned.h"

namespace panelist {

struct MediationEntry {
  ColumnEntry of;
  std::vector<Spanned> through;
  std::string x;
  int boot = 0, draws = 0;           // bootstrap, Monte Carlo
  std::optional<Spanned> by;         // column of groups
  std::string mode = "parallel";     // or serial, channel
  std::optional<bool> contrasts;     // of the paths, pair by pair
  std::optional<Spanned> moderator;  // a number
  std::string stage = "first";       // which links it moves: first, second, both
  std::vector<double> at;            // values of the moderator; none: mean and a deviation on both sides
  std::string correction = "holm";   // of p-values over channels
  bool sensitivity = false;          // of the indirect effects to correlated errors
  Span span;
};

}  // namespace panelist
