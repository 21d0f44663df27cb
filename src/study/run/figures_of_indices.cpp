// SPDX-License-Identifier: Apache-2.0
// Figures of indices: the curve of a coefficient under their conventions, contributions, ranks and what moves them.
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "index/sensitivity.h"
#include "study/run/figure_sources.h"
#include "study/run/index_sensitivity.h"
#include "study/run/result_numbers.h"

namespace panelist::study {

namespace {

const char* said(const Source& source, const char* en, const char* zh) {
  return in_chinese(source.work) ? zh : en;
}

struct Curve {
  std::vector<std::string> choices;
  std::vector<double> estimate, low, high, main;
  void add(const nlohmann::ordered_json& runs, const std::string& lang) {
    for (const auto& run : runs) {
      choices.push_back(choices_in_words(run.at("choices").get<std::string>(), lang));
      estimate.push_back(number_at(run, "estimate"));
      low.push_back(number_at(run, "conf_low"));
      high.push_back(number_at(run, "conf_high"));
      main.push_back(run.at("own").get<bool>() ? 1 : 0);
    }
  }
};

const IndexResult& index_of(const Source& source) {
  const std::string& name = source.entry.names.at(0).text;
  const auto place = source.work.indices.find(name);
  if (place == source.work.indices.end())
    throw Error("study.unknown_index", "the study has no index `" + name + "`", "name one of [index.NAME]");
  return place->second;
}

// The period asked for, or the last one.
std::int64_t period_of(const Source& source, const IndexResult& index) {
  std::int64_t at = std::numeric_limits<std::int64_t>::min();
  for (const std::size_t row : index.rows) at = std::max(at, source.work.panel.time[row]);
  if (const auto asked = source.entry.numbers.find("at"); asked != source.entry.numbers.end())
    at = static_cast<std::int64_t>(asked->second);
  return at;
}

// Positions of the rows of a period, best first.
std::vector<std::size_t> ranked_rows(const Source& source, const IndexResult& index, std::int64_t at) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < index.rows.size(); ++i)
    if (source.work.panel.time[index.rows[i]] == at) rows.push_back(i);
  if (rows.empty())
    throw Error("figure.no_data", "index `" + index.name + "` has no rows at " + std::to_string(at),
                "choose another period with at = ...");
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::size_t a, std::size_t b) { return index.rank[a] < index.rank[b]; });
  return rows;
}

std::string unit_of(const Source& source, const IndexResult& index, std::size_t i) {
  const Panel& panel = source.work.panel;
  return panel.unit_names[static_cast<std::size_t>(panel.unit[index.rows[i]])];
}

// An index at a period, its rows best first, and a figure of them.
struct Ranking {
  const IndexResult& index;
  std::vector<std::size_t> rows;
  Figure figure;
};

Ranking ranking_at_period(const Source& source, const char* kind) {
  const IndexResult& index = index_of(source);
  const std::int64_t at = period_of(source, index);
  Ranking ranking{index, ranked_rows(source, index, at), figure_of(source, kind, index.name)};
  if (source.entry.title.empty())
    ranking.figure.title = title_of(source, label_of(source.work, index.name), std::to_string(at));
  return ranking;
}

Uncertainty uncertainty_of(const Source& source, const IndexResult& index) {
  if (index.conventions.method == "bod")
    throw Error("figure.no_data", "index `" + index.name + "` has weights by row: its ranks are not drawn",
                "choose an index with common weights");
  return index_uncertainty(source.work.context, index, source.work.table, source.work.panel, {});
}

}  // namespace

std::vector<Figure> sensitivity_curves(const Source& source) {
  const BuiltTable& built = table_shown(source, "index_sensitivity");
  Curve curve;
  curve.add(built.json.at("index_sensitivity").at("conventions"), source.work.study->lang);
  Figure figure = figure_of(source, "spec_curve", source.entry.names.at(0).text);
  if (source.entry.title.empty()) figure.title = built.table.title;
  figure.data.set("estimate", Column::numbers(curve.estimate));
  figure.data.set("low", Column::numbers(curve.low));
  figure.data.set("high", Column::numbers(curve.high));
  figure.data.set("choices", Column::texts(curve.choices));
  figure.data.set("main", Column::numbers(curve.main));
  name_axes(figure, source.entry,
            said(source, "conventions by size of the estimate", "按估计值排列的构建方式"),
            said(source, "estimate", "估计值"));
  return {figure};
}

