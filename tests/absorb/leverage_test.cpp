// SPDX-License-Identifier: Apache-2.0
// Leverages against the rows of Q of a dense QR of all dummies.
#include "absorb/leverage.h"

#include "absorb/effect_variance.h"
#include "absorb/random_designs.h"
#include "absorb/system/levels.h"

namespace panelist::designs {
namespace {

// Squared rows of an orthonormal basis of the columns.
Vector dense_leverages(const Matrix& columns) {
  Eigen::ColPivHouseholderQR<Matrix> qr(columns);
  qr.setThreshold(1e-10);
  const Matrix Q = qr.householderQ() * Matrix::Identity(columns.rows(), qr.rank());
  return Q.rowwise().squaredNorm();
}

Vector dense_leverages(const Problem& problem) {
  return dense_leverages(
      Matrix(root_of(problem).asDiagonal() * dummies(problem.factors, problem.factors.size())));
}

TEST(Leverage, IsTheDiagonalOfTheProjectionOnTwoHundredDesigns) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    for (const Kind& kind : kinds) {
      SCOPED_TRACE(testing::Message() << kind.name << " " << seed);
      const Problem problem = design(kind, seed, 40 + static_cast<Level>(seed % 5) * 15);
      const Absorber absorber({}, problem.factors, problem.w);
      const EffectLeverages found = effect_leverages({}, absorber);
      EXPECT_TRUE(found.exact);
      EXPECT_EQ(found.error, 0.0);
      EXPECT_LT((found.values - dense_leverages(problem)).cwiseAbs().maxCoeff(), 1e-11);
      EXPECT_NEAR(found.values.sum(), static_cast<double>(absorber.rank()), 1e-9);
      if (HasFailure()) return;
    }
  }
}

TEST(Leverage, OfSlopesIsTheDiagonalOfTheProjectionOnLevelsAndSlopes) {
  for (const bool intercept : {true, false}) {
    Problem problem = design(kinds[0], 2, 90);
    Random random(5, "slopes", 0);
    AbsorbFactor& sloped = problem.factors.front();
    sloped.slopes = Matrix(90, 2);
    sloped.intercept = intercept;
    for (double& x : sloped.slopes.reshaped()) x = 50 + random.normal();
    const Matrix D = dummies(problem.factors, problem.factors.size());
    const Matrix own = dummies({sloped}, 1);
    Matrix all(90, D.cols() + 2 * own.cols());
    all << D, sloped.slopes.col(0).asDiagonal() * own, sloped.slopes.col(1).asDiagonal() * own;
    if (!intercept) all = Matrix(all.rightCols(all.cols() - own.cols()));
    const Absorber absorber({}, problem.factors, problem.w);
    const EffectLeverages found = effect_leverages({}, absorber);
    const Vector expected = dense_leverages(Matrix(root_of(problem).asDiagonal() * all));
    EXPECT_LT((found.values - expected).cwiseAbs().maxCoeff(), 1e-9) << intercept;
  }
}

// Every row's error in units of the standard deviation that theory gives it.
TEST(Leverage, ProjectionsComeWithinTheErrorTheyName) {
  const Problem problem = design(kinds[0], 4, 600);
  const Absorber absorber({}, problem.factors, problem.w);
  LeverageOptions projected;
  projected.dense_levels = 0;
  const EffectLeverages found = effect_leverages({}, absorber, projected);
  EXPECT_FALSE(found.exact);
  EXPECT_NEAR(found.error, std::sqrt(2.0 / 208), 1e-12);
  const Vector expected = dense_leverages(problem);
  std::vector<double> ratios;
  for (Index i = 0; i < expected.size(); ++i) {
    const double h = expected(i);
    if (1 - h < 1e-10)  // a level of its own: found exactly
      EXPECT_LT(1 - found.values(i), 1e-10);
    else
      ratios.push_back((found.values(i) - h) / (found.error * h * (1 - h)));
  }
  EXPECT_GT(ratios.size(), 580);
  const Vector errors = Eigen::Map<const Vector>(ratios.data(), static_cast<Index>(ratios.size()));
  const double mean_square = errors.squaredNorm() / static_cast<double>(errors.size());
  EXPECT_GT(mean_square, 0.7);
  EXPECT_LT(mean_square, 2.2);  // up to 2 where the leverage is a half
  EXPECT_LT(errors.cwiseAbs().maxCoeff(), 6.0);
  EXPECT_NEAR(found.values.sum() / static_cast<double>(absorber.rank()), 1.0, 0.02);
}

TEST(Leverage, DoesNotDependOnThreads) {
  const Problem problem = design(kinds[0], 4, 600);
  const Absorber absorber({}, problem.factors, problem.w);
  LeverageOptions projected;
  projected.dense_levels = 0;
  for (const LeverageOptions& options : {LeverageOptions{}, projected}) {
    Context two;
    two.threads = 2;
    EXPECT_EQ(effect_leverages({}, absorber, options).values,
              effect_leverages(two, absorber, options).values);
  }
}

// N G^+ N' of dense dummies, N by normalising unit vectors.
Matrix dense_variances(const Problem& problem) {
  const Matrix D = root_of(problem).asDiagonal() * dummies(problem.factors, problem.factors.size());
  Matrix N(D.cols(), D.cols());
  for (Index j = 0; j < D.cols(); ++j) {
    std::vector<Matrix> effects;
    Index offset = 0;
    for (const AbsorbFactor& factor : problem.factors) {
      effects.emplace_back(Matrix::Zero(factor.n_levels, 1));
      if (j >= offset && j < offset + factor.n_levels) effects.back()(j - offset, 0) = 1.0;
      offset += factor.n_levels;
    }
    normalise_effects(problem.factors, effects);
    offset = 0;
    for (const Matrix& own : effects) {
      N.col(j).segment(offset, own.rows()) = own;
      offset += own.rows();
    }
  }
  const Matrix inverse = (D.transpose() * D).completeOrthogonalDecomposition().pseudoInverse();
  return N * inverse * N.transpose();
}

TEST(EffectVariances, AreThoseOfDenseDummiesWhereverTheLargestFactorStands) {
  int compared = 0, refused = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    for (const Kind& kind : kinds) {
      SCOPED_TRACE(testing::Message() << kind.name << " " << seed);
      const Problem problem = design(kind, seed, 60);
      const EffectVariances found = effect_variances(Absorber({}, problem.factors, problem.w));
      refused += found.values.empty() ? 1 : 0;
      EXPECT_EQ(found.values.empty(), !found.reason.empty());
      if (found.values.empty()) continue;
      const Vector expected = dense_variances(problem).diagonal();
      Index offset = 0;
      for (const Vector& own : found.values) {
        EXPECT_LT((own - expected.segment(offset, own.size())).cwiseAbs().maxCoeff(),
                  1e-9 * (1.0 + expected.maxCoeff()));
        offset += own.size();
        ++compared;
      }
      if (HasFailure()) return;
    }
  }
  EXPECT_GT(compared, 250);
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace panelist::designs
