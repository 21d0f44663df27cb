// SPDX-License-Identifier: Apache-2.0
// What variables are: by the codebook, by [derive] and [index], or in rows of the study's own.
#include "report/descriptive_tables.h"
#include "report/table_words.h"
#include "study/run/build_tables.h"

namespace panelist::study {

namespace {

using nlohmann::ordered_json;

std::string definition_of_index(const Workspace& work, const std::string& name) {
  const auto place = work.indices.find(name);
  if (place == work.indices.end()) return "";
  const std::string& lang = work.study->lang;
  return table_words("definition_of_index", lang,
                     {std::to_string(place->second.indicators.size()),
                      convention_word("method", place->second.conventions.method, lang)});
}

// The codebook goes before the formula of [derive], this before what is known of an index.
std::string definition_of(const Workspace& work, const std::string& name) {
  const auto described = work.codebook.find(name);
  if (described != work.codebook.end() && !described->second.definition.empty())
    return described->second.definition;
  for (const DeriveEntry& derived : work.study->derive)
    if (derived.name.text == name) return derived.value.text;
  return definition_of_index(work, name);
}

DefinitionRow row_of(const Workspace& work, const std::string& name, const Labels& labels) {
  DefinitionRow row;
  row.variable = term_label(name, labels);
  if (row.variable != name) row.symbol = name;
  row.definition = definition_of(work, name);
  if (const auto described = work.codebook.find(name); described != work.codebook.end()) {
    row.unit = described->second.unit;
    row.source = described->second.source;
  } else if (const Column* column = work.table.find(name)) {
    row.unit = column->unit;
    row.source = column->source;
  }
  return row;
}

std::vector<DefinitionRow> rows_of(const Workspace& work, const TableEntry& entry) {
  std::vector<DefinitionRow> rows;
  for (const DefinitionEntry& own : entry.definitions)
    rows.push_back({own.variable, own.symbol, own.sign, own.definition, own.unit, own.source});
  const Labels labels = labels_of(work, entry);
  for (const std::string& name : summary_names(work, entry)) rows.push_back(row_of(work, name, labels));
  return rows;
}

}  // namespace

std::vector<BuiltTable> build_definition_table(Workspace& work, const TableEntry& entry) {
  DefinitionTableSpec spec;
  spec.id = entry.id;
  spec.title = entry.title;
  spec.number = entry.number;
  spec.style = style_of(work, entry);
  spec.rows = rows_of(work, entry);
  BuiltTable built;
  built.json["definitions"] = ordered_json::array();
  for (const DefinitionRow& row : spec.rows) {
    ordered_json one = ordered_json::object();
    for (const auto& [key, text] : {std::pair{"variable", &row.variable}, std::pair{"symbol", &row.symbol},
                                    std::pair{"sign", &row.sign}, std::pair{"definition", &row.definition},
                                    std::pair{"unit", &row.unit}, std::pair{"source", &row.source}})
      if (!text->empty()) one[key] = *text;
    built.json["definitions"].push_back(std::move(one));
  }
  built.table = definition_table(spec);
  return {std::move(built)};
}

}  // namespace panelist::study
