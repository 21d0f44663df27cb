// SPDX-License-Identifier: Apache-2.0
// Standard errors of recovered effects and of fitted means against R's lm with dummies.
#include "estimate/effect_errors.h"

#include "estimate/leverage.h"
#include "reference.h"

namespace panelist {
namespace {

constexpr double agreement = 1e-9;

Estimation estimate_part(const std::string& model) {
  static const Table table = read_table(reference_path("cigar_fe/cigar.csv"));
  ModelRequest request{.formula = "log(Sales) ~ log(Price) | State + Year"};
  if (model == "none") request.formula = "log(Sales) ~ log(Price)";
  if (model == "weighted") request.weights = "Pop";
  request.where = "State <= 12 and Year >= 80 and not (State == 3 and Year > 85)";
  request.panel = {"State", "Year"};
  return estimate_request(table, request);
}

TEST(EffectErrors, AgreeWithContrastsOfDummies) {
  int compared = 0;
  for (const std::string model : {"plain", "weighted"}) {
    const Estimation estimation = estimate_part(model);
    const Fit& fit = *estimation.fit;
    const std::vector<Matrix> effects = fitted_values({}, fit).effects;
    const EffectErrors errors = effect_errors({}, fit);
    ASSERT_EQ(errors.std_error.size(), 2);
    for (const ReferenceRow& row : reference_rows("leverage_cigar/effects.csv")) {
      if (row.at("model") != model) continue;
      const std::size_t q = row.at("factor") == "State" ? 0 : 1;
      const Grouping& group = fit.frame->effects[q].group;
      Index level = 0;
      while (group.names[static_cast<std::size_t>(level)] != row.at("level")) ++level;
      expect_reference(effects[q](level, 0), row.at("estimate"), agreement, row.at("level"));
      expect_reference(errors.std_error[q](level), row.at("std_error"), agreement, row.at("level"));
      ++compared;
    }
  }
  EXPECT_EQ(compared, 44);
}

TEST(EffectErrors, SayWhyThereAreNone) {
  Table table = read_table(reference_path("cigar_fe/cigar.csv"));
  std::vector<double> half, parity;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    half.push_back(table.at("State").values()[row] > 20 ? 1 : 0);
    parity.push_back(static_cast<int>(table.at("Year").values()[row]) % 2);
  }
  table.set("half", Column::numbers(half));
  table.set("parity", Column::numbers(parity));
  const auto reason = [&](const std::string& formula) {
    const EffectErrors errors = effect_errors({}, *estimate_request(table, {.formula = formula}).fit);
    EXPECT_TRUE(errors.std_error.empty());
    return errors.reason;
  };
  EXPECT_EQ(reason("Sales ~ Price"), "there are no effects");
  EXPECT_EQ(reason("Sales ~ Price | State[NDI]"), "an effect has slopes");
  // Half is a sum of states and parity one of years: their levels move against those of the others.
  EXPECT_EQ(reason("Sales ~ Price | State + Year + half"), "the levels of the effects cannot be told apart");
  EXPECT_EQ(reason("Sales ~ Price | State + Year + parity"),
            "the levels of the effects cannot be told apart");
}

TEST(FittedMeans, HaveTheErrorsOfPredictOfLm) {
  int compared = 0;
  for (const std::string model : {"none", "plain", "weighted"}) {
    const Estimation estimation = estimate_part(model);
    const Fit& fit = *estimation.fit;
    const Vector h = leverages({}, fit).values;
    const Vector fitted = fitted_values({}, fit).fitted;
    Index i = 0;
    for (const ReferenceRow& row : reference_rows("leverage_cigar/fitted.csv")) {
      if (row.at("model") != model) continue;
      const double w = fit.weights.size() > 0 ? fit.weights(i) : 1.0;
      expect_reference(fitted(i), row.at("fit"), agreement, row.at("state") + " " + row.at("year"));
      expect_reference(estimation.goodness.sigma * std::sqrt(h(i) / w), row.at("se"), agreement,
                       row.at("state") + " " + row.at("year"));
      ++i, ++compared;
    }
    EXPECT_EQ(i, fit.residuals.size());
  }
  EXPECT_EQ(compared, 330);
}

}  // namespace
}  // namespace panelist
