// SPDX-License-Identifier: Apache-2.0
// Published moments behind panel unit-root tests, linear between tabulated lengths, held at the ends (private to the room).
//
// Source  Levin, Lin & Chu (2002), J. Econometrics 108, table 2; Im, Pesaran & Shin (2003), J. Econometrics 115, table 3
#pragma once
#include <optional>

#include "infer/unit_roots/dickey_fuller.h"

namespace panelist {

inline constexpr double shortest_of_llc = 25;
inline constexpr double shortest_of_ips = 10;
inline constexpr Index most_lags_of_ips = 8;

struct LlcMoments {
  double mean = 0, deviation = 0;
};
LlcMoments llc_moments(double length, Deterministic terms);

struct IpsMoments {
  double mean = 0, variance = 0;
};
// Of t with `lags` lags on `rows` rows; nothing where the table has no entry. `terms`: constant or trend.
std::optional<IpsMoments> ips_moments(double rows, Index lags, Deterministic terms);

}  // namespace panelist
