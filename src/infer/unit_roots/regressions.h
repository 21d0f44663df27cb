// SPDX-License-Identifier: Apache-2.0
// The Dickey-Fuller regressions of all units, and what every unit-root test says of them (private to the room).
#pragma once
#include "infer/unit_roots/series.h"

namespace panelist {

struct UnitRegressions {
  std::vector<UnitSeries> series;
  std::vector<DickeyFuller> regressions;  // parallel
  [[nodiscard]] double units() const { return static_cast<double>(series.size()); }
  [[nodiscard]] double mean_t() const;
  [[nodiscard]] double mean_lags() const;
  [[nodiscard]] Index shortest() const;  // length
};
UnitRegressions regress_units(const Context& context, const Estimation& estimation,
                              const UnitRootRequest& asked);
// A declared panel with two units or more; one series.
void require_units(const Estimation& estimation, const TestRequest& request);
void require_one_series(const Estimation& estimation, const TestRequest& request);

// Name, hypothesis, terms, lags, a warning on short series: without the statistic.
TestResult described(const UnitRegressions& all, const UnitRootRequest& asked, const TestRequest& request);

}  // namespace panelist
