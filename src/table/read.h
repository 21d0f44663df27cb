// SPDX-License-Identifier: Apache-2.0
// Reading data files. The format follows the content, then the extension.
//   csv tsv txt   UTF-8 with or without BOM, UTF-16 with BOM, GB18030 detected and said; quotes and newlines in fields;
//                 separator, decimal mark and thousands mark guessed or given; missing codes "" NA NaN . … — -- null
//                 (also nan NULL N/A #N/A …… ——)
//   xlsx          typed cells, dates with the 1900/1904 flag, sheet by name or number; a title above the header is
//                 skipped, cells merged down are filled, formula errors are missing
//   dta           Stata 8-18 (113-119) with variable and value labels; .a to .z are missing; %td %tc %tm %tq %th are
//                 dates; texts of before Stata 14 may be GB18030
//   pcol          a table as it was parsed, written by write_table: read in milliseconds; checksums are checked
// Column kinds    the whole column decides: numbers (integer when all are whole), dates, true/false, else text.
//                 Codes with leading zeros ("01") and integers beyond 2^53 make a column text, so nothing is lost.
//                 Infinite numbers (inf, 1e400) in a column of numbers are data.infinite_number, unless they are
//                 missing codes; what lies below the range of doubles is zero.
//                 A column of text with more than four numbers to every other cell is a data.mixed_column warning.
// Left out        blank lines; lines below a table that only hold a source or a remark ("数据来源：…", "Note: …")
// Errors  data.file_not_found data.is_directory data.unreadable data.encoding data.ragged_row data.line_too_long (64 MB)
//         data.unclosed_quote data.empty data.duplicate_column data.truncated data.encrypted data.unknown_sheet
//         data.unknown_format data.library_missing data.not_a_file data.infinite_number
// Cost    one pass, a second one for columns that turn out to be text; the text of a large csv is never in memory as a
//         whole. A million rows of fourteen numbers out of eighteen columns (154 MB): 0.4 s on one thread
#pragma once
#include <atomic>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "table/panel.h"
#include "table/table.h"

namespace panelist {

// Which columns to read. All of them when nothing is named or one that is needed is not in the file, so
// that what is then said of it is the same; columns left out are checked for their number of fields only.
struct ColumnChoice {
  std::set<std::string> needed;
  std::set<std::string> welcome;  // read when they are there
  [[nodiscard]] bool empty() const { return needed.empty() && welcome.empty(); }
  [[nodiscard]] bool takes(const std::string& name) const {
    return needed.count(name) > 0 || welcome.count(name) > 0;
  }
};

struct ReadOptions {
  std::string format;                // "" = by extension and content
  std::string sheet;                 // xlsx: name or 1-based number; "" = first
  std::string encoding;              // "" = detect: "utf-8", "gb18030", "utf-16", "latin-1"
  char separator = 0;                // 0 = guess among , ; tab |
  char decimal = 0;                  // 0 = guess . or ,
  std::vector<std::string> missing;  // replaces the usual missing codes when not empty
  ColumnChoice columns;              // text files and pcol only
  int skip_rows = 0;
  int threads = 1;  // for text files; what is read does not depend on it
  const std::atomic<bool>* stop =
      nullptr;  // polled while a text file is read; Stopped is thrown when it is set
};

struct ReadReport {
  std::string format;
  std::string encoding;
  std::vector<std::string> sheets;
  Diagnostics notes;  // what was detected, converted, suspicious
};

// `-` is standard input. A pipe is read once, as text only: workbooks and .dta from one are data.not_a_file.
Table read_table(const std::string& path, const ReadOptions& options = {}, ReadReport* report = nullptr);

// `-`, a pipe, a terminal: what cannot be read twice.
bool is_stream(const std::string& path);

// Writes csv, tsv, dta (Stata 14 and later), xlsx or pcol by extension, whole or not at all; the same table gives the same
// bytes. Labels are kept by dta and pcol only; names Stata does not allow are made legal there and kept as labels.
// Errors  output.unknown_format output.cannot_write output.disk_full
void write_table(const Table& table, const std::string& path);

// A codebook csv (name, label_en, label_zh, unit, source): sets labels on the columns it names.
// Names that are not in the table are reported as data.codebook_unknown warnings.
void apply_codebook(Table& table, const Table& codebook, Diagnostics& notes);

// Full outer join of several tables on the panel keys, with a match report (counts of matched and unmatched
// rows, unmatched keys) in `notes`. Columns in more than one table must agree where both are present, else
// data.join_conflict. Keys match as text, so 110000 matches "110000" and 2015 matches "2015年". A table with only one
// of the two keys (a fixed trait of units, a national series) is spread over the rows that have it.
// Units that match nothing on either side are a warning; when they are the same provinces spelled differently (北京 and
// 北京市) it says so, and UnitMatch::provinces matches them by the dictionary of table/provinces.h (the first file's
// spelling stays).
// Notes   data.join_matched, data.join_spread (a key is lacking), or the warnings data.join_no_match,
//         data.join_unmatched_units, data.join_spelling, data.join_key_renamed (a key is lacking, a column looks like it)
// Errors  data.join_conflict data.duplicate_keys data.missing_key data.unknown_column
enum class UnitMatch { exact, provinces };
Table join_on_keys(const std::vector<Table>& tables, const PanelKeys& keys, Diagnostics& notes,
                   UnitMatch units = UnitMatch::exact);

// Wide to long: columns "gdp2015", "gdp_2016" or headings that are years ("2015", "2015年") become rows; columns
// without a year stay and are repeated.
// Errors  data.not_wide data.duplicate_column data.unknown_column
struct WideShape {
  std::string id;               // unit column
  std::string time = "year";    // name of the new time column
  std::string value = "value";  // name of the value column when headings are bare times
};
Table wide_to_long(const Table& table, const WideShape& shape, Diagnostics& notes);

}  // namespace panelist
