// SPDX-License-Identifier: Apache-2.0
// Groupings of the rows used, and the rows that groups of one row leave.
#pragma once
#include <string>
#include <vector>

#include "formula/frame/used_cells.h"
#include "formula/model_frame.h"

namespace panelist {

// Factors coded once, whoever asks for them: an effect and a cluster of the same columns share their ids.
class FactorCodes {
 public:
  FactorCodes(const Context& context, const UsedRows& rows) : context_(context), rows_(rows) {}
  // Of the values crossed. No cell may be missing.
  const Coding& of(const std::vector<const Value*>& values);
  Grouping grouping(const std::string& name, const std::vector<const Value*>& values);
  // The rows have changed.
  void forget() { known_.clear(); }

 private:
  const Context& context_;
  const UsedRows& rows_;
  std::map<std::vector<const Value*>, Coding> known_;
};

// As without_singletons; `counts` are observations per row (frequency weights) or null: a row that stands for
// several observations is no singleton.
std::vector<bool> kept_rows(const std::vector<Levels>& groups, std::size_t rows,
                            const std::vector<double>* counts);

}  // namespace panelist
