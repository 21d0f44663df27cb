// SPDX-License-Identifier: Apache-2.0
// spec_curve, leave_out, oster and permutation of tables and figures, and further changes of a robustness column.
#include <algorithm>

#include "base/text.h"
#include "study/parse/keys.h"
#include "study/parse/sections.h"

namespace panelist::study {

// Those that the catalog has directly under [[table]].
const std::vector<std::string>& robustness_keys() {
  static const std::vector<std::string> keys = [] {
    std::vector<std::string> found;
    for (const KeyEntry& key : keys_of_robustness())
      if (key.section == "table") found.emplace_back(key.key);
    return found;
  }();
  return keys;
}

namespace {

// "{controls}" opened, a term as it is.
void add_terms(const Spanned& text, const Study& study, Diagnostics& diagnostics,
               std::vector<Spanned>& terms) {
  if (!text.text.starts_with("{") || !text.text.ends_with("}")) {
    terms.push_back({replace_all(text.text, " ", ""), text.span});
    return;
  }
  const std::string name = text.text.substr(1, text.text.size() - 2);
  const auto set = study.sets.find(name);
  if (set == study.sets.end()) {
    std::vector<std::string> names;
    for (const auto& [known, members] : study.sets) names.push_back(known);
    report_unknown("set", name, text.span, names, "formula.unknown_set", diagnostics);
    return;
  }
  for (const std::string& term : set->second) terms.push_back({replace_all(term, " ", ""), text.span});
}

}  // namespace

std::vector<Spanned> terms_of(const std::vector<Spanned>& texts, const Study& study,
                              Diagnostics& diagnostics) {
  std::vector<Spanned> terms;
  for (const Spanned& text : texts) add_terms(text, study, diagnostics, terms);
  return terms;
}

namespace {

// "subsets", or a list of sets, each a list of terms or one text.
void read_sets(const Section& section, const Study& study, RobustnessEntry& entry) {
  const Node* node = section.find("controls");
  if (node == nullptr) return;
  if (node->kind != Node::Kind::array) {
    static_cast<void>(section.choice("controls", {"subsets"}));  // complains
    return;
  }
  for (const Node& item : node->items) {
    std::vector<Spanned> set;
    if (item.kind == Node::Kind::string)
      add_terms({item.text, item.content}, study, section.diagnostics(), set);
    for (const Node& part : item.items)
      if (part.kind == Node::Kind::string)
        add_terms({part.text, part.content}, study, section.diagnostics(), set);
      else
        section.wrong_type(part, "a term in quotes");
    if (item.kind != Node::Kind::string && item.kind != Node::Kind::array)
      section.wrong_type(item, "a list of terms");
    entry.sets.push_back(std::move(set));
  }
}

void read_samples(const Section& section, RobustnessEntry& entry) {
  const Node* node = section.table("samples");
  if (node == nullptr) return;
  const Section samples(*node, "table.spec_curve.samples", section.diagnostics(), true);
  for (const Node& item : node->items) {
    SpannedExpression where;
    where.expression = samples.expression(item.key, &where.text);
    where.span = item.content;
    entry.samples.emplace_back(item.key, std::move(where));
  }
}

void read_curve(const Section& section, const Study& study, RobustnessEntry& entry) {
  read_sets(section, study, entry);
  entry.among = terms_of(section.text_or_texts("among"), study, section.diagnostics());
  read_samples(section, entry);
  entry.effects = section.text_or_texts("effects");
  entry.outcomes = section.text_or_texts("outcome");
  for (const Spanned& vcov : section.text_or_texts("vcov"))
    entry.vcovs.push_back(parse_vcov(vcov.text, vcov.span, section.diagnostics()));
  if (const auto sample = section.choice("sample", {"common", "own"}))
    entry.own_sample = sample->text == "own";
  if (const auto draw = section.integer("draw")) entry.draw = std::max(0LL, *draw);
}

void read_numbers(const Section& section, RobustnessEntry& entry) {
  for (const auto& [key, place] : {std::pair{"r_max", &entry.r_max}, std::pair{"times", &entry.times},
                                   std::pair{"delta", &entry.delta}, std::pair{"beta", &entry.beta}})
    if (const auto number = section.number(key)) *place = *number;
}

void read_permutation(const Section& section, RobustnessEntry& entry) {
  if (const auto among = section.choice("among", {"units", "rows"})) entry.among_what = among->text;
  if (const auto within = section.text("within")) entry.by = *within;
  if (const auto statistic = section.choice("statistic", {"b", "t"})) entry.statistic = statistic->text;
  if (const auto reps = section.integer("reps")) entry.reps = *reps;
  if (entry.reps < 1)
    section.diagnostics().error("study.unknown_value", "`reps` is the number of permutations, 1 or more",
                                section.find("reps")->span, "999 is usual");
}

void read_model(const Section& section, const Study& study, RobustnessEntry& entry) {
  if (const auto of = section.text("of")) {
    const std::vector<ColumnEntry> models = resolve_columns(*of, study, section.diagnostics());
    if (!models.empty()) entry.of = models.front();
  } else {
    section.diagnostics().error("study.missing_key", "this says of which model: of = \"main\"", entry.span);
  }
  entry.terms = section.text_or_texts("term");
  for (Spanned& term : entry.terms) term.text = replace_all(term.text, " ", "");
  if (entry.terms.empty()) entry.terms.push_back({main_term(entry.of.formula), {}});
}

}  // namespace

std::optional<RobustnessEntry> read_robustness(const Section& section, const std::string& place,
                                               const Study& study) {
  const auto asked = std::find_if(robustness_keys().begin(), robustness_keys().end(),
                                  [&](const std::string& key) { return section.find(key) != nullptr; });
  if (asked == robustness_keys().end()) return std::nullopt;
  const Node* node = section.table(*asked);
  RobustnessEntry entry;
  if (node == nullptr) return entry;
  entry.span = node->span;
  const Section own(*node, place + "." + *asked, section.diagnostics());
  read_model(own, study, entry);
  if (*asked == "spec_curve") read_curve(own, study, entry);
  if (*asked == "oster") {
    read_numbers(own, entry);
    entry.among = terms_of(own.text_or_texts("kept"), study, own.diagnostics());
  }
  if (*asked == "leave_out") entry.by = own.text("by");
  if (*asked == "permutation") read_permutation(own, entry);
  return entry;
}

namespace {

// drop = ["IE"]: terms; drop = { province = ["北京"] }: rows.
void read_drop(const Section& section, Variation& variation) {
  const Node* node = section.find("drop");
  if (node == nullptr) return;
  if (node->kind != Node::Kind::table) {
    variation.drop = section.text_or_texts("drop");
    return;
  }
  for (const Node& item : node->items) {
    std::vector<std::string> values;
    const auto add = [&](const Node& value) {
      if (value.kind == Node::Kind::string)
        values.push_back("'" + value.text + "'");
      else if (value.is_number())
        values.push_back(shortest(value.number));
      else
        section.wrong_type(value, "a value of the column");
    };
    if (item.kind == Node::Kind::array)
      for (const Node& value : item.items) add(value);
    else
      add(item);
    variation.without.emplace_back(Spanned{item.key, item.key_span}, std::move(values));
  }
}

void read_period(const Section& section, Variation& variation) {
  const Node* node = section.find("period");
  if (node == nullptr) return;
  const bool two = node->kind == Node::Kind::array && node->items.size() == 2 && node->items[0].is_number() &&
                   node->items[1].is_number();
  if (!two) {
    section.wrong_type(*node, "the first and the last period, as in [2015, 2018]");
    return;
  }
  variation.period = {node->items[0].number, node->items[1].number};
  if (variation.period->first > variation.period->second)
    section.diagnostics().error("study.unknown_value", "the period ends before it begins", node->span,
                                "write the first period, then the last");
}

void read_index(const Section& section, Variation& variation) {
  const Node* node = section.table("index");
  if (node == nullptr) return;
  for (const Node& item : node->items) {
    if (item.kind != Node::Kind::string) {
      section.wrong_type(item, "a method of weights, as in { DT = \"pca\" }");
      continue;
    }
    variation.swap.emplace_back(item.key, Spanned{item.key + "@" + item.text, item.content});
  }
}

}  // namespace

void read_further_changes(const Section& section, Variation& variation) {
  read_drop(section, variation);
  for (const Spanned& term : section.text_or_texts("remove")) variation.drop.push_back(term);
  read_period(section, variation);
  read_index(section, variation);
  for (const Spanned& name : section.text_or_texts("lag")) {  // one period before
    const bool plain = name.text.find_first_of("@[]:() +-*/^") == std::string::npos;
    variation.swap.emplace_back(name.text,
                                Spanned{plain ? "L." + name.text : "L.`" + name.text + "`", name.span});
  }
  variation.effects = section.text("effects");
}

}  // namespace panelist::study
