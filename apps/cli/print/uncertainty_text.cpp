// SPDX-License-Identifier: Apache-2.0
#include "cli/print/uncertainty_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/print/fit_text.h"

namespace panelist::cli {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }

std::string time_name(const Panel& panel, std::int64_t time) {
  const auto found = std::lower_bound(panel.times.begin(), panel.times.end(), time);
  return panel.time_names[static_cast<std::size_t>(found - panel.times.begin())];
}

std::string left_out_text(const Uncertainty& uncertainty) {
  AlignedText lines("  ", "lrrrr");
  lines.add({"", "rank correlation", "largest change", "mean rank change", "largest"});
  for (const LeftOut& left : uncertainty.left_out)
    lines.add({left.code, number_text(left.rank_correlation), number_text(left.largest_change),
               fixed(left.mean_rank_change, 2), fmt::format("{}", left.largest_rank_change)});
  return "\nWithout one indicator\n" + lines.text();
}

std::string factors_text(const Uncertainty& uncertainty) {
  AlignedText lines("  ", "lrlrl");
  lines.add({"", "first order", "", "total", ""});
  const auto range = [](double low, double high) {
    return fmt::format("[{}, {}]", fixed(low, 3), fixed(high, 3));
  };
  for (const SobolFactor& factor : uncertainty.factors)
    lines.add({factor.name, fixed(factor.first, 3), range(factor.first_low, factor.first_high),
               fixed(factor.total, 3), range(factor.total_low, factor.total_high)});
  return fmt::format(
      "\nWhat moves the ranks: Sobol indices of the mean change of rank ({} on average, {} runs), 95% "
      "intervals\n{}",
      fixed(uncertainty.mean_rank_change, 2), uncertainty.runs, lines.text());
}

// Units of the last time, best first.
std::string ranks_text(const Uncertainty& uncertainty, const IndexResult& index, const Panel& panel) {
  if (panel.time.empty() || panel.unit.empty() || index.rows.empty()) return "";
  std::int64_t last = panel.time[index.rows.front()];
  for (const std::size_t row : index.rows) last = std::max(last, panel.time[row]);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < index.rows.size(); ++i)
    if (panel.time[index.rows[i]] == last) order.push_back(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return index.rank[a] < index.rank[b]; });
  AlignedText lines("  ", "rlrl");
  lines.add({"rank", "", "median", "90%"});
  for (const std::size_t i : order) {
    const RankInterval& rank = uncertainty.ranks[i];
    lines.add({fmt::format("{}", rank.rank),
               panel.unit_names[static_cast<std::size_t>(panel.unit[index.rows[i]])],
               fmt::format("{:g}", rank.median), fmt::format("[{:g}, {:g}]", rank.low, rank.high)});
  }
  return fmt::format("\nRanks in {} over {} draws\n{}", time_name(panel, last), uncertainty.draws,
                     lines.text());
}

Json factor_json(const SobolFactor& factor) {
  return {{"factor", factor.name},
          {"first", number(factor.first)},
          {"first_interval", {number(factor.first_low), number(factor.first_high)}},
          {"total", number(factor.total)},
          {"total_interval", {number(factor.total_low), number(factor.total_high)}}};
}

}  // namespace

std::string uncertainty_text(const Uncertainty& uncertainty, const IndexResult& index, const Panel& panel) {
  return left_out_text(uncertainty) + factors_text(uncertainty) + ranks_text(uncertainty, index, panel);
}

Json uncertainty_json(const Uncertainty& uncertainty, const IndexResult& index, const Panel& panel) {
  Json json = {{"draws", uncertainty.draws},
               {"runs", uncertainty.runs},
               {"mean_rank_change", number(uncertainty.mean_rank_change)},
               {"left_out", Json::array()},
               {"factors", Json::array()},
               {"ranks", Json::array()}};
  for (const LeftOut& left : uncertainty.left_out)
    json["left_out"].push_back({{"code", left.code},
                                {"rank_correlation", number(left.rank_correlation)},
                                {"largest_change", number(left.largest_change)},
                                {"mean_rank_change", number(left.mean_rank_change)},
                                {"largest_rank_change", left.largest_rank_change}});
  for (const SobolFactor& factor : uncertainty.factors) json["factors"].push_back(factor_json(factor));
  for (std::size_t i = 0; i < uncertainty.ranks.size(); ++i) {
    const RankInterval& rank = uncertainty.ranks[i];
    const std::size_t row = index.rows[i];
    json["ranks"].push_back(
        {{"unit", panel.unit.empty() ? "" : panel.unit_names[static_cast<std::size_t>(panel.unit[row])]},
         {"time", panel.time.empty() ? "" : time_name(panel, panel.time[row])},
         {"rank", rank.rank},
         {"low", rank.low},
         {"median", rank.median},
         {"high", rank.high}});
  }
  return json;
}

}  // namespace panelist::cli
