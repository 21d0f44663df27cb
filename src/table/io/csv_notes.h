// SPDX-License-Identifier: Apache-2.0
// What a reader of text files says about what it detected, converted or found suspicious.
#pragma once
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "table/io/csv_column.h"
#include "table/io/csv_dialect.h"
#include "table/row_numbers.h"

namespace panelist {

void add_note(Diagnostics& notes, const std::string& code, const std::string& message,
              const std::string& subject = "");

void note_dialect(const CsvDialect& dialect, Diagnostics& notes);
void note_missing_codes(const std::vector<ColumnBuilder>& builders, const MissingCodes& missing,
                        Diagnostics& notes);
void note_column(const std::string& name, const ColumnBuilder& builder, const RowNumbers& source_rows,
                 Diagnostics& notes);
// For files that type their cells: numbers that stood there as text.
void note_numbers_from_text(const std::string& name, const ColumnBuilder& builder, Diagnostics& notes);
void note_footnotes(std::size_t count, Diagnostics& notes);
void note_numeric_header(const std::vector<std::string>& names, Diagnostics& notes);

}  // namespace panelist
