// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "base/text.h"
#include "mechanism/mediation/bootstrap.h"
#include "mechanism/moderated_mediation.h"
#include "path_oracle.h"

namespace panelist {
namespace {

MediationSpec spec_of(const std::vector<std::string>& mediators,
                      const std::string& effects = " | unit + year") {
  MediationSpec spec;
  spec.total = model_of("y ~ x + z" + effects, "cluster(unit)");
  spec.total.frame.panel = {"unit", "year"};
  spec.x = "x";
  spec.mediators = mediators;
  spec.serial = true;
  spec.contrasts = true;
  return spec;
}

Mediation run(const MediationSpec& spec, const Table& table, const Panel& panel) {
  Diagnostics notes;
  return mediate(Context{}, spec, table, &panel, notes);
}

void expect_effect(const PathOracle& oracle, const std::string& name, const IndirectEffect& effect) {
  expect_close(effect.estimate, oracle.at(name + " estimate"), name);
  expect_close(effect.delta_se, oracle.at(name + " delta_se"), name);
}

// Every path, contrast and the sum, by the oracle's names.
void expect_case(const PathOracle& oracle, const std::string& name, const Mediation& result) {
  expect_close(result.total_effect.estimate, oracle.at(name + ",total"), name);
  expect_close(result.direct_effect.estimate, oracle.at(name + ",direct"), name);
  for (const MediationPath& path : result.paths) {
    expect_effect(oracle, name + "," + path.mediator, path.indirect);
    expect_close(path.indirect.sobel_se, oracle.at(name + "," + path.mediator + " sobel_se"), name);
  }
  for (const MediationChain& chain : result.chains) {
    const std::string path = name + "," + join(chain.through, " -> ");
    expect_effect(oracle, path, chain.indirect);
    expect_close(chain.indirect.sobel_se, oracle.at(path + " sobel_se"), path);
  }
  for (const IndirectContrast& contrast : result.contrasts)
    expect_effect(oracle, name + "," + contrast.first + " less " + contrast.second, contrast.difference);
  expect_effect(oracle, name + ",sum", *result.total_indirect);
  EXPECT_NEAR(result.total_effect.estimate - result.direct_effect.estimate, result.total_indirect->estimate,
              1e-10);
}

TEST(SerialMediation, PathsContrastsAndErrorsAreThoseOfR) {
  const PathOracle oracle;
  expect_case(oracle, "two", run(spec_of({"m1", "m2"}), oracle.table, oracle.panel));
  expect_case(oracle, "two plain", run(spec_of({"m1", "m2"}, ""), oracle.table, oracle.panel));
  MediationSpec weighted = spec_of({"m1", "m2"});
  weighted.total.frame.weights = expression_of("w");
  expect_case(oracle, "two weighted", run(weighted, oracle.table, oracle.panel));
  const Mediation three = run(spec_of({"m1", "m2", "m3"}), oracle.table, oracle.panel);
  EXPECT_EQ(three.chains.size(), 4U);
  EXPECT_EQ(three.chains.back().links.size(), 4U);
  EXPECT_EQ(three.contrasts.size(), 21U);
  expect_case(oracle, "three", three);
}

TEST(ParallelMediation, ContrastsAndTheirErrorsAreThoseOfR) {
  const PathOracle oracle;
  MediationSpec spec = spec_of({"m1", "m2", "m3"});
  spec.serial = false;
  spec.contrasts.reset();
  spec.total.frame.weights = expression_of("w");
  const Mediation result = run(spec, oracle.table, oracle.panel);
  ASSERT_EQ(result.contrasts.size(), 3U);
  expect_case(oracle, "parallel", result);
  EXPECT_TRUE(std::isnan(result.contrasts[0].difference.sobel_se));
}

TEST(ParallelMediation, ContrastsAreLeftOutWhereNotAskedForOrMany) {
  const PathOracle oracle;
  MediationSpec spec = spec_of({"m1", "m2"});
  spec.serial = false;
  spec.contrasts = false;
  EXPECT_TRUE(run(spec, oracle.table, oracle.panel).contrasts.empty());
  spec.mediators = {"m1", "m2", "m3", "q"};
  spec.contrasts.reset();
  EXPECT_TRUE(run(spec, oracle.table, oracle.panel).contrasts.empty());
  spec.contrasts = true;
  EXPECT_EQ(run(spec, oracle.table, oracle.panel).contrasts.size(), 6U);
}

// The paths of resampled units, each copy with an effect of its own, against R's regressions on the same draws.
TEST(SerialMediation, ResampledPathsAreThoseOfR) {
  const PathOracle oracle;
  for (const bool weighted : {false, true}) {
    MediationSpec spec = spec_of({"m1", "m2"});
    if (weighted) spec.total.frame.weights = expression_of("w");
    const Mediation result = run(spec, oracle.table, oracle.panel);
    const PathSystem system = system_of(spec, {"m1", "m2"}, result);
    const ResampledSystem resampled = resampled_system(result.outcome_model.fit->frame, system, spec);
    const ClusterPlan plan = plan_clusters(*resampled.frame, oracle.table, "unit");
    const ThetaOf fast = theta_by_products(Context{}, resampled, plan).value();
    for (std::size_t r = 0; r < oracle.draws.size(); ++r)
      for (const std::vector<std::size_t>& path : elementary_paths(2, true)) {
        const std::string through = path.size() == 2 ? "m1 -> m2" : path[0] == 0 ? "m1" : "m2";
        const std::string name =
            "draw " + std::to_string(r + 1) + "," + through + (weighted ? " weighted" : "");
        expect_close(value_of(path_along(path, 2), fast(oracle.draws[r])), oracle.at(name), name);
      }
  }
}

TEST(SerialMediation, IntervalsHoldTheEstimatesAndDoNotDependOnThreads) {
  const PathOracle oracle;
  MediationSpec spec = spec_of({"m1", "m2"});
  spec.bootstrap = 300;
  spec.draws = 2000;
  const Mediation one = run(spec, oracle.table, oracle.panel);
  Context threads;
  threads.threads = 3;
  Diagnostics notes;
  const Mediation three = mediate(threads, spec, oracle.table, &oracle.panel, notes);
  const IndirectEffect &chain = one.chains[0].indirect, &again = three.chains[0].indirect;
  EXPECT_EQ(chain.bootstrap->bca_low, again.bootstrap->bca_low);
  EXPECT_LT(chain.bootstrap->percentile_low, chain.estimate);
  EXPECT_GT(chain.bootstrap->percentile_high, chain.estimate);
  EXPECT_LT(chain.monte_carlo->low, chain.estimate);
  EXPECT_GT(chain.monte_carlo->high, chain.estimate);
  EXPECT_NEAR(chain.bootstrap->std_error / chain.delta_se, 1, 0.5);
  // Draw by draw a contrast is the difference of two paths, the total the sum of all.
  const Vector difference = one.draws.col(0) - one.draws.col(1);
  const BootstrapIntervals expected =
      intervals_of(difference, Vector(), one.contrasts[0].difference.estimate, spec.total.level);
  EXPECT_DOUBLE_EQ(one.contrasts[0].difference.bootstrap->percentile_low, expected.percentile_low);
  const BootstrapIntervals sum =
      intervals_of(one.draws.rowwise().sum(), Vector(), one.total_indirect->estimate, spec.total.level);
  EXPECT_NEAR(one.total_indirect->bootstrap->percentile_high, sum.percentile_high, 1e-12);
}

TEST(SerialMediation, TotalLessDirectIsTheSumOfAllPathsOverRandomPanels) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const InventedPanel invented = invented_panel(10 + static_cast<int>(seed % 5), 6, seed % 2 == 0, seed);
    const char* effects[] = {"", " | unit", " | unit + year"};
    MediationSpec spec = spec_of({"m2", "m1"}, effects[seed % 3]);
    if (seed % 4 < 2) spec.total.frame.weights = expression_of("w");
    const Mediation result = run(spec, invented.table, invented.panel);
    const double moved = result.total_effect.estimate - result.direct_effect.estimate;
    double sum = 0;
    for (const MediationPath& path : result.paths) sum += path.indirect.estimate;
    for (const MediationChain& chain : result.chains) sum += chain.indirect.estimate;
    EXPECT_NEAR(moved, sum, 1e-10 * std::max(1.0, std::abs(moved))) << seed;
  }
}

