// SPDX-License-Identifier: Apache-2.0
// Level ids of the rows of a factor or grouping: written once, then shared by everyone who needs them.
//
// Ids are 0 .. n_levels-1, one a row, 4 bytes each. A copy shares the array; nothing changes it. `ascending` says that
// ids never fall from one row to the next, as in data sorted by the factor: known from coding, else found by one scan
// that ends at the first fall.
#pragma once
#include <algorithm>
#include <initializer_list>
#include <memory>
#include <vector>

#include "linalg/matrix.h"

namespace panelist {

class Levels {
 public:
  using value_type = Level;
  using const_iterator = const Level*;
  using iterator = const_iterator;
  using size_type = std::size_t;

  Levels() = default;
  Levels(std::vector<Level> ids) {  // NOLINT: a vector of ids is a way to write one
    const auto kept = std::make_shared<const std::vector<Level>>(std::move(ids));
    ids_ = std::shared_ptr<const Level[]>(kept, kept->data());
    size_ = kept->size();
    ascending_ = std::is_sorted(begin(), end());
  }
  Levels(std::initializer_list<Level> ids) : Levels(std::vector<Level>(ids)) {}
  Levels(std::shared_ptr<const Level[]> ids, std::size_t size, bool ascending)
      : ids_(std::move(ids)), size_(size), ascending_(ascending) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] const Level* data() const { return ids_.get(); }
  [[nodiscard]] const Level* begin() const { return ids_.get(); }
  [[nodiscard]] const Level* end() const { return ids_.get() + size_; }
  [[nodiscard]] Level operator[](std::size_t row) const { return ids_.get()[row]; }
  [[nodiscard]] bool ascending() const { return ascending_; }

 private:
  std::shared_ptr<const Level[]> ids_;
  std::size_t size_ = 0;
  bool ascending_ = true;
};

}  // namespace panelist
