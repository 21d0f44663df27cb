// SPDX-License-Identifier: Apache-2.0
#include "table/reshape/merge_columns.h"

#include <cmath>

namespace panelist {
namespace {

void take_if_empty(std::string& target, const std::string& text) {
  if (target.empty()) target = text;
}

}  // namespace

ColumnKind common_kind(const std::vector<const Column*>& parts) {
  std::optional<ColumnKind> common;
  for (const Column* part : parts) {
    if (part->count_missing() == part->size()) continue;
    const ColumnKind kind = part->kind();
    if (!common) common = kind;
    if (*common == kind) continue;
    const bool with_text = *common == ColumnKind::text || kind == ColumnKind::text;
    const bool with_date = *common == ColumnKind::date || kind == ColumnKind::date;
    common = with_text || with_date ? ColumnKind::text : ColumnKind::real;
  }
  return common.value_or(ColumnKind::real);
}

ColumnMerger::ColumnMerger(const std::vector<const Column*>& parts)
    : kind_(common_kind(parts)), is_text_(kind_ == ColumnKind::text) {
  for (const Column* part : parts) {
    take_if_empty(labels_.label, part->label);
    take_if_empty(labels_.label_zh, part->label_zh);
    take_if_empty(labels_.unit, part->unit);
    take_if_empty(labels_.source, part->source);
    if (labels_.value_labels.empty()) labels_.value_labels = part->value_labels;
  }
}

void ColumnMerger::add(const Column& part, std::size_t row) {
  add_missing();
  replace(size() - 1, part, row);
}

void ColumnMerger::add_missing() {
  if (is_text_) {
    texts_.emplace_back();
  } else {
    values_.push_back(missing_value);
  }
}

bool ColumnMerger::is_missing(std::size_t row) const {
  return is_text_ ? texts_[row].empty() : std::isnan(values_[row]);
}

bool ColumnMerger::agrees(std::size_t row, const Column& part, std::size_t part_row) const {
  return is_text_ ? texts_[row] == part.text_at(part_row) : values_[row] == part.values()[part_row];
}

void ColumnMerger::replace(std::size_t row, const Column& part, std::size_t part_row) {
  if (part.is_missing(part_row)) return;
  if (is_text_) {
    texts_[row] = part.text_at(part_row);
  } else {
    values_[row] = part.values()[part_row];
  }
}

std::string ColumnMerger::text_at(std::size_t row) const {
  return is_text_ ? texts_[row] : Column::numbers({values_[row]}, kind_).text_at(0);
}

Column ColumnMerger::take_column() {
  Column column = is_text_ ? Column::texts(texts_) : Column::numbers(std::move(values_), kind_);
  column.label = std::move(labels_.label);
  column.label_zh = std::move(labels_.label_zh);
  column.unit = std::move(labels_.unit);
  column.source = std::move(labels_.source);
  if (!is_text_) column.value_labels = std::move(labels_.value_labels);
  return column;
}

}  // namespace panelist
