// SPDX-License-Identifier: Apache-2.0
// Identities between estimators with instruments, and what is refused by name.
#include "instrument_panel.h"
#include "reference.h"

namespace panelist {
namespace {

Table panel_with_instruments() {
  return instrument_panel(Random(7, "iv estimators", 0), 320, Errors::spread_by_z1_and_weighted);
}

Estimation run(const std::string& formula, const std::string& vcov, const std::string& method,
               const std::string& weights = "", const std::vector<std::string>& tests = {}) {
  return estimate_request(panel_with_instruments(), {.formula = formula,
                                                     .vcov = vcov,
                                                     .ssc = "ivreg2",
                                                     .weights = weights,
                                                     .family = method,
                                                     .tests = tests});
}

void expect_same(const Estimation& a, const Estimation& b, const std::string& what, double tolerance = 1e-9) {
  for (const Coefficient& one : a.inference.coefficients) {
    const Coefficient& other = coefficient_of(b, one.term);
    EXPECT_NEAR(one.estimate, other.estimate, tolerance * other.std_error) << what << " " << one.term;
    EXPECT_NEAR(one.std_error, other.std_error, tolerance * other.std_error) << what << " " << one.term;
  }
}

const char* const vcovs[] = {"iid", "hc1", "cluster(unit)"};

TEST(IvEstimators, AreOneWhenExactlyIdentified) {
  for (const char* vcov : vcovs)
    for (const char* weights : {"", "weight"})
      for (const char* formula : {"y ~ x | 0 | w ~ z1", "y ~ x | unit + year | w + w2 ~ z1 + z2"}) {
        const Estimation two_stage = run(formula, vcov, "2sls", weights);
        for (const char* method : {"liml", "kclass(1)", "gmm2s", "igmm", "cue"})
          expect_same(run(formula, vcov, method, weights), two_stage, std::string(method) + " " + vcov, 1e-7);
      }
}

TEST(IvEstimators, CueIsLimlUnderEqualVariancesAndGmmIsTwoStage) {
  const char* formula = "y ~ x | unit | w + w2 ~ z1 + z2 + z3";
  const Estimation liml = run(formula, "iid", "liml"), cue = run(formula, "iid", "cue");
  for (const char* term : {"w", "w2", "x"})
    EXPECT_NEAR(coefficient_of(cue, term).estimate, coefficient_of(liml, term).estimate, 1e-12);
  expect_same(run(formula, "iid", "gmm2s"), run(formula, "iid", "2sls"), "gmm2s");
  expect_same(run(formula, "iid", "igmm"), run(formula, "iid", "2sls"), "igmm");
}

TEST(IvEstimators, KClassEndsAtLeastSquares) {
  const Estimation zero = run("y ~ x | unit | w ~ z1 + z2", "hc1", "kclass(0)");
  const Estimation ols = run("y ~ x + w | unit", "hc1", "ols");
  for (const char* term : {"w", "x"})
    EXPECT_NEAR(coefficient_of(zero, term).estimate, coefficient_of(ols, term).estimate, 1e-12);
}

// Fuller counts the rank of the effects, so that dummies and absorbed effects are the same model.
TEST(IvEstimators, AbsorbedEffectsEqualDummies) {
  for (const char* method : {"liml", "fuller", "fuller(4)"}) {
    const Estimation absorbed = run("y ~ x | year | w + w2 ~ z1 + z2 + z3", "cluster(unit)", method);
    const Estimation dummies = run("y ~ x + i(year) | 0 | w + w2 ~ z1 + z2 + z3", "cluster(unit)", method);
    for (const char* term : {"w", "w2", "x"}) {
      const Coefficient &a = coefficient_of(absorbed, term), &b = coefficient_of(dummies, term);
      EXPECT_NEAR(a.estimate, b.estimate, 1e-8 * b.std_error) << method << term;
    }
  }
}

// The efficient step lowers Hansen's criterion, its iteration and CUE's own are recorded as what they are.
TEST(IvEstimators, CueHasTheLowestCriterion) {
  for (const char* vcov : {"hc1", "cluster(unit)"}) {
    const double cue = find_test(run("y ~ x | 0 | w ~ z1 + z2 + z3", vcov, "cue"), "hansen_j")->statistic;
    const double iterated =
        find_test(run("y ~ x | 0 | w ~ z1 + z2 + z3", vcov, "igmm"), "hansen_j")->statistic;
    EXPECT_LE(cue, iterated * (1 + 1e-12)) << vcov;
  }
}

TEST(IvEstimators, SayHowTheyCameToTheirCoefficients) {
  const Estimation fuller = run("y ~ x | 0 | w ~ z1 + z2", "hc1", "fuller(2)");
  EXPECT_EQ(fuller.fit->method, "fuller(2)");
  EXPECT_NEAR(fuller.fit->iv_method.smallest_root - fuller.fit->iv_method.k, 2.0 / (320 - 4), 1e-14);
  EXPECT_GE(fuller.fit->iv_method.smallest_root, 1);
  EXPECT_EQ(run("y ~ x | 0 | w ~ z1 + z2", "hc1", "gmm2s").fit->iv_method.steps, 2);
}

std::string refusal(const std::string& formula, const std::string& vcov, const std::string& method,
                    const std::vector<std::string>& tests = {}) {
  try {
    run(formula, vcov, method, "", tests);
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "";
}

TEST(IvEstimators, RefuseByName) {
  const std::string formula = "y ~ x | 0 | w ~ z1 + z2";
  EXPECT_EQ(refusal(formula, "hc1", "limll"), "usage.unknown_method");
  EXPECT_EQ(refusal(formula, "hc1", "liml(2)"), "usage.bad_value");
  EXPECT_EQ(refusal(formula, "hc1", "kclass"), "usage.bad_value");
  EXPECT_EQ(refusal(formula, "hc1", "kclass(a)"), "usage.bad_value");
  EXPECT_EQ(refusal(formula, "hc1", "kclass(50)"), "estimate.k_too_large");
  EXPECT_EQ(refusal(formula, "hc3", "gmm2s"), "vcov.not_available");
  EXPECT_EQ(refusal("y ~ x", "hc1", "liml"), "estimate.no_instruments");
  EXPECT_EQ(refusal("y ~ x | 0 | w + w2 ~ z1", "hc1", "cue"), "estimate.not_identified");
  EXPECT_EQ(refusal("y ~ x + i(year) | 0 | w ~ z1 + z2", "cluster(year)", "gmm2s"),
            "estimate.singular_weights");
}

TEST(IvTestsByName, RefuseByName) {
  EXPECT_EQ(refusal("y ~ x | 0 | w ~ z1", "hc1", "2sls", {"orthog(z1)"}), "infer.test_left_out");
  EXPECT_EQ(refusal("y ~ x | 0 | w ~ z1", "hc1", "2sls", {"redundant(z1)"}), "infer.test_left_out");
  EXPECT_EQ(refusal("y ~ x | 0 | w ~ z1 + z2", "hc1", "2sls", {"endog(x)"}), "infer.test_left_out");
  EXPECT_EQ(refusal("y ~ x | 0 | w ~ z1 + z2", "hc1", "2sls", {"orthog(z9)"}), "infer.test_left_out");
  EXPECT_EQ(refusal("y ~ x | 0 | w ~ z1 + z2", "hc1", "2sls", {"tf"}), "infer.test_left_out");
  EXPECT_EQ(refusal("y ~ x | 0 | w ~ z1", "hc1", "2sls", {"hansen_j"}), "infer.test_left_out");
  EXPECT_EQ(refusal("y ~ x", "hc1", "ols", {"wu_hausman"}), "infer.test_left_out");
}

TEST(IvTestsByName, WhatDoesNotApplySaysWhich) {
  const auto message = [](const std::string& formula, const std::string& vcov, const std::string& test) {
    try {
      run(formula, vcov, "2sls", "", {test});
    } catch (const Error& error) {
      return error.diagnostic().message;
    }
    return std::string();
  };
  const auto says = [&](const std::string& formula, const std::string& vcov, const std::string& test,
                        const std::string& words) {
    const std::string text = message(formula, vcov, test);
    EXPECT_NE(text.find(words), std::string::npos) << test << ": " << text;
  };
  const std::string over = "y ~ x | 0 | w ~ z1 + z2";
  says(over, "hc1", "basmann", "equal variances");
  says("y ~ x | 0 | w ~ z1", "iid", "basmann", "exactly identified");
  says(over, "iid", "liml_overid", "method liml");
  says(over, "hc1", "sargan", "hansen_j stands in its place");
  says(over, "iid", "hansen_j", "sargan stands in its place");
  says("y ~ x | 0 | w + w2 ~ z1 + z2", "hc1", "effective_f", "several endogenous");
  says(over, "hc1", "tf", "with one instrument");
}

// The method is looked at before what the method needs: here the groups of the draws.
TEST(IvTestsByName, TheWildBootstrapRefusesTheMethodFirst) {
  try {
    run("y ~ x | 0 | w ~ z1 + z2", "hc1", "gmm2s", "", {"wild(w = 0)"});
    ADD_FAILURE() << "a wild bootstrap of gmm2s";
  } catch (const Error& error) {
    EXPECT_NE(error.diagnostic().message.find("not of `gmm2s`"), std::string::npos)
        << error.diagnostic().message;
  }
}

TEST(ValidT, FollowsThePublishedTable) {
  const Table table = panel_with_instruments();
  const Estimation e = run("y ~ x | 0 | w ~ z1", "hc1", "2sls");
  const TestResult& tf = *find_test(e, "tf");
  const double f = tf.details.at(0).second;  // between two points of the table
  ASSERT_TRUE(f > 27.058 && f < 29.967) << f;
  const Coefficient& w = coefficient_of(e, "w");
  const double critical = tf.critical.at(0).second;
  EXPECT_NEAR(tf.set->parts.at(0).second - w.estimate, critical * w.std_error, 1e-12);
  EXPECT_NEAR(critical, 2.406 + (f - 27.058) / (29.967 - 27.058) * (2.352 - 2.406), 1e-12);
}

bool warns(const Estimation& e, const std::string& code) {
  for (const auto& [own, message] : e.warnings)
    if (own == code) return true;
  return false;
}

// With two instruments the critical value of 2SLS is near 3 whatever happens: the simplified one is looked at.
TEST(IvWarnings, TwoInstrumentsAreMeasuredByTheSimplifiedValue) {
  const Table card = read_table(reference_path("ivreg2_card/card.csv"));
  const Estimation e = estimate_request(
      card, {.formula = "lwage ~ exper + expersq + black + south + smsa | 0 | educ ~ nearc4 + nearc2",
             .vcov = "hc1"});
  const TestResult& effective = *find_test(e, "effective_f");
  EXPECT_GT(effective.statistic, effective.critical.at(1).second);
  EXPECT_TRUE(warns(e, "infer.weak_instruments"));
}

TEST(IvWarnings, SayThatInstrumentsAreWeakAndClustersFew) {
  EXPECT_TRUE(warns(run("y ~ x | 0 | w ~ z3", "hc1", "2sls"), "infer.weak_instruments"));
  EXPECT_FALSE(warns(run("y ~ x | 0 | w ~ z1", "hc1", "2sls"), "infer.weak_instruments"));
  EXPECT_TRUE(warns(run("y ~ x | 0 | w + w2 ~ x:z3 + z3 + year", "hc1", "2sls"), "infer.weak_instruments"));
  EXPECT_TRUE(
      warns(run("y ~ x + i(year) | 0 | w ~ z1", "cluster(year)", "2sls"), "infer.clusters_below_moments"));
  EXPECT_FALSE(warns(run("y ~ x | 0 | w ~ z1", "cluster(year)", "2sls"), "infer.clusters_below_moments"));
}

}  // namespace
}  // namespace panelist
