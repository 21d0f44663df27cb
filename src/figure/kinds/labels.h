// SPDX-License-Identifier: Apache-2.0
// Text that has to fit: broken between words (Chinese: between letters) and never inside a word or a number; shortened with
// "…" where the lines run out. What is left out is said by remarks that stand in the option until chart_option takes them.
#pragma once
#include <string>
#include <vector>

#include "figure/kinds/option.h"

namespace panelist::figure {

struct Fitted {
  std::string text;  // lines parted by '\n'
  std::size_t lines = 1;
  bool shortened = false;
};
Fitted fitted(const FigureStyle& style, const std::string& text, double pixels, std::size_t most_lines);

// A remark on any object of an option: "figure.crowded", what is not shown in full, and what would show it.
void remark(Json& place, const char* code, const std::string& message, const std::string& hint);
// All remarks of an option, which are gone from it afterwards.
std::vector<Diagnostic> take_remarks(Json& option);

// "a height of 120 mm", for so many pixels more than the figure has.
std::string larger(const FigureStyle& style, const char* side, double pixels);
// The name of an axis in its lines; a remark when it does not fit.
void name_axis(Json& axis, const FigureStyle& style, const std::string& name, bool horizontal);
// Names of the rows of a vertical category axis in `room` pixels of height: letters shrink to two thirds, then only every
// second, third, ... row is named, with a remark.
void name_rows(Json& axis, const FigureStyle& style, const std::vector<std::string>& names, double room);

// Colours and what they stand for, in a line of their own above the plot or at the foot of a map.
struct Swatch {
  std::string colour, words;
};
Json swatch_key(const FigureStyle& style, const std::vector<Swatch>& swatches);

}  // namespace panelist::figure
