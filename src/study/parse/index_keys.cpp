// SPDX-License-Identifier: Apache-2.0
#include "study/parse/index_keys.h"

#include "base/text.h"
#include "index/aggregation.h"
#include "index/fill.h"
#include "index/nodes.h"
#include "index/normalisation.h"
#include "index/treat.h"

namespace panelist::study {

namespace {

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

void take_choice(const Section& section, std::string_view key, const std::vector<std::string>& legal,
                 std::string& value) {
  if (const auto chosen = section.choice(key, legal)) value = chosen->text;
}

void take_number(const Section& section, std::string_view key, double& value) {
  if (const auto number = section.number(key)) value = *number;
}

void unknown(const Section& section, std::string_view key, const Spanned& value,
             const std::vector<std::string>& legal) {
  report_unknown(std::string(key), value.text, value.span, legal, "study.unknown_value",
                 section.diagnostics());
}

void read_pool(const Section& section, IndexConventions& conventions) {
  const auto pool = section.text("pool");
  if (!pool) return;
  conventions.pool = pool->text;
  const bool base = pool->text.rfind("base:", 0) == 0 && pool->text.size() > 5;
  if (!base && pool->text != "all" && pool->text != "year" && pool->text != "unit")
    unknown(section, "pool", *pool, {"all", "year", "unit", "base:TIME"});
}

void read_impute(const Section& section, IndexConventions& conventions) {
  const auto rule = section.text("impute");
  if (!rule) return;
  conventions.impute = rule->text;
  if (rule->text != "refuse" && find_fill_rule(rule->text) == nullptr)
    unknown(section, "impute", *rule, fill_rule_names());
}

void read_aggregate(const Section& section, IndexConventions& conventions) {
  const std::vector<Spanned> names = section.text_or_texts("aggregate");
  if (names.empty()) return;
  conventions.aggregate = plain(names);
  for (const Spanned& name : names)
    if (find_aggregation(name.text) == nullptr) unknown(section, "aggregate", name, aggregation_names());
}

void read_shares(const Section& section, IndexConventions& conventions) {
  const Node* shares = section.find("combine_shares");
  if (shares == nullptr) return;
  conventions.combine_shares.clear();
  for (const Node& item : shares->items) {
    if (!item.is_number() || item.number < 0) section.wrong_type(item, "a share that is not below zero");
    conventions.combine_shares.push_back(item.number);
  }
  if (shares->kind != Node::Kind::array) section.wrong_type(*shares, "a list of numbers");
}

void read_combination(const Section& section, IndexConventions& conventions) {
  const std::vector<Spanned> methods = section.texts("combine");
  if (!methods.empty()) conventions.combine = plain(methods);
  for (const Spanned& method : methods) {
    const std::vector<std::string> legal = index_methods();
    if (std::find(legal.begin(), legal.end(), method.text) == legal.end())
      unknown(section, "combine", method, legal);
  }
  take_choice(section, "combine_by", {"linear", "product", "game"}, conventions.combine_by);
  read_shares(section, conventions);
}

Indicator* indicator_named(IndexSystem& system, const std::string& code) {
  for (Indicator& indicator : system.indicators)
    if (indicator.code == code) return &indicator;
  return nullptr;
}

void report_stranger(const Section& section, const Node& item) {
  section.diagnostics().error("index.unknown_indicator", "`" + item.key + "` is no indicator of this index",
                              item.key_span);
}

bool is_node(const IndexSystem& system, const std::string& code) {
  const std::vector<panelist::Node> nodes = index_nodes(system);
  return std::any_of(nodes.begin(), nodes.end(),
                     [&](const panelist::Node& node) { return node.code == code; });
}

void read_weights(const Section& section, IndexSystem& system) {
  const Node* weights = section.table("weights");
  if (weights == nullptr) return;
  for (const Node& item : weights->items) {
    Indicator* indicator = indicator_named(system, item.key);
    if (!item.is_number())
      section.wrong_type(item, "a number");
    else if (indicator != nullptr)
      indicator->weight = item.number;
    else if (is_node(system, item.key))
      system.node_weights[item.key] = item.number;
    else
      report_stranger(section, item);
  }
}

void read_goalposts(const Section& section, IndexSystem& system) {
  const Node* goalposts = section.table("goalposts");
  if (goalposts == nullptr) return;
  for (const Node& item : goalposts->items) {
    Indicator* indicator = indicator_named(system, item.key);
    const bool pair = item.kind == Node::Kind::array && item.items.size() == 2 && item.items[0].is_number() &&
                      item.items[1].is_number() && item.items[0].number < item.items[1].number;
    if (indicator == nullptr) {
      report_stranger(section, item);
    } else if (!pair) {
      section.wrong_type(item, "two numbers, the smaller first, such as [0, 100]");
    } else {
      indicator->min = item.items[0].number;
      indicator->max = item.items[1].number;
    }
  }
}

void read_targets(const Section& section, IndexSystem& system) {
  const Node* targets = section.table("targets");
  if (targets == nullptr) return;
  for (const Node& item : targets->items) {
    Indicator* indicator = indicator_named(system, item.key);
    if (indicator == nullptr)
      report_stranger(section, item);
    else if (!item.is_number())
      section.wrong_type(item, "a number");
    else
      indicator->target = item.number;
  }
}

void read_denominators(const Section& section, IndexSystem& system) {
  const Node* denominators = section.table("denominators");
  if (denominators == nullptr) return;
  for (const Node& item : denominators->items) {
    Indicator* indicator = indicator_named(system, item.key);
    if (indicator == nullptr)
      report_stranger(section, item);
    else if (item.kind != Node::Kind::string)
      section.wrong_type(item, "the name of a column");
    else
      indicator->denominator = item.text;
  }
}

// 3, or "1/3".
std::optional<double> ratio_of(const Node& item) {
  if (item.is_number()) return item.number;
  if (item.kind != Node::Kind::string) return std::nullopt;
  const std::size_t slash = item.text.find('/');
  const auto above = parse_number(trim(std::string_view(item.text).substr(0, slash)));
  if (slash == std::string::npos) return above;
  const auto below = parse_number(trim(std::string_view(item.text).substr(slash + 1)));
  return above && below ? std::optional<double>(*above / *below) : std::nullopt;
}

// "first / second" = ratio.
void read_comparisons(const Section& section, IndexSystem& system, bool from_list) {
  const Node* compare = section.table("compare");
  if (compare == nullptr) return;
  const auto known = [&](const std::string& code) {
    return from_list || indicator_named(system, code) != nullptr || is_node(system, code);
  };
  for (const Node& item : compare->items) {
    const std::size_t over = item.key.find(" / ");
    const std::optional<double> ratio = ratio_of(item);
    if (over == std::string::npos || !ratio) {
      section.wrong_type(item, "\"first / second\" = 3, or \"1/3\"");
      continue;
    }
    PairComparison pair{std::string(trim(std::string_view(item.key).substr(0, over))),
                        std::string(trim(std::string_view(item.key).substr(over + 3))), *ratio};
    if (!known(pair.first) || !known(pair.second)) report_stranger(section, item);
    system.comparisons.push_back(std::move(pair));
  }
}

}  // namespace

void read_index_conventions(const Section& section, IndexConventions& conventions) {
  take_choice(section, "method", index_methods(), conventions.method);
  take_choice(section, "normalise", normalisation_names(), conventions.normalise);
  take_choice(section, "levels", {"one-step", "two-step", "tree"}, conventions.levels);
  take_choice(section, "missing", {"refuse", "available"}, conventions.missing);
  take_choice(section, "outliers", outlier_rule_names(), conventions.outliers);
  if (const auto again = section.flag("renormalise")) conventions.renormalise = *again;
  if (const auto cap = section.flag("cap")) conventions.cap = *cap;
  if (const auto points = section.integer("winsor_points"))
    conventions.winsor_points = static_cast<int>(*points);
  take_number(section, "winsor", conventions.winsor);
  take_number(section, "screen", conventions.screen);
  take_number(section, "share_low", conventions.share_low);
  take_number(section, "share_high", conventions.share_high);
  take_number(section, "grey_rho", conventions.rho);
  take_number(section, "vikor_v", conventions.v);
  read_zero(section, conventions);
  read_pool(section, conventions);
  read_impute(section, conventions);
  read_aggregate(section, conventions);
  read_combination(section, conventions);
}

void read_index_parameters(const Section& section, IndexSystem& system, bool from_list) {
  read_weights(section, system);
  read_goalposts(section, system);
  read_targets(section, system);
  read_denominators(section, system);
  read_comparisons(section, system, from_list);
}

}  // namespace panelist::study
