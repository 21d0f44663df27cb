// SPDX-License-Identifier: Apache-2.0
// Whole indices from their metadata against tests/reference/index_pipelines.
#include <gmock/gmock.h>

#include "example.h"
#include "index/learned.h"

namespace panelist {
namespace {

struct Pipeline {
  std::string name;
  Table table;
  Panel panel;
  IndexSystem system;
  IndexConventions conventions;
  std::map<std::string, double> expected;

  Pipeline(const std::string& index, const PanelKeys& keys)
      : name(index),
        table(read_table(reference_path("index_pipelines/" + index + ".csv"))),
        panel(make_panel(table, keys)) {
    std::ifstream file(reference_path("index_pipelines/expected.csv"));
    for (std::string line; std::getline(file, line);) {
      const std::size_t comma = line.rfind(',');
      expected[line.substr(0, comma)] = std::strtod(line.c_str() + comma + 1, nullptr);
    }
  }

  void read_list() {
    Diagnostics diagnostics;
    system = index_system_from(read_table(reference_path("index_pipelines/" + name + "_list.csv")), name,
                               diagnostics);
    EXPECT_EQ(diagnostics.size(), 0U) << (diagnostics.size() > 0 ? diagnostics.items()[0].message : "");
  }

  [[nodiscard]] std::vector<std::size_t> all_rows() const {
    std::vector<std::size_t> rows(table.rows());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    return rows;
  }

  [[nodiscard]] IndexResult build() const {
    return build_index(Context{}, system, conventions, table, panel, all_rows());
  }

  void expect(const std::string& quantity, const std::string& item, double value) const {
    const double wanted = expected.at(name + "," + quantity + "," + item);
    EXPECT_NEAR(value, wanted, 1e-10 * std::abs(wanted) + 1e-14) << name << " " << quantity << " " << item;
  }
};

const NodeResult& node_named(const IndexResult& result, const std::string& code) {
  for (const NodeResult& node : result.nodes)
    if (node.code == code) return node;
  throw std::out_of_range(code);
}

// Scores of the nodes of all levels and rows: those of "Conn/P2P" stand under P2P.
void expect_every_node(const Pipeline& pipeline, const IndexResult& result, const std::string& unit) {
  for (const NodeResult& node : result.nodes)
    for (std::size_t i = 0; i < result.rows.size(); ++i)
      pipeline.expect(node.code.substr(node.code.rfind('/') + 1),
                      pipeline.table.at(unit).text_at(result.rows[i]), node.score(static_cast<Index>(i)));
}

TEST(IndexPipelines, AsemWithDenominatorsGroupMeansAndTreatment) {
  Pipeline asem("asem", {"uCode", "Time"});
  asem.read_list();
  asem.conventions.method = "given";
  asem.conventions.levels = "tree";
  asem.conventions.impute = "group_mean:GDP_group";
  asem.conventions.outliers = "skew";
  const IndexResult result = asem.build();
  EXPECT_THAT(std::vector<std::string>({result.stages[0].name, result.stages[1].name, result.stages[2].name,
                                        result.stages[3].name}),
              testing::ElementsAre("denominated", "imputed", "treated", "normalised"));
  expect_every_node(asem, result, "uCode");
  for (std::size_t i = 6; i < result.rows.size(); i += 11)
    for (std::size_t j = 0; j < asem.system.indicators.size(); ++j) {
      const std::string item =
          asem.table.at("uCode").text_at(result.rows[i]) + ":" + asem.system.indicators[j].code;
      const auto row = static_cast<Index>(i), column = static_cast<Index>(j);
      asem.expect("imputed", item, result.stages[1].values(row, column));
      asem.expect("treated", item, result.stages[2].values(row, column));
      asem.expect("normalised", item, result.stages[3].values(row, column));
    }
  for (std::size_t i = 0; i < result.rows.size(); ++i)
    asem.expect("Index", asem.table.at("uCode").text_at(result.rows[i]), result.score(static_cast<Index>(i)));
}

TEST(IndexPipelines, DesiWithGoalpostsAndThreeLevelsOfWeights) {
  Pipeline desi("desi", {"country", "desi_edition"});
  desi.read_list();
  desi.conventions.method = "given";
  desi.conventions.levels = "tree";
  desi.conventions.impute = "mean";
  const IndexResult result = desi.build();
  EXPECT_DOUBLE_EQ(node_named(result, "2").weight, 0.25);
  EXPECT_DOUBLE_EQ(node_named(result, "2/2c").weight, 0.1);
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    const std::string unit = desi.table.at("country").text_at(result.rows[i]);
    desi.expect("DESI", unit, result.score(static_cast<Index>(i)));
  }
  expect_every_node(desi, result, "country");
}

Pipeline human_development() {
  Pipeline index("human_development", {"iso3", "year"});
  std::vector<double> income = index.table.at("gnipc").values();
  for (double& value : income) value = std::log(value);
  index.table.set("income", Column::numbers(income));
  const auto add = [&](const char* code, const char* dimension, double min, double max) {
    Indicator indicator;
    indicator.code = code;
    indicator.dimension = dimension;
    indicator.min = min;
    indicator.max = max;
    index.system.indicators.push_back(indicator);
  };
  index.system.name = "HDI";
  add("le", "health", 20, 85);
  add("eys", "education", 0, 18);
  add("mys", "education", 0, 15);
  add("income", "income", std::log(100.0), std::log(75000.0));
  index.conventions.method = "equal";
  index.conventions.levels = "tree";
  index.conventions.aggregate = {"arithmetic", "geometric"};
  return index;
}

TEST(IndexPipelines, HumanDevelopmentWithAGeometricMeanOfDimensions) {
  const Pipeline index = human_development();
  const IndexResult result = index.build();
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    const std::string key = index.table.at("iso3").text_at(i) + " " + index.table.at("year").text_at(i);
    index.expect("score", key, result.score(static_cast<Index>(i)));
    index.expect("education", key, node_named(result, "education").score(static_cast<Index>(i)));
  }
}

