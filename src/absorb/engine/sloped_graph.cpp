// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/sloped_graph.h"

#include <algorithm>
#include <cmath>

namespace panelist::engine {
namespace {

// A level of e that meets more levels than this gives each an edge to its neighbour and to the heaviest only.
constexpr std::size_t most_pairs_of_levels = 40;
// Where components of e make up an edge and nearly cancel, what is left below this share of them is rounding.
constexpr double rounding_share = 1e-13;

// What one level of e adds to an edge, and the size of what it is the difference of.
struct Contribution {
  Edge edge;
  double size;
};

// The levels of a factor that one level of e meets, with D_e'W D_q.
class Star {
 public:
  Star(const SlopedCells& cells, std::size_t q)
      : cells_(cells), q_(q), components_(cells.rows().eliminated().part.components) {}

  void gather(Index e) {
    const Part& part = cells_.parts()[q_]->part;
    order_.clear();
    for (Offset k = first(e); k < first(e + 1); ++k)
      order_.emplace_back(static_cast<std::int32_t>((cells_.first(q_, k) - part.offset) / part.components),
                          k);
    std::sort(order_.begin(), order_.end());
    level_.clear();
    products_.clear();
    for (const auto& [level, cell] : order_) {
      if (level_.empty() || level_.back() != level) {
        level_.push_back(level);
        products_.resize(products_.size() + static_cast<std::size_t>(components_), 0.0);
      }
      double* const to = products_.data() + products_.size() - components_;
      for (Index c = 0; c < components_; ++c) to[c] += cells_.own(cell)[c];
    }
  }

  // -S_ij of every pair, or of some where there are many.
  void add_edges(Index e, std::vector<Contribution>& edges) const {
    const double* inverse = cells_.rows().eliminated().inverse_d.data() + e * components_;
    if (level_.size() > most_pairs_of_levels) {
      add_spokes(inverse[0], edges);
      return;
    }
    for (std::size_t i = 0; i < level_.size(); ++i) {
      for (std::size_t j = i + 1; j < level_.size(); ++j) {
        double weight = 0.0, size = 0.0;
        for (Index c = 0; c < components_; ++c) {
          const double term = product(i, c) * inverse[c] * product(j, c);
          weight += term;
          size += std::abs(term);
        }
        edges.push_back({{level_[i], level_[j], weight}, size});
      }
    }
  }

 private:
  [[nodiscard]] Offset first(Index e) const { return cells_.starts()[static_cast<std::size_t>(e)]; }
  [[nodiscard]] double product(std::size_t i, Index c) const {
    return products_[i * static_cast<std::size_t>(components_) + static_cast<std::size_t>(c)];
  }

  // A star around the heaviest level, each with its whole weight in the clique.
  void add_spokes(double inverse, std::vector<Contribution>& edges) const {
    std::size_t centre = 0;
    double total = 0.0;
    for (std::size_t i = 0; i < level_.size(); ++i) {
      if (product(i, 0) > product(centre, 0)) centre = i;
      total += product(i, 0);
    }
    for (std::size_t i = 0; i < level_.size(); ++i) {
      if (i == centre) continue;
      const double own = product(i, 0);
      const double weight = own * (total - own) * inverse;
      edges.push_back({{level_[std::min(i, centre)], level_[std::max(i, centre)], weight}, weight});
    }
  }

  const SlopedCells& cells_;
  std::size_t q_;
  Index components_;
  std::vector<std::pair<std::int32_t, Offset>> order_;  // level, cell
  std::vector<std::int32_t> level_;
  std::vector<double> products_;  // of each level: components
};

// Contributions to the same edge become one; edges that are not positive drop out.
std::vector<Edge> merged(std::vector<Contribution>& parts) {
  std::stable_sort(parts.begin(), parts.end(), [](const Contribution& x, const Contribution& y) {
    return x.edge.a != y.edge.a ? x.edge.a < y.edge.a : x.edge.b < y.edge.b;
  });
  std::vector<Edge> edges;
  for (std::size_t k = 0; k < parts.size();) {
    Contribution sum = parts[k];
    for (++k; k < parts.size() && parts[k].edge.a == sum.edge.a && parts[k].edge.b == sum.edge.b; ++k) {
      sum.edge.weight += parts[k].edge.weight;
      sum.size += parts[k].size;
    }
    if (sum.edge.weight > rounding_share * sum.size) edges.push_back(sum.edge);
  }
  return edges;
}

}  // namespace

double pairs_of(const SlopedCells& cells) {
  double pairs = 0.0;
  for (std::size_t e = 0; e + 1 < cells.starts().size(); ++e) {
    const auto met = static_cast<double>(cells.starts()[e + 1] - cells.starts()[e]);
    const auto most = static_cast<double>(most_pairs_of_levels);
    pairs += met > most ? met : 0.5 * met * (met - 1.0);
  }
  return pairs;
}

std::vector<Edge> intercept_edges(const SlopedCells& cells, std::size_t q) {
  std::vector<Contribution> parts;
  Star star(cells, q);
  for (Index e = 0; e + 1 < static_cast<Index>(cells.starts().size()); ++e) {
    star.gather(e);
    star.add_edges(e, parts);
  }
  return merged(parts);
}

}  // namespace panelist::engine
