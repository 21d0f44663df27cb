// SPDX-License-Identifier: Apache-2.0
#include "mechanism/gelbach.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "mechanism/mediation.h"
#include "panels.h"
#include "reference_data.h"
#include "table/read.h"

namespace panelist {
namespace {

using testing::read_reference;
using testing::ReferenceTable;

std::string reference(const std::string& name) {
  return std::string(PANELIST_SOURCE_DIR) + "/tests/reference/" + name;
}

Gelbach decomposed(const GelbachSpec& spec, const Table& table, const Panel* panel = nullptr) {
  Diagnostics notes;
  return decompose(Context{}, spec, table, panel, notes);
}

const ChannelPart& part_of(const Gelbach& result, const std::string& group) {
  for (const ChannelPart& part : result.parts)
    if (part.group == group) return part;
  return result.total;
}

double half_last_digit(const std::string& text) {
  const std::size_t point = text.find('.');
  return 0.5 * std::pow(10.0, -static_cast<double>(text.size() - point - 1)) * (1 + 1e-9);
}

TEST(Gelbach, GivesThePartsAndIntervalsThatB1x2Prints) {
  const Table table = read_table(reference("gelbach_b1x2/gelbach.csv"));
  const ReferenceTable expected = read_reference("gelbach_b1x2/expected.csv");
  for (std::size_t row = 0; row < expected.rows.size(); ++row) {
    const auto field = [&](const char* name) { return expected.rows[row][expected.position(name)]; };
    GelbachSpec spec{
        model_of("y ~ x1 + x21 + x22 + x23", field("vce") == "robust" ? "hc1" : "cluster(cluster)", "stata"),
        "x1",
        {{"g1", {"x21", "x22"}}, {"g2", {"x23"}}}};
    const Coefficient part = part_of(decomposed(spec, table), field("term")).part;
    EXPECT_NEAR(part.estimate, std::stod(field("coef")), half_last_digit(field("coef"))) << row;
    EXPECT_NEAR(part.conf_low, std::stod(field("ci_low")), half_last_digit(field("ci_low"))) << row;
    EXPECT_NEAR(part.conf_high, std::stod(field("ci_high")), half_last_digit(field("ci_high"))) << row;
  }
  EXPECT_EQ(expected.rows.size(), 6U);
}

GelbachSpec spec_of_case(const std::string& name) {
  const std::vector<std::string> words = split(name, ' ');
  const std::string vcov = words[1] == "cluster" ? "cluster(unit)" : words[1];
  const std::map<std::string, std::string> effects = {{"0", ""}, {"1", " | unit"}, {"2", " | unit + year"}};
  GelbachSpec spec{model_of("y ~ x + m1 + m2 + z + m3" + effects.at(words[2]), vcov),
                   "x",
                   {{"g1", {"m1", "m3"}}, {"g2", {"m2"}}}};
  if (words[0] == "a") spec.full.frame.weights = expression_of("w");
  if (words[0] == "f") {
    spec.full.frame.weights = expression_of("f");
    spec.full.frame.weight_type = WeightType::frequency;
  }
  return spec;
}

TEST(Gelbach, GivesWhatOneSystemOfMomentsGives) {
  const Table table = read_table(reference("gelbach_r/panel.csv"));
  const ReferenceTable expected = read_reference("gelbach_r/expected.csv");
  for (std::size_t row = 0; row < expected.rows.size(); ++row) {
    const auto number = [&](const char* name) {
      return std::stod(expected.rows[row][expected.position(name)]);
    };
    const std::string name = expected.rows[row][0];
    const Gelbach result = decomposed(spec_of_case(name), table);
    const ChannelPart& part = part_of(result, expected.rows[row][1]);
    EXPECT_NEAR(part.part.estimate, number("part"), 1e-8 * std::abs(number("part"))) << name;
    EXPECT_NEAR(part.part.std_error, number("se"), 1e-8 * number("se")) << name;
    EXPECT_NEAR(result.covariance(0, 1), number("cov12"), 1e-8 * number("se") * number("se")) << name;
    EXPECT_NEAR(result.short_effect.estimate - result.full_effect.estimate, number("moved"), 1e-9) << name;
  }
  EXPECT_EQ(expected.rows.size(), 33U * 3);
}

GelbachSpec spec_on_invented(const std::string& vcov = "cluster(unit)") {
  return {model_of("y ~ x + m1 + m2 + z | unit + year", vcov), "x", {{"first", {"m1"}}, {"second", {"m2"}}}};
}

TEST(Gelbach, PartsAddUpToTheChangeOfTheCoefficient) {
  const std::vector<std::string> effects = {"", " | unit", " | unit + year"};
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const InventedPanel data = invented_panel(11 + static_cast<int>(seed % 9), 5, seed % 2 == 0, seed);
    GelbachSpec spec = spec_on_invented(seed % 5 == 0 ? "hc1" : "cluster(unit)");
    spec.full.formula = formula_of("y ~ x + m1 + m2 + z" + effects[seed % 3]);
    if (seed % 4 < 2) spec.full.frame.weights = expression_of("w");
    const Gelbach result = decomposed(spec, data.table, &data.panel);
    const double moved = result.short_effect.estimate - result.full_effect.estimate;
    EXPECT_NEAR(result.parts[0].part.estimate + result.parts[1].part.estimate, moved, 1e-10) << seed;
    EXPECT_NEAR(result.total.part.estimate, moved, 1e-10) << seed;
    EXPECT_NEAR(result.parts[0].share + result.parts[1].share, 1, 1e-10) << seed;
    EXPECT_EQ(result.total.share, 1);
  }
}

TEST(Gelbach, OfSingleMediatorsGivesTheIndirectEffects) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const InventedPanel data = invented_panel(20, 5, seed % 2 == 0, seed);
    MediationSpec mediation;
    mediation.total = model_of("y ~ x + z | unit + year", "cluster(unit)");
    mediation.x = "x";
    mediation.mediators = {"m1", "m2"};
    GelbachSpec spec = spec_on_invented();
    if (seed % 3 == 0) mediation.total.frame.weights = spec.full.frame.weights = expression_of("w");
    Diagnostics notes;
    const Mediation paths = mediate(Context{}, mediation, data.table, &data.panel, notes);
    const Gelbach result = decomposed(spec, data.table, &data.panel);
    for (std::size_t j = 0; j < 2; ++j) {
      EXPECT_NEAR(result.parts[j].part.estimate, paths.paths[j].indirect.estimate, 1e-10) << seed;
      // The small-sample factors of the two differ by the parameters counted, 4 of 100 rows.
      EXPECT_NEAR(result.parts[j].part.std_error / paths.paths[j].indirect.delta_se, 1, 0.08) << seed;
    }
    EXPECT_NEAR(result.short_effect.std_error, paths.total_effect.std_error, 1e-10) << seed;
    EXPECT_NEAR(result.full_effect.std_error, paths.direct_effect.std_error, 1e-10) << seed;
  }
}

