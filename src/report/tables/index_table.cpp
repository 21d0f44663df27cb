// SPDX-License-Identifier: Apache-2.0
// The indicator system with its weights, in the form papers print it.
#include "base/text.h"
#include "index/weighting.h"
#include "report/tables/labels.h"
#include "report/tables/table_start.h"
#include "report/tables/words.h"

namespace panelist {

namespace {

// The indicators in the order of the table: those of one node stand together, nodes by their first indicator.
class TableLines {
 public:
  explicit TableLines(const IndexResult& index) : index_(index) {
    std::vector<std::size_t> all;
    for (std::size_t j = 0; j < index.indicators.size(); ++j) all.push_back(j);
    add(all, 0);
  }
  [[nodiscard]] const IndexResult& index() const { return index_; }
  [[nodiscard]] std::size_t size() const { return order_.size(); }
  [[nodiscard]] std::size_t place(std::size_t row) const { return order_[row]; }  // in the index
  [[nodiscard]] const IndicatorResult& result(std::size_t row) const {
    return index_.indicators[order_[row]];
  }
  [[nodiscard]] const Indicator& at(std::size_t row) const { return result(row).indicator; }

 private:
  void add(const std::vector<std::size_t>& members, std::size_t level) {
    std::vector<std::string> names;
    std::vector<std::vector<std::size_t>> groups;
    for (const std::size_t j : members) {
      const std::vector<std::string> path = path_above(index_.indicators[j].indicator);
      if (path.size() <= level) {
        // An indicator that stands directly here is a group of its own.
        names.emplace_back();
        groups.push_back({j});
        continue;
      }
      const auto found = std::find(names.begin(), names.end(), path[level]);
      if (found != names.end()) {
        groups[static_cast<std::size_t>(found - names.begin())].push_back(j);
        continue;
      }
      names.push_back(path[level]);
      groups.push_back({j});
    }
    for (std::size_t g = 0; g < groups.size(); ++g)
      if (names[g].empty())
        order_.push_back(groups[g].front());
      else
        add(groups[g], level + 1);
  }

