// SPDX-License-Identifier: Apache-2.0
// What a [[table]] prints: its rows, its terms, its heads and what surrounds them.
#include "report/build_table.h"
#include "study/parse/sections.h"

namespace panelist::study {

namespace {

void read_test(const Spanned& test, Diagnostics& diagnostics, TableEntry& table) {
  try {
    table.tests.push_back(read_test_request(test.text));
  } catch (const Error& error) {
    diagnostics.error("study.unknown_value", error.diagnostic().message, test.span, error.diagnostic().hint);
  }
}

void read_terms(const Section& section, TableEntry& table) {
  table.keep = section.texts("keep");
  table.drop = section.texts("drop");
  table.first = section.texts("order");
  if (const Node* labels = section.table("labels")) {
    const Section texts(*labels, "table.labels", section.diagnostics(), true);
    for (const Node& item : labels->items)
      if (const auto text = texts.text(item.key)) {
        table.labels[item.key] = text->text;
        table.labelled.push_back({item.key, item.key_span});
      }
  }
  if (const Node* blocks = section.table("blocks")) {
    const Section terms(*blocks, "table.blocks", section.diagnostics(), true);
    for (const Node& item : blocks->items) table.blocks.push_back({item.key, terms.text_or_texts(item.key)});
  }
}

// "All All East" over three columns: one row of heads, or a list of rows.
void read_spanners(const Section& section, TableEntry& table) {
  const Node* node = section.find("spanners");
  if (node == nullptr) return;
  const bool rows = !node->items.empty() && node->items.front().kind == Node::Kind::array;
  const auto read_row = [&](const Node& row) {
    std::vector<std::string> texts;
    for (const Node& item : row.items)
      if (item.kind == Node::Kind::string)
        texts.push_back(item.text);
      else
        section.wrong_type(item, "a text in quotes");
    table.spanners.push_back(std::move(texts));
  };
  if (node->kind != Node::Kind::array)
    section.wrong_type(*node, "a list of texts, one for each column");
  else if (rows)
    for (const Node& row : node->items) read_row(row);
  else
    read_row(*node);
}

// What surrounds the numbers.
void read_dress(const Section& section, TableEntry& table) {
  const std::vector<Spanned> below = section.text_or_texts("below");
  for (const Spanned& part : below)
    if (std::find(style_below().begin(), style_below().end(), part.text) == style_below().end())
      report_unknown("below", part.text, part.span, style_below(), "study.unknown_value",
                     section.diagnostics());
  table.below = plain(below);
  if (table.kind == TableEntry::Kind::correlation && !below.empty() &&
      table.below != std::vector<std::string>{"p"})
    section.diagnostics().error("study.unknown_value", "a correlation has p-values alone below",
                                below[0].span, "write below = \"p\", or leave it out");
  read_spanners(section, table);
  table.notes = plain(section.text_or_texts("note"));
  table.own_notes_only = !section.flag("notes").value_or(true);
  table.landscape = section.flag("landscape").value_or(false);
  if (const auto label = section.text("label")) table.label = label->text;
}

}  // namespace

void read_layout(const Section& section, TableEntry& table) {
  for (const Spanned& stat : section.texts("stats")) {
    const std::vector<std::string> legal =
        table.kind == TableEntry::Kind::summary
            ? std::vector<std::string>{"n",   "missing", "mean", "sd",       "min",      "p25",
                                       "p50", "p75",     "max",  "skewness", "kurtosis", "sum"}
            : table_stat_names();
    if (std::find(legal.begin(), legal.end(), stat.text) == legal.end())
      report_unknown("statistic", stat.text, stat.span, legal, "study.unknown_value", section.diagnostics());
    table.stats.push_back(stat.text);
  }
  for (const Spanned& test : section.texts("tests")) read_test(test, section.diagnostics(), table);
  table.headings = plain(section.texts("headings"));
  if (const Node* headings = section.find("headings")) table.headings_span = headings->span;
  table.stages = section.flag("stages").value_or(false);
  table.reindex = section.flag("reindex").value_or(false);
  if (const auto decimals = read_decimals(section)) table.decimals = *decimals;
  read_terms(section, table);
  read_dress(section, table);
  if (const auto sample = section.choice("sample", {"own", "common"}))
    table.common_sample = sample->text == "common";
}

}  // namespace panelist::study
