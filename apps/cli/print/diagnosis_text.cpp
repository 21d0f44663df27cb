// SPDX-License-Identifier: Apache-2.0
#include "cli/print/diagnosis_text.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/aligned_text.h"
#include "cli/print/fit_text.h"

namespace panelist::cli {
namespace {

nlohmann::ordered_json number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json();
}

std::string difference(double value) { return std::isfinite(value) ? number_text(value) : ""; }

std::string matches_text(const Diagnosis& diagnosis, bool reproduces) {
  AlignedText lines("  ", "lrrr");
  lines.add({"", "weights", "entropies", "scores"});
  bool any = false;
  for (const ConventionMatch& match : diagnosis.matches) {
    if (match.reproduces != reproduces) continue;
    any = true;
    lines.add({match.what, difference(match.weights), difference(match.entropies), difference(match.scores)});
  }
  return any ? lines.text() : "";
}

constexpr const char* above_one =
    "\nEntropies above one: sums over all rows were divided by the logarithm of the number of times alone. "
    "Then 1 - e is "
    "negative\nand the order of the weights is reversed: the least dispersed indicator has the most "
    "weight.\n";

}  // namespace

std::string diagnosis_text(const Diagnosis& diagnosis) {
  const std::string fitting = matches_text(diagnosis, true), nearest = matches_text(diagnosis, false);
  std::string text =
      fitting.empty()
          ? fmt::format("None of {} conventions tried reproduces the published values.\n", diagnosis.tried)
          : fmt::format("Reproduced to the printed digits by (largest differences):\n{}", fitting);
  if (diagnosis.entropy_above_one) text += above_one;
  if (!nearest.empty()) text += "\nThe nearest that do not:\n" + nearest;
  return text;
}

nlohmann::ordered_json diagnosis_json(const Diagnosis& diagnosis) {
  nlohmann::ordered_json json = {{"tried", diagnosis.tried},
                                 {"entropy_above_one", diagnosis.entropy_above_one},
                                 {"matches", nlohmann::ordered_json::array()}};
  for (const ConventionMatch& match : diagnosis.matches)
    json["matches"].push_back({{"conventions", match.what},
                               {"reproduces", match.reproduces},
                               {"weights", number(match.weights)},
                               {"entropies", number(match.entropies)},
                               {"scores", number(match.scores)}});
  return json;
}

}  // namespace panelist::cli
