// SPDX-License-Identifier: Apache-2.0
#include "cli/explanations.h"

namespace panelist::cli {

const Explanations& data_explanations() {
  static const Explanations entries = {
      {"data.all_missing", "The column has no value at all. A regression with it has no rows.",
       "year,x\n2020,\n2021,"},
      {"data.bad_time",
       "The time column holds something that is no time: fractions, or text without an order.",
       "year = 2020.5"},
      {"data.codebook_unknown", "The codebook describes a column that the data do not have.",
       "name,label_en\ngpd,GDP"},
      {"data.codes_as_text", "Numbers with leading zeros are kept as text, because they are codes.",
       "code\n001"},
      {"data.coordinates",
       "Latitude must lie between -90 and 90 degrees, longitude between -180 and 360. Mostly the two are "
       "exchanged, or "
       "measured in metres of a map.",
       "--vcov 'conley(longitude, latitude, 300km)'"},
      {"data.constant_column",
       "The column has one value in every row. As a regressor it is collinear with the constant.", "x\n5\n5"},
      {"data.decimal_detected", "The file writes a decimal comma. Say so if the guess is wrong.", "1,5;2,5"},
      {"data.duplicate_column", "Two columns have the same name.", "year,gdp,gdp"},
      {"data.duplicate_keys",
       "The panel's keys do not identify the rows: two rows share a unit and a time. The message lists them, "
       "the columns in which they differ and a likely cause. Keep one of them, or name the missing key.",
       "province,year,gdp\nA,2020,1\nA,2020,2"},
      {"data.empty", "The file has no rows, or nothing at all.", "year,gdp"},
      {"data.encoding",
       "The bytes are valid in no known encoding, or not in the one given. Save the file as UTF-8.",
       "a csv that is cut in the middle of a character"},
      {"data.encoding_detected",
       "The file is not UTF-8; its encoding was recognised and is said here. Say encoding = \"...\" if the "
       "guess is wrong.",
       "a csv saved by a Chinese Excel (GB18030)"},
      {"data.encrypted", "The workbook is protected by a password. Save a copy without one.", "secret.xlsx"},
      {"data.error_cells", "Cells of the workbook hold an error such as #DIV/0!. They are missing.", "#N/A"},
      {"data.expectation",
       "An expectation of [data] expect does not hold. The message names the first rows where it fails.",
       "expect = [\"0 < urban < 1\"]      (urban is in percent)"},
      {"data.extended_missing", "Stata's .a to .z are read as plain missing.", ".a in a dta file"},
      {"data.extreme_value",
       "Values lie more than ten interquartile ranges beyond the quartiles. A misplaced decimal point, or "
       "another unit?",
       "1.1, 1.2, 1.3, 1300"},
      {"data.file_not_found", "There is no file of this name. Check the folder and the spelling.",
       "panelist data dat.csv"},
      {"data.first_sheet",
       "The workbook has several sheets and the first one is read. Name another under [data] sheet.",
       "provinces.xlsx with sheets 2020 and 2021"},
      {"data.footnotes", "Lines below the table hold notes and are left out.",
       "Source: statistical yearbook"},
      {"data.formula_without_value",
       "A formula cell of the workbook has no stored value. Open the file, let it compute and save it.",
       "=A1+B1, written by a program"},
      {"data.imputed", "Missing cells were filled as [data.impute] says; the message counts them.",
       "[data.impute]\ngdp = \"linear\""},
      {"data.is_directory", "The name is a folder. Name the file inside it.", "panelist data results/"},
      {"data.join_conflict",
       "Files that are joined have the same column with different values in the same row. Rename or remove "
       "one of them.",
       "gdp is 1 in a.csv and 2 in b.csv for (A, 2020)"},
      {"data.join_key_renamed",
       "A file lacks one of the panel's keys, so that each of its values is repeated for every one; but one "
       "of "
       "its columns looks like that key. If it is, rename it in the file.",
       "panel = [\"province\", \"year\"] and a file with province,yr,rate"},
      {"data.join_matched",
       "How the rows of several files met on the panel keys: how many match, how many stand in one file "
       "only. Rows in one file only have missing values in the columns of the other.",
       "files = [\"gdp.csv\", \"trade.csv\"]"},
      {"data.join_spelling",
       "Files spell the same provinces differently, so that their rows do not match and stand apart. "
       "units = \"provinces\" in [data] matches them by the dictionary of provinces.",
       "北京 in one file, 北京市 in the other"},
      {"data.join_spread",
       "A file has only one of the panel's keys (a fixed trait of units, a national series): its values are "
       "repeated for every unit or time.",
       "files = [\"panel.csv\", \"distance.csv\"]      (distance.csv has no year)"},
      {"data.join_unmatched_units",
       "A file has units that no other file has; the joined data hold them with missing values. Mostly a "
       "unit "
       "is spelled in two ways.",
       "Inner Mongolia in one file, InnerMongolia in the other"},
      {"data.join_no_match",
       "No row of one file meets a row of the other: the units are probably written differently (names here, "
       "codes there).",
       "gdp.csv has 北京, trade.csv has 110000"},
      {"data.library_missing",
       "A library that this format needs is not installed; the hint names the Debian package. `panelist "
       "doctor` lists all.",
       "panelist data survey.dta"},
      {"data.line_too_long", "A line is longer than any table has. Is this a text table at all?",
       "a file of zeros without a line break"},
      {"data.merged_cells", "Merged cells are read as their first cell followed by missing ones.",
       "a heading over three columns"},
      {"data.missing_cluster",
       "A test groups the rows of a regression by a column that some of them lack. A test does not change "
       "the "
       "sample: leave those rows out of the regression as well.",
       "--tests 'wild(x, by=region)'      (rows without a region)"},
      {"data.missing_code_suspected",
       "A value that is often used for \"missing\" stands far from all others. If it is a code, say so under "
       "[data] missing.",
       "income: 12, 15, 9, -99"},
      {"data.missing_codes",
       "Cells with such texts are read as missing; the message counts them. [data] missing = [...] replaces "
       "the list.",
       "gdp\nNA"},
      {"data.missing_key", "A row lacks its unit or its time. Fill it, or leave the row out.",
       "province,year,gdp\n,2020,1"},
      {"data.infinite_number",
       "A column of numbers holds infinite ones: inf, or a number beyond 1.8e308. They come from a division "
       "by zero "
       "or a logarithm of zero in another program. Correct the cells, leave them blank, or name the words "
       "under "
       "[data] missing.",
       "x\n1.5\ninf"},
      {"data.mixed_column",
       "Numbers and texts stand in one column, so it is read as text. The message shows the first texts.",
       "1.5\nabout 2"},
      {"data.second_header",
       "A column of numbers has one text, right under its name: yearbooks print units there. Delete that "
       "row; units can "
       "stand in the codebook.",
       "year,gdp\n,100 million yuan\n2020,1.5\n2021,1.7"},
      {"data.no_rows",
       "No row is left: by the condition, or because a variable is missing everywhere. The message counts "
       "the reasons.",
       "--where 'year > 2050'"},
      {"data.not_a_file",
       "A pipe or a terminal stands where a file is needed: workbooks and Stata files cannot be read from a "
       "pipe, and a study must find the same data again. Save the data to a file.",
       "cat d.xlsx | panelist data -"},
      {"data.not_a_number", "A text column is used where numbers are wanted.",
       "panelist summary d.csv province"},
      {"data.not_wide", "shape = \"wide\" was asked for, but no heading is a time or ends in one.",
       "province,gdp,population"},
      {"data.numbers_as_text",
       "A column of the workbook holds numbers stored as text; they are read as numbers.", "'12 in Excel"},
      {"data.numeric_header", "The first line looks like data, not like names.", "2020,1.5,2.5"},
      {"data.ragged_row",
       "A row has more or fewer fields than the header. A separator inside an unquoted text is the usual "
       "cause.",
       "a,b\n1,2,3"},
      {"data.separator_detected", "The fields are separated by something other than a comma; said once.",
       "year;gdp"},
      {"data.thousands_marks", "Numbers are written with thousands marks, which are left out.",
       "\"1,234,567\""},
      {"data.time_of_day", "Times of day are left out of dates.", "2020-01-31 08:00"},
      {"data.title_rows", "Lines above the header hold a title and are left out.",
       "Table 3-1 Gross regional product"},
      {"data.truncated", "The file ends before it should: an interrupted download or copy. Get it again.",
       "the first half of an xlsx file"},
      {"data.unclosed_quote", "A quote opens and never closes, so the rest of the file is one field.",
       "a,b\n\"x,1"},
      {"data.unknown_column", "The data have no such column; the nearest name is suggested.",
       "panelist fit d.csv 'y ~ x' --vcov iid --panel provnce,year"},
      {"data.unknown_format", "The program does not read such files. Save as csv, xlsx or dta.",
       "panelist data paper.pdf"},
      {"data.unknown_sheet", "The workbook has no such sheet; the message lists them.", "sheet = \"2012\""},
      {"data.unreadable",
       "The file cannot be read: no permission, a broken disk, or contents that are no table of this kind.",
       "a picture renamed to data.xlsx"},
      {"data.exposure_not_positive",
       "An exposure enters a count model by its logarithm, so it must be positive in every row used. Leave "
       "the "
       "rows named out with where.",
       "--exposure population      (population is 0)"},
      {"data.outcome_outside_family",
       "Counts are zero or positive, outcomes of logit and probit are 0 or 1. The message names the first "
       "row that "
       "is not.",
       "--family logit      (the outcome is 2)"},
      {"data.weights_negative", "Weights are below zero in the rows named. Weights are zero or positive.",
       "--weights 'population - 1000'"},
      {"data.weights_not_integer",
       "Frequency weights count equal rows, so they are whole numbers. Use analytic or probability weights "
       "otherwise.",
       "--weights w --weight-type f      (w is 0.5)"},
      {"data.wide_to_long",
       "Headings that are times became rows; the message counts the columns and the new rows.",
       "province,gdp2019,gdp2020"},
  };
  return entries;
}

}  // namespace panelist::cli
