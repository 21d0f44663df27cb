// SPDX-License-Identifier: Apache-2.0
#include "variables.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace panelist::bench {
namespace {

constexpr Level rows_a_block = 1 << 15;
constexpr Level regions = 200;
using Column = std::vector<double>;

// body(row) for every row, in blocks on all threads.
template <typename Body>
void for_each_row(const Context& context, std::size_t rows, const Body& body) {
  const std::size_t blocks = (rows + rows_a_block - 1) / rows_a_block;
  for_each_block(context, static_cast<std::int64_t>(blocks), [&](std::int64_t block) {
    const std::size_t first = static_cast<std::size_t>(block) * rows_a_block;
    for (std::size_t i = first; i < std::min(rows, first + rows_a_block); ++i) body(i);
  });
}

Column draws(const Context& context, const std::string& name, std::size_t count,
             double (Random::*law)() = &Random::normal) {
  Column values(count);
  const std::size_t blocks = (count + rows_a_block - 1) / rows_a_block;
  for_each_block(context, static_cast<std::int64_t>(blocks), [&](std::int64_t block) {
    Random random(context.seed, name, static_cast<std::uint64_t>(block));
    const std::size_t first = static_cast<std::size_t>(block) * rows_a_block;
    for (std::size_t i = first; i < std::min(count, first + rows_a_block); ++i) values[i] = (random.*law)();
  });
  return values;
}

Column level_effects(const Context& context, const std::string& name, const std::vector<Level>& ids) {
  return draws(context, name, static_cast<std::size_t>(*std::max_element(ids.begin(), ids.end())) + 1);
}

double at(const Column& effects, Level id) { return effects[static_cast<std::size_t>(id)]; }

void round_to_six_decimals(const Context& context, Column& column) {
  for_each_row(context, column.size(), [&](std::size_t i) { column[i] = std::round(column[i] * 1e6) / 1e6; });
}

// The variables under construction: `shared` is what effects give each row of y and of x.
struct Making {
  const Context& context;
  Dataset& data;
  Column unit, firm, third;  // by level

