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
// A figure with what its entry says of it; its names come from what it shows.
Figure figure_of(const Source& source, const char* kind, const std::string& shown);
void name_axes(Figure& figure, const FigureEntry& entry, const std::string& x, const std::string& y);

using FiguresOf = std::vector<Figure>(const Source& source);
FiguresOf trends, density_figures, ridge_figures, binned_scatters;
FiguresOf heat_maps, rank_flows, panel_maps, missing_maps, maps;
FiguresOf weights, coefficient_figures, figures_of_data;

}  // namespace panelist::study
