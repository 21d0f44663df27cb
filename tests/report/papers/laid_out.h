// SPDX-License-Identifier: Apache-2.0
// Tables of published papers as they print them, and the same numbers as results: what an estimator would have given.
//
// "0.3846***" over "(0.0351)" is an estimate with its standard error; its p-value is that of t with the table's degrees of
// freedom (as printed, where the table prints p), so that stars are decided here as for any other result and may differ
// from those printed. An estimate without anything below has the p of its stars.
#pragma once
#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "report/build_table.h"
#include "report/sample.h"
#include "report/tables/stats.h"

namespace panelist::papers {

using Texts = std::vector<std::string>;

struct PrintedTable {
  std::string id, kind, title;
  int number = 0, decimals = 4;
  std::vector<double> df;    // by column
  Texts outcomes, headings;  // by column; headings may be empty
  Texts below = {"se"}, stats;
  Texts fields;  // of an indicator system, by column
  std::vector<Texts> heads, rows;
  Texts differs;  // what is known to differ, as differences() says it

  [[nodiscard]] std::size_t columns() const { return rows.front().size() - 1; }
};

inline std::vector<PrintedTable> read_paper(const std::string& name) {
  std::ifstream file(std::string(PANELIST_SOURCE_DIR) + "/tests/report/papers/" + name + ".json");
  std::vector<PrintedTable> tables;
  const nlohmann::json paper = nlohmann::json::parse(file);
  for (const auto& json : paper.at("tables")) {
    PrintedTable table;
    table.id = json.at("id"), table.kind = json.at("kind"), table.title = json.at("title");
    table.number = json.at("number"), table.decimals = json.value("decimals", 4);
    table.df = json.value("df", table.df);
    for (auto& [key, place] : {std::pair{"outcomes", &table.outcomes}, std::pair{"headings", &table.headings},
                               std::pair{"below", &table.below}, std::pair{"stats", &table.stats},
                               std::pair{"fields", &table.fields}, std::pair{"differs", &table.differs}})
      *place = json.value(key, *place);
    table.heads = json.at("heads"), table.rows = json.at("rows");
    tables.push_back(std::move(table));
  }
  return tables;
}

// --- numbers

inline double number_in(const std::string& text) {
  std::string digits;
  for (const char letter : text)
    if (std::string_view("0123456789.-").find(letter) != std::string_view::npos) digits += letter;
  return digits.empty() ? missing_value : std::stod(digits);
}

inline double p_of_stars(const std::string& text) {
  const auto stars = std::count(text.begin(), text.end(), '*');
  return stars == 0 ? 0.5 : stars == 1 ? 0.07 : stars == 2 ? 0.03 : 0.005;
}

inline double p_of_t(double t, double df) {
  if (!std::isfinite(t)) return missing_value;
  return 2 * cdf(complement(boost::math::students_t(df), std::abs(t)));
}

// --- one column

class ColumnOfPaper {
 public:
  ColumnOfPaper(const PrintedTable& printed, std::size_t column) : printed_(printed), column_(column) {}

  // `term` and what stands below it; nothing where the cell is empty.
  std::optional<Coefficient> coefficient(const std::string& label, const std::string& term) const {
    const std::string printed = text(label);
    if (printed.empty()) return std::nullopt;
    Coefficient made{
        term,          "",           number_in(printed), missing_value, missing_value, missing_value,
        missing_value, missing_value};
    for (std::size_t i = 0; i < printed_.below.size(); ++i) {
      const std::size_t at = row_of(label) + 1 + i;
      if (at >= printed_.rows.size() || !printed_.rows[at][0].empty()) break;
      double& place = printed_.below[i] == "se"  ? made.std_error
                      : printed_.below[i] == "t" ? made.statistic
                                                 : made.p_value;
      place = number_in(cell(at));
    }
    if (std::isnan(made.statistic)) made.statistic = made.estimate / made.std_error;
    if (std::isnan(made.p_value)) made.p_value = p_of_t(made.statistic, printed_.df.at(column_));
    if (std::isnan(made.p_value)) made.p_value = p_of_stars(printed);
    return made;
  }

  std::size_t row_of(const std::string& label) const {
    const auto place = std::find_if(printed_.rows.begin(), printed_.rows.end(),
                                    [&](const Texts& row) { return row[0] == label; });
    return static_cast<std::size_t>(place - printed_.rows.begin());
  }
  std::string text(const std::string& label) const {
    return row_of(label) < printed_.rows.size() ? cell(row_of(label)) : "";
  }
  double number(const std::string& label) const { return number_in(text(label)); }

