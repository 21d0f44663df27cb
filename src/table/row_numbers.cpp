// SPDX-License-Identifier: Apache-2.0
#include "table/row_numbers.h"

#include <algorithm>

namespace panelist {

std::size_t RowNumbers::operator[](std::size_t row) const {
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), row,
                                      [](std::size_t wanted, const Run& run) { return wanted < run.row; });
  const Run& run = *std::prev(after);
  return run.number + (row - run.row);
}

void RowNumbers::append(std::size_t number, std::size_t count) {
  if (count == 0) return;
  const bool goes_on = !runs_.empty() && runs_.back().number + (size_ - runs_.back().row) == number;
  if (!goes_on) runs_.push_back({size_, number});
  size_ += count;
}

bool operator==(const RowNumbers& a, const RowNumbers& b) { return a.size_ == b.size_ && a.runs_ == b.runs_; }

}  // namespace panelist
