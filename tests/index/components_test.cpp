// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "example.h"

namespace panelist {
namespace {

const std::vector<std::string> codes = {"gdp_100m",        "disp_income_pc_yuan", "websites_per100firms",
                                        "ecom_sales_100m", "ecom_purch_100m",     "broadband_users_10k",
                                        "patent_grant"};

struct Provinces {
  Table table = read_table(reference_path("province_components/data.csv"));
  Panel panel = make_panel(table, {"province", "year"});
  IndexSystem system;
  std::vector<std::size_t> rows;
  IndexConventions conventions;
  std::map<std::string, double> expected;

  Provinces() : rows(table.rows()) {
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    system.name = "DT";
    conventions.method = "pca";
    for (const std::string& code : codes) {
      Indicator indicator;
      indicator.code = code;
      indicator.dimension = code < "e" ? "money" : "digital";
      system.indicators.push_back(indicator);
    }
    std::ifstream file(reference_path("province_components/expected.csv"));
    for (std::string line; std::getline(file, line);) {
      const std::size_t comma = line.rfind(',');
      expected[line.substr(0, comma)] = std::strtod(line.c_str() + comma + 1, nullptr);
    }
  }
  IndexResult build() const { return build_index(Context{}, system, conventions, table, panel, rows); }
};

void expect_close(double value, double expected) { EXPECT_NEAR(value, expected, 1e-9 * std::abs(expected)); }

TEST(Components, DiagnosticsAgreeWithR) {
  const Provinces provinces;
  const IndexDiagnostics diagnostics = provinces.build().diagnostics;
  expect_close(diagnostics.kmo, provinces.expected.at("kmo,"));
  expect_close(diagnostics.bartlett_chi2, provinces.expected.at("bartlett_chi2,"));
  EXPECT_EQ(diagnostics.bartlett_df, 21);
  EXPECT_LT(diagnostics.bartlett_p, 1e-300);
  expect_close(diagnostics.alpha, provinces.expected.at("alpha,"));
  for (std::size_t j = 0; j < codes.size(); ++j)
    expect_close(diagnostics.msa(static_cast<Index>(j)), provinces.expected.at("msa," + codes[j]));
}

TEST(Components, EigenvaluesAndLoadingsAgreeWithR) {
  const Provinces provinces;
  const PrincipalComponents components = provinces.build().components.value();
  ASSERT_EQ(components.kept, 2);
  for (Index k = 0; k < 7; ++k)
    expect_close(components.eigenvalues(k), provinces.expected.at("eigenvalue," + std::to_string(k + 1)));
  for (std::size_t j = 0; j < codes.size(); ++j)
    for (Index k = 0; k < 2; ++k)
      expect_close(components.loadings(static_cast<Index>(j), k),
                   provinces.expected.at("loading" + std::to_string(k + 1) + "," + codes[j]));
  EXPECT_NEAR(components.explained, (components.eigenvalues(0) + components.eigenvalues(1)) / 7, 1e-14);
}

TEST(Components, ScoresAgreeWithR) {
  const Provinces provinces;
  const IndexResult result = provinces.build();
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    const std::string key =
        "score," + provinces.table.at("province").text_at(i) + ":" + provinces.table.at("year").text_at(i);
    EXPECT_NEAR(result.score(static_cast<Index>(i)), provinces.expected.at(key), 1e-12) << key;
  }
}

TEST(Components, ContributionsOfDimensionsAddUpToTheScore) {
  const IndexResult result = Provinces{}.build();
  ASSERT_EQ(result.nodes.size(), 2U);
  const Vector sum = result.nodes[0].contribution + result.nodes[1].contribution;
  EXPECT_LT((sum - result.score).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_DOUBLE_EQ(result.nodes[0].score.maxCoeff(), 1);
  double weights = 0;
  for (const IndicatorResult& indicator : result.indicators) weights += indicator.weight;
  EXPECT_NEAR(weights, 1, 1e-12);
}

TEST(Components, TurningAnIndicatorAndItsDirectionChangesNothing) {
  Provinces provinces;
  const IndexResult before = provinces.build();
  std::vector<double> values = provinces.table.at("patent_grant").values();
  for (double& value : values) value = 5 - 2 * value;
  provinces.table.set("patent_grant", Column::numbers(values));
  provinces.system.indicators[6].direction = '-';
  const IndexResult after = provinces.build();
  EXPECT_LT((before.score - after.score).cwiseAbs().maxCoeff(), 1e-10);
}

TEST(Components, FlagsNearDuplicates) {
  Provinces provinces;
  std::vector<double> values = provinces.table.at("gdp_100m").values();
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 3 * values[i] + static_cast<double>(i % 3);
  provinces.table.set("patent_grant", Column::numbers(values));
  const IndexDiagnostics diagnostics = provinces.build().diagnostics;
  const auto duplicate =
      std::find_if(diagnostics.correlated.begin(), diagnostics.correlated.end(), [](const auto& pair) {
        return std::get<0>(pair) == "gdp_100m" && std::get<1>(pair) == "patent_grant";
      });
  ASSERT_NE(duplicate, diagnostics.correlated.end());
  EXPECT_GT(std::get<2>(*duplicate), 0.99);
}

TEST(Components, ExactDuplicatesLeaveAdequacyMissing) {
  Provinces provinces;
  provinces.table.set("patent_grant", provinces.table.at("gdp_100m"));
  const IndexResult result = provinces.build();
  EXPECT_TRUE(std::isnan(result.diagnostics.kmo));
  EXPECT_TRUE(result.score.allFinite());
}

TEST(Components, LeaveAConstantIndicatorOut) {
  Provinces provinces;
  provinces.table.set("patent_grant", Column::numbers(std::vector<double>(provinces.table.rows(), 4)));
  const IndexResult result = provinces.build();
  EXPECT_EQ(result.indicators[6].weight, 0);
  EXPECT_EQ(result.warnings.front().first, "index.constant_indicator");
  EXPECT_EQ(result.components->loadings.rows(), 6);
}

TEST(Components, SaysWhichConventionsDoNotApply) {
  Provinces provinces;
  provinces.conventions.pool = "year";
  EXPECT_EQ(provinces.build().warnings.back().first, "index.convention_ignored");
}

}  // namespace
}  // namespace panelist