TEST(IndexPipelines, TransportInTwoLevelsOfEntropy) {
  Pipeline transport("transport", {"city", "year"});
  transport.read_list();
  transport.conventions.levels = "two-step";
  transport.conventions.renormalise = true;
  const IndexResult result = transport.build();
  for (const NodeResult& node : result.nodes) transport.expect("weight", node.code, node.weight);
  for (std::size_t i = 0; i < result.rows.size(); ++i)
    transport.expect("score",
                     transport.table.at("city").text_at(i) + " " + transport.table.at("year").text_at(i),
                     result.score(static_cast<Index>(i)));
}

void expect_same_scores(const IndexResult& a, const IndexResult& b) {
  ASSERT_EQ(a.score.size(), b.score.size());
  for (Index i = 0; i < a.score.size(); ++i) EXPECT_EQ(a.score(i), b.score(i));
  for (std::size_t k = 0; k < a.nodes.size(); ++k)
    for (Index i = 0; i < a.score.size(); ++i) EXPECT_EQ(a.nodes[k].score(i), b.nodes[k].score(i));
}

TEST(FrozenIndex, GivesTheSameScoresOnTheSameDataToTheBit) {
  Pipeline transport("transport", {"city", "year"});
  transport.read_list();
  const auto check = [&] {
    const IndexResult result = transport.build();
    const IndexResult frozen = frozen_index(frozen_text(result), "transport.json");
    expect_same_scores(apply_index(Context{}, frozen, transport.table, transport.panel, transport.all_rows()),
                       result);
  };
  for (const char* levels : {"one-step", "two-step", "tree"})
    for (const char* outliers : {"none", "skew", "log"}) {
      transport.conventions = {};
      transport.conventions.levels = levels;
      transport.conventions.outliers = outliers;
      transport.conventions.winsor = 0.05;
      transport.conventions.renormalise = true;
      check();
    }
  for (const char* aggregate : {"geometric", "topsis", "vikor", "grey", "rsr", "ampi"}) {
    transport.conventions = {};
    transport.conventions.aggregate = {aggregate};
    check();
  }
  for (const char* scale : {"zscore", "rank", "percentile", "borda", "none"}) {
    transport.conventions = {};
    transport.conventions.method = "critic";
    transport.conventions.normalise = scale;
    check();
  }
}

TEST(FrozenIndex, ScoresLaterYearsOnTheEarlierScale) {
  Pipeline transport("transport", {"city", "year"});
  transport.read_list();
  std::vector<std::size_t> first, last;
  for (std::size_t i = 0; i < transport.table.rows(); ++i)
    (transport.table.at("year").text_at(i) == "2017" ? last : first).push_back(i);
  const IndexResult learned = build_index(Context{}, transport.system, transport.conventions, transport.table,
                                          transport.panel, first);
  const IndexResult later =
      apply_index(Context{}, frozen_index(frozen_text(learned), "f"), transport.table, transport.panel, last);
  double by_hand = 0;
  for (std::size_t j = 0; j < learned.indicators.size(); ++j) {
    const IndicatorResult& indicator = learned.indicators[j];
    const double x = transport.table.at(indicator.indicator.code).values()[last[3]];
    const double share = (x - indicator.min) / (indicator.max - indicator.min);
    by_hand += indicator.weight * (indicator.indicator.direction == '+' ? share : 1 - share);
    EXPECT_EQ(later.indicators[j].weight, indicator.weight);
  }
  EXPECT_NEAR(later.score(3), by_hand, 1e-14);
  EXPECT_EQ(later.warnings.front().first, "index.outside_reference");
  EXPECT_EQ(later.warnings.back().first, "index.frozen");
  EXPECT_EQ(later.k_text, "1/ln N, N the rows it was learned on");
}

std::string code_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "none";
}

TEST(FrozenIndex, RefusesWhatIsNoFrozenIndex) {
  const Pipeline index = human_development();
  IndexResult result = index.build();
  EXPECT_EQ(code_of([&] { frozen_index("{}", "f"); }), "index.frozen_file");
  EXPECT_EQ(code_of([&] { frozen_index("not json", "f"); }), "index.frozen_file");
  IndexSystem other = index.system;
  other.indicators.pop_back();
  EXPECT_EQ(code_of([&] { check_same_system(result, other); }), "index.frozen_mismatch");
  result.learned = nullptr;
  EXPECT_EQ(code_of([&] { frozen_text(result); }), "index.not_freezable");
}

}  // namespace
}  // namespace panelist
