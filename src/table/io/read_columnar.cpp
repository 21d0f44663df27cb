// SPDX-License-Identifier: Apache-2.0
// Reads a columnar file: its directory, then the columns wanted, several at a time. Numbers of a large file are not
// copied: the column looks at the mapped file.
#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstring>

#include "base/context.h"
#include "base/file.h"
#include "base/memory.h"
#include "table/io/columnar.h"
#include "table/io/formats.h"
#include "table/io/mapped_file.h"
#include "table/io/text_source.h"

namespace panelist {
namespace {

[[noreturn]] void throw_damaged(const std::string& file) {
  throw Error("data.truncated", fmt::format("`{}` is damaged or not complete", file),
              "make it again with panelist data FILE --to NAME.pcol", file);
}

std::uint64_t word_of(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// The directory from its beginning to its end; what would lie beyond is damage.
class Directory {
 public:
  Directory(std::string bytes, std::string file) : bytes_(std::move(bytes)), file_(std::move(file)) {}

  std::uint64_t word() {
    need(sizeof(std::uint64_t));
    const std::uint64_t word = word_of(bytes_.data() + at_);
    at_ += sizeof word;
    return word;
  }
  // A number of things of which each takes `least` bytes here.
  std::size_t count(std::size_t least) {
    const std::uint64_t things = word();
    if (things > (bytes_.size() - at_) / least) throw_damaged(file_);
    return things;
  }
  std::string text() {
    const std::size_t size = count(1);
    std::string text = bytes_.substr(at_, size);
    at_ += size;
    return text;
  }
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  void need(std::size_t size) const {
    if (bytes_.size() - at_ < size) throw_damaged(file_);
  }
  std::string bytes_, file_;
  std::size_t at_ = 0;
};

struct Block {
  std::uint64_t at = 0, size = 0, sum = 0;
};

struct StoredColumn {
  std::string name;
  ColumnKind kind = ColumnKind::real;
  Column labels;  // without cells
  std::vector<std::string> dictionary;
  Block block;
};

struct StoredTable {
  std::size_t rows = 0;
  std::string source;
  RowNumbers numbers;
  std::vector<StoredColumn> columns;
};

Directory open_directory(const TextSource& source, const std::string& file) {
  std::string header(columnar::alignment, '\0');
  if (source.size() < header.size() || !source.read(0, header.size(), header.data())) throw_damaged(file);
  const auto word = [&](std::size_t at) { return word_of(header.data() + at); };
  if (!header.starts_with(columnar::mark)) throw_damaged(file);
  if (word(columnar::version_at) != columnar::version)
    throw Error("data.unknown_format",
                fmt::format("`{}` was written by another version of the program", file),
                "make it again with panelist data FILE --to NAME.pcol", file);
  const std::uint64_t at = word(columnar::directory_at), size = word(columnar::directory_bytes_at);
  if (word(columnar::length_at) != source.size() || at > source.size() || size != source.size() - at)
    throw_damaged(file);
  std::string bytes(size, '\0');
  if (!source.read(at, size, bytes.data()) ||
      columnar::checksum(bytes.data(), size) != word(columnar::directory_sum_at))
    throw_damaged(file);
  return {std::move(bytes), file};
}

RowNumbers read_numbers(Directory& directory, std::size_t rows) {
  RowNumbers numbers;
  const std::size_t runs = directory.count(2 * sizeof(std::uint64_t));
  std::vector<std::array<std::uint64_t, 2>> run(runs);
  for (auto& each : run) each = {directory.word(), directory.word()};
  for (std::size_t i = 0; i < runs; ++i) {
    const std::uint64_t end = i + 1 < runs ? run[i + 1][0] : rows;
    if (run[i][0] != numbers.size() || end <= run[i][0] || end > rows) throw_damaged(directory.file());
    numbers.append(run[i][1], end - run[i][0]);
  }
  return numbers;
}

StoredColumn read_column(Directory& directory, std::size_t rows) {
  StoredColumn column;
  column.name = directory.text();
  const std::uint64_t kind = directory.word();
  if (kind > static_cast<std::uint64_t>(ColumnKind::text)) throw_damaged(directory.file());
  column.kind = static_cast<ColumnKind>(kind);
  for (std::string* text :
       {&column.labels.label, &column.labels.label_zh, &column.labels.unit, &column.labels.source})
    *text = directory.text();
  for (std::size_t left = directory.count(2 * sizeof(std::uint64_t)); left > 0; --left) {
    const auto value = std::bit_cast<double>(directory.word());
    column.labels.value_labels[value] = directory.text();
  }
  column.dictionary.resize(directory.count(sizeof(std::uint64_t)));
  for (std::string& word : column.dictionary) word = directory.text();
  column.block = {directory.word(), directory.word(), directory.word()};
  const std::size_t width = column.kind == ColumnKind::text ? sizeof(std::int32_t) : sizeof(double);
  if (column.block.size / width != rows || column.block.size % width != 0 ||
      column.block.at % columnar::alignment != 0)
    throw_damaged(directory.file());
  return column;
}

StoredTable read_directory(Directory directory) {
  StoredTable table;
  table.rows = directory.word();
  table.source = directory.text();
  table.numbers = read_numbers(directory, table.rows);
  const std::size_t columns = directory.count(11 * sizeof(std::uint64_t));
  if (columns == 0 && table.rows > 0) throw_damaged(directory.file());
  for (std::size_t i = 0; i < columns; ++i) table.columns.push_back(read_column(directory, table.rows));
  return table;
}

// The blocks of one file: looked at where it is mapped, else copied.
class Blocks {
 public:
  Blocks(const std::string& path, std::string file)
      : file_(std::move(file)),
        source_(TextSource::file(path)),
        mapped_(MappedFile::open(path, source_.size())) {}

  [[nodiscard]] const TextSource& source() const { return source_; }
  [[nodiscard]] const std::string& file() const { return file_; }

  [[nodiscard]] std::shared_ptr<const double[]> numbers(const Block& block) const {
    check(block);
    if (mapped_.is_open()) {
      const std::shared_ptr<const char> bytes = mapped_.share(block.at);
      if (columnar::checksum(bytes.get(), block.size) != block.sum) throw_damaged(file_);
      return {bytes, reinterpret_cast<const double*>(bytes.get())};
    }
    std::shared_ptr<double[]> cells = unset_values<double>(block.size / sizeof(double));
    read(block, reinterpret_cast<char*>(cells.get()));
    return cells;
  }

  // Always a copy: codes that are checked must stay what they were.
  [[nodiscard]] std::vector<std::int32_t> codes(const Block& block, std::size_t words) const {
    check(block);
    std::vector<std::int32_t> codes(block.size / sizeof(std::int32_t));
    read(block, reinterpret_cast<char*>(codes.data()));
    for (const std::int32_t code : codes)
      if (code < -1 || code >= static_cast<std::int64_t>(words)) throw_damaged(file_);
    return codes;
  }

 private:
  void check(const Block& block) const {
    if (block.at > source_.size() || block.size > source_.size() - block.at) throw_damaged(file_);
  }
  void read(const Block& block, char* cells) const {
    if (!source_.read(block.at, block.size, cells) || columnar::checksum(cells, block.size) != block.sum)
      throw_damaged(file_);
  }

  std::string file_;
  TextSource source_;
  MappedFile mapped_;
};

Column column_of(const Blocks& blocks, StoredColumn& stored) {
  Column column;
  if (stored.kind == ColumnKind::text) {
    std::vector<std::int32_t> codes = blocks.codes(stored.block, stored.dictionary.size());
    column = Column::coded(std::move(codes), std::move(stored.dictionary));
  } else {
    column = Column::shared(blocks.numbers(stored.block), stored.block.size / sizeof(double), stored.kind);
  }
  column.label = stored.labels.label;
  column.label_zh = stored.labels.label_zh;
  column.unit = stored.labels.unit;
  column.source = stored.labels.source;
  column.value_labels = stored.labels.value_labels;
  return column;
}

}  // namespace

Table read_columnar(const std::string& path, const ReadOptions& options, ReadReport& report) {
  const Blocks blocks(path, file_name_of(path));
  StoredTable stored = read_directory(open_directory(blocks.source(), blocks.file()));
  std::vector<std::string> names;
  for (const StoredColumn& column : stored.columns) names.push_back(column.name);
  const std::vector<std::size_t> chosen = chosen_columns(names, options.columns);
  std::vector<Column> columns(chosen.size());
  Context job;
  job.stop = options.stop;
  job.threads = options.threads;
  for_each_block(job, static_cast<std::int64_t>(chosen.size()), [&](std::int64_t i) {
    const auto at = static_cast<std::size_t>(i);
    columns[at] = column_of(blocks, stored.columns[chosen[at]]);
  });
  Table table(stored.rows);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (table.has(names[chosen[i]])) throw_damaged(blocks.file());
    table.set(names[chosen[i]], std::move(columns[i]));
  }
  table.source = stored.source;
  table.source_rows = std::move(stored.numbers);
  report.format = "pcol";
  return table;
}

}  // namespace panelist
