// SPDX-License-Identifier: Apache-2.0
#include "report/writer.h"

#include "report/writers/all.h"

namespace panelist {

const std::vector<TableWriter>& table_writers() {
  static const std::vector<TableWriter> catalog = {
      {"text", "terminal, aligned on the decimal point", write_text},
      {"md", "Markdown pipe table", write_markdown},
      {"tex", "LaTeX: booktabs and threeparttable", write_tex},
      {"typ", "Typst: a figure that holds a table", write_typst},
      {"html", "a page holding one table, no scripts", write_html},
      {"csv", "cells as printed; UTF-8, with a byte-order mark when not plain ASCII", write_csv},
      {"json", "typed cells at full precision", write_json},
      {"docx", "Word: three-line table", write_docx},
      {"xlsx", "Excel: numeric cells, stars and brackets in their number formats", write_xlsx},
  };
  return catalog;
}

const TableWriter* find_table_writer(std::string_view name) {
  for (const TableWriter& writer : table_writers())
    if (writer.name == name) return &writer;
  return nullptr;
}

}  // namespace panelist
