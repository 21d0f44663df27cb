// SPDX-License-Identifier: Apache-2.0
#include "table/io/csv_column.h"

namespace panelist {

void ColumnBuilder::add(std::string_view cell) {
  switch (mode_) {
    case Mode::failed:
      return;
    case Mode::text:
      add_text(cell);
      return;
    case Mode::number:
      if (missing_->shadow_numbers() && add_missing(cell)) return;
      if (add_number(cell) || add_missing(cell)) return;
      break;
    case Mode::date:
      if (add_value(parse_cell_date(cell)) || add_missing(cell)) return;
      break;
    case Mode::boolean:
      if (add_value(parse_cell_boolean(cell)) || add_missing(cell)) return;
      break;
    case Mode::open:
      add_first(cell);
      return;
  }
  mode_ = Mode::failed;
}

void ColumnBuilder::add_typed(double value, ColumnKind kind) {
  const Mode wanted = kind == ColumnKind::date      ? Mode::date
                      : kind == ColumnKind::boolean ? Mode::boolean
                                                    : Mode::number;
  if (mode_ == Mode::failed) return;
  if (mode_ == Mode::text) {
    add_text(Column::numbers({value}, kind).text_at(0));
    return;
  }
  if (mode_ == Mode::open) mode_ = wanted;
  if (mode_ != wanted) {
    mode_ = Mode::failed;
    return;
  }
  whole_ = whole_ && value == std::floor(value);
  values_.push_back(value);
}

void ColumnBuilder::add_first(std::string_view cell) {
  if (add_missing(cell)) return;
  if (add_number(cell)) {
    mode_ = Mode::number;
  } else if (add_value(parse_cell_date(cell))) {
    mode_ = Mode::date;
  } else if (add_value(parse_cell_boolean(cell))) {
    mode_ = Mode::boolean;
  } else {
    mode_ = Mode::failed;
  }
}

bool ColumnBuilder::add_missing(std::string_view cell) {
  const int code = missing_->find(cell);
  if (code < 0) return false;
  ++missing_counts_[static_cast<std::size_t>(code)];
  values_.push_back(missing_value);
  return true;
}

bool ColumnBuilder::add_number(std::string_view cell) {
  CellNumber number;
  if (!parse_cell_number(cell, style_, number)) return false;
  whole_ = whole_ && number.whole;
  leading_zeros_ = leading_zeros_ || number.leading_zero;
  inexact_ = inexact_ || number.inexact;
  thousands_ += number.thousands ? 1 : 0;
  ++numbers_from_text_;
  values_.push_back(number.value);
  return true;
}

bool ColumnBuilder::add_value(std::optional<double> value) {
  if (!value) return false;
  values_.push_back(*value);
  return true;
}

void ColumnBuilder::add_text(std::string_view cell) {
  const int missing = missing_->find(cell);
  if (missing >= 0) {
    ++missing_counts_[static_cast<std::size_t>(missing)];
    codes_.push_back(-1);
    return;
  }
  // Panels repeat the name of a unit from row to row.
  const bool same =
      !codes_.empty() && codes_.back() >= 0 && dictionary_[static_cast<std::size_t>(codes_.back())] == cell;
  codes_.push_back(same ? codes_.back() : code_of(cell));
}

std::int32_t ColumnBuilder::code_of(std::string_view cell) {
  auto place = places_.find(cell);
  if (place == places_.end()) {
    place = places_.emplace(std::string(cell), static_cast<std::int32_t>(dictionary_.size())).first;
    dictionary_.emplace_back(cell);
  }
  return place->second;
}

void ColumnBuilder::append_texts(ColumnBuilder&& after) {
  std::vector<std::int32_t> code(after.dictionary_.size());
  for (std::size_t i = 0; i < code.size(); ++i) code[i] = code_of(after.dictionary_[i]);
  for (const std::int32_t own : after.codes_)
    codes_.push_back(own < 0 ? own : code[static_cast<std::size_t>(own)]);
  after.codes_ = {};
  after.dictionary_ = {};
  after.places_ = {};
  for (std::size_t i = 0; i < missing_counts_.size(); ++i) missing_counts_[i] += after.missing_counts_[i];
}

void ColumnBuilder::add_flags(const QuickFlags& flags) {
  whole_ = whole_ && flags.whole;
  leading_zeros_ = leading_zeros_ || flags.leading_zero;
}

double ColumnBuilder::take_value() {
  const double value = values_.back();
  values_.clear();
  return value;
}

void ColumnBuilder::look_for_codes() {
  CellNumber number;
  for (const std::string& word : dictionary_) {
    if (!parse_cell_number(word, style_, number)) continue;
    leading_zeros_ = leading_zeros_ || number.leading_zero;
    inexact_ = inexact_ || number.inexact;
  }
}

bool ColumnBuilder::join(const ColumnBuilder& after) {
  if (mode_ == Mode::open) mode_ = after.mode_;
  // What is no number of its own accord disagrees with numbers before it; a number may still be a date.
  if (mode_ == Mode::number && after.mode_ != Mode::open && after.mode_ != Mode::number) mode_ = Mode::failed;
  if (mode_ != Mode::failed && after.mode_ != Mode::open && after.mode_ != mode_) return false;
  whole_ = whole_ && after.whole_;
  leading_zeros_ = leading_zeros_ || after.leading_zeros_;
  inexact_ = inexact_ || after.inexact_;
  thousands_ += after.thousands_;
  numbers_from_text_ += after.numbers_from_text_;
  for (std::size_t code = 0; code < missing_counts_.size(); ++code)
    missing_counts_[code] += after.missing_counts_[code];
  return true;
}

void ColumnBuilder::finish_pass() {
  if (mode_ == Mode::number && (leading_zeros_ || (inexact_ && whole_))) mode_ = Mode::failed;
}

void ColumnBuilder::restart_as_text() {
  mode_ = Mode::text;
  values_ = {};
  thousands_ = 0;
  std::fill(missing_counts_.begin(), missing_counts_.end(), 0);
}

ColumnKind ColumnBuilder::kind() const {
  switch (mode_) {
    case Mode::text:
      return ColumnKind::text;
    case Mode::date:
      return ColumnKind::date;
    case Mode::boolean:
      return ColumnKind::boolean;
    case Mode::open:
      return ColumnKind::real;
    default:
      return whole_ ? ColumnKind::integer : ColumnKind::real;
  }
}

Column ColumnBuilder::take_column() {
  if (is_text()) return Column::coded(std::move(codes_), std::move(dictionary_));
  return Column::numbers(std::move(values_), kind());
}

Column ColumnBuilder::take_column(std::shared_ptr<const double[]> values, std::size_t rows) {
  if (is_text()) return take_column();
  return Column::shared(std::move(values), rows, kind());
}

ColumnBuilder::Mixture ColumnBuilder::mixture() const {
  Mixture mixture;
  std::vector<bool> is_number(dictionary_.size());
  CellNumber number;
  for (std::size_t code = 0; code < dictionary_.size(); ++code) {
    is_number[code] = parse_cell_number(dictionary_[code], style_, number);
    if (!is_number[code] && mixture.examples.size() < 3) mixture.examples.push_back(dictionary_[code]);
  }
  for (std::size_t row = 0; row < codes_.size(); ++row) {
    if (codes_[row] < 0) continue;
    if (is_number[static_cast<std::size_t>(codes_[row])]) {
      ++mixture.numbers;
    } else {
      if (mixture.others++ == 0) mixture.first_row = row;
      if (is_infinite_number(dictionary_[static_cast<std::size_t>(codes_[row])])) ++mixture.infinite;
    }
  }
  return mixture;
}

}  // namespace panelist
