// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"
#include "index/learned.h"
#include "index/normalise.h"
#include "index/ranks.h"
#include "index/sensitivity.h"

namespace panelist {
namespace {

IndexSystem without(const IndexResult& index, std::size_t indicator) {
  IndexSystem system = system_of_index(index);
  system.indicators.erase(system.indicators.begin() + static_cast<std::ptrdiff_t>(indicator));
  return system;
}

double correlation(const Vector& a, const Vector& b) {
  const Vector x = a.array() - a.mean(), y = b.array() - b.mean();
  return x.dot(y) / std::sqrt(x.squaredNorm() * y.squaredNorm());
}

LeftOut compared(const std::string& code, const IndexResult& index, const IndexResult& other) {
  LeftOut left{code, correlation(rank_shares(index.score), rank_shares(other.score)),
               (index.score - other.score).cwiseAbs().maxCoeff(), 0, 0};
  for (std::size_t i = 0; i < index.rank.size(); ++i) {
    const int change = std::abs(index.rank[i] - other.rank[i]);
    left.mean_rank_change += change / static_cast<double>(index.rank.size());
    left.largest_rank_change = std::max(left.largest_rank_change, change);
  }
  return left;
}

// The cells under one normalisation and the weights of each method on them.
struct Choice {
  Matrix cells;
  std::vector<Vector> weights;
};

Vector weights_of(const IndexResult& result) {
  Vector weights(static_cast<Index>(result.indicators.size()));
  for (std::size_t j = 0; j < result.indicators.size(); ++j)
    weights(static_cast<Index>(j)) = result.indicators[j].weight;
  return weights;
}

// Methods that a user could have taken as well; the index's own first.
std::vector<std::string> methods_beside(const std::string& own) {
  std::vector<std::string> methods = {own};
  for (const char* method : {"entropy", "equal", "critic", "cv_normalised"})
    if (own != method) methods.emplace_back(method);
  return methods;
}

Choice choice_of(const Context& context, const IndexResult& index, const std::string& normalise,
                 const Table& table, const Panel& panel) {
  Choice choice;
  const IndexSystem system = system_of_index(index);
  for (const std::string& method : methods_beside(index.conventions.method)) {
    if (method == "pca" || method == "bod" || method == "ahp") {
      choice.weights.push_back(weights_of(index).cwiseMax(0));
      continue;
    }
    IndexConventions conventions = index.conventions;
    conventions.method = method;
    conventions.normalise = normalise;
    conventions.levels = "one-step";
    conventions.screen = 0;
    conventions.aggregate = {"arithmetic"};
    conventions.pool = conventions.pool.rfind("base:", 0) == 0 ? conventions.pool : "all";
    const IndexResult result = build_index(context, system, conventions, table, panel, index.rows);
    choice.cells = result.stages.back().values;
    choice.weights.push_back(method == index.conventions.method ? weights_of(index).cwiseMax(0)
                                                                : weights_of(result));
  }
  return choice;
}

// One draw: which method, which cells, which indicator is left out, and noise on the weights.
class Draws {
 public:
  Draws(const Context& context, const IndexResult& index, const Table& table, const Panel& panel,
        double noise)
      : seed_(context.seed), noise_(noise), ranks_(panel, index.rows), base_(index.rank) {
    for (const char* normalise : {"minmax", "rank"})
      choices_.push_back(choice_of(context, index, normalise, table, panel));
  }

  void rank(const std::vector<double>& u, std::vector<int>& ranks) const {
    const Choice& choice = pick(choices_, u[1]);
    const Vector weights = disturbed(pick(choice.weights, u[0]), u[2], u[3]);
    ranks_.rank(choice.cells * weights, ranks);
  }

  [[nodiscard]] std::size_t ranks() const { return ranks_.largest(); }

  [[nodiscard]] double mean_change(const std::vector<double>& u) const {
    std::vector<int> ranks(base_.size());
    rank(u, ranks);
    double sum = 0;
    for (std::size_t i = 0; i < base_.size(); ++i) sum += std::abs(ranks[i] - base_[i]);
    return sum / static_cast<double>(base_.size());
  }