 private:
  const std::string& cell(std::size_t row) const { return printed_.rows[row][column_ + 1]; }
  const PrintedTable& printed_;
  std::size_t column_;
};

inline const std::set<std::string>& rows_below_terms() {
  static const std::set<std::string> labels = {"",
                                               "Control variable",
                                               "Constant",
                                               "Observations",
                                               "R-squared",
                                               "Number of ids",
                                               "F",
                                               "Mean VIF",
                                               "Kleibergen-Paap rk LM",
                                               "Kleibergen-Paap Wald rk F"};
  return labels;
}

inline Texts terms_of(const PrintedTable& printed) {
  Texts terms;
  for (const Texts& row : printed.rows)
    if (rows_below_terms().count(row[0]) == 0 && !row[0].ends_with(" FE")) terms.push_back(row[0]);
  return terms;
}

inline std::vector<Coefficient> coefficients_of(const PrintedTable& printed, const ColumnOfPaper& column) {
  std::vector<Coefficient> all;
  for (const std::string& term : terms_of(printed))
    if (auto made = column.coefficient(term, term)) all.push_back(*made);
  if (column.text("Control variable") == "YES")
    all.push_back(sample::coefficient("x", 1, 1, 0.3, "controls"));
  return all;
}

// A frame of as many rows, units and effects; its residuals leave the R2 printed.
inline std::shared_ptr<Fit> fit_of(const PrintedTable& printed, const ColumnOfPaper& column,
                                   const std::string& outcome) {
  const int n = static_cast<int>(column.number("Observations"));
  const double units = column.number("Number of ids");
  auto frame = std::make_shared<ModelFrame>();
  frame->outcome_name = outcome;
  frame->outcome = Vector::LinSpaced(n, 1, n);
  if (!std::isnan(units)) frame->unit = sample::grouping("province", n, static_cast<int>(units), 1);
  for (const Texts& row : printed.rows) {
    if (!row[0].ends_with(" FE") || column.text(row[0]) != "YES") continue;
    FrameEffect effect;
    effect.group = sample::grouping(lower_ascii(row[0].substr(0, row[0].size() - 3)), n, 2, 1);
    frame->effects.push_back(effect);
  }
  auto fit = std::make_shared<Fit>();
  fit->method = "ols";
  fit->frame = frame;
  fit->n = n;
  fit->rss = 1;
  Estimation probe;
  probe.fit = fit;
  if (absorbs_unit(probe)) fit->rss = (1 - column.number("R-squared")) / (1 - r2_xtreg(probe));
  return fit;
}

inline Estimation estimation_of(const PrintedTable& printed, std::size_t number) {
  const ColumnOfPaper column(printed, number);
  Estimation made = sample::estimation(coefficients_of(printed, column));
  made.fit = fit_of(printed, column, printed.outcomes.at(number));
  made.vcov.df = printed.df.at(number);
  made.vcov.n_clusters = {column.number("Number of ids")};
  if (std::isnan(made.vcov.n_clusters[0])) made.vcov.n_clusters = {made.vcov.df + 1};
  if (terms_of(printed).size() > 3) made.vcov.kind = "iid", made.vcov.by = {}, made.vcov.n_clusters = {};
  made.goodness = {
      column.number("R-squared"), missing_value, missing_value, missing_value, missing_value, missing_value};
  made.inference.f = {"f", column.number("F"), 1, 8, missing_value, {}, "", {}, {}, {}};
  if (!column.text("Mean VIF").empty()) made.vif = Vif{{}, column.number("Mean VIF")};
  const bool effects = !made.fit->frame->effects.empty();
  auto constant = column.coefficient("Constant", effects ? "_cons" : "(Intercept)");
  if (constant && effects) made.xtreg_constant = constant;
  if (constant && !effects)
    made.inference.coefficients.insert(made.inference.coefficients.begin(), *constant);
  return made;
}

// A first stage and its equation, from two columns.
inline Estimation instrumented(const PrintedTable& printed, std::size_t first) {
  const ColumnOfPaper column(printed, first);
  Estimation made = estimation_of(printed, first + 1);
  FirstStageInference stage;
  stage.endogenous = printed.outcomes.at(first);
  stage.coefficients = coefficients_of(printed, column);
  stage.r2 = column.number("R-squared");
  made.iv.first_stage.push_back(stage);
  const std::string lm = "Kleibergen-Paap rk LM", f = "Kleibergen-Paap Wald rk F";
  const double critical = number_in(printed.rows.at(column.row_of(f) + 1).at(first + 1));
  made.iv.tests = {
      {"kp_lm", column.number(lm), 1, missing_value, p_of_stars(column.text(lm)), {}, "", {}, {}, {}},
      {"kp_f",
       column.number(f),
       1,
       printed.df.at(first),
       missing_value,
       {{"10%", critical}},
       "",
       {},
       {},
       {}}};
  return made;
}

// --- tables

inline TableStyle style_of(const PrintedTable& printed) {
  TableStyle style = style_from(table_style("outreg2"));
  style.decimals = printed.decimals;
  style.below = printed.below;
  style.stats = printed.stats;
  return style;
}

inline PublicationTable regressions_of(const PrintedTable& printed) {
  RegressionTableSpec spec;
  spec.id = printed.id, spec.title = printed.title, spec.number = printed.number;
  spec.style = style_of(printed);
  spec.labels["controls"] = "Control variable";
  const bool staged = printed.kind == "instruments";
  std::vector<Estimation> estimations;
  for (std::size_t i = 0; i < printed.columns(); i += staged ? 2 : 1)
    estimations.push_back(staged ? instrumented(printed, i) : estimation_of(printed, i));
  for (std::size_t i = 0; i < printed.columns(); ++i) {
    RegressionColumn column;
    column.estimation = &estimations[staged ? i / 2 : i];
    column.first_stage = staged && i % 2 == 0 ? 0 : -1;
    if (!printed.headings.empty()) column.heading = printed.headings[i];
    spec.columns.push_back(column);
  }
  return regression_table(spec);
}

inline PublicationTable summaries_of(const PrintedTable& printed) {
  static const std::map<std::string, double Summary::*> places = {{"mean", &Summary::mean},
                                                                  {"p50", &Summary::p50},
                                                                  {"sd", &Summary::sd},
                                                                  {"min", &Summary::min},
                                                                  {"max", &Summary::max}};
  SummaryTableSpec spec;
  spec.id = printed.id, spec.title = printed.title, spec.number = printed.number;
  spec.style = style_of(printed);
  spec.style.stats.clear();
  spec.stats = printed.stats;
  for (const Texts& row : printed.rows) {
    Summary made;
    made.name = row[0];
    for (std::size_t i = 0; i < printed.stats.size(); ++i) {
      if (printed.stats[i] == "n") made.n = static_cast<std::size_t>(number_in(row[i + 1]));
      if (const auto place = places.find(printed.stats[i]); place != places.end())
        made.*place->second = number_in(row[i + 1]);
    }
    spec.variables.push_back(made);
  }
  return summary_table(spec);
}

inline PublicationTable inflation_of(const PrintedTable& printed) {
  Vif vif;
  for (const Texts& row : printed.rows)
    if (row[0] == "Mean VIF")
      vif.mean = number_in(row[1]);
    else
      vif.rows.push_back({row[0], number_in(row[1]), number_in(row[2])});
  return vif_table(vif, printed.id, printed.title, printed.number, style_of(printed), {});
}

// The same numbers laid out by the program in the preset `outreg2`.
inline PublicationTable laid_out(const PrintedTable& printed) {
  if (printed.kind == "summary") return summaries_of(printed);
  return printed.kind == "vif" ? inflation_of(printed) : regressions_of(printed);
}

// --- beside each other

struct Grid {
  Texts order;                                         // labels of rows
  std::map<std::pair<std::string, int>, Texts> cells;  // label and place below it
  void add(const std::string& label, Texts texts) {
    if (!label.empty()) order.push_back(label), below_ = 0;
    cells[{order.empty() ? "" : order.back(), below_++}] = std::move(texts);
  }