TEST(SerialMediation, ByGroupComparesChainsToo) {
  const PathOracle oracle;
  Table table = oracle.table;
  std::vector<std::string> side;
  for (std::size_t row = 0; row < table.rows(); ++row)
    side.push_back(table.at("unit").text_at(row) < "u09" ? "a" : "b");
  table.set("side", Column::texts(side));
  MediationSpec spec = spec_of({"m1", "m2"});
  spec.bootstrap = 60;
  Diagnostics notes;
  const ModeratedMediation result = mediate_by_group(Context{}, spec, "side", table, &oracle.panel, notes);
  ASSERT_EQ(result.differences.size(), 4U);
  EXPECT_EQ(result.differences[2].mediator, "m1 -> m2");
  EXPECT_EQ(result.differences[2].estimate, result.groups[0].mediation.chains[0].indirect.estimate -
                                                result.groups[1].mediation.chains[0].indirect.estimate);
  EXPECT_EQ(result.differences[3].mediator, "");
}

TEST(SerialMediation, TakesTwoOrThreeMediatorsInOrder) {
  const PathOracle oracle;
  const auto code = [&](const std::vector<std::string>& mediators) -> std::string {
    try {
      run(spec_of(mediators), oracle.table, oracle.panel);
    } catch (const Error& error) {
      return error.diagnostic().code;
    }
    return "none";
  };
  EXPECT_EQ(code({"m1"}), "mechanism.serial_mediators");
  EXPECT_EQ(code({"m1", "m2", "m3", "q"}), "mechanism.serial_mediators");
  EXPECT_EQ(code({"m1", "m1"}), "mechanism.repeated_mediator");
  EXPECT_EQ(code({"m1", "m2"}), "none");
  const Mediation forth = run(spec_of({"m1", "m2"}), oracle.table, oracle.panel),
                  back = run(spec_of({"m2", "m1"}), oracle.table, oracle.panel);
  EXPECT_NE(forth.chains[0].indirect.estimate, back.chains[0].indirect.estimate);
  EXPECT_NEAR(forth.total_indirect->estimate, back.total_indirect->estimate, 1e-12);
}