std::vector<Figure> contribution_bars(const Source& source) {
  Ranking ranking = ranking_at_period(source, "bars");
  const IndexResult& index = ranking.index;
  std::vector<std::string> names, groups;
  std::vector<double> values;
  for (const std::size_t i : ranking.rows)
    for (const NodeResult& node : index.nodes) {
      if (node.level != 1 || !std::isfinite(node.contribution(static_cast<Index>(i)))) continue;
      names.push_back(unit_of(source, index, i));
      groups.push_back(node.code);
      values.push_back(node.contribution(static_cast<Index>(i)));
    }
  if (values.empty())
    throw Error("figure.no_data", "index `" + index.name + "` has no contributions of dimensions",
                "it needs dimensions and arithmetic means throughout");
  ranking.figure.data.set("name", Column::texts(names));
  ranking.figure.data.set("value", Column::numbers(values));
  ranking.figure.data.set("group", Column::texts(groups));
  name_axes(ranking.figure, source.entry, said(source, "contribution to the score", "对得分的贡献"), "");
  return {ranking.figure};
}

std::vector<Figure> rank_interval_figures(const Source& source) {
  Ranking ranking = ranking_at_period(source, "rank_intervals");
  const Uncertainty doubt = uncertainty_of(source, ranking.index);
  std::vector<std::string> names;
  std::vector<double> low, mid, high;
  for (const std::size_t i : ranking.rows) {
    names.push_back(unit_of(source, ranking.index, i));
    low.push_back(doubt.ranks[i].low);
    mid.push_back(doubt.ranks[i].rank);
    high.push_back(doubt.ranks[i].high);
  }
  ranking.figure.data.set("name", Column::texts(names));
  ranking.figure.data.set("low", Column::numbers(low));
  ranking.figure.data.set("mid", Column::numbers(mid));
  ranking.figure.data.set("high", Column::numbers(high));
  name_axes(ranking.figure, source.entry, said(source, "rank and 90% interval", "排名与 90% 区间"), "");
  return {ranking.figure};
}

std::vector<Figure> sobol_figures(const Source& source) {
  const IndexResult& index = index_of(source);
  const Uncertainty doubt = uncertainty_of(source, index);
  std::vector<std::string> terms, groups;
  std::vector<double> estimate, low, high;
  const auto add = [&](const std::string& factor, const char* group, double value, double from, double to) {
    terms.push_back(factor);
    groups.emplace_back(group);
    estimate.push_back(value);
    low.push_back(from);
    high.push_back(to);
  };
  const std::map<std::string, const char*> chinese = {{"weighting", "权重方法"},
                                                      {"normalisation", "标准化方法"},
                                                      {"indicator left out", "剔除指标"},
                                                      {"noise of weights", "权重扰动"}};
  for (const SobolFactor& factor : doubt.factors) {
    const std::string name = in_chinese(source.work) ? chinese.at(factor.name) : factor.name;
    add(name, said(source, "first order", "一阶"), factor.first, factor.first_low, factor.first_high);
    add(name, said(source, "total", "总效应"), factor.total, factor.total_low, factor.total_high);
  }
  Figure figure = figure_of(source, "coefficients", index.name);
  figure.data.set("term", Column::texts(terms));
  figure.data.set("group", Column::texts(groups));
  figure.data.set("estimate", Column::numbers(estimate));
  figure.data.set("low", Column::numbers(low));
  figure.data.set("high", Column::numbers(high));
  if (source.entry.title.empty()) figure.title = title_of(source, label_of(source.work, index.name), "");
  name_axes(
      figure, source.entry,
      said(source, "share of the variance of rank changes, 95% interval", "排名变动方差的份额与 95% 区间"),
      "");
  return {figure};
}

}  // namespace panelist::study
