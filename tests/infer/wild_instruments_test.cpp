// SPDX-License-Identifier: Apache-2.0
// The wild restricted efficient bootstrap of 2SLS against explicit matrices in R (tests/reference/wild_instruments).
#include <functional>

#include "infer/wild_bootstrap.h"
#include "reference.h"

namespace panelist {
namespace {

const Table& panel() {
  static const Table table = read_table(reference_path("wild_instruments/panel.csv"));
  return table;
}

Estimation estimate_case(const ReferenceRow& row) {
  const std::string effects = row.at("effects");
  const std::string absorbed = effects == "none" ? "0" : effects == "unit" ? "unit" : "unit + year";
  return estimate_request(
      panel(),
      {.formula = "y ~ x | " + absorbed + " | " + row.at("endogenous") + " ~ " + row.at("instruments"),
       .vcov = row.at("draws") == "half" ? "cluster(cluster, half)" : "cluster(cluster)",
       .ssc = "fixest",
       .weights = row.at("weights") == "weighted" ? "w" : ""});
}

WildSpec spec_of(const Fit& fit, const std::string& hypothesis, double value) {
  WildSpec spec;
  spec.restrictions = Matrix::Zero(1, fit.k());
  for (const std::string& name : split(hypothesis, '+')) spec.restrictions(0, position_of(fit, name)) = 1;
  spec.values = Vector::Constant(1, value);
  spec.cluster = &fit.frame->clusters.at(0);
  spec.find_set = false;
  return spec;
}

// The part of the set around the estimate.
void expect_ends(const WildBootstrap& result, const ReferenceRow& row) {
  ASSERT_TRUE(result.set.has_value());
  for (const auto& [low, high] : result.set->parts) {
    if (low > result.estimate || high < result.estimate) continue;
    EXPECT_NEAR(low, std::stod(row.at("low")), 1e-8);
    EXPECT_NEAR(high, std::stod(row.at("high")), 1e-8);
    return;
  }
  FAIL() << "the estimate is outside the set";
}

void expect_row(const ReferenceRow& row) {
  const Estimation estimation = estimate_case(row);
  const Fit& fit = *estimation.fit;
  WildSpec spec = spec_of(fit, row.at("hypothesis"), std::stod(row.at("value")));
  if (row.at("draws") == "half") spec.draws = &fit.frame->clusters.at(1);
  spec.restricted = row.at("restricted") == "TRUE";
  spec.anderson_rubin = row.at("stat") == "ar";
  const bool ends = row.at("low") != "NA";
  spec.find_set = ends;
  spec.level = 0.7;
  const WildBootstrap result = wild_bootstrap({}, fit, estimation.small_sample, spec);
  EXPECT_TRUE(result.enumerated);
  EXPECT_EQ(result.undefined, 0);
  const auto expect = [&](double value, const std::string& name) {
    const double number = std::stod(row.at(name));
    EXPECT_NEAR(value, number, 1e-8 * std::max(1.0, std::abs(number))) << name;
  };
  expect(result.estimate, "estimate");
  expect(result.std_error, "se");
  if (!spec.anderson_rubin) expect(result.statistic, "statistic");
  if (spec.restricted) expect(result.statistics(0), "statistic");  // the identity
  expect(result.p_symmetric, "p");
  if (!spec.anderson_rubin) expect(result.p_equal_tailed, "p_equal");
  expect(result.statistics.cwiseAbs().mean(), "mean_abs");
  expect(result.statistics(1), "second");
  expect(result.statistics(result.statistics.size() - 3), "third_last");
  if (ends) expect_ends(result, row);
}

TEST(WildInstruments, EqualExplicitMatricesOverAllSignChanges) {
  int rows = 0;
  for (const ReferenceRow& row : reference_rows("wild_instruments/expected.csv")) {
    SCOPED_TRACE(row.at("effects") + " " + row.at("weights") + " " + row.at("endogenous") + " " +
                 row.at("instruments") + " " + row.at("hypothesis") + " " + row.at("restricted") + " " +
                 row.at("stat") + " " + row.at("draws"));
    expect_row(row);
    ++rows;
  }
  EXPECT_EQ(rows, 36);
}

Estimation two_instruments(const std::vector<std::string>& tests = {}, const std::string& method = "") {
  return estimate_request(panel(), {.formula = "y ~ x | unit | d ~ z1 + z2",
                                    .vcov = "cluster(cluster)",
                                    .ssc = "fixest",
                                    .family = method,
                                    .tests = tests});
}

TEST(WildInstruments, TheStatisticIsThatOfThePrintedTests) {
  const Estimation e = two_instruments({"wild(d, set=no)", "wild(d, statistic=ar, set=no)"});
  EXPECT_NEAR(e.requested[0].test->statistic, coefficient_of(e, "d").statistic, 1e-12);
  EXPECT_NEAR(e.requested[1].test->statistic, find_test(e, "anderson_rubin")->statistic, 1e-10);
  EXPECT_EQ(e.requested[1].test->df1, 2);
  EXPECT_NE(e.requested[0].test->note.find("no p below 0.0156"), std::string::npos);
  EXPECT_NE(e.requested[1].test->note.find("no p below 0.0312"), std::string::npos);
}

TEST(WildInstruments, TheEndsOfTheSetHaveTheLevelsP) {
  const Estimation e = two_instruments();
  WildSpec spec = spec_of(*e.fit, "d", 0);
  spec.find_set = true;
  spec.weights = WildWeights::webb;
  spec.reps = 999;
  spec.level = 0.7;
  const WildBootstrap all = wild_bootstrap({}, *e.fit, e.small_sample, spec);
  ASSERT_EQ(all.set->form, "interval");
  const auto p_at = [&](double value) {
    WildSpec one = spec;
    one.values(0) = value;
    one.find_set = false;
    return wild_bootstrap({}, *e.fit, e.small_sample, one).p_value;
  };
  const auto [low, high] = all.set->parts[0];
  EXPECT_GT(p_at(low + 1e-6), 0.3);
  EXPECT_LE(p_at(low - 1e-6), 0.3);
  EXPECT_GT(p_at(high - 1e-6), 0.3);
  EXPECT_LE(p_at(high + 1e-6), 0.3);
}

TEST(WildInstruments, AreTheSameOnAnyNumberOfThreads) {
  const Estimation e = two_instruments();
  WildSpec spec = spec_of(*e.fit, "d", 0.1);
  spec.find_set = true;
  spec.weights = WildWeights::mammen;
  spec.reps = 600;
  Context two;
  two.threads = 2;
  const WildBootstrap a = wild_bootstrap({}, *e.fit, e.small_sample, spec);
  const WildBootstrap b = wild_bootstrap(two, *e.fit, e.small_sample, spec);
  EXPECT_EQ(a.statistics, b.statistics);
  EXPECT_EQ(a.set->parts, b.set->parts);
}

// Without instruments that matter the set is unbounded, and says so.
TEST(WildInstruments, AnInstrumentThatSaysNothingLeavesAnUnboundedSet) {
  const Estimation e = estimate_request(panel(), {.formula = "y ~ x | unit | d ~ z3",
                                                  .vcov = "cluster(cluster)",
                                                  .ssc = "fixest",
                                                  .tests = {"wild(d, statistic=ar)"}});
  const ConfidenceSet& set = e.requested[0].test->set.value();
  EXPECT_TRUE(std::isinf(set.parts.front().first) || std::isinf(set.parts.back().second)) << set.form;
}

std::string code_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const Error& error) {
    return error.diagnostic().code + ": " + error.diagnostic().message;
  }
  return "none";
}

