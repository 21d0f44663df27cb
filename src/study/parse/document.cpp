// SPDX-License-Identifier: Apache-2.0
#include "study/parse/document.h"

#include <toml++/toml.h>

#include "base/text.h"

namespace panelist::study {

const Node* Node::find(std::string_view name) const {
  for (const Node& item : items)
    if (item.key == name) return &item;
  return nullptr;
}

std::string_view kind_word(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::table:
      return "a table";
    case Node::Kind::array:
      return "a list";
    case Node::Kind::string:
      return "a text";
    case Node::Kind::integer:
      return "an integer";
    case Node::Kind::real:
      return "a number";
    case Node::Kind::boolean:
      return "true or false";
    case Node::Kind::other:
      return "a date or time";
  }
  return "";
}

namespace {

// Line and column (code points, 1-based) to byte offset.
class Offsets {
 public:
  explicit Offsets(const std::string& text) : text_(text), lines_{0} {
    for (std::size_t at = 0; at < text.size(); ++at)
      if (text[at] == '\n') lines_.push_back(at + 1);
  }
  [[nodiscard]] std::size_t of(const toml::source_position& place) const {
    if (place.line == 0 || place.line > lines_.size()) return 0;
    std::size_t at = lines_[place.line - 1];
    for (std::size_t column = 1; column < place.column && at < text_.size(); ++column)
      at += code_point_length(text_, at);
    return at;
  }

 private:
  const std::string& text_;
  std::vector<std::size_t> lines_;
};

class Converter {
 public:
  explicit Converter(const SourceText& source) : source_(source), offsets_(source.text) {}

  [[nodiscard]] Span span(const toml::source_region& region) const {
    const std::size_t begin = offsets_.of(region.begin);
    return {source_.name, begin, std::max(begin + 1, offsets_.of(region.end))};
  }

  [[nodiscard]] Node node(const toml::node& value) const {
    Node out;
    out.span = out.content = span(value.source());
    if (const toml::table* table = value.as_table()) {
      members(*table, out);
    } else if (const toml::array* array = value.as_array()) {
      out.kind = Node::Kind::array;
      for (const toml::node& element : *array) out.items.push_back(node(element));
    } else {
      scalar(value, out);
    }
    return out;
  }

 private:
  void members(const toml::table& table, Node& out) const {
    for (const auto& [key, value] : table) {
      Node member = node(value);
      member.key = std::string(key.str());
      member.key_span = span(key.source());
      out.items.push_back(std::move(member));
    }
    std::stable_sort(out.items.begin(), out.items.end(),
                     [](const Node& a, const Node& b) { return a.key_span.begin < b.key_span.begin; });
  }

  void scalar(const toml::node& value, Node& out) const {
    if (const auto* text = value.as_string()) {
      out.kind = Node::Kind::string;
      out.text = text->get();
      out.content = literal_span(out);
    } else if (const auto* integer = value.as_integer()) {
      out.kind = Node::Kind::integer;
      out.number = static_cast<double>(integer->get());
    } else if (const auto* real = value.as_floating_point()) {
      out.kind = Node::Kind::real;
      out.number = real->get();
    } else if (const auto* truth = value.as_boolean()) {
      out.kind = Node::Kind::boolean;
      out.boolean = truth->get();
    } else {
      out.kind = Node::Kind::other;
    }
  }

  // With escapes or folded lines the text differs from what stands there: point at the whole value then.
  [[nodiscard]] Span literal_span(const Node& value) const {
    const std::string_view written =
        std::string_view(source_.text).substr(value.span.begin, value.span.end - value.span.begin);
    const std::size_t at = written.find(value.text);
    if (value.text.empty() || at == std::string_view::npos || at > 4) return value.span;
    return {value.span.file, value.span.begin + at, value.span.begin + at + value.text.size()};
  }

  const SourceText& source_;
  Offsets offsets_;
};

bool at_bare_unicode_key(std::string_view text, std::size_t offset) {
  return offset < text.size() && static_cast<unsigned char>(text[offset]) >= 0x80;
}

void report_syntax(const toml::parse_error& error, const SourceText& source, Diagnostics& diagnostics) {
  const Converter convert(source);
  const Span place = convert.span(error.source());
  std::string hint = "correct this line; later lines were not read";
  if (at_bare_unicode_key(source.text, place.begin))
    hint = "a key with letters outside a-z must stand in quotes: \"城镇化率\" = ...";
  diagnostics.error("study.syntax", std::string(error.description()), place, hint);
}

}  // namespace

Node read_document(const SourceText& source, Diagnostics& diagnostics) {
  if (!valid_utf8(source.text)) {
    diagnostics.error("study.encoding", "the study file is not UTF-8", {source.name, 0, 1},
                      "save it as UTF-8");
    return {};
  }
  try {
    const toml::table table = toml::parse(std::string_view(source.text), std::string_view(source.name));
    return Converter(source).node(table);
  } catch (const toml::parse_error& error) {
    report_syntax(error, source, diagnostics);
  }
  return {};
}

}  // namespace panelist::study
