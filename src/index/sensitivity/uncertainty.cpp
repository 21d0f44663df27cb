// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"
#include "base/text.h"
#include "index/learned.h"
#include "index/normalise.h"
#include "index/ranks.h"
#include "index/sensitivity.h"
#include "index/tree.h"

namespace panelist {
namespace {

IndexSystem without(const IndexResult& index, std::size_t indicator) {
  IndexSystem system = system_of_index(index);
  system.indicators.erase(system.indicators.begin() + static_cast<std::ptrdiff_t>(indicator));
  return system;
}

// The cells under one normalisation, the weights of each method on them, and what scores take besides (ranges of
// dimensions between two steps).
struct Choice {
  Matrix cells;
  std::vector<Vector> weights;
  std::vector<std::pair<double, double>> upper_range{};
};

struct TableAndPanel {
  const Table& table;
  const Panel& panel;
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

// What every draw of a normalisation is built by: the index's own conventions, pooled over all rows.
IndexConventions pooled_conventions(const IndexResult& index, const std::string& method,
                                    const std::string& normalise) {
  IndexConventions conventions = index.conventions;
  conventions.method = method;
  conventions.normalise = normalise;
  conventions.screen = 0;
  conventions.pool = conventions.pool.rfind("base:", 0) == 0 ? conventions.pool : "all";
  if (index.conventions.method == "pca") conventions.levels = "one-step";
  return conventions;
}

bool has_own_scores(const std::string& method) {
  return method == "pca" || method == "bod" || method == "ahp";
}

// The weights of a method on these cells, and the cells. Throws where they have no meaning.
void add_method(const Context& context, const IndexResult& index, const IndexConventions& conventions,
                const TableAndPanel& data, Choice& choice) {
  const IndexResult result = build_index(context, system_of_index(index), conventions, data.table, data.panel,
                                         index.rows, {true, false});
  choice.cells = result.stages.back().values;
  if (result.learned != nullptr) choice.upper_range = result.learned->weights.upper_range;
  choice.weights.push_back(conventions.method == index.conventions.method ? weights_of(index).cwiseMax(0)
                                                                          : weights_of(result));
}

// The methods that go with a normalisation; those that do not are told in `not_drawn`.
Choice choice_of(const Context& context, const IndexResult& index, const std::string& normalise,
                 const TableAndPanel& data, std::vector<std::string>& not_drawn) {
  Choice choice;
  for (const std::string& method : methods_beside(index.conventions.method)) {
    if (has_own_scores(method)) {
      choice.weights.push_back(weights_of(index).cwiseMax(0));
      continue;
    }
    try {
      add_method(context, index, pooled_conventions(index, method, normalise), data, choice);
    } catch (const Error& error) {
      not_drawn.push_back(method + " on " + normalise + ": " + error.diagnostic().message);
    }
  }
  return choice;
}

// The normalisations drawn: one alone where the aggregation is defined on it.
std::vector<std::string> normalisations_of(const IndexConventions& conventions) {
  const std::string own(find_aggregation(conventions.aggregate.front())->normalise);
  return own.empty() ? std::vector<std::string>{"minmax", "rank"} : std::vector<std::string>{own};
}

// One draw: which method, which cells, which indicator is left out, and noise on the weights.
class Draws {
 public:
  Draws(const Context& context, const IndexResult& index, const Table& table, const Panel& panel,
        double noise)
      : seed_(context.seed),
        noise_(noise),
        ranks_(panel, index.rows),
        base_(index.rank),
        system_(system_of_index(index)),
        conventions_(pooled_conventions(index, index.conventions.method, index.conventions.normalise)) {
    for (const std::string& normalise : normalisations_of(index.conventions)) {
      Choice choice = choice_of(context, index, normalise, {table, panel}, not_drawn_);
      if (choice.cells.size() > 0) choices_.push_back(std::move(choice));
    }
    if (choices_.empty())
      throw Error("index.no_draws",
                  "no weighting goes with the normalisations of the draws: " + join(not_drawn_, "; "),
                  "use another normalisation or mean, or leave `--sensitivity` out", "index " + index.name);
    const bool again = conventions_.levels == "two-step" && conventions_.renormalise;
    sums_ = arithmetic_throughout(conventions_) && !again && choices_.front().cells.allFinite();
  }

  void rank(const std::vector<double>& u, std::vector<int>& ranks) const {
    const Choice& choice = pick(choices_, u[1]);
    const Vector weights = disturbed(pick(choice.weights, u[0]), u[2], u[3]);
    ranks_.rank(sums_ ? Vector(choice.cells * weights) : scores_of(choice, weights), ranks);
  }

  [[nodiscard]] std::size_t ranks() const { return ranks_.largest(); }
  [[nodiscard]] const std::vector<std::string>& not_drawn() const { return not_drawn_; }

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

  // Scores by the index's own levels and means.
  [[nodiscard]] Vector scores_of(const Choice& choice, const Vector& weights) const {
    LearnedWeights learned = weights_as_learned(weights, system_);
    learned.upper_range = choice.upper_range;
    if (!arithmetic_throughout(conventions_))
      learned.frames = learn_frames(choice.cells, weights, system_, conventions_);
    return score_rows(choice.cells, learned, system_, conventions_).score;
  }

  std::uint64_t seed_;
  double noise_;
  RanksWithinTime ranks_;
  std::vector<int> base_;
  IndexSystem system_;
  IndexConventions conventions_;
  std::vector<Choice> choices_;
  std::vector<std::string> not_drawn_;
  bool sums_ = true;  // every score is a weighted sum
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
    try {
      const IndexResult other =
          build_index(Context{}, without(index, j), conventions, table, panel, index.rows);
      left[j].change = score_change(index, other.score, other.rank);
    } catch (const Error& error) {
      left[j].refused = error.diagnostic().message;
    }
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
  uncertainty.not_drawn = draws.not_drawn();
  uncertainty.runs = options.draws * static_cast<int>(plan.factors.size() + 2);
  uncertainty.ranks = rank_intervals(context, draws, index, options.draws);
  return uncertainty;
}

}  // namespace panelist
