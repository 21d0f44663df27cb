// SPDX-License-Identifier: Apache-2.0
// The wild cluster bootstrap against Stata's boottest, against explicit matrices in R, and against refits.
#include "infer/wild_bootstrap.h"

#include <atomic>
#include <fstream>
#include <functional>

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
  return estimate_request(table,
                          {.formula = formula,
                           .vcov = row.at("draws") == "half" ? "cluster(cluster, half)" : "cluster(cluster)",
                           .ssc = "fixest",
                           .weights = row.at("weights") == "weighted" ? "w" : ""});
}

TEST(WildBootstrap, EqualsExplicitMatricesOverAllSignChanges) {
  const Table table = read_table(reference_path("wild_matrices/panel.csv"));
  for (const ReferenceRow& row : reference_rows("wild_matrices/expected.csv")) {
    SCOPED_TRACE(row.at("effects") + " " + row.at("term") + " " + row.at("type") + " " +
                 row.at("restricted") + " " + row.at("draws"));
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

Table collapsed() { return read_single_precision("wild_boottest/collapsed.csv"); }

Estimation collapsed_fit() {
  return estimate_request(
      collapsed(),
      {.formula = "hasinsurance ~ selfemployed + post + post_self", .vcov = "cluster(year)", .ssc = "stata"});
}

// boottest counts |t*| > |t| and lets rounding decide the two ties of the 256 draws (the README of the set): the share
// beyond them, to compare with its limits.
double strict_share(const Estimation& estimation, const std::string& term, double value) {
  const WildBootstrap result = wild_bootstrap({}, *estimation.fit, estimation.small_sample,
                                              one_restriction(*estimation.fit, term, value));
  Index beyond = 0;
  for (const double t : result.statistics)
    if (std::abs(t) > std::abs(result.statistic) * (1 + 1e-10)) ++beyond;
  return static_cast<double>(beyond) / static_cast<double>(result.reps);
}

// Rows of wild_boottest/expected.csv whose numbers are of something else than this bootstrap.
const std::map<std::string, std::string> left_out = {
    {"Rao score",
     "a score test without draws: boottest runs it when asked for no replicates, and it is not offered"}};

// The set quotes "F(2,7)", whose comma separates nothing.
std::vector<ReferenceRow> boottest_rows() {
  std::vector<ReferenceRow> rows;
  std::ifstream file(reference_path("wild_boottest/expected.csv"));
  std::vector<std::string> heading;
  for (std::string line; std::getline(file, line);) {
    bool quoted = false;
    for (char& c : line) {
      if (c == '"') quoted = !quoted;
      if (c == ',' && quoted) c = ';';
    }
    const std::vector<std::string> fields = split(line, ',');
    if (heading.empty()) {
      heading = fields;
      continue;
    }
    ReferenceRow row;
    for (std::size_t i = 0; i < heading.size(); ++i) row[heading[i]] = fields.at(i);
    rows.push_back(row);
  }
  return rows;
}

// "post_self=0 & post=0"
WildSpec spec_of_boottest(const Fit& fit, const ReferenceRow& row) {
  WildSpec spec = one_restriction(fit, "post", 0);
  const std::vector<std::string> parts = split(row.at("test"), '&');
  spec.restrictions = Matrix::Zero(static_cast<Index>(parts.size()), fit.k());
  spec.values.resize(static_cast<Index>(parts.size()));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t equals = parts[i].find('=');
    spec.restrictions(static_cast<Index>(i),
                      position_of(fit, std::string(trim(parts[i].substr(0, equals))))) = 1;
    spec.values(static_cast<Index>(i)) = std::stod(parts[i].substr(equals + 1));
  }
  spec.restricted = row.at("type").starts_with("WCR");
  set_type(spec, row.at("type").find("jackknifed") == std::string::npos ? "11" : "31");
  if (row.at("weights") != "Webb") return spec;
  spec.weights = WildWeights::webb;
  spec.reps = 99999;
  return spec;
}

// boottest counts strictly and lets rounding decide the two ties of the 256 draws; here both count (README of the set).
void expect_enumerated(const Estimation& estimation, const WildBootstrap& result, const ReferenceRow& row) {
  EXPECT_EQ(result.reps, 256);
  if (row.at("p").empty()) return;
  const std::string term(row.at("test").substr(0, row.at("test").find('=')));
  const double strict = strict_share(estimation, term, std::stod(row.at("test").substr(term.size() + 1)));
  EXPECT_DOUBLE_EQ(result.p_value, strict + 2.0 / 256);
  EXPECT_NEAR(std::stod(row.at("p")), strict + 0.5 / 256, 0.5 / 256 + half_last_digit(row.at("p")));
  // p is a step function; boottest's limits are near the step at which it passes 0.05, not on it.
  for (const char* limit : {"ci_low", "ci_high"})
    EXPECT_NEAR(strict_share(estimation, term, std::stod(row.at(limit))), 0.05, 3.0 / 256) << limit;
}

// Of 999 draws: p within three of their standard deviations, and p at their limits within that and what the enumerated
// limits are off by.
void expect_drawn(const Fit& fit, const SmallSample& rules, WildSpec spec, const ReferenceRow& row) {
  const auto expect_share = [&](double p, double more) {
    const WildBootstrap result = wild_bootstrap({}, fit, rules, spec);
    EXPECT_FALSE(result.enumerated);
    EXPECT_NEAR(result.p_value, p, 3 * std::sqrt(p * (1 - p) / 999) + more);
  };
  if (!row.at("p").empty()) expect_share(std::stod(row.at("p")), 0);
  for (const char* limit : {"ci_low", "ci_high"}) {
    if (row.at(limit).empty()) continue;
    SCOPED_TRACE(limit);
    spec.values(0) = std::stod(row.at(limit));
    expect_share(0.05, 3.0 / 256);
  }
}

TEST(WildBootstrap, ReproducesEveryRowOfBoottest) {
  const Estimation estimation = collapsed_fit();
  const Fit& fit = *estimation.fit;
  std::size_t matched = 0, named = 0;
  for (const ReferenceRow& row : boottest_rows()) {
    SCOPED_TRACE(row.at("test") + ", " + row.at("type") + ", " + row.at("weights"));
    if (left_out.contains(row.at("type"))) {
      ++named;
      continue;
    }
    const WildSpec spec = spec_of_boottest(fit, row);
    const WildBootstrap result = wild_bootstrap({}, fit, estimation.small_sample, spec);
    expect_reference(result.statistic, row.at("value"), 0, row.at("stat"));
    if (row.at("weights") == "Webb")
      expect_drawn(fit, estimation.small_sample, spec, row);
    else
      expect_enumerated(estimation, result, row);
    ++matched;
  }
  EXPECT_EQ(matched, 7U);
  EXPECT_EQ(named, left_out.size());
}

TEST(WildBootstrap, EndsItsSetWhereTheEnumeratedShareCrossesTheLevel) {
  const Estimation estimation = collapsed_fit();
  for (const ReferenceRow& row : reference_rows("wild_boottest/limits.csv")) {
    const WildSpec spec = one_restriction(*estimation.fit, row.at("term"), 0);
    const WildBootstrap result = wild_bootstrap({}, *estimation.fit, estimation.small_sample, spec);
    ASSERT_EQ(result.set->parts.size(), 1U);
    EXPECT_EQ(result.set->form, "interval");
    EXPECT_NEAR(result.set->parts[0].first, std::stod(row.at("low")), 1e-9);
    EXPECT_NEAR(result.set->parts[0].second, std::stod(row.at("high")), 1e-9);
  }
}

TEST(WildBootstrap, IsTheSameOnAnyNumberOfThreads) {
  const Estimation estimation = collapsed_fit();
  WildSpec spec = one_restriction(*estimation.fit, "post_self", 0.04);
  spec.weights = WildWeights::webb;
  spec.reps = 2000;
  Context two;
  two.threads = 2;
  const WildBootstrap a = wild_bootstrap({}, *estimation.fit, estimation.small_sample, spec);
  const WildBootstrap b = wild_bootstrap(two, *estimation.fit, estimation.small_sample, spec);
  EXPECT_EQ(a.statistics, b.statistics);
  EXPECT_EQ(a.set->parts, b.set->parts);
}

// y* of a replicate regressed anew: the outcome of the frame is the only thing that changes.
double refitted(const Estimation& estimation, const Vector& outcome, const WildSpec& spec) {
  auto frame = std::make_shared<ModelFrame>(*estimation.fit->frame);
  frame->outcome = outcome;
  const Fit fit = estimate({}, frame, {});
  const Vcov vcov = covariance({}, fit, estimation.vcov_spec, estimation.small_sample);
  const Vector difference = spec.restrictions * fit.coefficients - spec.values;
  return difference(0) / std::sqrt((spec.restrictions * vcov.matrix * spec.restrictions.transpose())(0, 0));
}

TEST(WildBootstrap, EqualsALoopOfRefitsWithEffectsThatCrossTheClusters) {
  const Table table = read_table(reference_path("wild_matrices/panel.csv"));
  const Estimation estimation = estimate_request(
      table, {.formula = "y ~ x1 + x2 | unit + year", .vcov = "cluster(cluster)", .ssc = "reghdfe"});
  const Estimation null = estimate_request(table, {.formula = "y ~ x2 | unit + year", .vcov = "iid"});
  const Fit& fit = *estimation.fit;
  WildSpec spec = one_restriction(fit, "x1", 0);
  spec.weights = WildWeights::mammen;
  spec.reps = 40;
  const WildBootstrap result = wild_bootstrap({}, fit, estimation.small_sample, spec);
  const Vector& residuals = null.fit->residuals;
  for (Index r = 0; r < 40; ++r) {
    const Vector v = wild_weights({}, spec.weights, spec.cluster->size(), r, false);
    Vector outcome = fit.frame->outcome - residuals;
    for (Index i = 0; i < outcome.size(); ++i)
      outcome(i) += v(spec.cluster->level[static_cast<std::size_t>(i)]) * residuals(i);
    EXPECT_NEAR(result.statistics(r), refitted(estimation, outcome, spec), 1e-10);
  }
}

std::string code_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "none";
}

