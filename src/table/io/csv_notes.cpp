// SPDX-License-Identifier: Apache-2.0
#include "table/io/csv_notes.h"

#include <fmt/format.h>

#include "base/text.h"

namespace panelist {
namespace {

Diagnostic remark(Severity severity, const std::string& code, const std::string& message,
                  const std::string& subject) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.severity = severity;
  diagnostic.message = message;
  diagnostic.subject = subject;
  return diagnostic;
}

void warn_of_mixture(const std::string& name, const ColumnBuilder::Mixture& mixture,
                     const RowNumbers& source_rows, Diagnostics& notes) {
  Diagnostic warning =
      remark(Severity::warning, "data.mixed_column",
             fmt::format("`{}` is text: {} of its cells are numbers, {} are not (\"{}\", first in row {})",
                         name, mixture.numbers, mixture.others, join(mixture.examples, "\", \""),
                         source_rows[mixture.first_row]),
             "column " + name);
  warning.hint = "correct the cells, or name these texts as missing codes";
  notes.add(std::move(warning));
}

// A column of numbers but for those without an end is no column of texts.
void refuse_infinite(const std::string& name, const ColumnBuilder::Mixture& mixture,
                     const RowNumbers& source_rows) {
  if (mixture.numbers == 0 || mixture.infinite == 0 || mixture.infinite < mixture.others) return;
  throw Error("data.infinite_number",
              fmt::format("`{}` holds infinite numbers: \"{}\" in {} cell{}, the first in row {}", name,
                          join(mixture.examples, "\", \""), mixture.infinite,
                          mixture.infinite == 1 ? "" : "s", source_rows[mixture.first_row]),
              "correct these cells, leave them blank, or name the words as missing: `[data] missing`",
              "column " + name);
}

// The one text among the numbers stands right under the name: units, as yearbooks print them.
bool looks_like_units_row(const ColumnBuilder::Mixture& mixture) {
  return mixture.others == 1 && mixture.first_row == 0 && mixture.numbers > 1;
}

void warn_of_units_row(const std::string& name, const ColumnBuilder::Mixture& mixture,
                       const RowNumbers& source_rows, Diagnostics& notes) {
  Diagnostic warning = remark(
      Severity::warning, "data.second_header",
      fmt::format("`{}` is text only because of \"{}\" in row {}, right under the names: that looks like a "
                  "second header row",
                  name, join(mixture.examples, "\", \""), source_rows.front()),
      "column " + name);
  warning.hint =
      fmt::format("delete row {} of the file (units can stand in a codebook), and the column is numbers",
                  source_rows.front());
  notes.add(std::move(warning));
}

}  // namespace

void add_note(Diagnostics& notes, const std::string& code, const std::string& message,
              const std::string& subject) {
  notes.add(remark(Severity::note, code, message, subject));
}

void note_dialect(const CsvDialect& dialect, Diagnostics& notes) {
  if (dialect.separator != ',') {
    const std::string shown = dialect.separator == '\t' ? "tab" : std::string(1, dialect.separator);
    add_note(notes, "data.separator_detected", fmt::format("columns are separated by `{}`", shown));
  }
  if (dialect.numbers.decimal != '.') {
    add_note(notes, "data.decimal_detected",
             fmt::format("`{}` is the decimal mark", dialect.numbers.decimal));
  }
}

void note_missing_codes(const std::vector<ColumnBuilder>& builders, const MissingCodes& missing,
                        Diagnostics& notes) {
  std::vector<std::string> found;
  for (std::size_t code = 1; code < missing.names().size(); ++code) {
    std::size_t cells = 0;
    for (const ColumnBuilder& builder : builders) cells += builder.missing_counts()[code];
    if (cells > 0) found.push_back(fmt::format("`{}` ({} cells)", missing.names()[code], cells));
  }
  if (!found.empty()) add_note(notes, "data.missing_codes", "read as missing: " + join(found, ", "));
}

void note_column(const std::string& name, const ColumnBuilder& builder, const RowNumbers& source_rows,
                 Diagnostics& notes) {
  const std::string subject = "column " + name;
  if (builder.thousands() > 0) {
    add_note(notes, "data.thousands_marks",
             fmt::format("`{}` has thousands marks in {} cells; they are read as numbers", name,
                         builder.thousands()),
             subject);
  }
  if (!builder.is_text()) return;
  const ColumnBuilder::Mixture mixture = builder.mixture();
  refuse_infinite(name, mixture, source_rows);
  if (looks_like_units_row(mixture)) {
    warn_of_units_row(name, mixture, source_rows, notes);
  } else if (mixture.others > 0 && mixture.numbers > 4 * mixture.others) {
    warn_of_mixture(name, mixture, source_rows, notes);
  } else if (mixture.others == 0 && builder.has_codes()) {
    add_note(notes, "data.codes_as_text",
             builder.beyond_integers()
                 ? fmt::format("`{}` holds integers too long for exact numbers and is read as text", name)
                 : fmt::format("`{}` holds codes with leading zeros and is read as text", name),
             subject);
  }
}

void note_numbers_from_text(const std::string& name, const ColumnBuilder& builder, Diagnostics& notes) {
  if (builder.is_text() || builder.numbers_from_text() == 0) return;
  add_note(notes, "data.numbers_as_text",
           fmt::format("`{}` has {} numbers stored as text; they are read as numbers", name,
                       builder.numbers_from_text()),
           "column " + name);
}

void note_footnotes(std::size_t count, Diagnostics& notes) {
  if (count == 0) return;
  add_note(notes, "data.footnotes",
           fmt::format("{} line{} with a source or a remark left out", count, count == 1 ? "" : "s"));
}

void note_numeric_header(const std::vector<std::string>& names, Diagnostics& notes) {
  CellNumber number;
  for (const std::string& name : names) {
    if (!parse_cell_number(name, {}, number)) return;
  }
  Diagnostic warning = remark(Severity::warning, "data.numeric_header",
                              "every heading is a number: the first row may be data without a header", "");
  warning.hint = "put the names of the columns in the first row";
  notes.add(std::move(warning));
}

}  // namespace panelist
