// SPDX-License-Identifier: Apache-2.0
#include "study/parse/section.h"

#include "base/text.h"
#include "study/parse/keys.h"

namespace panelist::study {

void report_unknown(const std::string& what, const std::string& word, const Span& span,
                    const std::vector<std::string>& legal, const std::string& code,
                    Diagnostics& diagnostics) {
  const std::string near = nearest(word, legal);
  const std::string hint = legal.empty()  ? "the study has no " + what
                           : near.empty() ? "legal here: " + join(legal, ", ")
                                          : "did you mean `" + near + "`?";
  diagnostics.error(code, "unknown " + what + " `" + word + "`", span, hint);
}

std::vector<std::string> plain(const std::vector<Spanned>& texts) {
  std::vector<std::string> out;
  for (const Spanned& text : texts) out.push_back(text.text);
  return out;
}

Section::Section(const Node& table, std::string name, Diagnostics& diagnostics, bool open)
    : table_(table), name_(std::move(name)), diagnostics_(diagnostics) {
  if (table.kind != Node::Kind::table)
    wrong_type(table, "a table");
  else if (!open)
    check_keys();
}

void Section::check_keys() const {
  const std::vector<std::string> legal = legal_keys(name_);
  for (const Node& item : table_.items)
    if (std::find(legal.begin(), legal.end(), item.key) == legal.end())
      report_unknown(name_.empty() ? "key" : "key of [" + name_ + "]", item.key, item.key_span, legal,
                     "study.unknown_key", diagnostics_);
}

void Section::wrong_type(const Node& node, std::string_view wanted) const {
  const std::string subject = node.key.empty() ? "this value" : "`" + node.key + "`";
  diagnostics_.error(
      "study.wrong_type",
      subject + " should be " + std::string(wanted) + ", not " + std::string(kind_word(node.kind)),
      node.span);
}

const Node* Section::find(std::string_view key) const { return table_.find(key); }

std::optional<Spanned> Section::text(std::string_view key) const {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (node->kind == Node::Kind::string) return Spanned{node->text, node->content};
  wrong_type(*node, "a text in quotes");
  return std::nullopt;
}

std::vector<Spanned> Section::texts(std::string_view key) const {
  const Node* node = find(key);
  std::vector<Spanned> out;
  if (node == nullptr) return out;
  if (node->kind != Node::Kind::array) {
    wrong_type(*node, "a list of texts");
    return out;
  }
  for (const Node& item : node->items) {
    if (item.kind == Node::Kind::string)
      out.push_back({item.text, item.content});
    else
      wrong_type(item, "a text in quotes");
  }
  return out;
}

std::vector<Spanned> Section::text_or_texts(std::string_view key) const {
  const Node* node = find(key);
  if (node != nullptr && node->kind == Node::Kind::string) return {{node->text, node->content}};
  return texts(key);
}

std::optional<double> Section::number(std::string_view key) const {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (node->is_number()) return node->number;
  wrong_type(*node, "a number");
  return std::nullopt;
}

std::optional<long long> Section::integer(std::string_view key) const {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (node->kind == Node::Kind::integer) return static_cast<long long>(node->number);
  wrong_type(*node, "an integer");
  return std::nullopt;
}

std::optional<bool> Section::flag(std::string_view key) const {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (node->kind == Node::Kind::boolean) return node->boolean;
  wrong_type(*node, "true or false");
  return std::nullopt;
}

const Node* Section::table(std::string_view key) const {
  const Node* node = find(key);
  if (node == nullptr || node->kind == Node::Kind::table) return node;
  wrong_type(*node, "a table");
  return nullptr;
}

std::vector<const Node*> Section::tables(std::string_view key) const {
  const Node* node = find(key);
  std::vector<const Node*> out;
  if (node == nullptr) return out;
  if (node->kind == Node::Kind::table) return {node};
  if (node->kind != Node::Kind::array) {
    wrong_type(*node, "a list of tables");
    return out;
  }
  for (const Node& item : node->items) {
    if (item.kind == Node::Kind::table)
      out.push_back(&item);
    else
      wrong_type(item, "a table such as { by = \"region\" }");
  }
  return out;
}

std::optional<Spanned> Section::choice(std::string_view key, const std::vector<std::string>& legal) const {
  const std::optional<Spanned> value = text(key);
  if (!value || std::find(legal.begin(), legal.end(), value->text) != legal.end()) return value;
  report_unknown(std::string(key), value->text, value->span, legal, "study.unknown_value", diagnostics_);
  return std::nullopt;
}

Expression Section::expression(std::string_view key, std::string* text_out) const {
  const std::optional<Spanned> value = text(key);
  if (!value) return {};
  *text_out = value->text;
  return parse_expression(value->text, value->span, diagnostics_);
}

std::optional<VcovSpec> Section::vcov(std::string_view key) const {
  const std::optional<Spanned> value = text(key);
  if (!value) return std::nullopt;
  return parse_vcov(value->text, value->span, diagnostics_);
}

}  // namespace panelist::study
