// SPDX-License-Identifier: Apache-2.0
// [index] and [index.NAME]: conventions, and the indicator tree "Dimension"."Sub" = ["+ column", "- column"].
#include <set>

#include "base/text.h"
#include "study/parse/keys.h"
#include "study/parse/sections.h"

namespace panelist::study {

namespace {

bool is_index_key(const std::string& key) {
  const std::vector<std::string> legal = legal_keys("index");
  return std::find(legal.begin(), legal.end(), key) != legal.end();
}

void read_zero(const Section& section, IndexConventions& conventions) {
  const Node* node = section.find("zero");
  if (node == nullptr) return;
  if (node->is_number())
    conventions.zero = shortest(node->number);
  else if (node->kind == Node::Kind::string)
    conventions.zero = node->text;
  else
    section.wrong_type(*node, "\"limit\", a shift such as 1e-4, or \"smooth:0.01\"");
}

void read_conventions(const Section& section, IndexConventions& conventions) {
  if (const auto method = section.choice("method", index_methods())) conventions.method = method->text;
  if (const auto how = section.choice("normalise", {"minmax", "zscore", "rank", "none"}))
    conventions.normalise = how->text;
  if (const auto pool = section.choice("pool", {"all", "year", "unit"})) conventions.pool = pool->text;
  if (const auto levels = section.choice("levels", {"one-step", "two-step"}))
    conventions.levels = levels->text;
  if (const auto again = section.flag("renormalise")) conventions.renormalise = *again;
  if (const auto share = section.number("winsor")) conventions.winsor = *share;
  read_zero(section, conventions);
}

// "+ gdp", "- so2", "= 0.5 debt" (a target).
Indicator parse_indicator(const Spanned& text, Diagnostics& diagnostics) {
  Indicator indicator;
  indicator.span = text.span;
  std::string_view rest = trim(text.text);
  if (rest.empty() || std::string_view("+-=").find(rest[0]) == std::string_view::npos) {
    diagnostics.error("index.direction", "an indicator begins with its direction, + or -", text.span,
                      "write \"+ " + std::string(rest) + "\" when more is better, \"- " + std::string(rest) +
                          "\" when less is");
    indicator.code = std::string(rest);
    return indicator;
  }
  indicator.direction = rest[0];
  rest = trim(rest.substr(1));
  if (indicator.direction == '=') {
    const std::size_t blank = rest.find(' ');
    const auto target = parse_number(rest.substr(0, blank));
    if (!target || blank == std::string_view::npos)
      diagnostics.error("index.target", "a target indicator is written \"= 0.5 name\"", text.span);
    else {
      indicator.target = *target;
      rest = trim(rest.substr(blank));
    }
  }
  indicator.code = std::string(
      rest.size() > 1 && rest.front() == '`' && rest.back() == '`' ? rest.substr(1, rest.size() - 2) : rest);
  return indicator;
}

class TreeReader {
 public:
  TreeReader(IndexSystem& system, Diagnostics& diagnostics) : system_(system), diagnostics_(diagnostics) {}

  void read(const Node& node, const std::string& dimension, const std::string& sub) {
    if (node.kind == Node::Kind::table && sub.empty()) {
      for (const Node& item : node.items) descend(item, dimension);
    } else if (node.kind == Node::Kind::array) {
      leaves(node, dimension, sub);
    } else {
      diagnostics_.error("index.tree",
                         "`" + node.key + "` should be a list of indicators such as [\"+ gdp\"]", node.span);
    }
  }

 private:
  void descend(const Node& item, const std::string& dimension) {
    if (dimension.empty())
      read(item, item.key, "");
    else
      read(item, dimension, item.key);
  }

  void leaves(const Node& node, const std::string& dimension, const std::string& sub) {
    if (node.items.empty())
      diagnostics_.error("index.empty_dimension", "`" + node.key + "` has no indicator", node.span);
    for (const Node& item : node.items) {
      if (item.kind != Node::Kind::string) {
        diagnostics_.error("index.tree", "an indicator is a text such as \"+ gdp\"", item.span);
        continue;
      }
      Indicator indicator = parse_indicator({item.text, item.content}, diagnostics_);
      indicator.dimension = dimension;
      indicator.sub = sub;
      add(std::move(indicator));
    }
  }

  void add(Indicator indicator) {
    if (!seen_.insert(indicator.code).second)
      diagnostics_.error(
          "index.duplicate_indicator",
          "`" + indicator.code + "` stands twice in index " + system_.name + ": it would count double",
          indicator.span, "keep it once");
    system_.indicators.push_back(std::move(indicator));
  }

  IndexSystem& system_;
  Diagnostics& diagnostics_;
  std::set<std::string> seen_;
};

void read_weights(const Section& section, IndexSystem& system, Diagnostics& diagnostics) {
  const Node* weights = section.table("weights");
  if (weights == nullptr) return;
  for (const Node& item : weights->items) {
    const auto place = std::find_if(system.indicators.begin(), system.indicators.end(),
                                    [&](const Indicator& indicator) { return indicator.code == item.key; });
    if (place == system.indicators.end())
      diagnostics.error("index.unknown_indicator", "`" + item.key + "` is no indicator of this index",
                        item.key_span);
    else if (!item.is_number())
      section.wrong_type(item, "a number");
    else
      place->weight = item.number;
  }
}

IndexEntry read_index(const Node& node, const IndexConventions& defaults, Diagnostics& diagnostics) {
  IndexEntry entry{{node.key, {}, node.key_span}, defaults, std::nullopt};
  const Section section(node, "index", diagnostics, true);
  read_conventions(section, entry.conventions);
  entry.indicators = section.text("indicators");
  TreeReader reader(entry.system, diagnostics);
  for (const Node& item : node.items)
    if (!is_index_key(item.key)) reader.read(item, item.key, "");
  if (const Node* tree = section.table("tree")) reader.read(*tree, "", "");
  read_weights(section, entry.system, diagnostics);
  if (entry.system.indicators.empty() && !entry.indicators)
    diagnostics.error("index.no_indicators", "index " + node.key + " has no indicators", node.key_span,
                      "add lines such as \"Dimension\" = [\"+ gdp\", \"- so2\"]");
  return entry;
}

}  // namespace

void read_indices(const Node* node, Study& study, Diagnostics& diagnostics) {
  if (node == nullptr) return;
  const Section section(*node, "index", diagnostics, true);
  IndexConventions defaults;
  read_conventions(section, defaults);
  for (const Node& item : node->items) {
    if (is_index_key(item.key)) continue;
    if (item.kind == Node::Kind::table)
      study.indices.push_back(read_index(item, defaults, diagnostics));
    else
      report_unknown("key of [index]", item.key, item.key_span, legal_keys("index"), "study.unknown_key",
                     diagnostics);
  }
}

}  // namespace panelist::study
