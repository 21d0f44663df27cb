// SPDX-License-Identifier: Apache-2.0
// Identities of generalised linear models, separated rows, outcomes that no family takes.
#include <numeric>

#include "frames.h"

namespace panelist {
namespace {

using testing::coefficient;
using testing::FrameBuilder;
using testing::noise;
using testing::random_levels;
using testing::vector_of;

constexpr Index rows = 300;

Fit fit_as(const std::string& family, const std::shared_ptr<const ModelFrame>& frame, int threads = 1) {
  Context context;
  context.threads = threads;
  return find_estimator(family)->estimate(context, frame, {});
}

// Small whole numbers, or 0/1, that depend on x.
Vector outcome(const std::string& family, const Vector& x, std::uint64_t seed) {
  Random random(seed, "outcome", 0);
  Vector y(x.size());
  for (Index i = 0; i < y.size(); ++i) {
    const double noise = random.normal();
    if (family == "poisson" || family == "negbin")
      y(i) = std::floor(std::exp(0.3 * x(i) + 0.8 * noise + 0.5));
    else
      y(i) = 0.5 * x(i) + noise > 0 ? 1.0 : 0.0;
  }
  return y;
}

const std::vector<std::string> family_names = {"poisson", "logit", "probit", "negbin"};

FrameBuilder two_way(const std::string& family) {
  const Vector x = noise(rows, 1), z = noise(rows, 2);
  FrameBuilder builder(outcome(family, x, 3));
  builder.x("x", x).x("z", z);
  builder.effect("unit", random_levels(rows, 12, 4)).effect("year", random_levels(rows, 5, 5));
  return builder;
}

class EachFamily : public ::testing::TestWithParam<std::string> {};

TEST_P(EachFamily, SatisfiesItsFirstOrderConditions) {
  const Fit fit = fit_as(GetParam(), two_way(GetParam()).frame());
  const Matrix scores = scores_of(fit);
  const Vector scale = fit.bread.diagonal().cwiseSqrt();
  EXPECT_LT((scores.colwise().sum().transpose().cwiseProduct(scale)).cwiseAbs().maxCoeff(), 1e-7);
}

TEST_P(EachFamily, TakesDummiesForEffects) {
  const Vector x = noise(rows, 1);
  const auto unit = random_levels(rows, 12, 4);
  const Vector y = outcome(GetParam(), x, 3);
  const Fit absorbed = fit_as(GetParam(), FrameBuilder(y).x("x", x).effect("unit", unit).frame());
  FrameBuilder dummies(y);
  dummies.intercept().x("x", x);
  const std::set<std::string> levels(unit.begin(), unit.end());
  for (auto level = std::next(levels.begin()); level != levels.end(); ++level) {
    Vector d(rows);
    for (Index i = 0; i < rows; ++i) d(i) = unit[static_cast<std::size_t>(i)] == *level ? 1.0 : 0.0;
    dummies.x("u" + *level, d);
  }
  const Fit explicit_fit = fit_as(GetParam(), dummies.frame());
  ASSERT_EQ(absorbed.n, explicit_fit.n);
  EXPECT_NEAR(coefficient(absorbed, "x"), coefficient(explicit_fit, "x"), 1e-9);
  EXPECT_NEAR(absorbed.bread(0, 0), explicit_fit.bread(1, 1), 1e-8 * absorbed.bread(0, 0));
  EXPECT_NEAR(absorbed.glm->deviance, explicit_fit.glm->deviance, 1e-9 * absorbed.glm->deviance);
  EXPECT_LT((absorbed.glm->eta - explicit_fit.glm->eta).cwiseAbs().maxCoeff(), 1e-6);
}

TEST_P(EachFamily, TakesFrequencyWeightsForRepeatedRows) {
  const Vector x = noise(rows, 1);
  const Vector y = outcome(GetParam(), x, 3);
  const auto unit = random_levels(rows, 10, 4);
  Vector w(rows);
  std::vector<double> ys, xs;
  std::vector<std::string> units;
  for (Index i = 0; i < rows; ++i) {
    w(i) = static_cast<double>(1 + i % 3);
    for (int copy = 0; copy < 1 + i % 3; ++copy) {
      ys.push_back(y(i));
      xs.push_back(x(i));
      units.push_back(unit[static_cast<std::size_t>(i)]);
    }
  }
  const Fit weighted = fit_as(
      GetParam(), FrameBuilder(y).x("x", x).effect("unit", unit).weights(w, WeightType::frequency).frame());
  const Fit repeated =
      fit_as(GetParam(), FrameBuilder(vector_of(ys)).x("x", vector_of(xs)).effect("unit", units).frame());
  EXPECT_EQ(weighted.n, repeated.n);
  EXPECT_NEAR(coefficient(weighted, "x"), coefficient(repeated, "x"), 1e-9);
  EXPECT_NEAR(weighted.bread(0, 0), repeated.bread(0, 0), 1e-8 * weighted.bread(0, 0));
  EXPECT_NEAR(weighted.glm->log_likelihood, repeated.glm->log_likelihood,
              1e-10 * std::abs(repeated.glm->log_likelihood));
  EXPECT_NEAR(weighted.glm->pseudo_r2, repeated.glm->pseudo_r2, 1e-9);
}

TEST_P(EachFamily, DoesNotDependOnTheOrderOfRows) {
  const Vector x = noise(rows, 1);
  const Vector y = outcome(GetParam(), x, 3);
  const auto unit = random_levels(rows, 12, 4);
  const Fit straight = fit_as(GetParam(), FrameBuilder(y).x("x", x).effect("unit", unit).frame());
  const Fit backward = fit_as(GetParam(), FrameBuilder(Vector(y.reverse()))
                                              .x("x", Vector(x.reverse()))
                                              .effect("unit", {unit.rbegin(), unit.rend()})
                                              .frame());
  EXPECT_NEAR(coefficient(straight, "x"), coefficient(backward, "x"), 1e-10);
}

TEST_P(EachFamily, GivesTheSameBytesOnAnyNumberOfThreads) {
  const auto frame = two_way(GetParam()).frame();
  const Fit one = fit_as(GetParam(), frame, 1), three = fit_as(GetParam(), frame, 3);
  EXPECT_EQ(one.coefficients, three.coefficients);
  EXPECT_EQ(one.bread, three.bread);
  EXPECT_EQ(one.glm->deviance, three.glm->deviance);
}

TEST_P(EachFamily, MovesWithItsOffset) {
  const Vector x = noise(rows, 1);
  const Vector y = outcome(GetParam(), x, 3);
  const Fit plain = fit_as(GetParam(), FrameBuilder(y).intercept().x("x", x).frame());
  const Fit moved =
      fit_as(GetParam(), FrameBuilder(y).intercept().x("x", x).offset(Vector(0.25 * x)).frame());
  EXPECT_NEAR(coefficient(moved, "x"), coefficient(plain, "x") - 0.25, 1e-9);
  EXPECT_NEAR(moved.glm->deviance, plain.glm->deviance, 1e-9 * plain.glm->deviance);
}

TEST_P(EachFamily, NamesCollinearAndAbsorbedRegressors) {
  const Vector x = noise(rows, 1);
  const auto unit = random_levels(rows, 12, 4);
  Vector fixed(rows);
  for (Index i = 0; i < rows; ++i) fixed(i) = std::stod(unit[static_cast<std::size_t>(i)]);
  const Fit fit = fit_as(GetParam(), FrameBuilder(outcome(GetParam(), x, 3))
                                         .x("x", x)
                                         .x("twice", Vector(2 * x))
                                         .x("fixed", fixed)
                                         .effect("unit", unit)
                                         .frame());
  ASSERT_EQ(fit.names, std::vector<std::string>{"x"});
  ASSERT_EQ(fit.dropped.size(), 2U);
  EXPECT_EQ(fit.dropped[0].term, "fixed");
  EXPECT_EQ(fit.dropped[0].code, "absorbed");
  EXPECT_EQ(fit.dropped[1].term, "twice");
  EXPECT_EQ(fit.dropped[1].code, "collinear");
}

TEST_P(EachFamily, HasMeansAndEffectsThatAddUp) {
  const auto frame = two_way(GetParam()).frame();
  const Fit fit = fit_as(GetParam(), frame);
  const FittedValues values = fitted_values(Context{}, fit);
  ASSERT_EQ(values.effects.size(), 2U);
  for (Index i = 0; i < fit.frame->n(); ++i) {
    double eta = 0;
    for (Index j = 0; j < fit.k(); ++j) eta += fit.coefficients(j) * fit.frame->exogenous.values(i, j);
    for (std::size_t q = 0; q < 2; ++q)
      eta += values.effects[q](fit.frame->effects[q].group.level[static_cast<std::size_t>(i)], 0);
    ASSERT_NEAR(eta, fit.glm->eta(i), 1e-7);
    ASSERT_NEAR(values.fitted(i), fit.glm->family->mean(eta), 1e-7);
  }
}

INSTANTIATE_TEST_SUITE_P(Families, EachFamily, ::testing::ValuesIn(family_names),
                         [](const auto& each) { return each.param; });

TEST(Poisson, KeepsItsDigitsForTinyAndHugeMeans) {
  for (const double size : {1e-12, 1.0, 1e12}) {
    const Vector x = noise(rows, 1);
    const Vector y = size * outcome("poisson", x, 3);
    const Fit fit = fit_as("poisson", FrameBuilder(y).intercept().x("x", x).frame());
    const Fit unit = fit_as("poisson", FrameBuilder(Vector(y / size)).intercept().x("x", x).frame());
    EXPECT_NEAR(coefficient(fit, "x"), coefficient(unit, "x"), 1e-8) << size;
    EXPECT_NEAR(fit.glm->deviance / size, unit.glm->deviance, 1e-8 * unit.glm->deviance) << size;
  }
}

TEST(Negbin, IsPoissonWithoutOverdispersion) {
  Vector y(rows), x = noise(rows, 1);
  for (Index i = 0; i < rows; ++i) y(i) = std::round(std::exp(0.2 * x(i) + 1.0));
  const auto frame = FrameBuilder(y).intercept().x("x", x).frame();
  const Fit negbin = fit_as("negbin", frame), poisson = fit_as("poisson", frame);
  EXPECT_LT(negbin.glm->dispersion, 1e-8);
  EXPECT_NEAR(coefficient(negbin, "x"), coefficient(poisson, "x"), 1e-6);
}

TEST(Negbin, SaysThatThereIsNoOverdispersion) {
  Vector y(rows), x = noise(rows, 1);
  for (Index i = 0; i < rows; ++i) y(i) = std::round(std::exp(0.2 * x(i) + 1.0));
  const Fit fit = fit_as("negbin", FrameBuilder(y).intercept().x("x", x).frame());
  ASSERT_EQ(fit.warnings.size(), 1u);
  EXPECT_EQ(fit.warnings[0].first, "estimate.no_overdispersion");
  EXPECT_FALSE(has_free_dispersion(fit));
}

// log f is that of Poisson plus alpha ((y - mu)^2 - y)/2 to the first order.
TEST(Negbin, KeepsTheDigitsOfItsLikelihoodForTinyAlpha) {
  const Family& negbin = *find_family("negbin");
  const Family& poisson = *find_family("poisson");
  for (const double y : {0.0, 1.0, 3.0, 17.0, 300.0, 2.5}) {
    const double eta = std::log(y + 2.0), mu = y + 2.0;
    const double limit = poisson.log_likelihood({&y, &eta, nullptr, 1, 0.0});
    for (const double alpha : {1e-12, 1e-9, 1e-7}) {
      const double change = alpha * ((y - mu) * (y - mu) - y) / 2;
      const double value = negbin.log_likelihood({&y, &eta, nullptr, 1, alpha});
      EXPECT_NEAR(value - limit, change,
                  1e-6 * std::abs(change) + alpha * alpha * mu * mu * mu + 1e-13 * (1 + std::abs(limit)))
          << y << ' ' << alpha;
    }
  }
}

TEST(Negbin, LikelihoodDoesNotJumpWhereItsFormulaChanges) {
  const Family& negbin = *find_family("negbin");
  for (const double y : {1.0, 40.0, 2000.0}) {
    const double eta = std::log(30.0);
    const double above = negbin.log_likelihood({&y, &eta, nullptr, 1, (1.0 - 1e-15) / 16.0});
    const double below = negbin.log_likelihood({&y, &eta, nullptr, 1, (1.0 + 1e-15) / 16.0});
    EXPECT_NEAR(above, below, 1e-11 * std::abs(above)) << y;
  }
}

// Data sets of ppmlhdfe with the rows that must go.
class Separation : public ::testing::TestWithParam<const char*> {};

TEST_P(Separation, FindsTheRowsThatMustGo) {
  const auto table = testing::read_reference(std::string("ppml_separation/") + GetParam() + ".csv");
  FrameBuilder builder(vector_of(table.numbers("y")));
  bool effects = false;
  for (const std::string& name : table.names) effects = effects || name.starts_with("id");
  if (!effects) builder.intercept();
  for (const std::string& name : table.names) {
    if (name.starts_with("x")) builder.x(name, vector_of(table.numbers(name)));
    if (name.starts_with("id")) builder.effect(name, table.text(name));
  }
  ModelFrame frame = *builder.frame();
  frame.drops_singletons = false;
  const Fit fit = fit_as("poisson", std::make_shared<const ModelFrame>(frame));
  std::set<std::size_t> used;
  for (const std::size_t row : fit.frame->rows) used.insert(row);
  const std::vector<double> separated = table.numbers("separated");
  for (std::size_t row = 0; row < separated.size(); ++row)
    EXPECT_EQ(used.contains(row), separated[row] == 0) << "row " << row;
  EXPECT_EQ(fit.frame->dropped.separated, std::accumulate(separated.begin(), separated.end(), 0.0));
}

INSTANTIATE_TEST_SUITE_P(OfPpmlhdfe, Separation,
                         ::testing::Values("01", "02", "03", "04", "05", "06", "07", "08", "09"),
                         [](const auto& each) { return std::string("set_") + each.param; });

TEST(PerfectPrediction, DropsLevelsWithOneOutcome) {
  const Vector x = noise(rows, 1);
  auto unit = random_levels(rows, 10, 4);
  Vector y = outcome("logit", x, 3);
  std::size_t expected = 0;
  for (Index i = 0; i < rows; ++i) {
    const std::string& level = unit[static_cast<std::size_t>(i)];
    if (level == "3") y(i) = 1;
    if (level == "7") y(i) = 0;
    if (level == "3" || level == "7") ++expected;
  }
  const Fit fit = fit_as("logit", FrameBuilder(y).x("x", x).effect("unit", unit).frame());
  EXPECT_EQ(fit.frame->dropped.separated, expected);
  EXPECT_EQ(fit.frame->effects[0].group.size(), 8);
}

TEST(PerfectPrediction, DropsRowsThatARegressorPredicts) {
  for (const char* family : {"logit", "probit", "poisson", "negbin"}) {
    const Vector x = noise(rows, 1);
    Vector y = outcome(family, x, 3), marker = Vector::Zero(rows);
    for (Index i = 0; i < 12; ++i) {
      marker(i) = 1;
      y(i) = 0;
    }
    const Fit fit = fit_as(family, FrameBuilder(y).intercept().x("x", x).x("marker", marker).frame());
    EXPECT_EQ(fit.frame->dropped.separated, 12U) << family;
    EXPECT_EQ(fit.names, (std::vector<std::string>{"(Intercept)", "x"})) << family;
  }
}

TEST(PerfectPrediction, OfEveryRowIsAnError) {
  const Vector x = noise(rows, 1);
  const Vector y = (x.array() > 0.1).cast<double>();
  for (const char* family : {"logit", "probit"}) {
    try {
      fit_as(family, FrameBuilder(y).intercept().x("x", x).frame());
      FAIL() << family;
    } catch (const Error& error) {
      EXPECT_EQ(error.diagnostic().code, "estimate.separated") << family;
    }
  }
}

std::string code_of(const std::string& family, const std::shared_ptr<const ModelFrame>& frame) {
  try {
    fit_as(family, frame);
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "";
}

TEST(Outcomes, OutsideTheFamilyAreErrors) {
  const Vector x = noise(rows, 1);
  const auto frame = [&](Vector y) { return FrameBuilder(std::move(y)).intercept().x("x", x).frame(); };
  EXPECT_EQ(code_of("poisson", frame(x)), "data.outcome_outside_family");
  EXPECT_EQ(code_of("negbin", frame(x)), "data.outcome_outside_family");
  EXPECT_EQ(code_of("logit", frame(Vector(x.cwiseAbs()))), "data.outcome_outside_family");
  EXPECT_EQ(code_of("probit", frame(Vector::Constant(rows, 2))), "data.outcome_outside_family");
  EXPECT_EQ(code_of("poisson", frame(Vector::Zero(rows))), "estimate.constant_outcome");
  EXPECT_EQ(code_of("logit", frame(Vector::Ones(rows))), "estimate.constant_outcome");
}

TEST(Outcomes, WithInstrumentsAreRefused) {
  const Vector x = noise(rows, 1), z = noise(rows, 2);
  EXPECT_EQ(
      code_of(
          "poisson",
          FrameBuilder(outcome("poisson", x, 3)).intercept().endogenous("x", x).instrument("z", z).frame()),
      "estimate.instruments_with_family");
}

TEST(Regressors, ThatOverflowAreErrors) {
  const Vector x = noise(rows, 1);
  const Vector y = outcome("poisson", x, 3);
  EXPECT_TRUE(code_of("poisson", FrameBuilder(y).intercept().x("x", Vector(1e200 * x)).frame())
                  .starts_with("estimate."));
}

}  // namespace
}  // namespace panelist
