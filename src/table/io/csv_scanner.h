// SPDX-License-Identifier: Apache-2.0
// Records and fields of a separated text: RFC 4180 with the usual liberties (blanks around quotes, LF or CR alone).
// Errors  data.unclosed_quote
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace panelist {

// One field, pointing into the text.
struct Field {
  std::string_view raw;  // without its quotes
  bool quoted = false;
  bool doubled_quotes = false;  // "" inside stands for "
};

// Adds the field's text: unquoted trimmed, quoted as it is. `storage` holds it when quotes must be undoubled.
std::string_view field_text(const Field& field, std::string& storage);

class CsvScanner {
 public:
  CsvScanner(std::string_view text, char separator, std::string file);
  // Of a part of a text, whose lines end as given.
  CsvScanner(std::string_view text, char separator, std::string file, char line_end)
      : text_(text), separator_(separator), line_end_(line_end), file_(std::move(file)) {}

  // Appends the fields of the next record. False at the end.
  bool next(std::vector<Field>& fields);
  [[nodiscard]] std::size_t record_line() const {
    return record_line_;
  }  // 1-based line the last record began on
  [[nodiscard]] std::size_t position() const { return at_; }
  void skip_lines(std::size_t lines);
  [[nodiscard]] char line_end() const { return line_end_; }
  [[nodiscard]] std::size_t line() const { return line_; }
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  Field read_field();
  Field read_quoted(std::size_t open);
  Field read_bare(std::size_t begin);
  void end_line();

  std::string_view text_;
  char separator_;
  char line_end_;
  std::string file_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t record_line_ = 1;
  bool at_record_end_ = false;
};

}  // namespace panelist
