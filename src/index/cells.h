// SPDX-License-Identifier: Apache-2.0
// The indicators' values on the rows used: found, complete, denominated, winsorised.
#pragma once
#include <span>

#include "index/index.h"

namespace panelist {

struct IndexData {
  const IndexSystem& system;
  const Table& table;
  const Panel& panel;
  const std::vector<std::size_t>& rows;
};

// Cells after denominators, without a copy of them all. Throws as indicator_values.
class CellReader {
 public:
  explicit CellReader(const IndexData& data);
  [[nodiscard]] Index rows() const { return static_cast<Index>(rows_.size()); }
  [[nodiscard]] Index columns() const { return static_cast<Index>(sources_.size()); }
  // Cells of an indicator from row `first` on, as many as there is room for; missing ones are NaN.
  void read(Index column, Index first, Eigen::Ref<Vector> cells) const;
  // The same, where they lie; of a column that must be read, in `storage`.
  [[nodiscard]] Eigen::Map<const Vector> view(Index column, Index first, Vector& storage) const;

 private:
  struct Source {
    std::span<const double> above, below;
  };
  std::vector<Source> sources_;
  const std::vector<std::size_t>& rows_;
  bool consecutive_ = true;
};

// rows x indicators, after denominators; missing cells are NaN. Throws index.unknown_indicator,
// index.duplicate_indicator, index.not_numeric, index.no_rows.
Matrix indicator_values(const IndexData& data);
// Throws index.empty_indicator: there is nothing to fill its cells from.
void refuse_empty_indicators(const IndexData& data, const Matrix& values);
// Throws index.missing_cells (up to eight cells named by unit and time).
void refuse_missing(const IndexData& data, const Matrix& values);
// Throws index.empty_row: a row without any cell has no score.
void refuse_empty_rows(const IndexData& data, const Matrix& values);
// "北京 2014": unit and time of a table row, or its number where there is no panel.
std::string row_name(const Panel& panel, std::size_t row);
// Rows scored together and the rows they learn from; names are "" when there is one pool.
struct Pool {
  std::string name;
  std::vector<Index> members, reference;
};
// Throws index.no_base_period.
std::vector<Pool> make_pools(const std::string& pool, const IndexData& data);
bool is_pool(const std::string& pool);

}  // namespace panelist
