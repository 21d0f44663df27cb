// SPDX-License-Identifier: Apache-2.0
// The rows of a table that a model uses, in order. All of them cost nothing; a choice costs 4 bytes a row,
// which copies share.
#pragma once
#include <cstdint>
#include <iterator>
#include <memory>
#include <vector>

namespace panelist {

class UsedRows {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = std::size_t;
    using difference_type = std::ptrdiff_t;
    using pointer = const std::size_t*;
    using reference = std::size_t;
    Iterator() = default;
    Iterator(const UsedRows& rows, std::size_t at) : rows_(&rows), at_(at) {}
    std::size_t operator*() const { return (*rows_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++at_;
      return before;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const UsedRows* rows_ = nullptr;
    std::size_t at_ = 0;
  };
  using value_type = std::size_t;
  using const_iterator = Iterator;
  using iterator = Iterator;

  UsedRows() = default;
  // Rows 0 .. count-1.
  static UsedRows first(std::size_t count) {
    UsedRows rows;
    rows.count_ = count;
    return rows;
  }
  UsedRows(const std::vector<std::size_t>& chosen)  // NOLINT: a list of rows is a way to write them
      : is_choice_(true),
        count_(chosen.size()),
        chosen_(std::make_shared<const std::vector<std::uint32_t>>(chosen.begin(), chosen.end())) {}

  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  // Rows 0 .. size()-1: what is stored by row of the table is stored by used row.
  [[nodiscard]] bool all() const { return !is_choice_; }
  [[nodiscard]] std::size_t operator[](std::size_t i) const { return is_choice_ ? (*chosen_)[i] : i; }
  [[nodiscard]] Iterator begin() const { return {*this, 0}; }
  [[nodiscard]] Iterator end() const { return {*this, count_}; }

  // Keeps the rows marked (parallel to these); says how many went.
  std::size_t keep(const std::vector<bool>& marked) {
    std::vector<std::uint32_t> kept;
    for (std::size_t i = 0; i < count_; ++i)
      if (marked[i]) kept.push_back(static_cast<std::uint32_t>((*this)[i]));
    const std::size_t gone = count_ - kept.size();
    if (gone == 0) return 0;
    is_choice_ = true;
    count_ = kept.size();
    chosen_ = std::make_shared<const std::vector<std::uint32_t>>(std::move(kept));
    return gone;
  }

 private:
  bool is_choice_ = false;
  std::size_t count_ = 0;
  std::shared_ptr<const std::vector<std::uint32_t>> chosen_;
};

}  // namespace panelist
