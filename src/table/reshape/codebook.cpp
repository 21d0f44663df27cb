// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "table/read.h"

namespace panelist {
namespace {

std::string cell(const Table& table, const char* name, std::size_t row) {
  const Column* column = table.find(name);
  return column == nullptr ? "" : column->text_at(row);
}

void take_if_given(std::string& target, std::string text) {
  if (!text.empty()) target = std::move(text);
}

void report_unknown_name(const Table& table, const std::string& name, Diagnostics& notes) {
  Diagnostic warning;
  warning.code = "data.codebook_unknown";
  warning.severity = Severity::warning;
  warning.message = fmt::format("the codebook describes `{}`, which the data do not have", name);
  warning.subject = "column " + name;
  const std::string near = nearest(name, table.names());
  if (!near.empty()) warning.hint = fmt::format("did you mean `{}`?", near);
  notes.add(std::move(warning));
}

}  // namespace

void apply_codebook(Table& table, const Table& codebook, Diagnostics& notes) {
  const Column& names = codebook.at("name");
  for (std::size_t row = 0; row < codebook.rows(); ++row) {
    const std::string name = names.text_at(row);
    if (name.empty()) continue;
    const Column* described = table.find(name);
    if (described == nullptr) {
      report_unknown_name(table, name, notes);
      continue;
    }
    Column column = *described;
    take_if_given(column.label, cell(codebook, "label", row));
    take_if_given(column.label, cell(codebook, "label_en", row));
    take_if_given(column.label_zh, cell(codebook, "label_zh", row));
    take_if_given(column.unit, cell(codebook, "unit", row));
    take_if_given(column.source, cell(codebook, "source", row));
    table.set(name, std::move(column));
  }
}

}  // namespace panelist
