// SPDX-License-Identifier: Apache-2.0
// The kinds of charts: each makes the option of its figure.
#pragma once
#include <string>

#include "figure/figure.h"

namespace panelist::figure {

using OptionOf = std::string(const Figure& figure, const FigureStyle& style);

OptionOf coefficients_option, event_study_option, marginal_effects_option, threshold_option;
OptionOf spec_curve_option, binned_scatter_option;
OptionOf trend_option, density_option, ridge_option, rank_flow_option;
OptionOf heat_map_option, panel_map_option, missing_map_option;
OptionOf bars_option, map_option;

}  // namespace panelist::figure
