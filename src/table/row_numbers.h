// SPDX-License-Identifier: Apache-2.0
// For each row of a table the number of its row in the file, kept as runs of successive numbers: a file without blank
// lines takes one run, whatever its length.
#pragma once
#include <cstddef>
#include <initializer_list>
#include <vector>

namespace panelist {

class RowNumbers {
 public:
  RowNumbers() = default;
  RowNumbers(std::initializer_list<std::size_t> numbers) {
    for (const std::size_t number : numbers) push_back(number);
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t operator[](std::size_t row) const;
  [[nodiscard]] std::size_t front() const { return (*this)[0]; }
  [[nodiscard]] std::size_t back() const { return (*this)[size_ - 1]; }
  void push_back(std::size_t number) { append(number, 1); }
  // number, number + 1, ... for `count` rows.
  void append(std::size_t number, std::size_t count);
  friend bool operator==(const RowNumbers& a, const RowNumbers& b);

 private:
  struct Run {
    std::size_t row = 0, number = 0;  // of its first
    bool operator==(const Run&) const = default;
  };
  std::vector<Run> runs_;
  std::size_t size_ = 0;
};

}  // namespace panelist
