// SPDX-License-Identifier: Apache-2.0
// Which iterated columns the levels of e meet, with slopes: rows by level of e, and their sums with e's components.
//
// Rows of a level that stand together and agree in every iterated level are one cell, where no iterated factor has
// slopes.
#pragma once
#include "absorb/engine/sloped_rows.h"

namespace panelist::engine {

class SlopedCells {
 public:
  SlopedCells() = default;
  // `rows` must outlive this; the first `iterated` of its reduced parts are iterated on.
  SlopedCells(const Context& context, const SlopedRows& rows, std::size_t iterated);
  // The rows have other weights.
  void reweight(const Context& context);

  [[nodiscard]] const SlopedRows& rows() const { return *rows_; }
  [[nodiscard]] const std::vector<const SlopedPart*>& parts() const { return parts_; }
  [[nodiscard]] Index count() const { return static_cast<Index>(weight_.size()); }
  [[nodiscard]] const std::vector<Offset>& starts() const { return starts_; }  // of each level of e
  // First coefficient of part q, and the values of its slopes.
  [[nodiscard]] Index first(std::size_t q, Offset cell) const { return first_[q][cell]; }
  [[nodiscard]] const double* slopes(std::size_t q, Offset cell) const {
    return parts_[q]->slopes_at(places_[cell]);
  }
  [[nodiscard]] double weight(Offset cell) const { return weight_[cell]; }
  // Sums of w times each component of e.
  [[nodiscard]] const double* own(Offset cell) const {
    return own_.data() + static_cast<Index>(cell) * rows_->eliminated().part.components;
  }

 private:
  void merge();

  const SlopedRows* rows_ = nullptr;
  std::vector<const SlopedPart*> parts_;
  std::vector<Offset> starts_;
  std::vector<Offset> places_;             // first place of each cell, and the end
  std::vector<std::vector<Level>> first_;  // by part
  std::vector<double> weight_, own_;
};

}  // namespace panelist::engine
