// SPDX-License-Identifier: Apache-2.0
#include "cli/print/index_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/print/fit_text.h"
#include "report/build_table.h"
#include "report/writer.h"

namespace panelist::cli {
namespace {

Labels labels_of(const Table& table, const std::string& lang) {
  Labels labels;
  for (const std::string& name : table.names()) {
    const Column& column = table.at(name);
    const std::string& label = lang == "zh" && !column.label_zh.empty() ? column.label_zh : column.label;
    if (!label.empty()) labels[name] = label;
  }
  return labels;
}

std::string time_name(const Panel& panel, std::int64_t time) {
  const auto found = std::lower_bound(panel.times.begin(), panel.times.end(), time);
  return panel.time_names[static_cast<std::size_t>(found - panel.times.begin())];
}

std::int64_t last_time(const IndexResult& index, const Panel& panel) {
  std::int64_t last = panel.time[index.rows.front()];
  for (const std::size_t row : index.rows) last = std::max(last, panel.time[row]);
  return last;
}

// Units of the last time, best first.
std::string ranking(const IndexResult& index, const Panel& panel, const std::string& lang) {
  const std::int64_t last = last_time(index, panel);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < index.rows.size(); ++i)
    if (panel.time[index.rows[i]] == last) order.push_back(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return index.rank[a] < index.rank[b]; });
  AlignedText lines("  ", "rlr");
  for (const std::size_t i : order)
    lines.add({fmt::format("{}", index.rank[i]),
               panel.unit_names[static_cast<std::size_t>(panel.unit[index.rows[i]])],
               fixed(index.score[static_cast<Index>(i)], 4)});
  return fmt::format(fmt::runtime(lang == "zh" ? "\n得分（{}）\n{}" : "\nScores in {}\n{}"),
                     time_name(panel, last), lines.text());
}

std::string row_words(const Panel& panel, std::size_t row) {
  return fmt::format("{} {}", panel.unit_names[static_cast<std::size_t>(panel.unit[row])],
                     time_name(panel, panel.time[row]));
}

}  // namespace

std::string index_text(const IndexResult& index, const Table& table, const Panel& panel,
                       const std::string& lang) {
  TableStyle style;
  style.lang = lang;
  const PublicationTable weights =
      index_table(index, index.name, index.name, 1, style, labels_of(table, lang));
  std::string text = find_table_writer("text")->write(weights);
  return text + (panel.keys.empty() || index.rows.empty() ? "" : ranking(index, panel, lang));
}

std::string stages_text(const IndexResult& index, const Panel& panel) {
  std::string text;
  for (const IndexStage& stage : index.stages) {
    AlignedText lines("  ", "l" + std::string(index.indicators.size(), 'r'));
    std::vector<std::string> head = {""};
    for (const IndicatorResult& result : index.indicators) head.push_back(result.indicator.code);
    lines.add(head);
    for (std::size_t i = 0; i < index.rows.size(); ++i) {
      std::vector<std::string> cells = {row_words(panel, index.rows[i])};
      for (Index j = 0; j < stage.values.cols(); ++j)
        cells.push_back(number_text(stage.values(static_cast<Index>(i), j)));
      lines.add(std::move(cells));
    }
    text += fmt::format("\nStage: {}\n{}", stage.name, lines.text());
  }
  return text;
}

}  // namespace panelist::cli
