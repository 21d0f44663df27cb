// SPDX-License-Identifier: Apache-2.0
// The bytes of a text that several threads read at any place: a file, or a string in memory.
//
// A file is read, not mapped: one that is cut short while it is read must end in an error, and a mapped one ends the
// process (docs/decisions/0015).
// Errors  data.file_not_found data.is_directory data.unreadable
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace panelist {

class TextSource {
 public:
  static TextSource file(const std::string& path);
  explicit TextSource(std::string_view text) : text_(text), size_(text.size()) {}  // not kept alive

  [[nodiscard]] std::size_t size() const { return size_; }
  // False when the file has no such bytes any more.
  bool read(std::size_t at, std::size_t bytes, char* out) const;

 private:
  std::shared_ptr<const int> file_;  // a descriptor that closes itself
  std::string_view text_;
  std::size_t size_ = 0;
};

}  // namespace panelist
