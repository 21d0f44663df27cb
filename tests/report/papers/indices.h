// SPDX-License-Identifier: Apache-2.0
// Indicator systems of published papers: the printed rows become the indicator list a study would name, the program reads
// it and lays it out as the table of an index. Papers print no weights with them, so the index has none.
//
// `fields` says what a printed column is: dimension, sub, indicator, unit, direction as columns of the table here; anything
// else (a symbol, a source) has no column here.
#pragma once
#include "report/papers/laid_out.h"
#include "report/tables/words.h"

namespace panelist::papers {

inline std::size_t place_of(const Texts& all, const std::string& one) {
  return static_cast<std::size_t>(std::find(all.begin(), all.end(), one) - all.begin());
}

// What stands in a column, a text a row; an empty cell of a level goes on with the one above.
inline Texts field_of(const PrintedTable& printed, const std::string& field) {
  Texts texts;
  const std::size_t column = place_of(printed.fields, field);
  const bool goes_on = field == "dimension" || field == "sub";
  for (const Texts& row : printed.rows) {
    std::string text = column < row.size() ? row[column] : "";
    if (text.empty() && goes_on && !texts.empty()) text = texts.back();
    texts.push_back(text);
  }
  return texts;
}

// Columns are named after the rows' symbols, or x1, x2, ... where none are printed.
inline Table indicator_list(const PrintedTable& printed) {
  Texts codes = field_of(printed, "symbol"), directions = field_of(printed, "direction");
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (codes[i].empty()) codes[i] = "x" + std::to_string(i + 1);
    if (directions[i].empty()) directions[i] = "+";
  }
  Table list;
  list.set("code", Column::texts(codes));
  list.set("direction", Column::texts(directions));
  for (const char* field : {"dimension", "sub", "unit"})
    list.set(field, Column::texts(field_of(printed, field)));
  list.set("label", Column::texts(field_of(printed, "indicator")));
  return list;
}

inline PublicationTable index_laid_out(const PrintedTable& printed) {
  Diagnostics problems;
  const IndexSystem system = index_system_from(indicator_list(printed), printed.id, problems);
  problems.throw_first_error();
  IndexResult index;
  index.name = printed.id;
  for (const Indicator& indicator : system.indicators) {
    IndicatorResult made{};
    made.indicator = indicator;
    made.weight = made.local_weight = missing_value;
    index.indicators.push_back(made);
  }
  return index_table(index, printed.id, printed.title, printed.number, style_of(printed), {});
}

// A column beside its own: "Unit: printed Unit of measurement", "X2 Unit: printed a, here b".
inline void compare_column(const PrintedTable& printed, const std::vector<Texts>& here, std::size_t column,
                           Texts& found) {
  const std::string& head = printed.heads.front()[column];
  const std::string own(word(printed.fields[column], "en"));
  const std::size_t place = place_of(here.front(), own);
  if (own.empty() || place == here.front().size()) {
    found.push_back(head + ": printed, not here");
    return;
  }
  if (head != own) found.push_back("head: printed " + head + ", here " + own);
  for (std::size_t row = 0; row < printed.rows.size(); ++row)
    if (const std::string& text = printed.rows[row][column]; text != here[row + 1][place])
      found.push_back("row " + std::to_string(row + 1) + " " + own + ": printed " + text + ", here " +
                      here[row + 1][place]);
}

// Cell by cell: every row in its order, every column under its own head, the order of the columns.
inline Texts index_differences(const PrintedTable& printed, const PublicationTable& table) {
  Texts found;
  std::vector<Texts> here;
  for (const TableRow& row : table.rows) here.push_back(texts_of(row, table));
  if (here.size() != printed.rows.size() + 1) return {"rows: " + std::to_string(here.size() - 1) + " here"};
  Texts order;
  for (std::size_t i = 0; i < printed.fields.size(); ++i) {
    compare_column(printed, here, i, found);
    if (place_of(here.front(), std::string(word(printed.fields[i], "en"))) < here.front().size())
      order.emplace_back(word(printed.fields[i], "en"));
  }
  Texts here_order;
  for (const std::string& head : here.front()) {
    const bool also = std::find(order.begin(), order.end(), head) != order.end();
    if (also)
      here_order.push_back(head);
    else
      found.push_back(head + ": here, not printed");
  }
  if (order != here_order) found.push_back("order: here " + join(here_order, ", "));
  return found;
}

}  // namespace panelist::papers