TEST(WildInstruments, RefuseByNameWhatTheyCannotTest) {
  const auto code = [&](const std::string& test, const std::string& method = "") {
    return code_of([&] { (void)two_instruments({test}, method); });
  };
  EXPECT_EQ(code("wild(d, type=31)").substr(0, 20), "usage.not_available:");
  EXPECT_NE(code("wild(d, x)").find("one restriction"), std::string::npos);
  EXPECT_NE(code("wild(d)", "liml").find("not of `liml`"), std::string::npos);
  EXPECT_NE(code("wild(x, statistic=ar)").find("Anderson-Rubin"), std::string::npos);
  EXPECT_NE(code("wild(d, statistic=ar, null=free)").find("imposes"), std::string::npos);
  EXPECT_EQ(code_of([&] {
              (void)estimate_request(panel(), {.formula = "y ~ x | 0 | d ~ z1 + z2 + z3",
                                               .vcov = "cluster(half)",
                                               .ssc = "fixest",
                                               .tests = {"wild(d, statistic=ar)"}});
            }).substr(0, 24),
            "infer.too_few_clusters: ");
  EXPECT_EQ(code_of([&] {
              (void)estimate_request(panel(), {.formula = "y ~ x",
                                               .vcov = "cluster(cluster)",
                                               .ssc = "fixest",
                                               .tests = {"wild(x, statistic=ar)"}});
            }).substr(0, 20),
            "usage.not_available:");
}

}  // namespace
}  // namespace panelist
