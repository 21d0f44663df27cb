// SPDX-License-Identifier: Apache-2.0
#include "index/cells.h"

#include <set>

#include "base/text.h"

namespace panelist {
namespace {

constexpr std::size_t cells_named = 8;
constexpr std::string_view base_prefix = "base:";

std::size_t time_index(const Panel& panel, std::size_t row) {
  const auto found = std::lower_bound(panel.times.begin(), panel.times.end(), panel.time[row]);
  return static_cast<std::size_t>(found - panel.times.begin());
}

const Column& numeric_column(const Table& table, const std::string& name, const std::string& index_name) {
  const Column* column = table.find(name);
  if (column == nullptr) {
    const std::string near = nearest(name, table.names());
    throw Error("index.unknown_indicator", "no column `" + name + "` for index `" + index_name + "`",
                near.empty() ? "see the columns with `panelist data`" : "did you mean `" + near + "`?",
                "indicator " + name);
  }
  if (column->is_text())
    throw Error("index.not_numeric", "`" + name + "` holds text, an indicator holds numbers",
                "look for marks among its numbers with `panelist data`", "indicator " + name);
  return *column;
}

void check_codes(const IndexSystem& system) {
  std::set<std::string> seen;
  for (const Indicator& indicator : system.indicators)
    if (!seen.insert(indicator.code).second)
      throw Error("index.duplicate_indicator",
                  "`" + indicator.code + "` stands twice in index `" + system.name + "`",
                  "an indicator counts once: remove one of the two", "indicator " + indicator.code);
  if (system.indicators.empty())
    throw Error("index.unknown_indicator", "index `" + system.name + "` has no indicators",
                "list at least one indicator", "index " + system.name);
}

// Rows of the base period.
std::vector<Index> rows_at(const std::string& time, const IndexData& data) {
  std::vector<Index> rows;
  for (std::size_t i = 0; i < data.rows.size(); ++i)
    if (!data.panel.time.empty() && data.panel.time_names[time_index(data.panel, data.rows[i])] == time)
      rows.push_back(static_cast<Index>(i));
  if (rows.empty())
    throw Error("index.no_base_period",
                "index `" + data.system.name + "` has no rows at the base period " + time,
                "choose among " + join(data.panel.time_names, ", "), "pool base:" + time);
  return rows;
}

struct MissingCells {
  std::size_t count = 0;
  std::vector<std::string> named;
  void add(const IndexData& data, const std::string& code, std::size_t row) {
    if (++count <= cells_named) named.push_back(code + ": " + row_name(data.panel, row));
  }
  void refuse(const std::string& index_name) const {
    if (count == 0) return;
    Error error("index.missing_cells",
                "index `" + index_name + "` needs every cell; " + std::to_string(count) +
                    (count == 1 ? " is missing" : " are missing") + ": " + join(named, "; ") +
                    (count > named.size() ? "; ..." : ""),
                "fill them with impute (of the index, or [data.impute]), score rows by the cells they have "
                "with missing = "
                "\"available\", or leave units or times out with where",
                "index " + index_name);
    error.diagnostic().notes = named;
    throw error;
  }
};

}  // namespace

std::string row_name(const Panel& panel, std::size_t row) {
  if (panel.unit.empty()) return "row " + std::to_string(row + 1);
  const std::string unit = panel.unit_names[static_cast<std::size_t>(panel.unit[row])];
  return panel.time.empty() ? unit : unit + " " + panel.time_names[time_index(panel, row)];
}

CellReader::CellReader(const IndexData& data) : rows_(data.rows) {
  check_codes(data.system);
  if (data.rows.empty())
    throw Error("index.no_rows", "index `" + data.system.name + "` has no rows to be built on",
                "look at where", "index " + data.system.name);
  for (const Indicator& indicator : data.system.indicators) {
    Source source{numeric_column(data.table, indicator.code, data.system.name).cells(), {}};
    if (!indicator.denominator.empty())
      source.below = numeric_column(data.table, indicator.denominator, data.system.name).cells();
    sources_.push_back(source);
  }
  for (std::size_t i = 1; i < rows_.size(); ++i) consecutive_ = consecutive_ && rows_[i] == rows_[i - 1] + 1;
}

void CellReader::read(Index column, Index first, Eigen::Ref<Vector> cells) const {
  const Source& source = sources_[static_cast<std::size_t>(column)];
  const std::size_t* rows = rows_.data() + first;
  if (consecutive_ && source.below.empty()) {
    cells = Eigen::Map<const Vector>(source.above.data() + rows[0], cells.size());
  } else {
    for (Index i = 0; i < cells.size(); ++i) cells(i) = source.above[rows[i]];
    if (!source.below.empty())
      for (Index i = 0; i < cells.size(); ++i) cells(i) /= source.below[rows[i]];
  }
  if (cells.allFinite()) return;
  for (double& cell : cells)
    if (!std::isfinite(cell)) cell = missing_value;
}

Eigen::Map<const Vector> CellReader::view(Index column, Index first, Vector& storage) const {
  const Source& source = sources_[static_cast<std::size_t>(column)];
  if (consecutive_ && source.below.empty())
    return {source.above.data() + rows_[static_cast<std::size_t>(first)], storage.size()};
  read(column, first, storage);
  return {storage.data(), storage.size()};
}

Matrix indicator_values(const IndexData& data) {
  const CellReader reader(data);
  Matrix values(reader.rows(), reader.columns());
  for (Index j = 0; j < values.cols(); ++j) reader.read(j, 0, values.col(j));
  return values;
}

void refuse_empty_indicators(const IndexData& data, const Matrix& values) {
  std::vector<std::string> empty;
  for (Index j = 0; j < values.cols(); ++j)
    if (!values.col(j).array().isFinite().any())
      empty.push_back("`" + data.system.indicators[static_cast<std::size_t>(j)].code + "`");
  if (empty.empty()) return;
  throw Error("index.empty_indicator",
              join(empty, ", ") + (empty.size() == 1 ? " has" : " have") + " no number on the " +
                  std::to_string(values.rows()) + " rows of index `" + data.system.name + "`",
              "leave it out of the index, here or with screen, or look at where",
              "index " + data.system.name);
}

void refuse_missing(const IndexData& data, const Matrix& values) {
  if (values.allFinite()) return;
  MissingCells missing;
  for (Index j = 0; j < values.cols(); ++j)
    for (Index i = 0; i < values.rows(); ++i)
      if (!std::isfinite(values(i, j)))
        missing.add(data, data.system.indicators[static_cast<std::size_t>(j)].code,
                    data.rows[static_cast<std::size_t>(i)]);
  missing.refuse(data.system.name);
}

void refuse_empty_rows(const IndexData& data, const Matrix& values) {
  std::vector<std::string> empty;
  for (Index i = 0; i < values.rows(); ++i)
    if (!values.row(i).array().isFinite().any())
      empty.push_back(row_name(data.panel, data.rows[static_cast<std::size_t>(i)]));
  if (empty.empty()) return;
  const std::size_t count = empty.size();
  if (count > cells_named) empty.resize(cells_named);
  throw Error("index.empty_row",
              "index `" + data.system.name + "` has " + std::to_string(count) +
                  " rows without any cell: " + join(empty, "; ") + (count > cells_named ? "; ..." : ""),
              "leave them out with where, or with screen", "index " + data.system.name);
}

bool is_pool(const std::string& pool) {
  return pool == "all" || pool == "year" || pool == "unit" ||
         (pool.rfind(base_prefix, 0) == 0 && pool.size() > 5);
}

std::vector<Pool> make_pools(const std::string& pool, const IndexData& data) {
  const bool by_year = pool == "year" && !data.panel.time.empty();
  const bool by_unit = pool == "unit" && !data.panel.unit.empty();
  std::map<std::size_t, std::vector<Index>> groups;
  for (std::size_t i = 0; i < data.rows.size(); ++i) {
    const std::size_t row = data.rows[i];
    const std::size_t group = by_year   ? time_index(data.panel, row)
                              : by_unit ? static_cast<std::size_t>(data.panel.unit[row])
                                        : 0;
    groups[group].push_back(static_cast<Index>(i));
  }
  std::vector<Pool> pools;
  for (auto& [group, members] : groups) {
    const std::string name = by_year   ? data.panel.time_names[group]
                             : by_unit ? data.panel.unit_names[group]
                                       : "";
    pools.push_back({name, members, members});
  }
  if (pool.rfind(base_prefix, 0) == 0) pools.front().reference = rows_at(pool.substr(5), data);
  return pools;
}

}  // namespace panelist
