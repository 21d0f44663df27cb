// SPDX-License-Identifier: Apache-2.0
// A TOML text as a tree that keeps file order and a byte span for every key and value.
#pragma once
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace panelist::study {

struct Node {
  enum class Kind { table, array, string, integer, real, boolean, other };
  Kind kind = Kind::table;
  std::string key;  // "" for array elements and the root
  Span key_span;
  Span span;     // the value as written, quotes included
  Span content;  // of a string: its inner text when it stands there literally, else `span`
  std::string text;
  double number = 0;
  bool boolean = false;
  std::vector<Node> items;  // members in file order, or elements

  [[nodiscard]] const Node* find(std::string_view name) const;
  [[nodiscard]] bool is_number() const { return kind == Kind::integer || kind == Kind::real; }
};

std::string_view kind_word(Node::Kind kind);

// The first syntax error ends reading: it goes to `diagnostics` with its place.
Node read_document(const SourceText& source, Diagnostics& diagnostics);

}  // namespace panelist::study
