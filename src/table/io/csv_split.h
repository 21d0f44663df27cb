// SPDX-License-Identifier: Apache-2.0
// A stretch of a separated text cut into the cells of its rows, without copying one.
//
// Where every record has as many fields as the header, no quote, and none is blank or a footnote, the places where
// fields end are all there is to know; other stretches go through the scanner, record by record.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "table/io/csv_records.h"
#include "table/io/text_source.h"

namespace panelist {

// What holds for the whole text.
struct SplitRules {
  std::size_t columns = 0;
  char separator = ',';
  char line_end = '\n';
  std::string file;
};

// The place records are read from: the first that has not been, with what was counted before it.
struct ReadFront {
  std::size_t begin = 0;  // place in the text
  std::size_t row = 0;
  std::size_t line = 1;
};

class SplitStretch {
 public:
  explicit SplitStretch(const SplitRules& rules) : rules_(&rules) {}

  // The records that begin in [begin, end) of the source. False when they cannot be read: an error that only a run
  // over the whole text can name, or the file changed. `reach` limits how far beyond `end` the last record may go.
  bool split(const TextSource& source, std::size_t begin, std::size_t end, std::size_t reach);
  // The same from the first record that begins at or after `begin`, taken for one behind a line end.
  bool split_behind_line_end(const TextSource& source, std::size_t begin, std::size_t end, std::size_t reach);

  [[nodiscard]] std::size_t begin() const { return begin_; }
  [[nodiscard]] std::size_t end() const { return end_; }  // where the next record begins
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t lines() const { return lines_; }
  [[nodiscard]] std::size_t footnotes() const { return footnotes_; }
  // Line of each row, counted from the first of the stretch; empty when rows are successive lines.
  [[nodiscard]] const std::vector<std::size_t>& row_lines() const { return row_lines_; }

  // The cell between its separators, and whether it is as it stands (no quotes around).
  [[nodiscard]] bool plain() const { return plain_; }
  [[nodiscard]] std::string_view bare_cell(std::size_t row, std::size_t column) const {
    const std::size_t at = row * rules_->columns + column;
    const std::size_t first = at == 0 ? 0 : places_[at - 1] + 1;
    std::size_t last = places_[at];
    const char* const text = text_ + first;
    if (column + 1 == rules_->columns && last > first && text_[last - 1] == '\r') --last;
    return {text, last - first};
  }
  [[nodiscard]] const Field& field(std::size_t row, std::size_t column) const {
    return fields_[row * rules_->columns + column];
  }

 private:
  enum class Outcome { done, beyond, unsound };
  bool load(const TextSource& source, std::size_t from, std::size_t to);
  Outcome split_loaded(std::size_t end);
  Outcome split_plain(std::size_t size);
  Outcome scan(std::size_t end);
  void clear();

  const SplitRules* rules_;
  std::vector<char> buffer_;
  std::size_t loaded_from_ = 0, loaded_to_ = 0;
  bool to_the_end_ = false;  // what is loaded reaches the end of the source
  const char* text_ = nullptr;
  std::size_t begin_ = 0, end_ = 0, rows_ = 0, lines_ = 0, footnotes_ = 0;
  bool plain_ = true;
  std::vector<std::uint32_t> places_;
  std::vector<Field> fields_;
  std::vector<std::size_t> row_lines_;
};

}  // namespace panelist
