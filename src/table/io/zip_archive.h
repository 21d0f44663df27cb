// SPDX-License-Identifier: Apache-2.0
// The parts of a zip file in memory (libzip, loaded on use).
// Errors  data.truncated when the directory at its end is missing or a part is cut off; data.encrypted;
//         data.unreadable when a part would exceed 1 GB
#pragma once
#include <memory>
#include <optional>
#include <string>

namespace panelist {

class ZipArchive {
 public:
  // Keeps a view of `bytes`: they must outlive the archive.
  ZipArchive(const std::string& bytes, std::string file);
  ~ZipArchive();
  ZipArchive(const ZipArchive&) = delete;
  ZipArchive& operator=(const ZipArchive&) = delete;
  // The part's contents, or nothing when there is none of that name.
  [[nodiscard]] std::optional<std::string> read(const std::string& part) const;

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
  std::string file_;
};

}  // namespace panelist
