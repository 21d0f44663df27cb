// SPDX-License-Identifier: Apache-2.0
#include "linalg/least_squares.h"

#include <optional>

#include "linalg/solve/condition.h"
#include "linalg/solve/householder.h"
#include "linalg/solve/normal_equations.h"
#include "linalg/solve/rank.h"

namespace panelist {
namespace {

constexpr double epsilon = 2.220446049250313e-16;

// The problem with its columns in working order: the constant first, the others as given, and their centres.
struct WorkingProblem {
  WeightedProblem data;
  std::vector<Index> order;  // working position -> column of X
  bool centred = false;
  Vector centre;  // of the columns of X in working order, then of Y; 0 for the constant
  double weight = 0.0;

  [[nodiscard]] Index k() const { return static_cast<Index>(order.size()); }
  [[nodiscard]] Index m() const { return data.Y.cols(); }
  [[nodiscard]] Index rows() const { return data.X.rows(); }
  [[nodiscard]] auto column(Index j) const {
    return j < k() ? data.X.col(order[static_cast<std::size_t>(j)]) : data.Y.col(j - k());
  }
};

std::vector<Index> working_order(Index k, Index constant) {
  std::vector<Index> order;
  if (constant >= 0) order.push_back(constant);
  for (Index j = 0; j < k; ++j) {
    if (j != constant) order.push_back(j);
  }
  return order;
}

// Twice, so that the second pass takes the rounding error out of the first.
double mean_of(const Vector& values, const VectorView& w, double weight) {
  const Vector ones = w.size() > 0 ? Vector(w) : Vector::Ones(values.size());
  const double first = ones.dot(values) / weight;
  const Vector rest = values.array() - first;
  return first + ones.dot(rest) / weight;
}

WorkingProblem working_problem(const WeightedProblem& data, int constant) {
  WorkingProblem problem{data, working_order(data.X.cols(), constant), constant >= 0, {}, 0.0};
  problem.weight = data.w.size() > 0 ? data.w.sum() : static_cast<double>(data.X.rows());
  problem.centre = Vector::Zero(problem.k() + problem.m());
  if (!problem.centred) return problem;
  for (Index j = 1; j < problem.centre.size(); ++j) {
    problem.centre(j) = mean_of(problem.column(j), data.w, problem.weight);
  }
  return problem;
}

Matrix triangular_factor_of(const Context& context, const WorkingProblem& problem) {
  const VectorView& w = problem.data.w;
  return triangular_factor(context, problem.rows(), problem.centre.size(), [&](Index first, Matrix& rows) {
    for (Index j = 0; j < rows.cols(); ++j) {
      rows.col(j) = problem.column(j).segment(first, rows.rows()).array() - problem.centre(j);
    }
    if (w.size() > 0) rows.array().colwise() *= w.segment(first, rows.rows()).array().sqrt();
  });
}

// What the columns before it leave of a column must be well above what rounding of products hides.
constexpr double clearly_left = 1e-4;

// Upper triangular R with R'R = products; empty when one of the first k columns is not clearly independent.
Matrix triangle_of_products(const Matrix& products, Index k) {
  Matrix R = Matrix::Zero(products.rows(), products.cols());
  for (Index j = 0; j < R.cols(); ++j) {
    const Index above = std::min(j, k);
    for (Index i = 0; i < above; ++i)
      R(i, j) = (products(i, j) - R.col(i).head(i).dot(R.col(j).head(i))) / R(i, i);
    // Right sides are not taken off one another: what is left of each stands in a row of its own.
    R(j, j) = std::sqrt(std::max(products(j, j) - R.col(j).head(above).squaredNorm(), 0.0));
    if (j < k && !(R(j, j) > clearly_left * std::sqrt(products(j, j)))) return {};
  }
  return R;
}

// Columns hold rounding of their uncentred size, whatever is subtracted from them.
Vector rounding_floor(const WorkingProblem& problem, const Matrix& R, const Vector& given) {
  Vector floor(problem.k());
  for (Index j = 0; j < problem.k(); ++j) {
    const double uncentred = std::hypot(R.col(j).norm(), problem.centre(j) * std::sqrt(problem.weight));
    floor(j) = 16.0 * epsilon * uncentred;
    if (given.size() > 0) floor(j) = std::max(floor(j), given(problem.order[static_cast<std::size_t>(j)]));
  }
  return floor;
}

// Coefficients and bread in units of the uncentred columns, positions of kept columns in working order.
struct Solution {
  Matrix coefficients, bread;
};

Solution uncentred_solution(const WorkingProblem& problem, const RankedFactor& ranked) {
  const Index rank = ranked.triangle.cols();
  const auto upper = ranked.triangle.triangularView<Eigen::Upper>();
  Matrix inverse = upper.solve(Matrix::Identity(rank, rank));
  Solution solution{upper.solve(ranked.images), {}};
  if (problem.centred && rank > 0 && ranked.kept.front() == 0) {
    for (Index j = 1; j < rank; ++j) {
      const double centre = problem.centre(ranked.kept[static_cast<std::size_t>(j)]);
      solution.coefficients.row(0) -= centre * solution.coefficients.row(j);
      inverse.row(0) -= centre * inverse.row(j);
    }
    solution.coefficients.row(0) += problem.centre.tail(problem.m()).transpose();
  }
  solution.bread = inverse * inverse.transpose();
  return solution;
}

Matrix centred_residuals(const Context& context, const WorkingProblem& problem, const RankedFactor& ranked) {
  const Matrix b = ranked.triangle.triangularView<Eigen::Upper>().solve(ranked.images);
  Matrix residuals(problem.rows(), problem.m());
  const Index blocks = (problem.rows() + rows_per_block - 1) / rows_per_block;
  for_each_block(context, blocks, [&](std::int64_t block) {
    const Index first = block * rows_per_block;
    const Index rows = std::min(rows_per_block, problem.rows() - first);
    for (Index y = 0; y < problem.m(); ++y) {
      const Index right = problem.k() + y;
      auto u = residuals.col(y).segment(first, rows).array();
      u = problem.column(right).segment(first, rows).array() - problem.centre(right);
      for (Index j = 0; j < b.rows(); ++j) {
        const Index column = ranked.kept[static_cast<std::size_t>(j)];
        u -= b(j, y) * (problem.column(column).segment(first, rows).array() - problem.centre(column));
      }
    }
  });
  return residuals;
}

// Expected rounding error of the coefficients of one right side, relative to the larger of each coefficient and its
// standard error: u (|fit| + condition |residual|) sqrt(bread_jj), and for the constant the sums it is made of.
double expected_error(const WorkingProblem& problem, const RankedFactor& ranked, const Solution& solution,
                      double condition, Index y) {
  const double residual = ranked.remainder(y);
  const double noise = epsilon * (ranked.images.col(y).norm() + condition * residual);
  const double sigma = residual / std::sqrt(static_cast<double>(problem.rows()));
  double constant_error = epsilon * std::abs(problem.centre(problem.k() + y));
  double worst = 0.0;
  const Index rank = ranked.triangle.cols();
  const bool with_constant = problem.centred && rank > 0 && ranked.kept.front() == 0;
  for (Index j = rank; j-- > 0;) {
    const double spread = std::sqrt(solution.bread(j, j));
    const double b = std::abs(solution.coefficients(j, y));
    double error = noise * spread;
    if (with_constant && j == 0) error = constant_error;
    const double centre = std::abs(problem.centre(ranked.kept[static_cast<std::size_t>(j)]));
    constant_error += centre * (error + epsilon * b);
    worst = std::max(worst, error / std::max({b, spread * sigma, 1e-300}));
  }
  return worst;
}

double expected_error(const WorkingProblem& problem, const RankedFactor& ranked, const Solution& solution,
                      double condition) {
  double worst = 0.0;
  for (Index y = 0; y < problem.m(); ++y) {
    worst = std::max(worst, expected_error(problem, ranked, solution, condition, y));
  }
  return worst;
}

// Largest rounding over the right sides, in units of the square root of the bread.
double rounding_noise(const RankedFactor& ranked, double condition) {
  double worst = 0.0;
  for (Index y = 0; y < ranked.images.cols(); ++y) {
    worst = std::max(worst, ranked.images.col(y).norm() + condition * ranked.remainder(y));
  }
  return epsilon * worst;
}

std::vector<Index> columns_at(const WorkingProblem& problem, const std::vector<Index>& positions) {
  std::vector<Index> columns;
  for (const Index position : positions) columns.push_back(problem.order[static_cast<std::size_t>(position)]);
  return columns;
}

// From working order (the constant first) to ascending columns of X.
LeastSquares in_given_order(const WorkingProblem& problem, const RankedFactor& ranked, Solution solution) {
  LeastSquares result;
  const std::vector<Index> working = columns_at(problem, ranked.kept);
  result.kept = working;
  std::sort(result.kept.begin(), result.kept.end());
  result.dropped = columns_at(problem, ranked.dropped);
  for (const std::vector<Index>& parts : ranked.depends_on) {
    result.depends_on.push_back(columns_at(problem, parts));
  }
  std::vector<Index> position;
  for (const Index column : result.kept) {
    position.push_back(std::find(working.begin(), working.end(), column) - working.begin());
  }
  result.coefficients = solution.coefficients(position, Eigen::all);
  result.bread = solution.bread(position, position);
  return result;
}

// The answer by the Cholesky factor of the given cross products, if it is good enough.
std::optional<LeastSquares> solve_by_products(const Context& context, const WorkingProblem& problem,
                                              const LeastSquaresOptions& options) {
  if (options.products.size() == 0 || problem.centred || problem.k() == 0) return std::nullopt;
  const Matrix R = triangle_of_products(options.products, problem.k());
  if (R.size() == 0) return std::nullopt;
  const RankedFactor ranked = rank_in_order(R, problem.k(), {options.collinear_tolerance, false, {}});
  Solution solution = uncentred_solution(problem, ranked);
  const double condition = condition_of_triangle(ranked.triangle);
  const double error = expected_error(problem, ranked, solution, condition);
  if (!ranked.dropped.empty() || !(error * condition <= options.refine_above_error)) return std::nullopt;
  LeastSquares result = in_given_order(problem, ranked, std::move(solution));
  result.residuals = centred_residuals(context, problem, ranked);
  result.condition = condition;
  result.noise = condition * rounding_noise(ranked, condition);
  return result;
}

}  // namespace

LeastSquares solve_least_squares(const Context& context, const MatrixView& X, const MatrixView& Y,
                                 const VectorView& w, const LeastSquaresOptions& options) {
  const WorkingProblem problem = working_problem({X, Y, w}, options.constant_column);
  if (auto quick = solve_by_products(context, problem, options)) return std::move(*quick);
  const Matrix R = triangular_factor_of(context, problem);
  const RankRule rule{options.collinear_tolerance, problem.centred,
                      rounding_floor(problem, R, options.rounding)};
  const RankedFactor ranked = rank_in_order(R, problem.k(), rule);
  Solution solution = uncentred_solution(problem, ranked);
  const double condition = condition_of_triangle(ranked.triangle);
  ExtendedSolution extended;
  if (expected_error(problem, ranked, solution, condition) > options.refine_above_error) {
    extended = solve_in_double_double(context, problem.data, columns_at(problem, ranked.kept));
  }
  if (extended.solved) solution = {extended.coefficients, extended.bread};
  LeastSquares result = in_given_order(problem, ranked, std::move(solution));
  result.residuals =
      extended.solved ? std::move(extended.residuals) : centred_residuals(context, problem, ranked);
  result.condition = condition;
  result.refinements = extended.solved ? 1 : 0;
  result.noise = rounding_noise(ranked, extended.solved ? 0.0 : condition);
  return result;
}

std::vector<Index> independent_columns(const MatrixView& X, const VectorView& w, double tolerance) {
  const Matrix no_columns(X.rows(), 0);
  const MatrixView none(no_columns);
  const WorkingProblem problem = working_problem({X, none, w}, -1);
  const Matrix R = triangular_factor_of(Context{}, problem);
  return rank_in_order(R, X.cols(), {tolerance, false, rounding_floor(problem, R, {})}).kept;
}

}  // namespace panelist
