// SPDX-License-Identifier: Apache-2.0
// Five hundred small random designs against dense QR with all dummies, by the small exact path and by the engine.
#include "absorb/random_designs.h"

namespace panelist::designs {
namespace {

Index dense_rank(const Matrix& D) {
  Eigen::ColPivHouseholderQR<Matrix> qr(D);
  qr.setThreshold(1e-10);
  return qr.rank();
}

void expect_exact_degrees(const Absorber& absorber, const Problem& problem) {
  Index before = 0;
  for (std::size_t q = 0; q < problem.factors.size(); ++q) {
    const Index rank = dense_rank(dummies(problem.factors, q + 1));
    const FactorDegrees& degrees = absorber.degrees()[q];
    EXPECT_TRUE(degrees.exact) << "factor " << q;
    EXPECT_EQ(degrees.levels, problem.factors[q].n_levels);
    EXPECT_EQ(degrees.levels - degrees.redundant, rank - before) << "factor " << q;
    before = rank;
  }
  EXPECT_EQ(absorber.rank(), before);
}

// Returns whether coefficients were there to be compared; counts the runs that iterated.
bool expect_dense_answer(const Problem& problem, const AbsorbOptions& options, int& iterated) {
  const Absorber absorber({}, problem.factors, problem.w, options);
  Matrix found = problem.V;
  const AbsorbReport report = absorber.absorb({}, found);
  EXPECT_TRUE(report.converged);
  iterated += report.iterations > 0 ? 1 : 0;
  expect_exact_degrees(absorber, problem);
  found = root_of(problem).asDiagonal() * found;
  const Matrix expected = dense_residual(problem);
  const Index df = problem.V.rows() - absorber.rank() - 2;
  if (df < 3) {
    EXPECT_LT((found - expected).norm(), 1e-10 * problem.V.norm());
    return false;
  }
  const Regression ours = regression(found, df), reference = regression(expected, df);
  const Vector errors = (ours.b - reference.b).cwiseAbs().cwiseQuotient(reference.se);
  EXPECT_LT(errors.maxCoeff(), 1e-10);
  EXPECT_LT((ours.se - reference.se).cwiseAbs().cwiseQuotient(reference.se).maxCoeff(), 1e-9);
  return true;
}

TEST(Designs, FiveHundredAgreeWithDenseQrOfAllDummies) {
  int compared = 0, iterated = 0;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    for (const Kind& kind : kinds) {
      const Problem problem = design(kind, seed, 40 + static_cast<Level>(seed % 5) * 15);
      for (const AbsorbOptions& options : {exact_path(), engine_path()}) {
        SCOPED_TRACE(testing::Message() << kind.name << " " << seed << " dense " << options.dense_levels);
        compared += expect_dense_answer(problem, options, iterated) ? 1 : 0;
        if (HasFailure()) return;
      }
    }
  }
  EXPECT_GE(compared, 800);
  EXPECT_GE(iterated, 300);
}

// What the effects span is gone.
TEST(Designs, LeaveNothingOfTheirOwnLevels) {
  int unfinished = 0;
  for (const Kind& kind : kinds) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      Problem problem = design(kind, seed, 90);
      for (Index i = 0; i < 90; ++i)
        problem.V(i, 0) = 5.0 + 3.0 * problem.factors.back().level[static_cast<std::size_t>(i)];
      for (const AbsorbOptions& options : {exact_path(), engine_path()}) {
        Matrix found = problem.V;
        const AbsorbReport report = Absorber({}, problem.factors, problem.w, options).absorb({}, found);
        const double before = problem.V.col(0).norm();
        unfinished += report.converged ? 0 : 1;
        const double left = (root_of(problem).asDiagonal() * found).col(0).norm();
        EXPECT_LE(left, report.converged ? 1e-10 * before : report.errors[0]) << kind.name << " " << seed;
      }
    }
  }
  EXPECT_EQ(unfinished, 0);
}

}  // namespace
}  // namespace panelist::designs
