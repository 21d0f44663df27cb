// SPDX-License-Identifier: Apache-2.0
// What a figure can show, each a function from its entry to figures with their data.
#pragma once
#include "study/run/figures.h"

namespace panelist::study {

struct Source {
  Workspace& work;
  const FigureEntry& entry;
  const std::vector<BuiltTable>& tables;
};

bool in_chinese(const Workspace& work);
std::string label_of(const Workspace& work, const std::string& column);
// A figure with what its entry says of it; its id comes from what it shows, its title from title_of where `by` is a column.
Figure figure_of(const Source& source, const char* kind, const std::string& shown);
// "DT, LP and UL"; the first and a count beyond four.
std::string listed(const Workspace& work, const std::vector<std::string>& names);
// The title of a figure that shows `what`, by groups, units or at a time ("" without); a data figure's from its kind.
std::string title_of(const Source& source, const std::string& what, const std::string& by);
std::string title_of_kind(const Source& source, const std::string& kind);
// The table whose id the figure gives and whose JSON holds `key`; study.unknown_table without one.
const BuiltTable& table_shown(const Source& source, const char* key);
void name_axes(Figure& figure, const FigureEntry& entry, const std::string& x, const std::string& y);

using FiguresOf = std::vector<Figure>(const Source& source);
FiguresOf trends, density_figures, ridge_figures, binned_scatters;
FiguresOf heat_maps, rank_flows, panel_maps, missing_maps, maps;
FiguresOf event_study_figures, placebo_figures;
FiguresOf weights, coefficient_figures, figures_of_data;
FiguresOf spec_curve_figures, leave_out_figures, permutation_figures;
FiguresOf marginal_effect_figures, threshold_figures;
FiguresOf channel_figures, correlated_error_figures, indirect_effect_figures;
FiguresOf sensitivity_curves, contribution_bars, rank_interval_figures, sobol_figures;

}  // namespace panelist::study
