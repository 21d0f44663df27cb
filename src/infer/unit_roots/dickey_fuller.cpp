// SPDX-License-Identifier: Apache-2.0
#include "infer/unit_roots/dickey_fuller.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/diagnostic.h"
#include "base/distribution.h"
#include "linalg/least_squares.h"

namespace panelist {
namespace {

// Rows t = first .. T-1: the level before, lags of the changes, constant, trend.
struct Design {
  Vector change;
  Matrix columns;
  int constant = -1;
};

Design design_from(const Vector& y, Index lags, Index first, Deterministic terms) {
  const Index rows = y.size() - first, deterministic = count_of(terms);
  Design design{y.tail(rows) - y.segment(first - 1, rows), Matrix(rows, 1 + lags + deterministic)};
  design.columns.col(0) = y.segment(first - 1, rows);
  for (Index j = 1; j <= lags; ++j)
    design.columns.col(j) = y.segment(first - j, rows) - y.segment(first - j - 1, rows);
  if (deterministic > 0) {
    design.constant = static_cast<int>(1 + lags);
    design.columns.col(1 + lags).setOnes();
  }
  if (terms == Deterministic::trend)
    design.columns.col(2 + lags) = Vector::LinSpaced(rows, 1, static_cast<double>(rows));
  return design;
}

LeastSquares solved(const Context& context, const Design& design) {
  LeastSquaresOptions options;
  options.constant_column = design.constant;
  return solve_least_squares(context, design.columns, Matrix(design.change), Vector(), options);
}

[[noreturn]] void throw_no_variation(std::string_view name) {
  throw Error("infer.no_variation",
              fmt::format("{} does not vary, or is a straight line: a unit root cannot be told apart", name),
              "leave it out: where = \"...\"");
}

// Residuals below this share of the changes are rounding.
constexpr double rounding_share = 1e-24;

}  // namespace

Index least_length(Index lags, Deterministic terms) { return 2 * lags + count_of(terms) + 3; }

DickeyFuller dickey_fuller(const Context& context, const Vector& y, Index lags, Deterministic terms,
                           VarianceDivisor divisor, std::string_view name) {
  const Design design = design_from(y, lags, lags + 1, terms);
  const LeastSquares solution = solved(context, design);
  const double rss = solution.residuals.squaredNorm();
  if (!solution.dropped.empty() || rss <= rounding_share * y.squaredNorm()) throw_no_variation(name);
  DickeyFuller result;
  result.lags = lags;
  result.rows = static_cast<double>(design.change.size());
  const auto used = static_cast<double>(design.columns.cols());
  result.sigma2 = rss / (divisor == VarianceDivisor::rows ? result.rows : result.rows - used);
  result.rho = solution.coefficients(0, 0);
  result.std_error = std::sqrt(result.sigma2 * solution.bread(0, 0));
  result.t = result.rho / result.std_error;
  return result;
}

Index most_lags(Index length, Deterministic terms) {
  const double schwert = std::floor(12 * std::pow(static_cast<double>(length) / 100, 0.25));
  const Index possible = (length - least_length(0, terms)) / 2;
  return std::max<Index>(0, std::min(static_cast<Index>(schwert), possible));
}

Index lags_by_criterion(const Context& context, const Vector& y, Index most, Deterministic terms,
                        std::string_view criterion, std::string_view name) {
  Index best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (Index lags = most; lags >= 0; --lags) {
    const Design design = design_from(y, lags, most + 1, terms);
    const LeastSquares solution = solved(context, design);
    if (!solution.dropped.empty()) throw_no_variation(name);
    const auto n = static_cast<double>(design.change.size());
    const auto k = static_cast<double>(design.columns.cols());
    const double penalty = criterion == "aic" ? 2 : std::log(n);
    const double value = std::log(solution.residuals.squaredNorm() / n) + penalty * k / n;
    if (value < least) {
      least = value;
      best = lags;
    }
  }
  return best;
}

Orthogonalised orthogonalised(const Context& context, const Vector& y, Index lags, Deterministic terms) {
  const Design design = design_from(y, lags, lags + 1, terms);
  Matrix both(design.change.size(), 2);
  both << design.change, design.columns.col(0);
  if (design.columns.cols() == 1) return {both.col(0), both.col(1)};
  LeastSquaresOptions options;
  options.constant_column = design.constant > 0 ? design.constant - 1 : -1;
  const Matrix rest = design.columns.rightCols(design.columns.cols() - 1);
  const Matrix left = solve_least_squares(context, rest, both, Vector(), options).residuals;
  return {left.col(0), left.col(1)};
}

namespace {

// MacKinnon (1994), tables 3 and 4: where the two approximations meet, the range of t, and their polynomials.
struct Tail {
  double meet, least, most;
  double small[3], large[4];
};
constexpr Tail tails[] = {
    {-1.04,
     -19.04,
     std::numeric_limits<double>::infinity(),
     {0.6344, 1.2378, 0.032496},
     {0.4797, 0.93557, -0.06999, 0.033066}},
    {-1.61, -18.83, 2.74, {2.1659, 1.4412, 0.038269}, {1.7339, 0.93202, -0.12745, -0.010368}},
    {-2.89, -16.18, 0.7, {3.2512, 1.6047, 0.049588}, {2.5261, 0.61654, -0.37956, -0.060285}},
};

// MacKinnon (2010), table 2: b0 + b1/n + b2/n^2 + b3/n^3 at 1, 5 and 10 %; without constant those of 1996.
constexpr double surfaces[][3][4] = {
    {{-2.56574, -2.2358, -3.627, 0}, {-1.94100, -0.2686, -3.365, 31.223}, {-1.61682, 0.2656, -2.714, 25.364}},
    {{-3.43035, -6.5393, -16.786, -79.433},
     {-2.86154, -2.8903, -4.234, -40.040},
     {-2.56677, -1.5384, -2.809, 0}},
    {{-3.95877, -9.0531, -28.428, -134.155},
     {-3.41049, -4.3904, -9.036, -45.374},
     {-3.12705, -2.5856, -3.925, -22.380}},
};

}  // namespace

double mackinnon_p(double t, Deterministic terms) {
  const Tail& tail = tails[static_cast<std::size_t>(terms)];
  const double x = std::clamp(t, tail.least, tail.most);
  const double quantile = x <= tail.meet
                              ? tail.small[0] + x * (tail.small[1] + x * tail.small[2])
                              : tail.large[0] + x * (tail.large[1] + x * (tail.large[2] + x * tail.large[3]));
  return normal_cdf(quantile);
}

std::vector<std::pair<std::string, double>> dickey_fuller_critical_values(double rows, Deterministic terms) {
  const auto& surface = surfaces[static_cast<std::size_t>(terms)];
  std::vector<std::pair<std::string, double>> values;
  for (std::size_t level = 0; level < 3; ++level) {
    const double* b = surface[level];
    values.emplace_back(std::array{"1%", "5%", "10%"}[level],
                        b[0] + (b[1] + (b[2] + b[3] / rows) / rows) / rows);
  }
  return values;
}

}  // namespace panelist
