// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/approximate_cholesky.h"

#include <algorithm>

#include "absorb/engine/kernels.h"

namespace panelist::engine {
namespace {

// SplitMix64 of a counter.
double uniform_of(std::uint64_t seed, std::uint64_t counter) {
  std::uint64_t z = seed + (counter + 1) * 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
}

// Vertices by current degree; entries that a later change of degree made stale are skipped when met.
class DegreeQueue {
 public:
  explicit DegreeQueue(std::vector<std::int32_t> degrees) : degree_(std::move(degrees)) {
    for (std::size_t v = degree_.size(); v-- > 0;) push(static_cast<std::int32_t>(v));
  }
  void change(std::int32_t v, std::int32_t by) {
    degree_[static_cast<std::size_t>(v)] += by;
    push(v);
  }
  // The vertex of least degree; it leaves the queue. Must not be empty.
  std::int32_t pop() {
    for (;; ++least_) {
      auto& bucket = buckets_[least_];
      while (!bucket.empty()) {
        const std::int32_t v = bucket.back();
        bucket.pop_back();
        if (bucket_of(v) != least_) continue;
        degree_[static_cast<std::size_t>(v)] = gone;
        return v;
      }
    }
  }
  [[nodiscard]] bool has(std::int32_t v) const { return degree_[static_cast<std::size_t>(v)] != gone; }

 private:
  static constexpr std::int32_t gone = -1000000000;
  static constexpr std::size_t fine = 64;

  // Exact up to 64, then by powers of two.
  [[nodiscard]] std::size_t bucket_of(std::int32_t v) const {
    const std::int32_t d = degree_[static_cast<std::size_t>(v)];
    if (d < 0) return d == gone ? buckets_.size() : 0;
    if (d < static_cast<std::int32_t>(fine)) return static_cast<std::size_t>(d);
    return fine + static_cast<std::size_t>(26 - __builtin_clz(static_cast<unsigned>(d)) + 1);
  }
  void push(std::int32_t v) {
    const std::size_t bucket = bucket_of(v);
    buckets_[bucket].push_back(v);
    least_ = std::min(least_, bucket);
  }

  std::vector<std::int32_t> degree_;
  std::vector<std::vector<std::int32_t>> buckets_{fine + 28};
  std::size_t least_ = 0;
};

// Half-edges by vertex: those given stand side by side, sampled ones follow in a linked list. The half-edge at the other
// end lets a sampled edge take the place of the two halves that the eliminated vertex leaves: the graph never grows.
class Graph {
 public:
  struct Half {
    std::int32_t to;
    std::int32_t other;  // the half at the other end
    double weight;       // 0: gone
  };

  Graph(Index vertices, const std::vector<Edge>& edges)
      : starts_(static_cast<std::size_t>(vertices) + 1, 0), head_(static_cast<std::size_t>(vertices), -1) {
    for (const Edge& edge : edges) {
      if (edge.a == edge.b) continue;
      ++starts_[static_cast<std::size_t>(edge.a) + 1];
      ++starts_[static_cast<std::size_t>(edge.b) + 1];
    }
    for (std::size_t v = 0; v < head_.size(); ++v) starts_[v + 1] += starts_[v];
    half_.resize(static_cast<std::size_t>(starts_.back()));
    next_.assign(half_.size(), -1);
    std::vector<std::int32_t> free(starts_.begin(), starts_.end() - 1);
    for (const Edge& edge : edges) {
      if (edge.a == edge.b) continue;
      const std::int32_t at_a = free[static_cast<std::size_t>(edge.a)]++;
      const std::int32_t at_b = free[static_cast<std::size_t>(edge.b)]++;
      half(at_a) = {edge.b, at_b, edge.weight};
      half(at_b) = {edge.a, at_a, edge.weight};
    }
  }
  [[nodiscard]] std::vector<std::int32_t> degrees() const {
    std::vector<std::int32_t> degrees(head_.size());
    for (std::size_t v = 0; v < head_.size(); ++v) degrees[v] = starts_[v + 1] - starts_[v];
    return degrees;
  }
  // visit(h) for every half-edge of v, also those that are gone.
  template <typename Visit>
  void for_each_half(std::int32_t v, const Visit& visit) {
    const auto at = static_cast<std::size_t>(v);
    for (std::int32_t h = starts_[at]; h < starts_[at + 1]; ++h) visit(h);
    for (std::int32_t h = head_[at]; h >= 0; h = next_[static_cast<std::size_t>(h)]) visit(h);
  }
  Half& half(std::int32_t h) { return half_[static_cast<std::size_t>(h)]; }
  Half& other(std::int32_t h) { return half(half(h).other); }
  // Half h, which belonged to an eliminated vertex, now leaves b for a; its other end leaves a for b.
  void rejoin(std::int32_t h, std::int32_t a, std::int32_t b, double weight) {
    other(h).to = b;
    other(h).weight = weight;
    half(h).to = a;
    half(h).weight = weight;
    std::int32_t& head = head_[static_cast<std::size_t>(b)];
    next_[static_cast<std::size_t>(h)] = head;
    head = h;
  }
  void remove(std::int32_t h) { half(h).weight = other(h).weight = 0.0; }

