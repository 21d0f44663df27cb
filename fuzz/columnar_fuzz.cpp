// SPDX-License-Identifier: Apache-2.0
// Any bytes as a columnar file: a table or one Error, never anything else.
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <string>

#include "base/diagnostic.h"
#include "table/read.h"

namespace {

const std::string& path() {
  static const std::string in_memory = "/dev/shm/panelist-fuzz-" + std::to_string(getpid()) + ".pcol";
  return in_memory;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::ofstream(path(), std::ios::binary).write(reinterpret_cast<const char*>(data), std::streamsize(size));
  try {
    panelist::ReadOptions options;
    options.format = "pcol";
    const panelist::Table table = panelist::read_table(path(), options);
    panelist::write_table(table, path());
    if (panelist::read_table(path()).columns() != table.columns()) __builtin_trap();
  } catch (const panelist::Error&) {
  }
  return 0;
}