TEST(Gelbach, OfMediationAgreesInTheCovarianceWithoutFactors) {
  const InventedPanel data = invented_panel(20, 5, true);
  MediationSpec mediation;
  mediation.total = model_of("y ~ x + z | unit", "cluster(unit)", "none");
  mediation.x = "x";
  mediation.mediators = {"m1", "m2"};
  GelbachSpec spec{
      model_of("y ~ x + z + m1 + m2 | unit", "cluster(unit)", "none"), "x", {{"a", {"m1"}}, {"b", {"m2"}}}};
  Diagnostics notes;
  const Mediation paths = mediate(Context{}, mediation, data.table, &data.panel, notes);
  const Gelbach result = decomposed(spec, data.table, &data.panel);
  for (std::size_t j = 0; j < 2; ++j)
    EXPECT_NEAR(result.parts[j].part.std_error / paths.paths[j].indirect.delta_se, 1, 1e-10);
  EXPECT_NEAR(result.total.part.std_error / paths.total_indirect->delta_se, 1, 1e-10);
}

TEST(Gelbach, TakesTheSumOfAllLevelsOfACategory) {
  const InventedPanel data = invented_panel(21, 5, false);
  GelbachSpec spec{model_of("y ~ x + i(side) + m1", "hc1"), "x", {{"side", {"i(side)"}}, {"m", {"m1"}}}};
  const Gelbach result = decomposed(spec, data.table, &data.panel);
  EXPECT_EQ(result.parts[0].channels.size(), 2U);
  EXPECT_EQ(result.parts[1].channels.size(), 1U);
  EXPECT_NEAR(result.total.part.estimate, result.short_effect.estimate - result.full_effect.estimate, 1e-12);
}

