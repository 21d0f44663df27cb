// SPDX-License-Identifier: Apache-2.0
// Files that tests write and read back.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "base/diagnostic.h"
#include "table/read.h"

namespace panelist {

inline std::string scratch_path(const std::string& name) {
  return testing::TempDir() + "panelist_" + std::to_string(getpid()) + "_" + name;
}

inline std::string scratch_file(const std::string& name, const std::string& bytes) {
  const std::string path = scratch_path(name);
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

// The diagnostic reading fails with; an empty code when it does not fail.
inline Diagnostic reading_failure(const std::string& path, const ReadOptions& options = {}) {
  try {
    read_table(path, options);
  } catch (const Error& error) {
    return error.diagnostic();
  }
  return {};
}

inline bool has_code(const Diagnostics& notes, const std::string& code) {
  for (const Diagnostic& note : notes.items()) {
    if (note.code == code) return true;
  }
  return false;
}

}  // namespace panelist
