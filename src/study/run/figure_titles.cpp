// SPDX-License-Identifier: Apache-2.0
// Titles written from what a figure shows, in English and Chinese.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "study/run/figure_sources.h"

namespace panelist::study {

namespace {

// {0} what is shown, {1} the groups or units, {2} the time.
struct Words {
  const char* shows;
  const char *en, *zh;        // alone
  const char *en_by, *zh_by;  // by groups
};
constexpr Words catalog[] = {
    {"trend", "Trend of {0}", "{0}的变化趋势", "Trend of {0} by {1}", "{0}的变化趋势（按{1}）"},
    {"coefficients", "Coefficients of {0}", "{0}的系数估计", "Coefficients of {0} ({1})",
     "{0}的系数估计（{1}）"},
    {"binned_scatter", "Binned scatter of {0}", "{0}的分箱散点图", "Binned scatter of {0} by {1}",
     "{0}的分箱散点图（按{1}）"},
    {"density", "Kernel density of {0}", "{0}的核密度", "Kernel density of {0} by {1}",
     "{0}的核密度（按{1}）"},
    {"ridge", "Kernel density of {0}", "{0}的核密度", "Kernel density of {0} by {1}", "{0}的核密度（按{1}）"},
    {"heat_map", "{0}", "{0}", "{0} by {1}", "{0}（按{1}）"},
    {"weights", "Indicator weights of {0}", "{0}的指标权重", "Indicator weights of {0} by {1}",
     "{0}的指标权重（按{1}）"},
    {"rank_flow", "Ranks by {0}", "{0}的排名变化", "Ranks by {0}: {1}", "{0}的排名变化（{1}）"},
    {"index_sensitivity", "{0}", "{0}", "{0}", "{0}"},
    {"contributions", "Contributions to {0}", "{0}的构成", "Contributions to {0}, {1}", "{0}的构成（{1}）"},
    {"rank_intervals", "Ranks by {0}", "{0}的排名区间", "Ranks by {0}, {1}", "{0}的排名区间（{1}）"},
    {"sobol", "What moves the ranks of {0}", "{0}排名不确定性的来源", "What moves the ranks of {0}, {1}",
     "{0}排名不确定性的来源（{1}）"},
    {"map", "Map of {0}", "{0}的空间分布", "Map of {0}, {1}", "{0}的空间分布（{1}）"},
    {"panel_map", "Observations of {0}", "{0}的观测情况", "Observations of {0} by {1}",
     "{0}的观测情况（按{1}）"},
    {"missing_map", "Missing values of {0}", "{0}的缺失情况", "Missing values of {0} by {1}",
     "{0}的缺失情况（按{1}）"},
};

struct KindWords {
  const char *kind, *en, *zh;
};
constexpr KindWords kinds[] = {
    {"coefficients", "Coefficients", "系数估计"},
    {"event_study", "Event study", "事件研究"},
    {"marginal_effects", "Marginal effects", "边际效应"},
    {"threshold", "Likelihood ratio of the threshold", "门槛值的似然比"},
    {"spec_curve", "Specification curve", "设定曲线"},
    {"binned_scatter", "Binned scatter", "分箱散点图"},
    {"trend", "Trend", "变化趋势"},
    {"density", "Kernel density", "核密度"},
    {"ridge", "Kernel density", "核密度"},
    {"heat_map", "Heat map", "热力图"},
    {"bars", "Bars", "条形图"},
    {"grouped_bars", "Bars", "条形图"},
    {"rank_intervals", "Ranges of ranks", "排名区间"},
    {"rank_flow", "Ranks over time", "排名变化"},
    {"map", "Map", "地图"},
    {"panel_map", "Observations", "观测情况"},
    {"missing_map", "Missing values", "缺失情况"},
};

bool is_chinese(char32_t letter) { return letter >= 0x2E80; }
bool is_latin(char32_t letter) {
  return (letter >= U'0' && letter <= U'9') || (letter >= U'A' && letter <= U'Z') ||
         (letter >= U'a' && letter <= U'z');
}

// A space where Chinese letters and Latin ones meet.
std::string spaced(const std::string& text) {
  std::string out;
  char32_t before = U' ';
  const auto mark = [](char32_t letter) {
    return (letter >= 0x3000 && letter <= 0x303F) || letter >= 0xFF00;
  };
  for (const char32_t letter : to_code_points(text)) {
    if ((is_latin(before) && is_chinese(letter) && !mark(letter)) ||
        (is_chinese(before) && !mark(before) && is_latin(letter)))
      out += " ";
    out += from_code_point(letter);
    before = letter;
  }
  return out;
}

}  // namespace

std::string listed(const Workspace& work, const std::vector<std::string>& names) {
  constexpr std::size_t most = 4;
  const bool zh = in_chinese(work);
  if (names.size() > most)
    return fmt::format(fmt::runtime(zh ? "{}等{}项" : "{} and {} others"), names[0],
                       zh ? names.size() : names.size() - 1);
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool last = i + 1 == names.size();
    out += (i == 0 ? "" : zh ? (last ? "和" : "、") : last ? " and " : ", ") + names[i];
  }
  return out;
}

std::string title_of(const Source& source, const std::string& what, const std::string& by) {
  const bool zh = in_chinese(source.work);
  for (const Words& words : catalog) {
    if (source.entry.shows != words.shows) continue;
    const char* pattern = by.empty() ? (zh ? words.zh : words.en) : (zh ? words.zh_by : words.en_by);
    const std::string title = fmt::format(fmt::runtime(pattern), what, by);
    return zh ? spaced(title) : title;
  }
  return what;
}

std::string title_of_kind(const Source& source, const std::string& kind) {
  const bool zh = in_chinese(source.work);
  const std::string& told = source.entry.y_label.empty() ? source.entry.x_label : source.entry.y_label;
  for (const KindWords& words : kinds)
    if (kind == words.kind) {
      const std::string name = zh ? words.zh : words.en;
      return told.empty() ? name : name + (zh ? "：" : ": ") + told;
    }
  return told;
}

}  // namespace panelist::study
