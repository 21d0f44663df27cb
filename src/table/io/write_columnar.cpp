// SPDX-License-Identifier: Apache-2.0
#include <bit>
#include <cstring>

#include "table/io/columnar.h"
#include "table/io/formats.h"

namespace panelist {
namespace {

void put_word(std::string& bytes, std::uint64_t word) {
  bytes.append(reinterpret_cast<const char*>(&word), sizeof word);
}

void put_text(std::string& bytes, const std::string& text) {
  put_word(bytes, text.size());
  bytes += text;
}

void set_word(std::string& bytes, std::size_t at, std::uint64_t word) {
  std::memcpy(bytes.data() + at, &word, sizeof word);
}

// Appends the cells at the next multiple of 64 and says where they are.
void put_block(std::string& bytes, std::string& directory, const void* cells, std::size_t size) {
  bytes.resize((bytes.size() + columnar::alignment - 1) / columnar::alignment * columnar::alignment, '\0');
  put_word(directory, bytes.size());
  put_word(directory, size);
  put_word(directory, columnar::checksum(static_cast<const char*>(cells), size));
  bytes.append(static_cast<const char*>(cells), size);
}

// Runs of successive numbers: the row each begins at and its number.
void put_numbers(std::string& directory, const RowNumbers& numbers) {
  std::string runs;
  std::size_t count = 0, expected = 0;
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    const std::size_t number = numbers[row];
    if (row == 0 || number != expected) {
      put_word(runs, row);
      put_word(runs, number);
      ++count;
    }
    expected = number + 1;
  }
  put_word(directory, count);
  directory += runs;
}

void put_column(std::string& bytes, std::string& directory, const std::string& name, const Column& column) {
  put_text(directory, name);
  put_word(directory, static_cast<std::uint64_t>(column.kind()));
  for (const std::string* text : {&column.label, &column.label_zh, &column.unit, &column.source})
    put_text(directory, *text);
  put_word(directory, column.value_labels.size());
  for (const auto& [value, label] : column.value_labels) {
    put_word(directory, std::bit_cast<std::uint64_t>(value));
    put_text(directory, label);
  }
  put_word(directory, column.dictionary().size());
  for (const std::string& word : column.dictionary()) put_text(directory, word);
  if (column.is_text())
    put_block(bytes, directory, column.codes().data(), column.size() * sizeof(std::int32_t));
  else
    put_block(bytes, directory, column.cells().data(), column.size() * sizeof(double));
}

}  // namespace

std::string columnar_bytes(const Table& table) {
  std::string bytes(columnar::mark);
  bytes.resize(columnar::alignment, '\0');
  bytes.reserve(table.rows() * table.columns() * sizeof(double));
  std::string directory;
  put_word(directory, table.rows());
  put_text(directory, table.source);
  put_numbers(directory, table.source_rows);
  put_word(directory, table.columns());
  for (const std::string& name : table.names()) put_column(bytes, directory, name, table.at(name));
  set_word(bytes, columnar::version_at, columnar::version);
  set_word(bytes, columnar::length_at, bytes.size() + directory.size());
  set_word(bytes, columnar::directory_at, bytes.size());
  set_word(bytes, columnar::directory_bytes_at, directory.size());
  set_word(bytes, columnar::directory_sum_at, columnar::checksum(directory.data(), directory.size()));
  return bytes + directory;
}

}  // namespace panelist
