// SPDX-License-Identifier: Apache-2.0
#include "table/table.h"

#include <fmt/format.h>

#include "base/diagnostic.h"
#include "base/text.h"

namespace panelist {
namespace {

std::string first_names(const std::vector<std::string>& names) {
  constexpr std::size_t most = 12;
  std::vector<std::string> shown(names.begin(),
                                 names.begin() + static_cast<std::ptrdiff_t>(std::min(most, names.size())));
  std::string text = join(shown, ", ");
  if (names.size() > most) text += fmt::format(", ... ({} columns)", names.size());
  return text;
}

}  // namespace

std::shared_ptr<const Column> Table::share(std::string_view name) const {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i] == name) return columns_[i];
  }
  return nullptr;
}

const Column* Table::find(std::string_view name) const { return share(name).get(); }

const Column& Table::at(std::string_view name) const {
  if (const Column* column = find(name)) return *column;
  Diagnostic diagnostic;
  diagnostic.code = "data.unknown_column";
  diagnostic.message = fmt::format("there is no column `{}`{}", name, source.empty() ? "" : " in " + source);
  diagnostic.subject = fmt::format("column {}", name);
  diagnostic.notes.push_back("columns: " + first_names(names_));
  const std::string near = nearest(name, names_);
  if (!near.empty()) diagnostic.hint = fmt::format("did you mean `{}`?", near);
  throw Error(std::move(diagnostic));
}

void Table::set(const std::string& name, Column column) {
  if (names_.empty() && rows_ == 0) rows_ = column.size();
  if (column.size() != rows_) {
    throw Error("internal.column_length",
                fmt::format("column `{}` has {} rows, the table {}", name, column.size(), rows_));
  }
  auto shared = std::make_shared<const Column>(std::move(column));
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i] == name) {
      columns_[i] = std::move(shared);
      return;
    }
  }
  names_.push_back(name);
  columns_.push_back(std::move(shared));
}

Table Table::take(const std::vector<std::size_t>& rows) const {
  Table taken(rows.size());
  taken.source = source;
  taken.names_ = names_;
  taken.columns_.reserve(columns_.size());
  for (const auto& column : columns_)
    taken.columns_.push_back(std::make_shared<const Column>(column->take(rows)));
  if (!source_rows.empty()) {
    for (const std::size_t row : rows) taken.source_rows.push_back(source_rows[row]);
  }
  return taken;
}

Table Table::filter(const std::vector<bool>& keep) const {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < rows_; ++row) {
    if (keep[row]) rows.push_back(row);
  }
  return take(rows);
}

}  // namespace panelist
