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

// Where cells will stand in the file; nothing is copied until all places are known.
struct Block {
  std::size_t at = 0;
  const char* cells = nullptr;
  std::size_t size = 0;
};

struct Plan {
  std::string directory;
  std::vector<Block> blocks;
  std::size_t end = columnar::alignment;  // of the blocks so far, behind the header
};

// At the next multiple of 64, which the directory is told.
void put_block(Plan& plan, const void* cells, std::size_t size) {
  const std::size_t at = (plan.end + columnar::alignment - 1) / columnar::alignment * columnar::alignment;
  plan.blocks.push_back({at, static_cast<const char*>(cells), size});
  plan.end = at + size;
  put_word(plan.directory, at);
  put_word(plan.directory, size);
  put_word(plan.directory, columnar::checksum(plan.blocks.back().cells, size));
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

void put_column(Plan& plan, const std::string& name, const Column& column) {
  std::string& directory = plan.directory;
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
    put_block(plan, column.codes().data(), column.size() * sizeof(std::int32_t));
  else
    put_block(plan, column.cells().data(), column.size() * sizeof(double));
}

Plan plan_of(const Table& table) {
  Plan plan;
  put_word(plan.directory, table.rows());
  put_text(plan.directory, table.source);
  put_numbers(plan.directory, table.source_rows);
  put_word(plan.directory, table.columns());
  for (const std::string& name : table.names()) put_column(plan, name, table.at(name));
  return plan;
}

std::string header_of(const Plan& plan) {
  std::string header(columnar::mark);
  header.resize(columnar::alignment, '\0');
  set_word(header, columnar::version_at, columnar::version);
  set_word(header, columnar::length_at, plan.end + plan.directory.size());
  set_word(header, columnar::directory_at, plan.end);
  set_word(header, columnar::directory_bytes_at, plan.directory.size());
  set_word(header, columnar::directory_sum_at,
           columnar::checksum(plan.directory.data(), plan.directory.size()));
  return header;
}

}  // namespace

std::string columnar_bytes(const Table& table) {
  const Plan plan = plan_of(table);
  std::string bytes;
  bytes.reserve(plan.end + plan.directory.size());
  bytes += header_of(plan);
  for (const Block& block : plan.blocks) {
    bytes.resize(block.at, '\0');
    bytes.append(block.cells, block.size);
  }
  bytes += plan.directory;
  return bytes;
}

}  // namespace panelist
