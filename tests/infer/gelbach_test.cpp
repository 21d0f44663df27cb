// SPDX-License-Identifier: Apache-2.0
// What channels explain of a coefficient: the part of channel k is (x_k on x1) times its coefficient in the full model.
#include "reference.h"

namespace panelist {
namespace {

double coefficient(const Table& table, const std::string& formula, const std::string& term) {
  return coefficient_of(estimate_request(table, {.formula = formula, .vcov = "iid"}), term).estimate;
}

TEST(Gelbach, PartsOfChannelsAreThoseOfB1x2) {
  const Table table = read_table(reference_path("gelbach_b1x2/gelbach.csv"));
  const std::string full = "y ~ x1 + x21 + x22 + x23";
  std::map<std::string, double> parts = {{"g1", 0}, {"g2", 0}};
  for (const std::string channel : {"x21", "x22", "x23"}) {
    parts[channel == "x23" ? "g2" : "g1"] +=
        coefficient(table, channel + " ~ x1", "x1") * coefficient(table, full, channel);
  }
  parts["total"] = coefficient(table, "y ~ x1", "x1") - coefficient(table, full, "x1");
  int compared = 0;
  for (ReferenceRow& row : reference_rows("gelbach_b1x2/expected.csv")) {
    expect_reference(parts.at(row["term"]), row["coef"], 0, row["vce"] + " " + row["term"]);
    ++compared;
  }
  EXPECT_EQ(compared, 6);
  EXPECT_NEAR(parts["g1"] + parts["g2"], parts["total"], 1e-12 * parts["total"]);
}

}  // namespace
}  // namespace panelist
