// SPDX-License-Identifier: Apache-2.0
// Named columns of equal length. Immutable columns, shared: copying a Table is cheap.
// Errors  data.unknown_column (with the nearest name)
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "table/column.h"
#include "table/row_numbers.h"

namespace panelist {

class Table {
 public:
  Table() = default;
  explicit Table(std::size_t rows) : rows_(rows) {}

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return names_.size(); }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
  [[nodiscard]] const Column* find(std::string_view name) const;  // nullptr when absent
  [[nodiscard]] const Column& at(std::string_view name) const;    // throws data.unknown_column
  // As find, kept alive by whoever holds it.
  [[nodiscard]] std::shared_ptr<const Column> share(std::string_view name) const;

  // Adds or replaces. The length must equal rows() unless the table is empty.
  void set(const std::string& name, Column column);
  // The rows listed, in that order.
  [[nodiscard]] Table take(const std::vector<std::size_t>& rows) const;
  // The rows where keep[row] is true.
  [[nodiscard]] Table filter(const std::vector<bool>& keep) const;

  std::string source;      // file name(s), for messages
  RowNumbers source_rows;  // row number in the source file (1-based, header counted), or empty

 private:
  std::size_t rows_ = 0;
  std::vector<std::string> names_;
  std::vector<std::shared_ptr<const Column>> columns_;
};

}  // namespace panelist
