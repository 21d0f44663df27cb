// SPDX-License-Identifier: Apache-2.0
// Which levels of one factor meet a level of another, and with what weight: C = D_e'W D_q by rows of e.
//
// Where the rows of the data already stand by e and few pairs repeat, the id column of the data is the matrix and
// nothing is copied. Otherwise ids are brought into the order of e, and repeated pairs of a level become one cell.
// Cells of a level may repeat a pair; everything done with C is linear in the cells.
#pragma once
#include <vector>

#include "absorb/engine/level_order.h"

namespace panelist::engine {

class Incidence {
 public:
  Incidence() = default;
  // `by` orders the rows by e; `level` are the ids of q per row; `w` per row or null. All must outlive this when
  // nothing is copied.
  Incidence(const Context& context, const LevelOrder& by, const Level* level, const double* w);

  // Other weights of the same rows, in the same cells.
  void reweight(const Context& context, const LevelOrder& by, const double* w);
  // Weights of its own, where it only looked at those given.
  void keep_weights();

  // Cells of a row stand by rising level, each level once.
  [[nodiscard]] bool merged() const { return !own_starts_.empty(); }
  // For merged cells: the cell of each row of the data.
  [[nodiscard]] std::vector<Level> cell_of_row(const Context& context, const LevelOrder& by);
  [[nodiscard]] Index rows() const { return rows_; }
  [[nodiscard]] Index entries() const { return static_cast<Index>(starts()[rows_]) - starts()[0]; }
  [[nodiscard]] const Offset* starts() const {
    return own_starts_.empty() ? given_starts_ : own_starts_.data();
  }
  [[nodiscard]] const Level* level() const { return own_level_.empty() ? given_level_ : own_level_.data(); }
  // Null: every cell has weight one.
  [[nodiscard]] const double* weight() const {
    return own_weight_.empty() ? given_weight_ : own_weight_.data();
  }

 private:
  void gather(const Context& context, const LevelOrder& by);
  void merge_repeats(const Context& context);
  void find_cells(const Context& context, const LevelOrder& by);
  [[nodiscard]] bool has_many_repeats() const;

  Index rows_ = 0;
  const Offset* given_starts_ = nullptr;
  const Level* given_level_ = nullptr;
  const double* given_weight_ = nullptr;
  std::vector<Offset> own_starts_;
  std::vector<Level> own_level_;
  std::vector<double> own_weight_;
  std::vector<Offset>
      cell_;  // of each row in the order of e, once repeats are merged and weights have changed
};

// The same cells by rows of q: for each level of q the rows of C it occurs in, and the cells there.
struct TransposedIncidence {
  std::vector<Offset> starts;
  std::vector<Offset> row, cell;  // of C
};
TransposedIncidence transposed(const Context& context, const Incidence& C, Index levels);

}  // namespace panelist::engine
