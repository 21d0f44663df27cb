// SPDX-License-Identifier: Apache-2.0
// Tables of variables themselves: summaries, correlations, balance of groups, rankings, transitions, definitions.
#include "base/text.h"
#include "study/parse/sections.h"

namespace panelist::study {

namespace {

using Kind = TableEntry::Kind;

constexpr long long most_states = 50, most_steps = 1000;

int whole_between(const Section& section, const char* key, long long least, long long most, int usual) {
  const auto number = section.integer(key);
  if (!number) return usual;
  if (*number >= least && *number <= most) return static_cast<int>(*number);
  section.diagnostics().error(
      "study.transition",
      "`" + std::string(key) + "` lies between " + std::to_string(least) + " and " + std::to_string(most),
      section.find(key)->span);
  return usual;
}

// How many variables a kind takes: one, or any number but none.
void check_variables(const Section& section, const TableEntry& table) {
  const bool one = table.kind == Kind::ranking || table.kind == Kind::transition;
  if (one && table.summary.size() > 1)
    section.diagnostics().error("study.table_kind", "a ranking or transition is of one variable", table.span,
                                "make a table for each");
  if (table.kind == Kind::correlation && table.summary.size() == 1 &&
      !table.summary.front().text.starts_with("{"))
    section.diagnostics().error("study.table_kind", "a correlation takes two variables or more", table.span,
                                "name another variable or a {set}");
  if (table.kind == Kind::balance && !table.by)
    section.diagnostics().error("study.missing_key", "balance says whose groups it compares", table.span,
                                "add by = \"treated\", a column with two values");
}

// Names, which the codebook and the study define, or rows of the study's own.
void read_definitions(const Section& section, TableEntry& table) {
  const Node* node = section.find("definitions");
  if (node == nullptr) return;
  const bool rows = node->kind == Node::Kind::array && !node->items.empty() &&
                    node->items.front().kind == Node::Kind::table;
  if (!rows) {
    table.summary = section.text_or_texts("definitions");
    return;
  }
  for (const Node* item : section.tables("definitions")) {
    const Section own(*item, "table.definitions", section.diagnostics());
    DefinitionEntry row;
    for (const auto& [key, place] : {std::pair{"variable", &row.variable}, std::pair{"symbol", &row.symbol},
                                     std::pair{"sign", &row.sign}, std::pair{"definition", &row.definition},
                                     std::pair{"unit", &row.unit}, std::pair{"source", &row.source}})
      if (const auto text = own.text(key)) *place = text->text;
    table.definitions.push_back(std::move(row));
  }
}

}  // namespace

void read_description(const Section& section, TableEntry& table) {
  for (const char* key : {"summary", "correlation", "balance", "ranking", "transition"})
    if (section.find(key) != nullptr) table.summary = section.text_or_texts(key);
  read_definitions(section, table);
  table.by = section.text("by");
  check_keys_of_kind(section, table);
  check_variables(section, table);
  if (const auto kind = section.choice("coefficient", {"pearson", "spearman", "both"}))
    table.coefficient = kind->text;
  if (const auto pool = section.choice("quantiles", {"all", "period"}))
    table.by_period = pool->text == "period";
  if (table.kind == Kind::balance)
    if (const auto test = section.choice("test", {"cluster", "welch"})) table.balance_test = test->text;
  table.states = whole_between(section, "states", 2, most_states, table.states);
  table.steps = whole_between(section, "steps", 1, most_steps, table.steps);
}

}  // namespace panelist::study
