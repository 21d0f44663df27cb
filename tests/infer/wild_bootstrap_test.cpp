// SPDX-License-Identifier: Apache-2.0
// The wild cluster bootstrap against Stata's boottest, against explicit matrices in R, and against refits.
#include "infer/wild_bootstrap.h"

#include "base/random.h"
#include "reference.h"

namespace panelist {
namespace {

std::vector<double> values_of(const std::string& text) {
  std::vector<double> values;
  for (const std::string& part : split(text, ';')) values.push_back(std::stod(part));
  return values;
}

// "x1", "x1+x2" or "both" as rows of restrictions on the terms x1 and x2, wherever they stand.
Matrix restrictions_of(const Fit& fit, const std::string& term) {
  Matrix R = Matrix::Zero(term == "both" ? 2 : 1, fit.k());
  R(0, position_of(fit, "x1")) = 1;
  if (term != "x1") R(term == "both" ? 1 : 0, position_of(fit, "x2")) = 1;
  return R;
}

WildSpec one_restriction(const Fit& fit, const std::string& term, double value) {
  WildSpec spec;
  spec.restrictions = Matrix::Zero(1, fit.k());
  spec.restrictions(0, position_of(fit, term)) = 1;
  spec.values = Vector::Constant(1, value);
  spec.cluster = &fit.frame->clusters.at(0);
  return spec;
}

void set_type(WildSpec& spec, const std::string& type) {
  spec.jackknife_scores = type[0] == '3';
  spec.jackknife_variance = type[1] == '3';
}

Estimation estimate_case(const Table& table, const ReferenceRow& row) {
  const std::string effects = row.at("effects");
  std::string formula = "y ~ x1 + x2";
  if (effects == "unit") formula += " | unit";
  if (effects == "unit year") formula += " | unit + year";
  // The frame needs the groups of the draws; the factor of the variance is set by hand below where they differ.
  return estimate_request(table, {.formula = formula,
                                  .vcov = row.at("draws") == "half" ? "cluster(cluster, half)" : "cluster(cluster)",
                                  .ssc = "fixest",
                                  .weights = row.at("weights") == "weighted" ? "w" : ""});
}

TEST(WildBootstrap, EqualsExplicitMatricesOverAllSignChanges) {
  const Table table = read_table(reference_path("wild_matrices/panel.csv"));
  for (const ReferenceRow& row : reference_rows("wild_matrices/expected.csv")) {
    SCOPED_TRACE(row.at("effects") + " " + row.at("term") + " " + row.at("type") + " " + row.at("restricted") +
                 " " + row.at("draws"));
    const Estimation estimation = estimate_case(table, row);
    const Fit& fit = *estimation.fit;
    WildSpec spec;
    spec.restrictions = restrictions_of(fit, row.at("term"));
    const std::vector<double> values = values_of(row.at("value"));
    spec.values = Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
    spec.cluster = &fit.frame->clusters.at(0);
    if (row.at("draws") == "half") spec.draws = &fit.frame->clusters.at(1);
    spec.restricted = row.at("restricted") == "TRUE";
    set_type(spec, row.at("type"));
    const WildBootstrap result = wild_bootstrap({}, fit, estimation.small_sample, spec);
    EXPECT_TRUE(result.enumerated);
    EXPECT_EQ(result.undefined, 0);
    const auto expect = [&](double value, const std::string& name) {
      const double number = std::stod(row.at(name));
      EXPECT_NEAR(value, number, 1e-8 * std::max(1.0, std::abs(number))) << name;
    };
    expect(result.statistic, "statistic");
    expect(result.p_symmetric, "p");
    if (row.at("term") != "both") expect(result.p_equal_tailed, "p_equal");
    expect(result.statistics.cwiseAbs().mean(), "mean_abs");
    expect(result.statistics.array().cube().mean(), "mean_cube");
    expect(result.statistics(1), "second");
    expect(result.statistics(result.statistics.size() - 3), "third_last");
  }
}

Table collapsed() {
  return read_single_precision("wild_boottest/collapsed.csv");
}

Estimation collapsed_fit() {
  return estimate_request(collapsed(), {.formula = "hasinsurance ~ selfemployed + post + post_self",
                                        .vcov = "cluster(year)",
                                        .ssc = "stata"});
}

TEST(WildBootstrap, ReproducesBoottestWhereAllSignChangesAreTaken) {
  const Estimation estimation = collapsed_fit();
  const WildSpec self = one_restriction(*estimation.fit, "post_self", 0.04);
  const WildBootstrap a = wild_bootstrap({}, *estimation.fit, estimation.small_sample, self);
  EXPECT_EQ(a.reps, 256);
  expect_reference(a.statistic, "2.0194", 0, "t");
  EXPECT_DOUBLE_EQ(a.p_value, 20.0 / 256);  // boottest lets rounding decide one of two ties: 19/256
  expect_reference(a.set->parts.at(0).first, ".03874", 0, "low");
  expect_reference(a.set->parts.at(0).second, ".07098", 0, "high");
  const WildSpec post = one_restriction(*estimation.fit, "post", 0);
  const WildBootstrap b = wild_bootstrap({}, *estimation.fit, estimation.small_sample, post);
  expect_reference(b.statistic, "-5.5821", 0, "t");
  EXPECT_LT(b.p_value, 2.5 / 256);  // the two ties alone; boottest prints .0000
  expect_reference(b.set->parts.at(0).first, "-.02978", 0, "low");
  expect_reference(b.set->parts.at(0).second, "-.01306", 0, "high");
}

TEST(WildBootstrap, PrintConfidenceSetsForStudy) {
  const Estimation estimation = collapsed_fit();
  for (const char* type : {"11", "31", "13", "33"}) {
    WildSpec self = one_restriction(*estimation.fit, "post_self", 0.04);
    self.weights = WildWeights::webb;
    self.reps = 99999;
    set_type(self, type);
    for (const bool restricted : {true, false}) {
      self.restricted = restricted;
      const WildBootstrap a = wild_bootstrap({}, *estimation.fit, estimation.small_sample, self);
      std::printf("%s %d t %.4f p %.4f eq %.4f", type, restricted, a.statistic, a.p_value, a.p_equal_tailed);
      for (auto [l, h] : a.set->parts) std::printf(" [%.5f %.5f]", l, h);
      std::printf("\n");
    }
  }
}

}  // namespace
}  // namespace panelist
