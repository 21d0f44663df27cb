// SPDX-License-Identifier: Apache-2.0
#include "designs.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace panelist::bench {
namespace {

constexpr Level years = 10;        // of the panels
constexpr Level worker_years = 5;  // of the mobility designs
constexpr Level units_a_block = 4096;
constexpr Level regions = 200;

Graph empty_graph(Level rows) {
  const auto n = static_cast<std::size_t>(rows);
  return {std::vector<Level>(n), std::vector<Level>(n), std::vector<Level>(n)};
}

void set_row(Graph& graph, Level row, Level unit, Level firm, Level third) {
  const auto i = static_cast<std::size_t>(row);
  graph.unit[i] = unit;
  graph.firm[i] = firm;
  graph.third[i] = third;
}

Level below(Random& random, Level n) {
  return static_cast<Level>(random.below(static_cast<std::uint32_t>(n)));
}

// fill(unit, random) for every unit; units of a block share a stream.
template <typename Fill>
void for_each_unit(const Context& context, std::string_view name, Level units, const Fill& fill) {
  const Level blocks = (units + units_a_block - 1) / units_a_block;
  for_each_block(context, blocks, [&](std::int64_t block) {
    Random random(context.seed, name, static_cast<std::uint64_t>(block));
    const Level first = static_cast<Level>(block) * units_a_block;
    for (Level unit = first; unit < std::min(units, first + units_a_block); ++unit) fill(unit, random);
  });
}

Level firms_of_panel(Level rows) {
  return std::max<Level>(1, static_cast<Level>(std::lround(rows / double{years} / 23.0)));
}

Graph simple(const Context& context, Level rows) {
  Graph graph = empty_graph(rows);
  const Level firms = firms_of_panel(rows);
  for_each_unit(context, "simple", rows, [&](Level row, Random& random) {
    set_row(graph, row, row / years + 1, below(random, firms) + 1, row % years + 1);
  });
  return graph;
}

Graph shuffled(const Context& context, Level rows) {
  const Graph sorted = simple(context, rows);
  Graph graph = sorted;
  Random random(context.seed, "shuffled", 0);
  for (Level at = rows; at-- > 1;) {
    const auto i = static_cast<std::size_t>(at), j = static_cast<std::size_t>(below(random, at + 1));
    std::swap(graph.unit[i], graph.unit[j]);
    std::swap(graph.firm[i], graph.firm[j]);
    std::swap(graph.third[i], graph.third[j]);
  }
  return graph;
}

Graph difficult(const Context&, Level rows) {
  Graph graph = empty_graph(rows);
  const Level firms = firms_of_panel(rows);
  for (Level row = 0; row < rows; ++row)
    set_row(graph, row, row / years + 1, row % firms + 1, row % years + 1);
  return graph;
}

Graph fxdiff(const Context& context, Level rows) {
  Graph graph = empty_graph(rows);
  const Level units = std::max<Level>(1, rows / 20);
  const Level firms = static_cast<Level>(std::lround(rows / 160.0));
  const Level times = static_cast<Level>(std::lround(std::pow(rows, 0.3)));
  for_each_unit(context, "fxdiff", rows, [&](Level row, Random& random) {
    const Level unit = below(random, units) + 1;
    const Level firm = std::min(below(random, 21) + std::max<Level>(1, unit / 8 - 10), firms);
    set_row(graph, row, unit, firm, below(random, times) + 1);
  });
  return graph;
}

// Places of a region, taken with probability proportional to k^(-1/2).
class Sizes {
 public:
  explicit Sizes(Level places) {
    for (Level k = 1; k <= places; ++k)
      cumulated_.push_back((k > 1 ? cumulated_.back() : 0.0) + 1.0 / std::sqrt(k));
  }
  Level draw(Random& random) const {
    const double at = random.uniform() * cumulated_.back();
    const auto found = std::upper_bound(cumulated_.begin(), cumulated_.end() - 1, at);
    return static_cast<Level>(found - cumulated_.begin());
  }

