// SPDX-License-Identifier: Apache-2.0
#include "policy/placebo.h"

#include <cmath>

#include "infer/randomisation.h"
#include "policy_data.h"

namespace panelist {
namespace {

PlaceboSpec placebo_spec(const std::string& formula, const std::string& where = "",
                         const std::string& weights = "") {
  PlaceboSpec spec;
  spec.model = policy_model(formula, "cluster(unit)", where, weights);
  spec.treatment.cohort = "first";
  return spec;
}

Placebo placebo_of(const PlaceboSpec& spec, const PolicyPanel& data, int threads = 1) {
  Diagnostics notes;
  Context context;
  context.threads = threads;
  return placebo(context, spec, data.table, &data.panel, notes);
}

// The regression on each drawn treatment, made anew.
TEST(Placebo, DrawsAgreeWithALoopOfRegressions) {
  const PolicyPanel data = reference_panel();
  for (const auto& [where, weights] : {std::pair{"", ""}, {"kept == 1", ""}, {"kept == 1", "w"}}) {
    PlaceboSpec spec = placebo_spec("y ~ x | unit + year", where, weights);
    spec.draws = 40;
    const Placebo found = placebo_of(spec, data);
    const std::vector<Level> one_stratum(data.panel.unit_names.size(), 0);
    const std::vector<double>& first = data.table.at("first").values();
    for (int draw = 0; draw < spec.draws; ++draw) {
      const std::vector<Level> from = permuted_groups(Context{}, one_stratum, draw);
      std::vector<double> treated;
      for (std::size_t row = 0; row < data.table.rows(); ++row) {
        const auto unit = static_cast<std::size_t>(data.panel.unit[row]);
        const auto giver = static_cast<std::size_t>(from[unit]);
        const double start = first[data.panel.order[data.panel.unit_begin[giver]]];
        treated.push_back(start > 0 && static_cast<double>(data.panel.time[row]) >= start ? 1 : 0);
      }
      Table table = data.table;
      table.set("drawn", Column::numbers(treated));
      Diagnostics notes;
      const EstimationSpec model = policy_model("y ~ drawn + x | unit + year", "iid", where, weights);
      const double b = estimate_model(Context{}, model, table, &data.panel, notes).fit->coefficients[0];
      EXPECT_NEAR(found.draws[static_cast<std::size_t>(draw)], b, 1e-10);
    }
  }
}

TEST(Placebo, ThreadsDoNotMatter) {
  PlaceboSpec spec = placebo_spec("y ~ x | unit + year");
  spec.draws = 200;
  EXPECT_EQ(placebo_of(spec, reference_panel(), 1).draws, placebo_of(spec, reference_panel(), 3).draws);
}

TEST(Placebo, AnEffectThatIsThereStandsOutAndEarlierStartsFindNone) {
  PlaceboSpec spec = placebo_spec("y ~ x | unit + year");
  spec.shifts = {1, 2, 7};
  const Placebo found = placebo_of(spec, reference_panel());
  EXPECT_EQ(found.p_two_sided, 1.0 / 1001);
  EXPECT_NEAR(found.mean, 0, 0.05);
  ASSERT_EQ(found.earlier.size(), 2U);  // seven years before 2008 there is no earlier year
  for (const ShiftedStart& one : found.earlier) EXPECT_LT(std::abs(one.effect.statistic), 2.5);
  EXPECT_EQ(found.warnings.at(0).first, "policy.no_shifted_start");
}

double nothing(int /*start*/, int /*year*/) { return 0; }

// Under the sharp null the p-value is uniform, however few units are treated.
TEST(Placebo, WithoutEffectItRejectsAsOftenAsItSays) {
  StaggeredDesign design;
  design.effect = nothing;
  design.units = 20;
  design.cohorts = {5, 0, 0, 7, 0, 0, 0, 0, 0, 0};
  PlaceboSpec spec = placebo_spec("y ~ 1 | unit + year");
  spec.shifts.clear();
  spec.draws = 199;
  int rejected = 0;
  constexpr int panels = 400;
  for (std::uint64_t seed = 0; seed < panels; ++seed)
    rejected += placebo_of(spec, staggered_panel(design, 1000 + seed)).p_two_sided <= 0.1 ? 1 : 0;
  EXPECT_NEAR(rejected / static_cast<double>(panels), 0.1, 3.5 * std::sqrt(0.09 / panels));
}

TEST(Placebo, FewTreatedUnitsAreSaid) {
  PlaceboSpec spec = placebo_spec("y ~ x | unit + year", "first == 0 or unit == 1");
  spec.shifts.clear();
  EXPECT_EQ(placebo_of(spec, reference_panel()).warnings.at(0).first, "policy.few_treated_units");
}

// A start moved ahead by hand on the rows before the true one.
TEST(Placebo, AnEarlierStartIsTheRegressionOnRowsBeforeTheTrueOne) {
  const PolicyPanel data = reference_panel();
  PlaceboSpec spec = placebo_spec("y ~ x | unit + year");
  spec.shifts = {2};
  spec.draws = 0;
  const Placebo found = placebo_of(spec, data);
  Diagnostics notes, mistakes;
  EstimationSpec model = policy_model("y ~ early + x | unit + year", "cluster(unit)", "treated == 0");
  Table table = data.table;
  table.set("early", evaluate(parse_expression("ifelse(first > 0 and year >= first - 2, 1, 0)", {}, mistakes),
                              {table, &data.panel}, notes));
  const Estimation by_hand = estimate_model(Context{}, model, table, &data.panel, notes);
  ASSERT_EQ(found.earlier.size(), 1U);
  EXPECT_NEAR(found.earlier[0].effect.estimate, by_hand.fit->coefficients[0], 1e-12);
  EXPECT_NEAR(found.earlier[0].effect.std_error, by_hand.inference.coefficients[0].std_error, 1e-12);
}

}  // namespace
}  // namespace panelist
