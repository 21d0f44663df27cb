// SPDX-License-Identifier: Apache-2.0
// Tables of one index: its scores by unit, and a coefficient under its conventions.
#include "study/parse/sections.h"

namespace panelist::study {

void read_index_tables(const Section& section, TableEntry& table) {
  using Kind = TableEntry::Kind;
  for (const char* key : {"index_scores", "index_sensitivity"})
    if (const auto index = section.text(key)) table.indices = {*index};
  if (const auto dimensions = section.flag("dimensions")) {
    table.dimensions = *dimensions;
    if (table.kind != Kind::index_scores)
      section.diagnostics().error("study.table_kind", "`dimensions` does nothing in this table",
                                  section.find("dimensions")->span, "it belongs to index_scores");
  }
  if (table.kind == Kind::index_sensitivity && section.find("of") == nullptr)
    section.diagnostics().error("study.missing_key",
                                "`index_sensitivity` needs the model with the coefficient", table.span,
                                "add of = \"main\", and term = \"DT\" where it is not the index");
}

}  // namespace panelist::study
