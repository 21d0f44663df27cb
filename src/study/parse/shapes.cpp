// SPDX-License-Identifier: Apache-2.0
// What is asked of one model: marginal effects, U-shapes, thresholds.
#include "study/parse/sections.h"

namespace panelist::study {
namespace {

void require(bool given, const std::string& kind, const std::string& what, const Node& node,
             Diagnostics& diagnostics) {
  if (!given) diagnostics.error("study.missing_key", kind + " says " + what, node.span);
}

void read_numbers(const Section& section, const Node& node, const std::string& kind, ShapeEntry& entry) {
  const auto has = [&](const char* key) { return node.find(key) != nullptr; };
  if (has("at")) entry.at = numbers_of(section, "at");
  if (kind == "marginal_effects") entry.points = whole_number(section, "points", 2, 1000, 0);
  if (kind == "u_shape" && !entry.at.empty() && entry.at.size() != 2)
    section.diagnostics().error("study.shape", "a U-shape is tested between two ends",
                                section.find("at")->span, "for example at = [0, 1]");
  if (kind != "threshold") return;
  entry.count = whole_number(section, "count", 1, 3, 1);
  entry.boot = whole_number(section, "boot", 0, 1'000'000, 0);
  if (const auto trim = section.number("trim")) entry.trim = *trim;
  if (!(entry.trim > 0 && entry.trim < 0.5))
    section.diagnostics().error("study.share", "`trim` is a share of the rows, between 0 and 0.5",
                                section.find("trim")->span, "0.05 keeps one row in twenty in every regime");
}

}  // namespace

int whole_number(const Section& section, const char* key, long long least, long long most, int usual) {
  const auto number = section.integer(key);
  if (!number) return usual;
  if (*number >= least && *number <= most) return static_cast<int>(*number);
  section.diagnostics().error(
      "study.shape",
      "`" + std::string(key) + "` lies between " + std::to_string(least) + " and " + std::to_string(most),
      section.find(key)->span);
  return usual;
}

std::vector<double> numbers_of(const Section& section, std::string_view key) {
  std::vector<double> numbers;
  const Node* node = section.find(key);
  if (node == nullptr) return numbers;
  const bool list = node->kind == Node::Kind::array;
  if (!list) section.wrong_type(*node, "a list of numbers");
  for (const Node& item : node->items) {
    if (item.is_number())
      numbers.push_back(item.number);
    else if (list)
      section.wrong_type(item, "a number");
  }
  return numbers;
}

ShapeEntry read_shape(const Node& node, const std::string& kind, const Study& study,
                      Diagnostics& diagnostics) {
  const Section section(node, "table." + kind, diagnostics);
  ShapeEntry entry;
  entry.span = node.span;
  if (const auto of = section.text("of")) {
    std::vector<ColumnEntry> models = resolve_columns(*of, study, diagnostics);
    if (!models.empty()) entry.of = models.front();
  }
  require(section.find("of") != nullptr, kind, "of which model: of = \"main\"", node, diagnostics);
  entry.x = main_term(entry.of.formula);
  if (const auto x = section.text("x")) entry.x = x->text;
  const bool moderated = kind == "marginal_effects" || kind == "threshold";
  if (moderated) entry.by = section.text("by");
  if (moderated)
    require(section.find("by") != nullptr, kind, "over which variable: by = \"W\"", node, diagnostics);
  read_numbers(section, node, kind, entry);
  return entry;
}

void read_shape_of_table(const Section& section, const Study& study, TableEntry& table) {
  for (const char* kind : {"marginal_effects", "u_shape", "threshold"})
    if (const Node* node = section.table(kind))
      table.shape = read_shape(*node, kind, study, section.diagnostics());
}

}  // namespace panelist::study
