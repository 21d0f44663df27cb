// SPDX-License-Identifier: Apache-2.0
// [[figure]] entries -> figures with their data, one function for each thing a figure shows, listed in a catalog.
#pragma once
#include "figure/drawing.h"
#include "study/run/build_tables.h"

namespace panelist::study {

// Those the study asks for, else a trend of each index. Mistakes go to the notes.
std::vector<Figure> build_figures(Workspace& work, const std::vector<BuiltTable>& tables);
// Warnings of fonts that the figures ask for and this machine lacks, with how many figures are printed in another.
void warn_of_fonts(Workspace& work, const std::vector<PrintedFigure>& printed);
FigureStyle style_of(const Study& study, const FigureEntry* entry);

}  // namespace panelist::study
