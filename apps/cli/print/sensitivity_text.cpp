// SPDX-License-Identifier: Apache-2.0
#include "cli/print/sensitivity_text.h"

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/print/fit_text.h"

namespace panelist::cli {
namespace {

// "method equal": the kind in Chinese, the value as the study file writes it.
std::string in_chinese(const std::string& what) {
  static const std::map<std::string, std::string> kinds = {
      {"method", "权重方法"}, {"pool", "学习范围"},    {"zero", "零值规则"},     {"levels", "层次"},
      {"winsor", "缩尾"},     {"normalise", "标准化"}, {"aggregate", "合成方法"}};
  static const std::map<std::string, std::string> others = {
      {"every direction positive", "全部按正向指标"}, {"k = 1/ln T (a mistake)", "k = 1/ln T（错误做法）"}};
  if (const auto found = others.find(what); found != others.end()) return found->second;
  const std::size_t blank = what.find(' ');
  const auto kind = kinds.find(what.substr(0, blank));
  return kind == kinds.end() ? what : kind->second + what.substr(blank);
}

nlohmann::ordered_json number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json();
}

}  // namespace

std::string sensitivity_text(const std::vector<ConventionComparison>& comparisons, const std::string& lang) {
  if (comparisons.empty()) return "";
  const bool zh = lang == "zh";
  AlignedText lines("  ", "lrrrrr");
  lines.add({"", zh ? "相关系数" : "correlation", zh ? "秩相关" : "of ranks",
             zh ? "得分最大变动" : "largest change", zh ? "排名平均变动" : "mean rank change",
             zh ? "最大" : "largest"});
  std::string refused;
  for (const ConventionComparison& c : comparisons) {
    const std::string what = zh ? in_chinese(c.what) : c.what;
    if (c.refused.empty())
      lines.add({what, number_text(c.change.correlation), number_text(c.change.rank_correlation),
                 number_text(c.change.largest_change), fixed(c.change.mean_rank_change, 2),
                 std::to_string(c.change.largest_rank_change)});
    else
      refused += (zh ? "  不适用于本数据：" : "  not for these data: ") + what + " (" + c.refused + ")\n";
  }
  return (zh ? "\n其他做法之下\n" : "\nUnder other conventions\n") + lines.text() + refused;
}

nlohmann::ordered_json sensitivity_json(const std::vector<ConventionComparison>& comparisons) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const ConventionComparison& c : comparisons) {
    if (!c.refused.empty()) {
      json.push_back({{"conventions", c.what}, {"refused", c.refused}});
      continue;
    }
    json.push_back({{"conventions", c.what},
                    {"correlation", number(c.change.correlation)},
                    {"rank_correlation", number(c.change.rank_correlation)},
                    {"largest_change", number(c.change.largest_change)},
                    {"mean_rank_change", number(c.change.mean_rank_change)},
                    {"largest_rank_change", c.change.largest_rank_change}});
  }
  return json;
}

}  // namespace panelist::cli
