// SPDX-License-Identifier: Apache-2.0
// [index] and [index.NAME]: the indicator tree "Dimension"."Sub" = ["+ column", "- column"].
#include <set>

#include "base/text.h"
#include "study/parse/index_keys.h"
#include "study/parse/keys.h"
#include "study/parse/sections.h"

namespace panelist::study {

namespace {

bool is_index_key(const std::string& key) {
  const std::vector<std::string> legal = legal_keys("index");
  return std::find(legal.begin(), legal.end(), key) != legal.end();
}

// "0.5 name" -> 0.5, the rest stays.
std::optional<double> take_number(std::string_view& rest) {
  const std::size_t blank = rest.find(' ');
  const std::optional<double> number = parse_number(rest.substr(0, blank));
  if (!number || blank == std::string_view::npos) return std::nullopt;
  rest = trim(rest.substr(blank));
  return number;
}

void read_target(std::string_view& rest, Indicator& indicator, Diagnostics& diagnostics) {
  if (const auto target = take_number(rest))
    indicator.target = *target;
  else
    diagnostics.error("index.target", "a target indicator is written \"= 0.5 name\"", indicator.span);
}

void read_interval(std::string_view& rest, Indicator& indicator, Diagnostics& diagnostics) {
  const auto low = take_number(rest);
  const auto high = low ? take_number(rest) : std::nullopt;
  if (high && *low <= *high) {
    indicator.low = *low;
    indicator.high = *high;
  } else {
    diagnostics.error("index.interval_required", "an interval indicator is written \"~ 40 60 name\"",
                      indicator.span, "the lower end first");
  }
}

// "+ gdp", "- so2", "= 0.5 debt" (a target), "~ 40 60 debt" (an interval).
Indicator parse_indicator(const Spanned& text, Diagnostics& diagnostics) {
  Indicator indicator;
  indicator.span = text.span;
  std::string_view rest = trim(text.text);
  if (rest.empty() || std::string_view("+-=~").find(rest[0]) == std::string_view::npos) {
    diagnostics.error("index.direction", "an indicator begins with its direction, + or -", text.span,
                      "write \"+ " + std::string(rest) + "\" when more is better, \"- " + std::string(rest) +
                          "\" when less is");
    indicator.code = std::string(rest);
    return indicator;
  }
  indicator.direction = rest[0];
  rest = trim(rest.substr(1));
  if (indicator.direction == '=') read_target(rest, indicator, diagnostics);
  if (indicator.direction == '~') read_interval(rest, indicator, diagnostics);
  indicator.code = std::string(
      rest.size() > 1 && rest.front() == '`' && rest.back() == '`' ? rest.substr(1, rest.size() - 2) : rest);
  return indicator;
}

class TreeReader {
 public:
  TreeReader(IndexSystem& system, Diagnostics& diagnostics) : system_(system), diagnostics_(diagnostics) {}

  // A list of indicators, or a table of such lists and tables, below the nodes named.
  void read(const Node& node, const std::vector<std::string>& path) {
    if (node.kind == Node::Kind::table) {
      for (const Node& item : node.items) read(item, below(path, item.key));
      if (node.items.empty())
        diagnostics_.error("index.empty_dimension", "`" + node.key + "` has no indicator", node.span);
    } else if (node.kind == Node::Kind::array) {
      leaves(node, path);
    } else {
      diagnostics_.error("index.tree",
                         "`" + node.key + "` should be a list of indicators such as [\"+ gdp\"]", node.span);
    }
  }

 private:
  static std::vector<std::string> below(std::vector<std::string> path, const std::string& name) {
    path.push_back(name);
    return path;
  }

  void leaves(const Node& node, const std::vector<std::string>& path) {
    if (node.items.empty())
      diagnostics_.error("index.empty_dimension", "`" + node.key + "` has no indicator", node.span);
    for (const Node& item : node.items) {
      if (item.kind != Node::Kind::string) {
        diagnostics_.error("index.tree", "an indicator is a text such as \"+ gdp\"", item.span);
        continue;
      }
      Indicator indicator = parse_indicator({item.text, item.content}, diagnostics_);
      set_path(indicator, path);
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

IndexEntry read_index(const Node& node, const IndexConventions& defaults, Diagnostics& diagnostics) {
  IndexEntry entry{{node.key, {}, node.key_span}, defaults, std::nullopt, std::nullopt};
  const Section section(node, "index", diagnostics, true);
  read_index_conventions(section, entry.conventions);
  entry.indicators = section.text("indicators");
  entry.frozen = section.text("frozen");
  TreeReader reader(entry.system, diagnostics);
  for (const Node& item : node.items)
    if (!is_index_key(item.key)) reader.read(item, {item.key});
  if (const Node* tree = section.table("tree")) reader.read(*tree, {});
  read_index_parameters(section, entry.system, entry.indicators.has_value());
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
  read_index_conventions(section, defaults);
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
