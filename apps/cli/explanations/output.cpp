// SPDX-License-Identifier: Apache-2.0
#include "cli/explanations.h"

namespace panelist::cli {

const Explanations& output_explanations() {
  static const Explanations entries = {
      {"internal.column_length",
       "Columns of different length met: a fault of the program. Please report it with the command.",
       "(cannot be caused by an input)"},
      {"internal.out_of_memory", "The job does not fit into the memory of the machine.",
       "panelist data a-file-larger-than-memory.csv"},
      {"internal.text_column",
       "The numbers of a text column were asked for: a fault of the program. Please report it with the "
       "command.",
       "(cannot be caused by an input)"},
      {"internal.unexpected",
       "A fault of the program. Please report it with the command and, if possible, the data.",
       "(cannot be caused by an input)"},
      {"internal.unknown_term",
       "A part of the program asked for a term that is not there: a fault of the program. Please report it.",
       "(cannot be caused by an input)"},
      {"internal.panel_of_another_table",
       "A panel was used with a table it was not made from: a fault of the program. Please report it with "
       "the command.",
       "(cannot be caused by an input)"},
      {"output.cannot_write",
       "A file cannot be written: no permission, no such folder, or a file where a folder is wanted. Earlier "
       "results are untouched.",
       "panelist run study.toml --out /proc/results"},
      {"output.disk_full",
       "The disk or a quota is full. Nothing is half written and earlier results are untouched.",
       "panelist run study.toml --out /mnt/full"},
      {"output.empty_table", "A table has heads and no rows: its keys leave nothing to print.",
       "drop = [\"x\"]\nstats = []"},
      {"output.exists", "init never overwrites: there is a study.toml already.",
       "panelist init      (twice)"},
      {"output.not_finite",
       "Some numbers of a table are missing or infinite: statistics of a single row or of a constant, shares "
       "of nothing, ranks "
       "in periods without the unit. Missing ones stay blank.",
       "transition = \"NQP\"\nstates     = 50"},
      {"output.unknown_format", "The program does not write this format; the nearest is suggested.",
       "formats = [\"pdf\"]"},
      {"output.unknown_stat", "There is no such row of statistics under a table.",
       "stats = [\"r2\", \"nn\"]"},
      {"output.wide_table",
       "A table has more columns than a turned page holds. Its files are whole, and Excel, HTML and CSV show "
       "all of it; on paper "
       "it runs over the edge.",
       "ranking = \"NQP\"      (of forty years)"},
      {"output.unknown_style", "There is no such look of tables: plain, outreg2.", "style = \"outreg\""},
  };
  return entries;
}

}  // namespace panelist::cli
