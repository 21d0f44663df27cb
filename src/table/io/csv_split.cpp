// SPDX-License-Identifier: Apache-2.0
#include "table/io/csv_split.h"

#include <cstring>

#include "table/io/encoding.h"
#include "table/io/field_ends.h"
#include "table/io/text_bytes.h"

namespace panelist {
namespace {

constexpr std::size_t padding = 128;  // readable behind the text
constexpr std::size_t overlap =
    std::size_t{4096};  // the last record goes beyond the end, usually less than this

// A record of the right number of fields that is no row.
bool is_no_row(const SplitStretch& stretch, std::size_t row, std::size_t columns) {
  if (!may_be_no_row(stretch.bare_cell(row, 0))) return false;
  bool rest_blank = true;
  for (std::size_t column = 1; column < columns && rest_blank; ++column)
    rest_blank = trim_blanks(stretch.bare_cell(row, column)).empty();
  if (!rest_blank) return false;
  const std::string_view first = trim_blanks(stretch.bare_cell(row, 0));
  return first.empty() || (columns > 1 && is_footnote(first));
}

}  // namespace

void SplitStretch::clear() {
  rows_ = lines_ = footnotes_ = 0;
  plain_ = true;
  fields_.clear();
  row_lines_.clear();
}

bool SplitStretch::load(const TextSource& source, std::size_t from, std::size_t to) {
  to = std::min(to, source.size());
  if (buffer_.size() < to - from + padding) buffer_.resize(to - from + padding);
  if (!source.read(from, to - from, buffer_.data())) return false;
  std::memset(buffer_.data() + (to - from), 0, padding);
  loaded_from_ = from;
  loaded_to_ = to;
  to_the_end_ = to == source.size();
  return true;
}

bool SplitStretch::split(const TextSource& source, std::size_t begin, std::size_t end, std::size_t reach) {
  begin_ = begin;
  if (begin >= end) {
    clear();
    end_ = begin;
    return true;
  }
  for (std::size_t beyond = overlap;; beyond *= 8) {
    const bool enough = loaded_from_ <= begin && loaded_to_ >= std::min(end + beyond, source.size());
    if (!enough && !load(source, begin, end + beyond)) return false;
    clear();
    const Outcome outcome = split_loaded(end);
    if (outcome != Outcome::beyond) return outcome == Outcome::done;
    if (beyond >= reach) return false;
  }
}

bool SplitStretch::split_behind_line_end(const TextSource& source, std::size_t begin, std::size_t end,
                                         std::size_t reach) {
  loaded_to_ = 0;
  if (!load(source, begin - 1, end + overlap)) return false;
  const void* const found = std::memchr(buffer_.data(), rules_->line_end, loaded_to_ - loaded_from_);
  if (found == nullptr) return false;
  const auto place = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
  return split(source, loaded_from_ + place + 1, end, reach);
}

SplitStretch::Outcome SplitStretch::split_loaded(std::size_t end) {
  char* const data = buffer_.data();
  text_ = data + (begin_ - loaded_from_);
  char* const stop = data + (std::max(end, begin_ + 1) - 1 - loaded_from_);
  char* const loaded_end = data + (loaded_to_ - loaded_from_);
  void* const last = std::memchr(stop, rules_->line_end, static_cast<std::size_t>(loaded_end - stop));
  if (last == nullptr && !to_the_end_) return Outcome::beyond;
  // The last line of a file may lack its end.
  if (last == nullptr) *loaded_end = rules_->line_end;
  const char* const line_end = last == nullptr ? loaded_end : static_cast<const char*>(last);
  const Outcome outcome = split_plain(static_cast<std::size_t>(line_end + 1 - text_));
  if (last == nullptr) {
    *loaded_end = '\0';
    end_ = std::min(end_, loaded_to_);
  }
  return outcome;
}

SplitStretch::Outcome SplitStretch::split_plain(std::size_t size) {
  const TextMarks marks = find_field_ends(text_, size, rules_->separator, rules_->line_end, places_);
  if (marks.zero) return Outcome::unsound;
  const std::size_t columns = rules_->columns;
  bool regular = !marks.quote && marks.ends == marks.lines * columns;
  for (std::size_t row = 0; regular && row < marks.lines; ++row)
    regular = text_[places_[row * columns + columns - 1]] == rules_->line_end;
  for (std::size_t row = 0; regular && row < marks.lines; ++row) regular = !is_no_row(*this, row, columns);
  if (!regular) return scan(begin_ + size);
  if (marks.beyond_ascii && first_invalid_utf8({text_, size}) != std::string_view::npos)
    return Outcome::unsound;
  rows_ = lines_ = marks.lines;
  end_ = begin_ + size;
  return Outcome::done;
}

// By the scanner, which knows quotes.
SplitStretch::Outcome SplitStretch::scan(std::size_t end) {
  plain_ = false;
  const std::string_view all(text_, loaded_to_ - begin_);
  CsvScanner scanner(all, rules_->separator, rules_->file, rules_->line_end);
  try {
    while (scanner.position() < std::min(end - begin_, all.size())) {
      const std::size_t first = fields_.size();
      if (!scanner.next(fields_)) break;
      if (scanner.position() > all.size() && !to_the_end_) return Outcome::beyond;
      const RecordKind kind = settle_record(fields_, first, rules_->columns, scanner);
      if (kind == RecordKind::row)
        row_lines_.push_back(scanner.record_line() - 1);
      else
        fields_.resize(first);
      footnotes_ += kind == RecordKind::footnote ? 1 : 0;
    }
  } catch (const Error& error) {
    return error.diagnostic().code == "data.unclosed_quote" && !to_the_end_ ? Outcome::beyond
                                                                            : Outcome::unsound;
  }
  const std::size_t size = std::min(scanner.position(), all.size());
  if (all.substr(0, size).find('\0') != std::string_view::npos ||
      first_invalid_utf8(all.substr(0, size)) != std::string_view::npos)
    return Outcome::unsound;
  rows_ = row_lines_.size();
  lines_ = scanner.line() - 1;
  end_ = begin_ + size;
  return Outcome::done;
}

}  // namespace panelist