 private:
  int below_ = 0;
};

inline Texts texts_of(const TableRow& row, const PublicationTable& table) {
  Texts texts;
  for (const Cell& cell : row.cells) {
    texts.push_back(format_cell(cell, table));
    texts.resize(texts.size() + static_cast<std::size_t>(cell.span) - 1);
  }
  return texts;
}

inline void compare_heads(const PrintedTable& printed, const PublicationTable& table, Texts& found) {
  Texts here;
  for (const TableRow& row : table.rows)
    if (row.header) here.push_back(join(texts_of(row, table), " | "));
  for (const Texts& head : printed.heads)
    if (std::find(here.begin(), here.end(), join(head, " | ")) == here.end())
      found.push_back("head: printed " + join(head, " | "));
  for (const std::string& head : here)
    if (std::none_of(printed.heads.begin(), printed.heads.end(),
                     [&](const Texts& other) { return join(other, " | ") == head; }))
      found.push_back("head: here " + head);
}

// Cell by cell: "DT (3): printed 0.9*, here 0.9", "F: printed, not here", "order: ...".
inline Texts differences(const PrintedTable& printed, const PublicationTable& table) {
  Texts found;
  compare_heads(printed, table, found);
  Grid paper, here;
  for (const Texts& row : printed.rows) paper.add(row[0], {row.begin() + 1, row.end()});
  for (const TableRow& row : table.rows) {
    if (row.header) continue;
    Texts texts = texts_of(row, table);
    here.add(texts[0], {texts.begin() + 1, texts.end()});
  }
  for (const auto& [place, cells] : paper.cells) {
    const auto own = here.cells.find(place);
    if (own == here.cells.end()) {
      found.push_back(place.first + (place.second > 0 ? " below" : "") + ": printed, not here");
      continue;
    }
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (cells[i] != own->second[i])
        found.push_back(place.first + " (" + std::to_string(i + 1) + "): printed " + cells[i] + ", here " +
                        own->second[i]);
  }
  for (const auto& [place, cells] : here.cells)
    if (paper.cells.count(place) == 0)
      found.push_back(place.first + (place.second > 0 ? " below" : "") + ": here, not printed");
  Texts paper_order, here_order;
  for (const std::string& label : paper.order)
    if (here.cells.count({label, 0}) > 0) paper_order.push_back(label);
  for (const std::string& label : here.order)
    if (paper.cells.count({label, 0}) > 0) here_order.push_back(label);
  if (paper_order != here_order)
    found.push_back("order: printed " + join(paper_order, ", ") + "; here " + join(here_order, ", "));
  return found;
}

}  // namespace panelist::papers