  const IndexResult& index_;
  std::vector<std::size_t> order_;
};

// A column of the table; columns without any content are left out.
struct IndexColumn {
  std::string_view head;
  Cell (*cell)(const TableLines&, std::size_t row, const std::string& lang, const Labels&);
};

bool starts_dimension(const TableLines& lines, std::size_t row) {
  return row == 0 || lines.at(row - 1).dimension != lines.at(row).dimension;
}

bool starts_sub(const TableLines& lines, std::size_t row) {
  return starts_dimension(lines, row) || lines.at(row - 1).sub != lines.at(row).sub;
}

bool starts_node(const TableLines& lines, std::size_t row) {
  return row == 0 || path_above(lines.at(row - 1)) != path_above(lines.at(row));
}

// Levels below the second: "Health / Children".
std::string deeper_name(const Indicator& indicator, const Labels& labels) {
  std::vector<std::string> names;
  for (const std::string& name : indicator.deeper) names.push_back(term_label(name, labels));
  return join(names, " / ");
}

Cell left_text(const std::string& text) { return Cell::of_text(text, 1, Alignment::left); }

Cell dimension_weight(const TableLines& lines, std::size_t row) {
  if (!starts_dimension(lines, row)) return {};
  const std::vector<NodeResult>& nodes = lines.index().nodes;
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (nodes[i].level == 1 && nodes[i].code == lines.at(row).dimension)
      return Cell::of_number(CellKind::number, nodes[i].weight, -1,
                             fmt::format("/index/nodes/{}/effective_weight", i));
  return {};
}

Cell indicator_number(double value, const TableLines& lines, std::size_t row, std::string_view field) {
  return Cell::of_number(CellKind::number, value, -1,
                         fmt::format("/index/indicators/{}/{}", lines.place(row), field));
}

std::string indicator_name(const Indicator& indicator, const Labels& labels) {
  if (const auto own = labels.find(indicator.code); own != labels.end()) return own->second;
  return indicator.label.empty() ? indicator.code : indicator.label;
}

std::string direction_words(const Indicator& indicator, const std::string& lang) {
  const std::string key = std::string("direction") + indicator.direction;
  if (indicator.direction == '~')
    return format_words(key, lang, shortest(indicator.low), shortest(indicator.high));
  return indicator.direction == '=' ? format_words(key, lang, shortest(indicator.target))
                                    : std::string(word(key, lang));
}

const std::vector<IndexColumn>& index_columns_of_table() {
  using R = const TableLines&;
  using S = const std::string&;
  static const std::vector<IndexColumn> columns = {
      {"dimension",
       [](R lines, std::size_t row, S, const Labels& labels) {
         const std::string& name = lines.at(row).dimension;
         return starts_dimension(lines, row) ? left_text(term_label(name, labels)) : Cell{};
       }},
      {"dimension_weight",
       [](R lines, std::size_t row, S, const Labels&) { return dimension_weight(lines, row); }},
      {"sub",
       [](R lines, std::size_t row, S, const Labels& labels) {
         const std::string& name = lines.at(row).sub;
         return starts_sub(lines, row) ? left_text(term_label(name, labels)) : Cell{};
       }},
      {"deeper",
       [](R lines, std::size_t row, S, const Labels& labels) {
         return starts_node(lines, row) ? left_text(deeper_name(lines.at(row), labels)) : Cell{};
       }},
      {"indicator", [](R lines, std::size_t row, S,
                       const Labels& labels) { return left_text(indicator_name(lines.at(row), labels)); }},
      {"unit", [](R lines, std::size_t row, S,
                  const Labels&) { return Cell::of_text(lines.at(row).unit, 1, Alignment::center); }},
      {"direction",
       [](R lines, std::size_t row, S lang, const Labels&) {
         return Cell::of_text(direction_words(lines.at(row), lang), 1, Alignment::center);
       }},
      {"entropy",
       [](R lines, std::size_t row, S, const Labels&) {
         return indicator_number(lines.result(row).entropy, lines, row, "entropy");
       }},
      {"redundancy",
       [](R lines, std::size_t row, S, const Labels&) {
         return indicator_number(lines.result(row).redundancy, lines, row, "redundancy");
       }},
      {"weight",
       [](R lines, std::size_t row, S, const Labels&) {
         return indicator_number(lines.result(row).weight, lines, row, "weight");
       }},
  };
  return columns;
}

bool has_content(const Cell& cell) {
  return cell.kind == CellKind::text || (cell.kind != CellKind::empty && !std::isnan(cell.value));
}

// "1/ln N, N = 210 (all rows)" or "1/ln N, N the units of the year": what N counts has its own words.
std::string k_words(const std::string& text, const std::string& lang) {
  const std::size_t open = text.rfind('('), comma = text.rfind(", ");
  if (lang != "zh" || comma == std::string::npos) return text;
  if (open == std::string::npos)
    return text.substr(0, comma) + "，" + convention_words("rows_of", text.substr(comma + 2), lang);
  const std::string inner = text.substr(open + 1, text.size() - open - 2);
  return std::string(trim(text.substr(0, open))) + "（" + convention_words("rows_of", inner, lang) + "）";
}

// Where no indicator varies all have equal weights.
std::vector<std::string> constant_of_weight_zero(const IndexResult& index) {
  std::vector<std::string> constant;
  for (const IndicatorResult& indicator : index.indicators)
    if (indicator.constant && indicator.weight == 0) constant.push_back(indicator.indicator.code);
  return constant;
}

bool uses_zero_rule(const std::string& method) {
  return std::any_of(weightings().begin(), weightings().end(), [&](const Weighting& weighting) {
    return weighting.name == method && weighting.zero_rule;
  });
}

std::string method_part(const IndexConventions& used, const std::string& lang) {
  const std::string method =
      format_words("index_method", lang, convention_words("method", used.method, lang));
  if (used.method != "combined") return method;
  std::vector<std::string> methods;
  for (const std::string& each : used.combine) methods.push_back(convention_words("method", each, lang));
  return method + (lang == "zh" ? "" : " ") +
         format_words("index_combined", lang, enumerate(methods, lang),
                      convention_words("combine_by", used.combine_by, lang));
}

std::string pool_part(const IndexConventions& used, const std::string& lang) {
  const bool base = used.pool.rfind("base:", 0) == 0;
  return format_words("index_pool", lang,
                      base ? format_words("pool_base", lang, used.pool.substr(5))
                           : convention_words("pool", used.pool, lang));
}

// Means by level, lowest first: "arithmetic, geometric".
std::string aggregate_part(const IndexConventions& used, const std::string& lang) {
  std::vector<std::string> names;
  for (const std::string& name : used.aggregate) names.push_back(convention_words("aggregate", name, lang));
  return format_words("index_aggregate", lang, join(names, word("comma", lang)));
}

// What was done and nothing else: principal components have conventions of their own, zeros matter to logarithms.
std::string conventions_note(const IndexResult& index, const std::string& lang, const Labels& labels) {
  const IndexConventions& used = index.conventions;
  std::vector<std::string> parts = {method_part(used, lang)};
  if (index.components) {
    parts.emplace_back(word("index_z_scores", lang));
  } else {
    parts.push_back(
        format_words("index_normalise", lang, convention_words("normalise", used.normalise, lang)));
    if (uses_zero_rule(used.method))
      parts.push_back(format_words("index_zero", lang, convention_words("zero", used.zero, lang)));
    parts.push_back(pool_part(used, lang));
    parts.push_back(format_words("index_levels", lang, convention_words("levels", used.levels, lang)));
    if (used.aggregate != IndexConventions{}.aggregate) parts.push_back(aggregate_part(used, lang));
  }
  if (used.outliers != "none")
    parts.push_back(format_words("index_outliers", lang, convention_words("outliers", used.outliers, lang)));
  parts.push_back(format_words("index_rows", lang, index.rows.size()));
  return format_words("index_note", lang, term_label(index.name, labels),
                      join(parts, word("index_separator", lang)));
}

// "14 cells of x1 and x2" would not say how many of each: "x1 2, x2 12".
std::string imputed_cells_words(const IndexResult& index, const std::string& lang, const Labels& labels) {
  std::vector<std::string> parts;
  for (const ImputedCells& filled : index.diagnostics.imputed)
    for (const IndicatorResult& result : index.indicators)
      if (result.indicator.code == filled.code)
        parts.push_back(fmt::format("{} {}", indicator_name(result.indicator, labels), filled.cells));
  return join(parts, word("comma", lang));
}

bool uses_goalposts(const IndexConventions& used) {
  return used.method != "pca" &&
         (used.normalise == "minmax" || used.normalise == "target" || used.normalise == "max");
}

// "life 20 to 85"; an end that is observed stays out.
std::string goalposts_words(const IndexResult& index, const std::string& lang, const Labels& labels) {
  std::vector<std::string> parts;
  for (const IndicatorResult& result : index.indicators) {
    const Indicator& indicator = result.indicator;
    if (indicator.direction != '+' && indicator.direction != '-') continue;  // a distance has no goalposts
    const std::string name = indicator_name(indicator, labels);
    if (indicator.min && indicator.max)
      parts.push_back(format_words("index_goalpost_both", lang, name, shortest(*indicator.min),
                                   shortest(*indicator.max)));
    else if (indicator.min)
      parts.push_back(format_words("index_goalpost_min", lang, name, shortest(*indicator.min)));
    else if (indicator.max)
      parts.push_back(format_words("index_goalpost_max", lang, name, shortest(*indicator.max)));
  }
  return join(parts, word("comma", lang));
}

std::vector<std::string> index_notes(const IndexResult& index, const std::string& lang,
                                     const Labels& labels) {
  const IndexConventions& used = index.conventions;
  std::vector<std::string> notes = {conventions_note(index, lang, labels)};
  if (!index.k_text.empty() && used.method == "entropy")
    notes.push_back(format_words("index_k", lang, k_words(index.k_text, lang)));
  if (used.method == "entropy" && used.zero != "limit") notes.emplace_back(word("index_unshifted", lang));
  if (used.winsor > 0) notes.push_back(format_words("index_winsor", lang, shortest(100 * used.winsor)));
  if (used.screen > 0) notes.push_back(format_words("index_screen", lang, shortest(100 * used.screen)));
  if (used.impute != "refuse" && !index.diagnostics.imputed.empty())
    notes.push_back(format_words("index_impute", lang, convention_words("impute", used.impute, lang),
                                 imputed_cells_words(index, lang, labels)));
  if (const std::string posts = goalposts_words(index, lang, labels); uses_goalposts(used) && !posts.empty())
    notes.push_back(format_words("index_goalposts", lang, posts));
  if (!index.weights_by_pool.empty())
    notes.push_back(format_words("index_by_pool", lang, convention_words("pool", used.pool, lang)));
  if (const std::vector<std::string> constant = constant_of_weight_zero(index); !constant.empty())
    notes.push_back(format_words("index_constant", lang, enumerate(constant, lang)));
  if (index.components)
    notes.push_back(format_words("index_components", lang, index.components->kept,
                                 fixed(100 * index.components->explained, 1)));
  for (const auto& [code, message] : index.warnings) {
    const std::string remark = warning_words(code, message, lang);
    const std::string text = lang == "zh" ? remark : capitalised(remark);
    if (!text.empty()) notes.push_back(text + std::string(word("sentence_end", lang)));
  }
  return notes;
}

}  // namespace

PublicationTable index_table(const IndexResult& index, const std::string& id, const std::string& title,
                             int number, const TableStyle& style, const Labels& labels) {
  PublicationTable table = start_table(id, title, number, style);
  std::vector<std::string> heads;
  const TableLines lines(index);
  std::vector<TableRow> rows(lines.size());
  for (const IndexColumn& column : index_columns_of_table()) {
    std::vector<Cell> cells;
    for (std::size_t row = 0; row < rows.size(); ++row)
      cells.push_back(column.cell(lines, row, style.lang, labels));
    if (std::none_of(cells.begin(), cells.end(), has_content)) continue;
    heads.emplace_back(word(column.head, style.lang));
    for (std::size_t row = 0; row < rows.size(); ++row) rows[row].cells.push_back(cells[row]);
  }
  table.rows.push_back(head_row(heads));
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (row > 0 && starts_dimension(lines, row)) rows[row].rule_above = Rule::thin;
    table.rows.push_back(std::move(rows[row]));
  }
  table.notes = index_notes(index, style.lang, labels);
  return table;
}

}  // namespace panelist