 private:
  template <typename Item>
  static const Item& pick(const std::vector<Item>& items, double u) {
    return items[std::min(items.size() - 1, static_cast<std::size_t>(u * static_cast<double>(items.size())))];
  }

  // None is left out in the lower half of `which`; `noise` names the vector of noises.
  [[nodiscard]] Vector disturbed(const Vector& weights, double which, double noise) const {
    Vector w = weights;
    Random random(seed_, "weights", static_cast<std::uint64_t>(noise * 9007199254740992.0));
    for (double& value : w) value *= 1 + noise_ * (2 * random.uniform() - 1);
    if (which >= 0.5 && w.size() > 1)
      w(std::min(w.size() - 1, static_cast<Index>((which - 0.5) * 2 * static_cast<double>(w.size())))) = 0;
    const double sum = w.sum();
    return sum > 0 ? Vector(w / sum) : w;
  }

  std::uint64_t seed_;
  double noise_;
  RanksWithinTime ranks_;
  std::vector<int> base_;
  std::vector<Choice> choices_;
};

// How often each row had each rank, over as many draws as there are points of A.
std::vector<RankInterval> rank_intervals(const Context& context, const Draws& draws, const IndexResult& index,
                                         int count) {
  const std::size_t n = index.rank.size();
  std::vector<std::vector<int>> seen(n, std::vector<int>(draws.ranks() + 1, 0));
  std::vector<int> ranks(n);
  for (int draw = 0; draw < count; ++draw) {
    context.stop_if_asked();
    Random random(context.seed, "sobol a", static_cast<std::uint64_t>(draw));
    std::vector<double> u(4);
    for (double& value : u) value = random.uniform();
    draws.rank(u, ranks);
    for (std::size_t i = 0; i < n; ++i) ++seen[i][static_cast<std::size_t>(ranks[i])];
  }
  std::vector<RankInterval> intervals;
  const auto at_share = [&](const std::vector<int>& counts, double share) {
    double sum = 0;
    for (std::size_t r = 1; r < counts.size(); ++r)
      if ((sum += counts[r]) >= share * count) return static_cast<double>(r);
    return static_cast<double>(counts.size() - 1);
  };
  for (std::size_t i = 0; i < n; ++i)
    intervals.push_back(
        {index.rank[i], at_share(seen[i], 0.05), at_share(seen[i], 0.5), at_share(seen[i], 0.95)});
  return intervals;
}

}  // namespace

std::vector<LeftOut> leave_one_out(const Context& context, const IndexResult& index, const Table& table,
                                   const Panel& panel) {
  std::vector<LeftOut> left(index.indicators.size());
  if (left.size() < 2) return {};
  IndexConventions conventions = index.conventions;
  conventions.screen = 0;  // the rows stay
  for_each_block(context, static_cast<std::int64_t>(left.size()), [&](std::int64_t at) {
    const auto j = static_cast<std::size_t>(at);
    left[j].code = index.indicators[j].indicator.code;
    left[j] = compared(left[j].code, index,
                       build_index(Context{}, without(index, j), conventions, table, panel, index.rows));
  });
  return left;
}

Uncertainty index_uncertainty(const Context& context, const IndexResult& index, const Table& table,
                              const Panel& panel, const UncertaintyOptions& options) {
  Uncertainty uncertainty;
  uncertainty.left_out = leave_one_out(context, index, table, panel);
  const Draws draws(context, index, table, panel, options.noise);
  const SobolPlan plan{{"weighting", "normalisation", "indicator left out", "noise of weights"},
                       options.draws,
                       options.bootstrap};
  std::vector<double> changes;
  uncertainty.factors = sobol_indices(
      context, plan, [&](const std::vector<double>& u) { return draws.mean_change(u); }, &changes);
  for (const double change : changes)
    uncertainty.mean_rank_change += change / static_cast<double>(changes.size());
  uncertainty.draws = options.draws;
  uncertainty.runs = options.draws * static_cast<int>(plan.factors.size() + 2);
  uncertainty.ranks = rank_intervals(context, draws, index, options.draws);
  return uncertainty;
}

}  // namespace panelist
