// SPDX-License-Identifier: Apache-2.0
// Definitions of variables as published papers print them: the rows a study would write itself, through the table of the
// program; index_differences() compares them, by `fields`.
#pragma once
#include "report/descriptive_tables.h"
#include "report/papers/indices.h"

namespace panelist::papers {

inline PublicationTable definitions_laid_out(const PrintedTable& printed) {
  DefinitionTableSpec spec;
  spec.id = printed.id, spec.title = printed.title, spec.number = printed.number;
  spec.style = style_of(printed);
  const Texts variables = field_of(printed, "variable"), signs = field_of(printed, "sign"),
              definitions = field_of(printed, "definition");
  for (std::size_t i = 0; i < printed.rows.size(); ++i)
    spec.rows.push_back({variables[i], "", signs[i], definitions[i], "", ""});
  return definition_table(spec);
}

}  // namespace panelist::papers