  [[nodiscard]] std::size_t rows() const { return data.graph.unit.size(); }
  [[nodiscard]] Column noise(const std::string& name) const {
    return draws(context, std::string(data.design->name) + " " + name, rows());
  }
  // Adds share * x_j to y and keeps the column if it was asked for.
  void take(int j, double share, Column x, std::size_t asked) {
    round_to_six_decimals(context, x);
    for_each_row(context, rows(), [&](std::size_t i) { data.y[i] += share * x[i]; });
    if (static_cast<std::size_t>(j) <= asked) data.x.push_back(std::move(x));
  }
};

void add_regional_part(Making& making) {
  const Graph& graph = making.data.graph;
  const Column region = draws(making.context, "region", regions);
  const bool by_firm = making.data.design->name == "akm";
  const Level places = std::max<Level>(1, static_cast<Level>(making.rows() / 50) / regions);
  std::vector<bool> seen(making.unit.size(), false);
  for (std::size_t i = 0; i < making.rows(); ++i) {
    const auto unit = static_cast<std::size_t>(graph.unit[i]);
    if (seen[unit]) continue;
    seen[unit] = true;
    const Level of = by_firm ? (graph.firm[i] - 1) / places : graph.unit[i];
    making.unit[unit] += 0.5 * region[static_cast<std::size_t>(of % regions)];
  }
}

void plain(Making& making, std::size_t asked) {
  const Graph& graph = making.data.graph;
  for_each_row(making.context, making.rows(), [&](std::size_t i) {
    making.data.y[i] +=
        at(making.unit, graph.unit[i]) + at(making.firm, graph.firm[i]) + at(making.third, graph.third[i]);
  });
  for (int j = 1; j <= most_regressors; ++j)
    making.take(j, 1.0 / j, making.noise("x" + std::to_string(j)), asked);
}

void mobility(Making& making, std::size_t asked) {
  const Graph& graph = making.data.graph;
  add_regional_part(making);
  for_each_row(making.context, making.rows(), [&](std::size_t i) {
    making.data.y[i] +=
        at(making.unit, graph.unit[i]) + at(making.firm, graph.firm[i]) + 0.1 * graph.third[i];
  });
  for (int j = 1; j <= most_regressors; ++j) {
    Column x = making.noise("x" + std::to_string(j));
    for_each_row(making.context, making.rows(), [&](std::size_t i) {
      x[i] += 0.3 * at(making.unit, graph.unit[i]) + 0.3 * at(making.firm, graph.firm[i]) +
              std::sin(graph.firm[i] / (50.0 * j));
    });
    making.take(j, 1.0 / j, std::move(x), asked);
  }
}

void trigonometric(Making& making, std::size_t asked) {
  const Graph& graph = making.data.graph;
  for_each_row(making.context, making.rows(), [&](std::size_t i) {
    const double cosine = std::cos(graph.firm[i]);
    making.data.y[i] += std::cos(graph.unit[i]) + cosine * cosine + std::sin(graph.third[i]);
  });
  for (int j = 1; j <= most_regressors; ++j) {
    const std::string name = "x" + std::to_string(j);
    Column x =
        j == 1 ? draws(making.context, "fxdiff x1", making.rows(), &Random::uniform) : making.noise(name);
    const double scale = j == 1 ? 5.0 : 1.0;
    for_each_row(making.context, making.rows(), [&](std::size_t i) {
      const double unit = graph.unit[i], firm = graph.firm[i];
      x[i] += j > 2 ? std::cos(j * unit) + std::sin(firm / j)
                    : scale * (std::cos(unit) + std::sin(firm) + std::sin(graph.third[i]));
    });
    making.take(j, j == 1 ? 3.0 : j == 2 ? 5.0 : 1.0 / j, std::move(x), asked);
  }
}

panelist::Column ids(const std::vector<Level>& values) {
  return panelist::Column::numbers(Column(values.begin(), values.end()), ColumnKind::integer);
}

}  // namespace

Dataset draw(const Context& context, const Design& design, Level rows, int regressors) {
  Dataset data;
  data.design = &design;
  data.graph = design.graph(context, rows);
  const std::string name(design.name);
  data.y = draws(context, name + " y", static_cast<std::size_t>(rows));
  Making making{context, data, level_effects(context, name + " unit", data.graph.unit),
                level_effects(context, name + " firm", data.graph.firm),
                level_effects(context, name + " third", data.graph.third)};
  const auto law = design.law == Law::plain ? plain : design.law == Law::mobility ? mobility : trigonometric;
  law(making, static_cast<std::size_t>(regressors));
  round_to_six_decimals(context, data.y);
  return data;
}

Table table_of(const Dataset& data) {
  Table table;
  table.set("indiv_id", ids(data.graph.unit));
  table.set("firm_id", ids(data.graph.firm));
  table.set(std::string(data.design->third), ids(data.graph.third));
  for (std::size_t j = 0; j < data.x.size(); ++j)
    table.set("x" + std::to_string(j + 1), panelist::Column::numbers(data.x[j]));
  table.set("y", panelist::Column::numbers(data.y));
  return table;
}

Table wide_table_of(const Context& context, const Dataset& data) {
  Table table = table_of(data);
  const std::size_t rows = data.y.size();
  Column z1 = draws(context, "z1", rows), z2 = draws(context, "z2", rows), w = draws(context, "w", rows);
  Column outcome = draws(context, "yiv", rows);
  for (std::size_t i = 0; i < rows; ++i) {
    w[i] += 0.5 * z1[i] + 0.25 * z2[i] + 0.5 * outcome[i];
    outcome[i] += w[i] + data.x.front()[i];
  }
  for (auto& [name, values] :
       {std::pair<const char*, Column&>{"z1", z1}, {"z2", z2}, {"w", w}, {"yiv", outcome}}) {
    round_to_six_decimals(context, values);
    table.set(name, panelist::Column::numbers(std::move(values)));
  }
  return table;
}

}  // namespace panelist::bench
