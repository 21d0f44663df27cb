// SPDX-License-Identifier: Apache-2.0
// The kinds of charts: each makes the option of its figure.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "figure/figure.h"

namespace panelist::figure {

using OptionOf = nlohmann::ordered_json(const Figure& figure, const FigureStyle& style);

OptionOf coefficients_option, event_study_option, marginal_effects_option, threshold_option;
OptionOf rank_intervals_option, spec_curve_option, binned_scatter_option;
OptionOf trend_option, density_option, ridge_option, rank_flow_option;
OptionOf heat_map_option, panel_map_option, missing_map_option;
OptionOf bars_option, grouped_bars_option, map_option;

}  // namespace panelist::figure
