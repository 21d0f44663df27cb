// SPDX-License-Identifier: Apache-2.0
// Any bytes as a columnar file: a table or one Error, never anything else. The checksum of the directory is set right, so
// that what stands behind it is reached.
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "table/io/columnar.h"
#include "table/read.h"

namespace {

namespace columnar = panelist::columnar;

const std::string& path() {
  static const std::string in_memory = "/dev/shm/panelist-fuzz-" + std::to_string(getpid()) + ".pcol";
  return in_memory;
}

void set_word(std::string& bytes, std::size_t at, std::uint64_t word) {
  std::memcpy(bytes.data() + at, &word, sizeof word);
}

// The bytes are a directory behind a header and one empty block.
std::string with_header(std::string_view directory) {
  std::string bytes(columnar::mark);
  bytes.resize(2 * columnar::alignment, '\0');
  bytes += directory;
  set_word(bytes, columnar::version_at, columnar::version);
  set_word(bytes, columnar::length_at, bytes.size());
  set_word(bytes, columnar::directory_at, 2 * columnar::alignment);
  set_word(bytes, columnar::directory_bytes_at, directory.size());
  set_word(bytes, columnar::directory_sum_at, columnar::checksum(directory.data(), directory.size()));
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view given(reinterpret_cast<const char*>(data), size);
  for (const std::string& bytes : {std::string(given), with_header(given)}) {
    std::ofstream(path(), std::ios::binary).write(bytes.data(), std::streamsize(bytes.size()));
    try {
      panelist::ReadOptions options;
      options.format = "pcol";
      const panelist::Table table = panelist::read_table(path(), options);
      panelist::write_table(table, path());
      if (panelist::read_table(path()).columns() != table.columns()) __builtin_trap();
    } catch (const panelist::Error&) {
    }
  }
  return 0;
}
