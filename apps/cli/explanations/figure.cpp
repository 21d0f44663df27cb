// SPDX-License-Identifier: Apache-2.0
#include "cli/explanations.h"

namespace panelist::cli {

const Explanations& figure_explanations() {
  static const Explanations entries = {
      {"figure.bad_map",
       "The map of a figure is not GeoJSON, or has no features. Any FeatureCollection of polygons will do.",
       "map = \"NQP\"\nfile = \"data/provinces.csv\""},
      {"figure.crowded",
       "The figure is too small, or shows too many things, for all of its text: rows keep every second or "
       "third name, the legend "
       "names the first groups, or more lines are drawn than colours and dashes tell apart. The data are "
       "drawn in full. The hint "
       "names the size, or the number of groups, that has room.",
       "rank_flow = \"NQP\"\nheight = 20      (thirty names)"},
      {"figure.drawing_failed",
       "The chart library could not draw a figure, or it could not be made ready for print. The message is "
       "the library's "
       "own.",
       "kind = \"trend\" on data with a date beyond every calendar"},
      {"figure.font_missing",
       "PDF and PNG are printed with the fonts of this machine, and it lacks the one that the style file "
       "asks for (or the usual "
       "Times New Roman and its twin Liberation Serif). Another stands in; the numbers and the .svg are the "
       "same.",
       "font = \"Cambria\"      (in the style file)"},
      {"figure.gaps",
       "Rows of a figure's data lack a number (or hold an infinite one). They are left out, and counted.",
       "density = \"gdp\"      (gdp is missing in some rows)"},
      {"figure.missing_column", "The data of a figure lack a column its kind needs.",
       "data = \"event.csv\"\nkind = \"event_study\"      (needs time, estimate, low, high)"},
      {"figure.no_data", "There is nothing to draw: no rows, or no row with all the numbers it needs.",
       "density = \"NQP\"      (the same value in every row)"},
      {"figure.no_region_matches",
       "No unit of the panel bears the name of a region of the map. Regions are found by a property of the "
       "GeoJSON's "
       "features, `name` unless `key` says otherwise.",
       "map = \"NQP\"\nkey = \"name_en\""},
      {"figure.not_numeric", "A figure needs numbers of a column that holds text.", "density = \"region\""},
      {"figure.one_point",
       "A figure of lines or points has one point to show: its data are probably not what was meant.",
       "data = \"event.csv\"      (a file of one row)"},
      {"figure.shortened",
       "The name of an axis, or names of rows, are longer than the figure has room for, even in several "
       "lines: they end in \"…\". "
       "Words and numbers are never broken.",
       "x_label = \"...\"      (of 300 letters)"},
      {"figure.one_column", "Densities by group show one column.",
       "density = [\"NQP\", \"DT\"]\nby = \"region\""},
      {"figure.too_many_marks",
       "More marks than can be told apart. Kinds that count or average take any number of rows.",
       "heat_map = \"NQP\"      (of 30,000 units)"},
      {"figure.unknown_kind", "There is no chart of this kind.", "kind = \"event_studies\""},
      {"figure.no_chinese_font",
       "A figure holds Chinese text and this machine has no font with Chinese letters: boxes are printed in "
       "their place. Install "
       "one (Debian: fonts-noto-cjk) and run again.",
       "lang = \"zh\"      (on a bare server)"},
      {"figure.unmatched_regions", "Some units of the panel are not on the map; the others are drawn.",
       "map = \"NQP\"      (the map calls a unit differently)"},
  };
  return entries;
}

}  // namespace panelist::cli
