// SPDX-License-Identifier: Apache-2.0
// Records of a separated text as rows: lines of blanks and separators alone are none, nor are footnotes; blank surplus
// fields go, other surplus or a lack is an error.
// Errors  data.ragged_row data.unclosed_quote data.empty
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/context.h"
#include "table/io/csv_dialect.h"
#include "table/io/csv_scanner.h"
#include "table/read.h"

namespace panelist {

// A text, or the beginning of one.
struct CsvText {
  std::string file;
  std::string text;
  std::size_t mark = 0;  // bytes of the byte order mark before it in the file
  CsvDialect dialect;
  int skip_rows = 0;
  Context job;  // the stop and the threads
};

// Where records begin: the scanner stands behind the header, whose fields are given.
CsvScanner scanner_after_header(const CsvText& csv, std::vector<Field>& header);
std::vector<std::string> read_header(const CsvText& csv);

// Whether a first field like that may begin a blank line or a footnote: a quick look that may err to yes.
bool may_be_no_row(std::string_view first_field);

enum class RecordKind { row, blank, footnote };
// Of the record that begins at fields[begin]; a row is made exactly `columns` long.
RecordKind settle_record(std::vector<Field>& fields, std::size_t begin, std::size_t columns,
                         const CsvScanner& scanner);

}  // namespace panelist