 private:
  std::vector<double> cumulated_;
};

Graph akm(const Context& context, Level rows) {
  Graph graph = empty_graph(rows);
  const Level firms = std::max<Level>(1, rows / 50), all = std::min(regions, firms), places = firms / all;
  const Sizes sizes(places);
  for_each_unit(context, "akm", rows / worker_years, [&](Level worker, Random& random) {
    Level region = below(random, all), firm = region * places + sizes.draw(random);
    for (Level year = 0; year < worker_years; ++year) {
      if (year > 0 && below(random, 20) == 0) {
        region = below(random, 20) == 0 ? below(random, all) : firm / places;
        firm = region * places + sizes.draw(random);
      }
      set_row(graph, worker * worker_years + year, worker + 1, firm + 1, year + 1);
    }
  });
  return graph;
}

// One to three steps to either side.
Level ring_step(Level firm, Level firms, Random& random) {
  const Level step = below(random, 6);
  return ((firm + (step < 3 ? step - 3 : step - 2)) % firms + firms) % firms;
}

Graph akmring(const Context& context, Level rows) {
  Graph graph = empty_graph(rows);
  const Level firms = std::max<Level>(1, rows / 50);
  for_each_unit(context, "akmring", rows / worker_years, [&](Level worker, Random& random) {
    Level firm = below(random, firms);
    for (Level year = 0; year < worker_years; ++year) {
      if (year > 0 && below(random, 20) == 0) firm = ring_step(firm, firms, random);
      set_row(graph, worker * worker_years + year, worker + 1, firm + 1, year + 1);
    }
  });
  return graph;
}

// Its place among `to` of the one at `at` among `from`.
Level matched(Level at, Level from, Level to) {
  return static_cast<Level>(static_cast<std::int64_t>(at) * to / from);
}

Graph akm3(const Context& context, Level rows) {
  Graph graph = empty_graph(rows);
  const Level firms = std::max<Level>(1, rows / 50), occupations = std::max<Level>(1, rows / 500);
  for_each_unit(context, "akm3", rows / worker_years, [&](Level worker, Random& random) {
    Level firm = below(random, firms), occupation = matched(firm, firms, occupations);
    for (Level year = 0; year < worker_years; ++year) {
      if (year > 0 && below(random, 20) == 0) firm = ring_step(firm, firms, random);
      if (year > 0 && below(random, 20) == 0)
        occupation = std::clamp(matched(firm, firms, occupations) + below(random, 5) - 2, 0, occupations - 1);
      set_row(graph, worker * worker_years + year, worker + 1, firm + 1, occupation + 1);
    }
  });
  return graph;
}

Graph alias3(const Context& context, Level rows) {
  Graph graph = empty_graph(rows);
  const Level firms = std::max<Level>(2, rows / 50), groups = std::max<Level>(1, matched(firms, 10, 9));
  for_each_unit(context, "alias3", rows, [&](Level row, Random& random) {
    const Level firm = below(random, firms), own = matched(firm, 10, 9);
    const Level group = std::min(below(random, 200) == 0 ? own + 1 : own, groups - 1);
    set_row(graph, row, row / years + 1, firm + 1, group + 1);
  });
  return graph;
}

}  // namespace

const std::vector<Design>& designs() {
  static const std::vector<Design> all = {
      {"simple", "year", Law::plain, simple},       {"shuffled", "year", Law::plain, shuffled},
      {"difficult", "year", Law::plain, difficult}, {"fxdiff", "year", Law::trigonometric, fxdiff},
      {"akm", "year", Law::mobility, akm},          {"akmring", "year", Law::mobility, akmring},
      {"akm3", "occupation", Law::mobility, akm3},  {"alias3", "group", Law::mobility, alias3},
  };
  return all;
}

const Design* find_design(std::string_view name) {
  for (const Design& design : designs())
    if (design.name == name) return &design;
  return nullptr;
}

}  // namespace panelist::bench
