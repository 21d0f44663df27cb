// SPDX-License-Identifier: Apache-2.0
#include "cli/print/diagnosis_text.h"

#include <fmt/format.h>

#include <algorithm>
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

bool in_chinese(const std::string& lang) { return lang == "zh"; }

std::string matches_text(const Diagnosis& diagnosis, bool reproduces, const std::string& lang) {
  AlignedText lines("  ", "lrrr");
  if (in_chinese(lang))
    lines.add({"", "权重", "信息熵", "得分"});
  else
    lines.add({"", "weights", "entropies", "scores"});
  bool any = false;
  for (const ConventionMatch& match : diagnosis.matches) {
    if (match.reproduces != reproduces) continue;
    any = true;
    lines.add({match.what, difference(match.weights), difference(match.entropies), difference(match.scores)});
  }
  return any ? lines.text() : "";
}

bool reproduced_by(const Diagnosis& diagnosis, const std::string& part) {
  return std::any_of(diagnosis.matches.begin(), diagnosis.matches.end(), [&](const ConventionMatch& match) {
    return match.reproduces && match.what.find(part) != std::string::npos;
  });
}

// Of what the logarithm was taken, as far as the values tell.
std::string above_one(const Diagnosis& diagnosis, const std::string& lang) {
  const bool times = reproduced_by(diagnosis, "k = 1/ln T"), units = reproduced_by(diagnosis, "k = 1/ln n");
  if (in_chinese(lang))
    return fmt::format(
        "\n信息熵大于 1：对全部观测求和，却只除以{}的对数。此时 1 − e 为负，权重的次序颠倒：\n"
        "离散程度最小的指标权重最大。\n",
        times == units ? "时期数（或个体数）" : (times ? "时期数" : "个体数"));
  return fmt::format(
      "\nEntropies above one: sums over all rows were divided by the logarithm of the number of {} alone. "
      "Then 1 - e is negative\nand the order of the weights is reversed: the least dispersed indicator has "
      "the most weight.\n",
      times == units ? "times or units" : (times ? "times" : "units"));
}

}  // namespace

std::string diagnosis_text(const Diagnosis& diagnosis, const std::string& lang) {
  const bool zh = in_chinese(lang);
  const std::string fitting = matches_text(diagnosis, true, lang),
                    nearest = matches_text(diagnosis, false, lang);
  std::string text;
  if (fitting.empty())
    text =
        zh ? fmt::format("所试的 {} 种做法均不能再现公布值。\n", diagnosis.tried)
           : fmt::format("None of {} conventions tried reproduces the published values.\n", diagnosis.tried);
  else
    text = (zh ? "以下做法可再现全部公布数位（最大差异）：\n"
               : "Reproduced to the printed digits by (largest differences):\n") +
           fitting;
  if (diagnosis.entropy_above_one) text += above_one(diagnosis, lang);
  if (!nearest.empty())
    text += (zh ? "\n不能再现、但最接近的：\n" : "\nThe nearest that do not:\n") + nearest;
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
