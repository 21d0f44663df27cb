// SPDX-License-Identifier: Apache-2.0
#include "cli/print/uncertainty_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
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

std::string left_out_text(const Uncertainty& uncertainty, bool zh) {
  AlignedText lines("  ", "lrrrr");
  lines.add({"", zh ? "秩相关" : "rank correlation", zh ? "得分最大变动" : "largest change",
             zh ? "排名平均变动" : "mean rank change", zh ? "最大" : "largest"});
  std::string refused;
  for (const LeftOut& left : uncertainty.left_out)
    if (left.refused.empty())
      lines.add({left.code, number_text(left.change.rank_correlation),
                 number_text(left.change.largest_change), fixed(left.change.mean_rank_change, 2),
                 fmt::format("{}", left.change.largest_rank_change)});
    else
      refused += fmt::format(fmt::runtime(zh ? "  剔除 {} 后无法构建：{}\n" : "  no index without {}: {}\n"),
                             left.code, left.refused);
  return (zh ? "\n逐一剔除指标\n" : "\nWithout one indicator\n") + lines.text() + refused;
}

const std::string& factor_words(const std::string& factor, bool zh) {
  static const std::map<std::string, std::string> chinese = {{"weighting", "权重方法"},
                                                             {"normalisation", "标准化方法"},
                                                             {"indicator left out", "剔除指标"},
                                                             {"noise of weights", "权重扰动"}};
  return zh ? chinese.at(factor) : factor;
}

std::string factors_text(const Uncertainty& uncertainty, bool zh) {
  AlignedText lines("  ", "lrlrl");
  lines.add({"", zh ? "一阶" : "first order", "", zh ? "总效应" : "total", ""});
  const auto range = [](double low, double high) {
    return fmt::format("[{}, {}]", fixed(low, 3), fixed(high, 3));
  };
  for (const SobolFactor& factor : uncertainty.factors)
    lines.add({factor_words(factor.name, zh), fixed(factor.first, 3),
               range(factor.first_low, factor.first_high), fixed(factor.total, 3),
               range(factor.total_low, factor.total_high)});
  std::string refused;
  for (const std::string& why : uncertainty.not_drawn)
    refused += (zh ? "  未抽取：" : "  not drawn: ") + why + "\n";
  return fmt::format(
      fmt::runtime(zh ? "\n排名由什么决定：排名平均变动的 Sobol 指数（平均 {}，{} 次计算），95% 区间\n{}{}"
                      : "\nWhat moves the ranks: Sobol indices of the mean change of rank ({} on average, {} "
                        "runs), 95% intervals\n{}{}"),
      fixed(uncertainty.mean_rank_change, 2), uncertainty.runs, lines.text(), refused);
}

// Units of the last time, best first.
std::string ranks_text(const Uncertainty& uncertainty, const IndexResult& index, const Panel& panel,
                       bool zh) {
  if (panel.time.empty() || panel.unit.empty() || index.rows.empty()) return "";
  std::int64_t last = panel.time[index.rows.front()];
  for (const std::size_t row : index.rows) last = std::max(last, panel.time[row]);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < index.rows.size(); ++i)
    if (panel.time[index.rows[i]] == last) order.push_back(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return index.rank[a] < index.rank[b]; });
  AlignedText lines("  ", "rlrl");
  lines.add({zh ? "排名" : "rank", "", zh ? "中位数" : "median", "90%"});
  for (const std::size_t i : order) {
    const RankInterval& rank = uncertainty.ranks[i];
    lines.add({fmt::format("{}", rank.rank),
               panel.unit_names[static_cast<std::size_t>(panel.unit[index.rows[i]])],
               fmt::format("{:g}", rank.median), fmt::format("[{:g}, {:g}]", rank.low, rank.high)});
  }
  return fmt::format(fmt::runtime(zh ? "\n{} 年排名，{} 次抽取\n{}" : "\nRanks in {} over {} draws\n{}"),
                     time_name(panel, last), uncertainty.draws, lines.text());
}

Json left_out_json(const LeftOut& left) {
  if (!left.refused.empty()) return {{"code", left.code}, {"refused", left.refused}};
  return {{"code", left.code},
          {"correlation", number(left.change.correlation)},
          {"rank_correlation", number(left.change.rank_correlation)},
          {"largest_change", number(left.change.largest_change)},
          {"mean_rank_change", number(left.change.mean_rank_change)},
          {"largest_rank_change", left.change.largest_rank_change}};
}

Json factor_json(const SobolFactor& factor) {
  return {{"factor", factor.name},
          {"first", number(factor.first)},
          {"first_interval", {number(factor.first_low), number(factor.first_high)}},
          {"total", number(factor.total)},
          {"total_interval", {number(factor.total_low), number(factor.total_high)}}};
}

}  // namespace

std::string uncertainty_text(const Uncertainty& uncertainty, const IndexResult& index, const Panel& panel,
                             const std::string& lang) {
  const bool zh = lang == "zh";
  return left_out_text(uncertainty, zh) + factors_text(uncertainty, zh) +
         ranks_text(uncertainty, index, panel, zh);
}

Json uncertainty_json(const Uncertainty& uncertainty, const IndexResult& index, const Panel& panel) {
  Json json = {{"draws", uncertainty.draws},
               {"runs", uncertainty.runs},
               {"mean_rank_change", number(uncertainty.mean_rank_change)},
               {"left_out", Json::array()},
               {"factors", Json::array()},
               {"ranks", Json::array()}};
  for (const LeftOut& left : uncertainty.left_out) json["left_out"].push_back(left_out_json(left));
  json["not_drawn"] = uncertainty.not_drawn;
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