 private:
  std::vector<std::int32_t> starts_;
  std::vector<Half> half_;
  std::vector<std::int32_t> next_, head_;  // of sampled half-edges
};

struct Neighbour {
  std::int32_t vertex;
  std::int32_t half;  // of the eliminated vertex, kept for the sampled edge
  double weight;
};

class Elimination {
 public:
  Elimination(Index vertices, const std::vector<Edge>& edges, std::uint64_t seed)
      : graph_(vertices, edges),
        queue_(graph_.degrees()),
        place_(static_cast<std::size_t>(vertices), -1),
        seed_(seed) {}

  // Removes the vertex of least degree: its neighbours by rising weight, each once.
  std::int32_t next(std::vector<Neighbour>& neighbours) {
    const std::int32_t v = queue_.pop();
    gather(v, neighbours);
    sample(v, neighbours);
    return v;
  }

 private:
  // Parallel edges become one; the halves that are not needed any more are removed.
  void gather(std::int32_t v, std::vector<Neighbour>& neighbours) {
    neighbours.clear();
    graph_.for_each_half(v, [&](std::int32_t h) {
      const Graph::Half half = graph_.half(h);
      if (half.weight == 0.0) return;
      std::int32_t& place = place_[static_cast<std::size_t>(half.to)];
      if (place < 0) {
        place = static_cast<std::int32_t>(neighbours.size());
        neighbours.push_back({half.to, h, half.weight});
      } else {
        neighbours[static_cast<std::size_t>(place)].weight += half.weight;
        graph_.remove(h);
        queue_.change(half.to, -1);
      }
    });
    for (const Neighbour& n : neighbours) place_[static_cast<std::size_t>(n.vertex)] = -1;
    std::sort(neighbours.begin(), neighbours.end(), [](const Neighbour& a, const Neighbour& b) {
      return a.weight != b.weight ? a.weight < b.weight : a.vertex < b.vertex;
    });
  }

  void sample(std::int32_t v, const std::vector<Neighbour>& neighbours) {
    const std::size_t d = neighbours.size();
    after_.resize(d + 1);
    after_[d] = 0.0;
    for (std::size_t a = d; a-- > 0;) after_[a] = after_[a + 1] + neighbours[a].weight;
    for (std::size_t a = 0; a + 1 < d; ++a) {
      const std::size_t b = drawn(v, a, neighbours);
      const double weight = neighbours[a].weight * after_[a + 1] / after_[0];
      graph_.rejoin(neighbours[a].half, neighbours[a].vertex, neighbours[b].vertex, weight);
      queue_.change(neighbours[b].vertex, 1);
    }
    if (d == 0) return;
    graph_.remove(neighbours[d - 1].half);
    queue_.change(neighbours[d - 1].vertex, -1);
  }

  // One of the neighbours after a, by weight.
  std::size_t drawn(std::int32_t v, std::size_t a, const std::vector<Neighbour>& neighbours) {
    if (a + 2 == neighbours.size()) return a + 1;
    const double target = uniform_of(seed_ ^ (static_cast<std::uint64_t>(v) << 32), a) * after_[a + 1];
    // after_ falls: the last position whose remaining weight still exceeds the target.
    const auto found = std::partition_point(after_.begin() + static_cast<long>(a) + 2, after_.end(),
                                            [&](double rest) { return rest > target; });
    const auto b = static_cast<std::size_t>(found - after_.begin()) - 1;
    return std::min(b, neighbours.size() - 1);
  }

  Graph graph_;
  DegreeQueue queue_;
  std::vector<std::int32_t> place_;
  std::vector<double> after_;
  std::uint64_t seed_;
};

}  // namespace

ApproximateCholesky::ApproximateCholesky(Index vertices, const std::vector<Edge>& edges, std::uint64_t seed) {
  Elimination elimination(vertices, edges, seed);
  std::vector<Neighbour> neighbours;
  starts_.push_back(0);
  for (Index step = 0; step < vertices; ++step) {
    vertex_.push_back(elimination.next(neighbours));
    double total = 0.0;
    for (const Neighbour& n : neighbours) total += n.weight;
    for (const Neighbour& n : neighbours) {
      neighbour_.push_back(n.vertex);
      share_.push_back(n.weight / total);
    }
    inverse_pivot_.push_back(total > 0.0 ? 1.0 / total : 0.0);
    starts_.push_back(static_cast<std::uint32_t>(neighbour_.size()));
  }
  std::vector<std::int32_t> place(static_cast<std::size_t>(vertices));
  for (std::size_t k = 0; k < vertex_.size(); ++k)
    place[static_cast<std::size_t>(vertex_[k])] = static_cast<std::int32_t>(k);
  for (std::int32_t& n : neighbour_) n = place[static_cast<std::size_t>(n)];
}

void ApproximateCholesky::solve(const RowBlock& r, RowBlock& x, Index first) const {
  solve_factored(
      {vertex_.data(), starts_.data(), neighbour_.data(), share_.data(), inverse_pivot_.data(), vertices()},
      r, x, first);
}

}  // namespace panelist::engine
