// SPDX-License-Identifier: Apache-2.0
#include "linalg/least_squares.h"

#include <Eigen/SVD>

#include "base/random.h"
#include "linalg/gram.h"

namespace panelist {
namespace {

Matrix random_matrix(Index rows, Index columns, std::uint64_t seed) {
  Random random(seed, "matrix", 0);
  Matrix A(rows, columns);
  for (Index j = 0; j < columns; ++j) {
    for (Index i = 0; i < rows; ++i) A(i, j) = random.normal();
  }
  return A;
}

Vector random_weights(Index rows, std::uint64_t seed) {
  Random random(seed, "weights", 0);
  Vector w(rows);
  for (Index i = 0; i < rows; ++i) w(i) = 0.2 + random.uniform();
  return w;
}

Matrix with_constant(Matrix X) {
  X.col(0).setOnes();
  return X;
}

LeastSquaresOptions constant_first() {
  LeastSquaresOptions options;
  options.constant_column = 0;
  return options;
}

Context threads(int count) {
  Context context;
  context.threads = count;
  return context;
}

TEST(Gram, IsTheWeightedCrossProduct) {
  const Matrix A = random_matrix(500, 4, 1);
  const Matrix B = random_matrix(500, 2, 2);
  const Vector w = random_weights(500, 3);
  EXPECT_LT((gram({}, A, w) - A.transpose() * w.asDiagonal() * A).norm(), 1e-11);
  EXPECT_LT((cross({}, A, B, w) - A.transpose() * w.asDiagonal() * B).norm(), 1e-11);
  EXPECT_LT((gram({}, A, Vector()) - A.transpose() * A).norm(), 1e-11);
}

TEST(Gram, IsBitEqualForAnyNumberOfThreads) {
  const Matrix A = random_matrix(20011, 5, 4);
  const Vector w = random_weights(20011, 5);
  const Matrix one = gram(threads(1), A, w);
  EXPECT_EQ(one, gram(threads(2), A, w));
  EXPECT_EQ(one, gram(threads(7), A, w));
}

TEST(LeastSquares, SolvesTheWeightedNormalEquations) {
  const Matrix X = with_constant(random_matrix(300, 5, 6));
  const Matrix Y = random_matrix(300, 2, 7);
  const Vector w = random_weights(300, 8);
  const LeastSquares fit = solve_least_squares({}, X, Y, w, constant_first());
  const Matrix G = X.transpose() * w.asDiagonal() * X;
  const Matrix b = G.ldlt().solve(X.transpose() * w.asDiagonal() * Y);
  EXPECT_LT((fit.coefficients - b).norm(), 1e-12);
  EXPECT_LT((fit.bread - G.inverse()).norm(), 1e-13);
  EXPECT_LT((fit.residuals - (Y - X * b)).norm(), 1e-11);
  EXPECT_EQ(fit.kept.size(), 5U);
}

TEST(LeastSquares, IsBitEqualForAnyNumberOfThreads) {
  const Matrix X = with_constant(random_matrix(30011, 5, 9));
  const Matrix Y = random_matrix(30011, 1, 10);
  const LeastSquares one = solve_least_squares(threads(1), X, Y, Vector(), constant_first());
  for (const int count : {2, 7}) {
    const LeastSquares other = solve_least_squares(threads(count), X, Y, Vector(), constant_first());
    EXPECT_EQ(one.coefficients, other.coefficients);
    EXPECT_EQ(one.bread, other.bread);
    EXPECT_EQ(one.residuals, other.residuals);
  }
}

TEST(LeastSquares, IsTheSameInDoubleDouble) {
  const Matrix X = with_constant(random_matrix(9000, 4, 11));
  const Matrix Y = random_matrix(9000, 1, 12);
  const Vector w = random_weights(9000, 13);
  LeastSquaresOptions extended = constant_first();
  extended.refine_above_error = 0.0;
  const LeastSquares plain = solve_least_squares({}, X, Y, w, constant_first());
  const LeastSquares refined = solve_least_squares({}, X, Y, w, extended);
  EXPECT_EQ(plain.refinements, 0);
  EXPECT_EQ(refined.refinements, 1);
  EXPECT_LT((plain.coefficients - refined.coefficients).norm(), 1e-14);
  EXPECT_LT((plain.bread - refined.bread).norm(), 1e-16);
  EXPECT_LT((plain.residuals - refined.residuals).norm(), 1e-11);
}

TEST(LeastSquares, DropsTheLaterOfDuplicateColumns) {
  Matrix X = with_constant(random_matrix(200, 5, 14));
  X.col(1).array() *= 1e6;
  X.col(3) = X.col(1);
  X.col(4) = 2.0 * X.col(2) - 1e-6 * X.col(1) + 3.0 * X.col(0);
  const Vector y = random_matrix(200, 1, 15);
  const LeastSquares fit = solve_least_squares({}, X, y, Vector(), constant_first());
  EXPECT_EQ(fit.dropped, (std::vector<Index>{3, 4}));
  ASSERT_EQ(fit.depends_on.size(), 2U);
  EXPECT_EQ(fit.depends_on[0], (std::vector<Index>{1}));
  EXPECT_EQ(fit.depends_on[1], (std::vector<Index>{1, 2}));
}

TEST(LeastSquares, SeesCollinearityThroughLargeMeans) {
  Matrix X = with_constant(random_matrix(200, 4, 16));
  X.col(1).array() += 1e9;
  X.col(2).array() += 3e8;
  X.col(3) = X.col(1) + X.col(2);
  const Vector y = random_matrix(200, 1, 17);
  EXPECT_EQ(solve_least_squares({}, X, y, Vector(), constant_first()).dropped, (std::vector<Index>{3}));
}

TEST(LeastSquares, KeepsNearlyCollinearColumnsAboveTheTolerance) {
  Matrix X = with_constant(random_matrix(200, 3, 18));
  X.col(2) = X.col(1) + 1e-7 * X.col(2);
  const Vector y = random_matrix(200, 1, 19);
  EXPECT_TRUE(solve_least_squares({}, X, y, Vector(), constant_first()).dropped.empty());
}

TEST(LeastSquares, HandlesColumnsOfAnyScale) {
  Matrix X = with_constant(random_matrix(100, 3, 20));
  const Vector y = random_matrix(100, 1, 21);
  const LeastSquares plain = solve_least_squares({}, X, y, Vector(), constant_first());
  X.col(1) *= 1e-140;
  X.col(2) *= 1e140;
  const LeastSquares scaled = solve_least_squares({}, X, y, Vector(), constant_first());
  EXPECT_NEAR(scaled.coefficients(1, 0) * 1e-140, plain.coefficients(1, 0), 1e-13);
  EXPECT_NEAR(scaled.coefficients(2, 0) * 1e140, plain.coefficients(2, 0), 1e-13);
}

TEST(LeastSquares, EstimatesTheConditionOfTheScaledCentredColumns) {
  Matrix X = with_constant(random_matrix(400, 4, 22));
  X.col(2) = X.col(1) + 1e-3 * X.col(2);
  X.col(3) *= 1e5;
  const LeastSquares fit = solve_least_squares({}, X, Matrix(X.col(1)), Vector(), constant_first());
  Matrix S = X;
  for (Index j = 1; j < 4; ++j) S.col(j).array() -= S.col(j).mean();
  for (Index j = 0; j < 4; ++j) S.col(j).normalize();
  const Vector singular = Eigen::JacobiSVD<Matrix>(S).singularValues();
  const double condition = singular(0) / singular(3);
  EXPECT_GT(fit.condition, 0.9 * condition);
  EXPECT_LT(fit.condition, 1.01 * condition);
}

TEST(LeastSquares, HasAnEmptyRankWithoutColumns) {
  const Vector y = random_matrix(10, 1, 23);
  const LeastSquares fit = solve_least_squares({}, Matrix(10, 0), y, Vector());
  EXPECT_TRUE(fit.kept.empty());
  EXPECT_EQ(fit.residuals, Matrix(y));
}

TEST(LeastSquares, KeepsNoMoreColumnsThanRows) {
  const Matrix X = random_matrix(3, 5, 24);
  const LeastSquares fit = solve_least_squares({}, X, Vector::Ones(3), Vector());
  EXPECT_EQ(fit.kept, (std::vector<Index>{0, 1, 2}));
  EXPECT_EQ(independent_columns(X, Vector()), fit.kept);
}

TEST(PseudoInverse, InvertsOnTheRange) {
  const Matrix B = random_matrix(6, 3, 25);
  const Matrix A = B * B.transpose();
  Index rank = 0;
  const Matrix P = symmetric_pseudo_inverse(A, 1e-12, &rank);
  EXPECT_EQ(rank, 3);
  EXPECT_LT((A * P * A - A).norm(), 1e-12 * A.norm());
  EXPECT_LT((P * A * P - P).norm(), 1e-12 * P.norm());
}

}  // namespace
}  // namespace panelist
