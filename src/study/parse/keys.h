// SPDX-License-Identifier: Apache-2.0
// The catalog of legal keys: what strict reading, "did you mean", the schema and the reference page come from.
// Adding a key = one line in keys.cpp or the file of its part and its use in the reader of the section.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace panelist::study {

struct KeyEntry {
  std::string_view section;  // "" top level, "data", "index", "table", "table.vary", ...
  std::string_view key;
  std::string_view type;      // "text", "list of texts", "number", "integer", "flag", "table", "formula", ...
  std::string_view fallback;  // what holds when the key is left out; "" where the key says what a table is
  std::string_view summary;
  std::string_view example;  // a value, as it stands after "key = "; of a section its head
};
const std::vector<KeyEntry>& key_catalog();
// Parts of it.
const std::vector<KeyEntry>& keys_of_indices();
const std::vector<KeyEntry>& keys_of_robustness();
const std::vector<KeyEntry>& keys_of_shapes();
const std::vector<KeyEntry>& keys_of_channels();
const std::vector<KeyEntry>& keys_of_policies();
const std::vector<KeyEntry>& keys_of_mediations();
std::vector<std::string> legal_keys(std::string_view section);

}  // namespace panelist::study
