// SPDX-License-Identifier: Apache-2.0
#include "estimate/glm/separation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "estimate/regression/prepared.h"
#include "linalg/gram.h"

namespace panelist::glm {
namespace {

// Weight of the rows inside: they must be fitted at zero.
constexpr double inside_weight = 1e8;
// Share of the largest value below which a fitted value is zero, and two are equal.
constexpr double equal_share = 1e-6;
// Effects under the heavy weights are known this well: far better than two values are told apart.
constexpr double fit_tolerance = 1e-8;
// When this little is left of u, nothing separates.
constexpr double nothing_left = 1e-5;
// Rounds of the rectifier: each is one absorption, and slow effects are given fewer.
constexpr int most_rounds = 20000;
constexpr double most_row_rounds = 2e9, most_row_rounds_with_slopes = 4e6;
constexpr int fewest_rounds = 100;

int rounds_allowed(const ModelFrame& frame) {
  const bool slopes = std::any_of(frame.effects.begin(), frame.effects.end(),
                                  [](const FrameEffect& effect) { return effect.slopes.cols() > 0; });
  const double budget = slopes ? most_row_rounds_with_slopes : most_row_rounds;
  const double rounds = budget / static_cast<double>(frame.n());
  return static_cast<int>(
      std::clamp(rounds, static_cast<double>(fewest_rounds), static_cast<double>(most_rounds)));
}

bool at_border(const Family& family, double y) { return y == 0.0 || y == family.highest; }

// What a level has seen so far.
struct Seen {
  bool low = false, high = false, inside = false;
  [[nodiscard]] bool predicted() const { return !inside && low != high; }
};

Seen of_outcome(const Family& family, double y) {
  return {y == 0.0, family.highest > 0.0 && y == family.highest, !at_border(family, y)};
}

// Marks rows of levels whose rows left are all at one border; true when there were any.
bool mark_levels(const Family& family, const ModelFrame& frame, const FrameEffect& effect,
                 std::vector<bool>& marks) {
  std::vector<Seen> levels(static_cast<std::size_t>(effect.group.size()));
  for (Index i = 0; i < frame.n(); ++i) {
    const auto row = static_cast<std::size_t>(i);
    if (marks[row]) continue;
    Seen& level = levels[static_cast<std::size_t>(effect.group.level[row])];
    const Seen own = of_outcome(family, frame.outcome(i));
    level = {level.low || own.low, level.high || own.high, level.inside || own.inside};
  }
  const bool any = std::any_of(levels.begin(), levels.end(), [](const Seen& s) { return s.predicted(); });
  for (std::size_t row = 0; any && row < marks.size(); ++row)
    if (levels[static_cast<std::size_t>(effect.group.level[row])].predicted()) marks[row] = true;
  return any;
}

// The projection on regressors and effects under the heavy weights, built once.
class Fitter {
 public:
  Fitter(const Context& context, const ModelFrame& frame) : context_(context) {
    EstimateOptions options;
    options.absorb.tolerance = fit_tolerance;
    Preparation prepared = prepare(context, frame, options);
    weights_ = prepared.weights;
    absorber_ = prepared.absorber;
    const LeastSquares solution =
        solve_least_squares(context, prepared.exogenous.values, prepared.y, weights_);
    x_ = prepared.exogenous.values(Eigen::all, solution.kept);
    bread_ = solution.bread;
  }
  // u becomes its fitted values.
  void fit(Vector& u) const {
    Matrix rest = u;
    if (absorber_ != nullptr) absorber_->absorb_or_throw(context_, rest);
    if (x_.cols() > 0) rest.col(0) -= x_ * (bread_ * cross(context_, x_, rest, weights_)).col(0);
    u -= rest.col(0);
  }

 private:
  const Context& context_;
  Vector weights_;
  std::shared_ptr<const Absorber> absorber_;
  Matrix x_, bread_;
};

// The frame with the rows inside heavy, and without what prepare() does not need.
ModelFrame weighted_frame(const Family& family, const ModelFrame& frame) {
  ModelFrame weighted = frame;
  weighted.weight_type = WeightType::analytic;
  weighted.weights.resize(frame.n());
  weighted.offset = Vector();
  for (Index i = 0; i < frame.n(); ++i)
    weighted.weights(i) = at_border(family, frame.outcome(i)) ? 1.0 : inside_weight;
  return weighted;
}

// +1 where u may be positive, -1 where its opposite may, 0 inside.
Vector directions(const Family& family, const ModelFrame& frame) {
  Vector sign(frame.n());
  for (Index i = 0; i < frame.n(); ++i) {
    const Seen own = of_outcome(family, frame.outcome(i));
    sign(i) = own.low ? 1.0 : (own.high ? -1.0 : 0.0);
  }
  return sign;
}

}  // namespace

std::vector<bool> separated_by_level(const Family& family, const ModelFrame& frame) {
  std::vector<bool> marks(static_cast<std::size_t>(frame.n()), false);
  bool any = false;
  for (bool found = true; found;) {
    found = false;
    for (const FrameEffect& effect : frame.effects)
      if (effect.intercept && mark_levels(family, frame, effect, marks)) found = any = true;
  }
  return any ? marks : std::vector<bool>();
}

std::vector<bool> separated_by_rectifier(const Context& context, const Family& family,
                                         const ModelFrame& frame) {
  const Fitter fitter(context, weighted_frame(family, frame));
  const Vector sign = directions(family, frame);
  Vector u = sign.cwiseAbs();
  const int rounds = rounds_allowed(frame);
  for (int round = 0; round < rounds; ++round) {
    context.stop_if_asked();
    Vector fitted = sign.cwiseProduct(u);
    fitter.fit(fitted);
    fitted = fitted.cwiseProduct(sign);
    const double largest = fitted.maxCoeff();
    if (largest < nothing_left) return {};
    const bool exact = (fitted - u).cwiseAbs().maxCoeff() <= equal_share * largest;
    u = fitted.cwiseMax(0.0);
    if (!exact) continue;
    std::vector<bool> marks(static_cast<std::size_t>(frame.n()));
    for (Index i = 0; i < frame.n(); ++i)
      marks[static_cast<std::size_t>(i)] = u(i) > 10 * equal_share * largest;
    return marks;
  }
  throw Error("estimate.not_converged",
              fmt::format("which rows are predicted perfectly could not be told in {} rounds", rounds),
              "drop the effect or regressor that is zero but for a few rows, or rows that it predicts");
}

}  // namespace panelist::glm