TEST(Mediation, SaysHowManyRowsTheMediatorsCost) {
  const PathOracle oracle;
  MediationSpec spec = spec_of({"m1"}, " | unit");
  spec.serial = false;
  const auto notes_of = [&](const Table& table) {
    Diagnostics notes;
    mediate(Context{}, spec, table, &oracle.panel, notes);
    return notes;
  };
  const auto says = [](const Diagnostics& notes) {
    const auto& items = notes.items();
    return std::any_of(items.begin(), items.end(),
                       [](const Diagnostic& note) { return note.code == "mechanism.fewer_rows"; });
  };
  EXPECT_FALSE(says(notes_of(oracle.table)));
  Table gaps = oracle.table;
  std::vector<double> m1 = gaps.at("m1").values(), z = gaps.at("z").values();
  m1[4] = m1[30] = missing_value;
  z[5] = missing_value;
  gaps.set("z", Column::numbers(z));
  EXPECT_FALSE(says(notes_of(gaps)));
  gaps.set("m1", Column::numbers(m1));
  EXPECT_TRUE(says(notes_of(gaps)));
  EXPECT_THAT(notes_of(gaps).items().back().message, testing::HasSubstr("the 100 rows"));
  EXPECT_THAT(notes_of(gaps).items().back().message, testing::HasSubstr("alone has 102"));
}

TEST(Mediation, NamesAMediatorThatTheTreatmentSpans) {
  const PathOracle oracle;
  Table table = oracle.table;
  std::vector<double> twice = table.at("x").values();
  for (double& value : twice) value = 2 * value + 1;
  table.set("twice", Column::numbers(twice));
  for (const bool serial : {false, true}) {
    MediationSpec spec = spec_of({"m1", "twice"});
    spec.serial = serial;
    try {
      run(spec, table, oracle.panel);
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_EQ(error.diagnostic().code, "mechanism.term_dropped");
      EXPECT_THAT(error.diagnostic().message, testing::HasSubstr("`twice`"));
    }
  }
}

}  // namespace
}  // namespace panelist
