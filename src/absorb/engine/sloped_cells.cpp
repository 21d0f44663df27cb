// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/sloped_cells.h"

#include <algorithm>

namespace panelist::engine {
namespace {

constexpr Index weighing_blocks = 16;

}  // namespace

SlopedCells::SlopedCells(const Context& context, const SlopedRows& rows, std::size_t iterated)
    : rows_(&rows) {
  for (std::size_t q = 0; q < iterated; ++q) parts_.push_back(&rows.reduced()[q]);
  merge();
  reweight(context);
}

void SlopedCells::merge() {
  const bool merges = std::all_of(parts_.begin(), parts_.end(),
                                  [](const SlopedPart* part) { return part->slope_count() == 0; });
  const auto same = [&](Offset a, Offset b) {
    return std::all_of(parts_.begin(), parts_.end(),
                       [&](const SlopedPart* part) { return part->level[a] == part->level[b]; });
  };
  const Index levels = rows_->eliminated().part.levels;
  starts_.reserve(static_cast<std::size_t>(levels) + 1);
  for (Index e = 0; e < levels; ++e) {
    starts_.push_back(static_cast<Offset>(places_.size()));
    for (Offset place = rows_->starts()[e]; place < rows_->starts()[e + 1]; ++place) {
      const bool repeats = merges && place > rows_->starts()[e] && same(place - 1, place);
      if (!repeats) places_.push_back(place);
    }
  }
  starts_.push_back(static_cast<Offset>(places_.size()));
  first_.resize(parts_.size());
  for (std::size_t q = 0; q < parts_.size(); ++q) {
    first_[q].reserve(places_.size());
    for (const Offset place : places_) first_[q].push_back(static_cast<Level>(parts_[q]->first(place)));
  }
  weight_.resize(places_.size());
  places_.push_back(static_cast<Offset>(rows_->rows()));
}

void SlopedCells::reweight(const Context& context) {
  const SlopedPart& e = rows_->eliminated();
  const Index components = e.part.components;
  std::fill(weight_.begin(), weight_.end(), 0.0);
  own_.assign(weight_.size() * static_cast<std::size_t>(components), 0.0);
  for_each_block(crew_for(context, rows_->rows()), weighing_blocks, [&](std::int64_t b) {
    for (Index k = count() * b / weighing_blocks; k < count() * (b + 1) / weighing_blocks; ++k) {
      double* const own = own_.data() + k * components;
      const auto end = static_cast<Index>(places_[static_cast<std::size_t>(k) + 1]);
      for (auto place = static_cast<Index>(places_[static_cast<std::size_t>(k)]); place < end; ++place) {
        const double w = rows_->weight(place);
        weight_[static_cast<std::size_t>(k)] += w;
        if (e.part.intercept) own[0] += w;
        for (Index c = 0; c < e.slope_count(); ++c)
          own[components - e.slope_count() + c] += w * e.slopes_at(place)[c];
      }
    }
  });
}

}  // namespace panelist::engine