TEST(WildBootstrap, RefusesByNameWhatItCannotTest) {
  const Table table = read_table(reference_path("wild_matrices/panel.csv"));
  const auto code = [&](const std::string& formula, const std::string& cluster, const std::string& term,
                        const std::string& type) {
    return code_of([&] {
      const Estimation estimation =
          estimate_request(table, {.formula = formula, .vcov = "cluster(" + cluster + ")", .ssc = "none"});
      WildSpec spec = one_restriction(*estimation.fit, term, 0);
      set_type(spec, type);
      (void)wild_bootstrap({}, *estimation.fit, estimation.small_sample, spec);
    });
  };
  EXPECT_EQ(code("y ~ x1 + x2 | unit", "cluster", "x1", "11"), "none");
  EXPECT_EQ(code("y ~ i(cluster)", "cluster", "cluster::2", "11"), "infer.no_variance");
  EXPECT_EQ(code("y ~ x1 + x2 + I(x1 * (cluster == 1))", "cluster", "I(x1*(cluster==1))", "13"),
            "infer.cluster_decides");
  const Estimation estimation =
      estimate_request(table, {.formula = "y ~ x1 + x2", .vcov = "cluster(half)", .ssc = "none"});
  WildSpec spec = one_restriction(*estimation.fit, "x1", 0);
  spec.restrictions = Matrix::Identity(3, 3);
  spec.values = Vector::Zero(3);
  EXPECT_EQ(code_of([&] { (void)wild_bootstrap({}, *estimation.fit, estimation.small_sample, spec); }),
            "infer.too_few_clusters");
  spec.restrictions.row(1) = 2 * spec.restrictions.row(0);
  EXPECT_EQ(code_of([&] { (void)wild_bootstrap({}, *estimation.fit, estimation.small_sample, spec); }),
            "infer.restrictions_dependent");
}

TEST(WildBootstrap, StopsWhenAsked) {
  const Estimation estimation = collapsed_fit();
  WildSpec spec = one_restriction(*estimation.fit, "post_self", 0.04);
  spec.weights = WildWeights::webb;
  spec.reps = 5'000'000;
  const std::atomic<bool> stop = true;
  Context context;
  context.stop = &stop;
  EXPECT_THROW((void)wild_bootstrap(context, *estimation.fit, estimation.small_sample, spec), Stopped);
}

}  // namespace
}  // namespace panelist
