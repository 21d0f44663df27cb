// SPDX-License-Identifier: Apache-2.0
// Expressions of the study in another language, token by token. What it cannot say is left as written and told.
#pragma once
#include <map>
#include <string>
#include <string_view>

namespace panelist {

struct Dialect {
  std::string_view both, either, negation, power, missing;
  // "{0}" the column, "{1}" the list.
  std::string_view among, not_among, is_missing, is_present;
  std::map<std::string, std::string> functions;
  bool chains = false;                                       // 1 <= x <= 2 is one comparison
  std::string (*column)(const std::string& name) = nullptr;  // how it writes a name
  std::string (*lag)(const std::string& name, int periods) = nullptr;
  std::size_t longest_list = 0;  // of `among`; 0: any
};

// `understood` turns false when a part has no counterpart: an aggregate, a function of the program's own.
std::string translated(std::string_view expression, const Dialect& dialect, bool& understood);

// "province" stays, "x y" and "log(x)" do not.
bool plain_name(std::string_view text);
std::string without_backquotes(std::string_view text);
// Removes I( ) around the whole text.
std::string without_identity(const std::string& text);

}  // namespace panelist