TEST(Gelbach, HasStandardErrorsUnderEveryCovariance) {
  const InventedPanel data = invented_panel(25, 6, false);
  const double hc1 = decomposed(spec_on_invented("hc1"), data.table, &data.panel).total.part.std_error;
  for (const char* vcov : {"iid", "hc0", "hc2", "hc3", "hc4", "cr2(unit)", "cr3(unit)", "jackknife(unit)",
                           "nw(1)", "dk(1)", "cluster(unit, year)"}) {
    GelbachSpec spec = spec_on_invented(vcov);
    spec.full.frame.panel = {"unit", "year"};
    const double se = decomposed(spec, data.table, &data.panel).total.part.std_error;
    EXPECT_GT(se, 0.4 * hc1) << vcov;
    EXPECT_LT(se, 2.5 * hc1) << vcov;
  }
}

std::string refusal(const GelbachSpec& spec, const Table& table) {
  try {
    decomposed(spec, table);
  } catch (const Error& error) {
    return error.diagnostic().code + ": " + error.diagnostic().message + " | " + error.diagnostic().hint;
  }
  return "";
}

TEST(Gelbach, RefusesWhatCannotBeDecomposed) {
  const InventedPanel data = invented_panel(20, 5, false);
  Table table = data.table;
  table.set("fixed", Column::numbers(table.at("side").values()));
  const auto code = [&](const std::string& formula, const std::string& x, std::vector<ChannelGroup> groups,
                        const std::string& method = "") {
    GelbachSpec spec{model_of(formula, "hc1"), x, std::move(groups)};
    spec.full.method = method;
    return refusal(spec, table);
  };
  using ::testing::HasSubstr;
  const std::string full = "y ~ x + m1 + m2 + z | unit";
  EXPECT_THAT(code(full, "x", {{"a", {"m1"}}, {"b", {"m1"}}}), HasSubstr("mechanism.channel_twice"));
  EXPECT_THAT(code(full, "x", {{"a", {"m1"}}, {"a", {"m2"}}}), HasSubstr("mechanism.channel_twice"));
  EXPECT_THAT(code(full, "x", {{"a", {"m3"}}}), HasSubstr("did you mean `m1`"));
  EXPECT_THAT(code(full, "x", {{"a", {"unit"}}}), HasSubstr("is an effect"));
  EXPECT_THAT(code(full, "x", {{"a", {"x"}}}), HasSubstr("mechanism.x_among_channels"));
  EXPECT_THAT(code(full, "xx", {{"a", {"m1"}}}), HasSubstr("mechanism.unknown_term"));
  EXPECT_THAT(code(full, "x", {}), HasSubstr("mechanism.no_groups"));
  EXPECT_THAT(code(full, "x", {{"a", {}}}), HasSubstr("mechanism.no_groups"));
  EXPECT_THAT(code("y ~ z + fixed + m1 | unit", "fixed", {{"a", {"m1"}}}),
              HasSubstr("mechanism.term_dropped"));
  EXPECT_THAT(code("y ~ x + fixed | unit", "x", {{"a", {"fixed"}}}), HasSubstr("mechanism.group_dropped"));
  EXPECT_THAT(code("y ~ m1 + z | 0 | x ~ w", "x", {{"a", {"m1"}}}), HasSubstr("instruments"));
  EXPECT_THAT(code(full, "x", {{"a", {"m1"}}}, "poisson"), HasSubstr("not of `poisson`"));
}

TEST(Gelbach, NamesACovariateThatIsDropped) {
  const InventedPanel data = invented_panel(20, 5, false);
  Table table = data.table;
  std::vector<double> twice = table.at("z").values();
  for (double& value : twice) value *= 2;
  table.set("twice", Column::numbers(twice));
  // Written before z, which spans it: the covariate goes all the same.
  GelbachSpec spec{model_of("y ~ twice + x + z + m1", "hc1"), "x", {{"a", {"twice", "m1"}}}};
  Diagnostics notes;
  const Gelbach result = decompose(Context{}, spec, table, nullptr, notes);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes.items()[0].code, "mechanism.channel_dropped");
  EXPECT_THAT(notes.items()[0].message, ::testing::HasSubstr("`twice` of group `a`"));
  ASSERT_EQ(result.parts[0].channels.size(), 1U);
  EXPECT_NEAR(result.total.part.estimate, result.short_effect.estimate - result.full_effect.estimate, 1e-12);
}

}  // namespace
}  // namespace panelist
