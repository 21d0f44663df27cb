// SPDX-License-Identifier: Apache-2.0
#include "cli/explanations.h"

namespace panelist::cli {

const Explanations& study_explanations() {
  static const Explanations entries = {
      {"study.absolute_path",
       "Study files hold no absolute paths, so that a study runs on every machine. Paths are relative to the "
       "study file.",
       "file = \"/home/me/data.csv\""},
      {"study.circular_derive", "Derived columns refer to one another in a circle.",
       "a = \"b + 1\"\nb = \"a + 1\""},
      {"study.decimals", "Printed numbers have 0 to 15 decimals.", "decimals = 40"},
      {"study.derives_key",
       "[derive] names a key of the panel. Joins, lags and clusters use the key as the data file has it, so "
       "it "
       "cannot be computed anew. Give the column another name, or correct the data.",
       "panel = [\"province\", \"year\"]\n[derive]\nyear = \"year + 1\""},
      {"study.differences",
       "The keys `differences`, `correction` and `reps` say how the groups of a split are compared: `none` "
       "stands "
       "alone, `reps` is at least 1, and methods that estimate all groups together do not go with indices "
       "that each "
       "column learns by itself.",
       "split = [{ by = \"region\" }] with reindex = true and differences = \"permutation\""},
      {"study.duplicate_id", "Two tables have the same id, and their files would overwrite each other.",
       "[[table]]\nid = \"main\"\n[[table]]\nid = \"main\""},
      {"study.empty_group",
       "A group of a split has no rows. Check the names of the groups and the threshold.",
       "split = [{ by = \"region\", groups = [\"Est\", \"West\"] }]"},
      {"study.encoding", "The study file is not UTF-8. Save it as UTF-8 in the editor.",
       "title = \"...\"      (saved as GB18030)"},
      {"study.method", "A list of methods gives one for each column of the table.",
       "columns = [\"a\", \"b\", \"c\"] with method = [\"2sls\", \"liml\"]"},
      {"study.vcov", "A list of covariances gives one for each column of the table.",
       "columns = [\"a\", \"b\", \"c\"] with vcov = [\"hc1\", \"iid\"]"},
      {"study.event_window",
       "The window of an event study is two relative times that hold the reference and the start; shifts of "
       "a placebo "
       "are one period or more; draws are not negative.",
       "window = [1, 4]"},
      {"study.family",
       "A family belongs to tables of regressions: columns, vary or split. A list gives one for each column.",
       "mediation = {...} with family = \"poisson\""},
      {"study.figure_kind",
       "A [[figure]] shows exactly one thing; the key that names it is missing, unknown or not alone.",
       "[[figure]]\nhistogram = \"NQP\"      (write density = \"NQP\")"},
      {"study.figure_size", "A figure is between 20 and 1000 millimetres wide and high.", "width = 15"},
      {"study.imputes_key", "[data] impute names a key of the panel; a key has no values to fill in.",
       "impute = { year = \"linear\" }"},
      {"study.missing_data", "The study has no [data] section.", "study = 1\nvcov = \"iid\""},
      {"study.missing_file",
       "[data] names no file. Give file = \"...\" or files = [\"...\", \"...\"], relative to the study.",
       "[data]\npanel = [\"province\", \"year\"]"},
      {"study.balance",
       "A table of balance compares the means of two groups: `by` names a column with two values. Leave "
       "others out by "
       "`where`, or derive a column of 0 and 1.",
       "balance = [\"gdp\"]\nby      = \"province\""},
      {"study.transition",
       "A transition counts how often a unit in one of `states` quantile classes (2 to 50) is in another "
       "`steps` periods "
       "(at least 1) later. It needs units that are seen that far apart.",
       "transition = \"NQP\"\nstates     = 1"},
      {"study.panels", "The panels of a table stand in the same columns: each has as many.",
       "panels = [{ columns = [\"a\", \"b\"] }, { columns = [\"a\"] }]"},
      {"study.spanners", "`spanners` gives a head for each column, \"\" where there is none.",
       "columns = [\"a\", \"b\", \"c\"] with spanners = [\"All\", \"East\"]"},
      {"study.headings",
       "`headings` names the columns of a table, from the first on; \"\" leaves a column its outcome. More "
       "headings "
       "than columns would be lost.",
       "columns = [\"a\"] with headings = [\"All\", \"East\"]"},
      {"study.style", "A style file gives a key a value it cannot have.", "size = 300"},
      {"study.style_file",
       "The study names a style file that is not there. It stands beside the study and ends in .toml; "
       "presets are named "
       "without an ending.",
       "style = \"my-styel.toml\""},
      {"study.unknown_term",
       "`keep`, `drop`, `order`, `blocks` or `labels` names a term that no column of the table has. Terms "
       "are written "
       "as they are "
       "printed: log(x), L.x, a:b, region::West.",
       "keep = [\"DTT\"]"},
      {"study.unknown_table", "A figure of coefficients names a table that the study does not have.",
       "[[figure]]\ncoefficients = \"baselin\""},
      {"study.missing_key", "A section lacks a key it cannot do without.",
       "[[table]]\nvary = [{ where = \"year > 2016\" }]      (and no `of`)"},
      {"study.missing_panel", "The study needs the panel's keys: for lags, for indices, for unit effects.",
       "[data]\nfile = \"provinces.csv\"      (add panel = [\"province\", \"year\"])"},
      {"study.missing_vcov", "A study says once which standard errors it uses; there is no silent default.",
       "study = 1\n[data]\nfile = \"d.csv\""},
      {"study.missing_version", "The first key is study = 1, the version of the file's format.",
       "title = \"no version\""},
      {"study.not_a_number", "A variable of a table or index, or a column to impute, is text.",
       "summary = [\"province\"]"},
      {"study.older_tables",
       "A run of some tables keeps the others of the results folder. What they are made of has changed "
       "since, so "
       "their numbers may be out of date; `run STUDY --frozen` says whether they are.",
       "panelist run study.toml baseline      (after editing the study: run it whole)"},
      {"study.panel", "The panel has two keys, the unit and the time.", "panel = [\"province\"]"},
      {"study.share", "A share of a tail lies between 0 and one half.",
       "vary = [{ winsor = [\"y\"], at = 1 }]      (one percent is 0.01)"},
      {"study.split_names", "The names of a split do not fit its groups: two names, low first.",
       "split = [{ by = \"gdp\", at = \"median\", names = [\"low\"] }]"},
      {"study.stars", "Significance levels are three shares, the largest first.",
       "stars = [0.01, 0.05, 0.1]"},
      {"study.syntax",
       "The file is not valid TOML; reading ends at the first such mistake. Bare keys are ASCII: a Chinese "
       "key stands in quotes.",
       "人均 = \"gdp / pop\"      (write \"人均\" = \"gdp / pop\")"},
      {"study.table_id", "A table's id becomes a file name: letters, digits, - and _.",
       "id = \"main results\""},
      {"study.table_kind",
       "A table is of one kind: it has one of index, summary, vif, columns, of with vary or split, "
       "mediation.",
       "[[table]]\nid = \"what\""},
      {"study.too_many_groups",
       "A split by values would give too many groups. Split a number at its median, or name the groups.",
       "split = [{ by = \"gdp\" }]"},
      {"study.unknown_index", "A table or command names an index that the study does not define.",
       "index = [\"NQPP\"]"},
      {"study.unknown_key",
       "The section has no such key; the nearest legal one is suggested. Unknown keys are errors, never "
       "ignored.",
       "wher = \"year > 2014\""},
      {"study.unknown_model", "A column names a model that [model] does not define.", "of = \"mian\""},
      {"study.unknown_value", "The key takes one of a few words; the message lists them.", "lang = \"de\""},
      {"study.version", "The file is written for another version of the format.", "study = 2"},
      {"study.wrong_type", "The value has another type than the key takes.", "decimals = \"four\""},
  };
  return entries;
}

}  // namespace panelist::cli
