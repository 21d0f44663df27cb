// SPDX-License-Identifier: Apache-2.0
// A file's bytes at addresses, read when they are looked at. What holds them keeps the mapping alive.
//
// Pages of a mapping are the kernel's: under pressure it drops them and reads them again. A file that is cut short
// while it is mapped ends the process by a signal (SIGBUS) when lost bytes are looked at; the program says so in words
// (docs/decisions/0017). Files of ours are replaced by renaming, never cut, and a mapping of the old one stays whole.
// Errors  none: where a file cannot be mapped there is no mapping, and its reader reads.
#pragma once
#include <cstddef>
#include <memory>
#include <string>

namespace panelist {

class MappedFile {
 public:
  // Holds nothing when the file cannot be mapped, or is not `size` bytes long.
  static MappedFile open(const std::string& path, std::size_t size);

  [[nodiscard]] bool is_open() const { return bytes_ != nullptr; }
  [[nodiscard]] std::size_t size() const { return size_; }
  // Bytes from `at` on, kept alive by whoever holds them.
  [[nodiscard]] std::shared_ptr<const char> share(std::size_t at) const {
    return {bytes_, bytes_.get() + at};
  }

 private:
  std::shared_ptr<const char> bytes_;
  std::size_t size_ = 0;
};

}  // namespace panelist
