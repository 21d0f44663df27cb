// SPDX-License-Identifier: Apache-2.0
// The tokens of an expression of the study (private to the room).
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace panelist::code {

struct Token {
  enum class Kind { name, number, text, sign } kind = Kind::sign;
  std::string body;    // names without backquotes, texts without quotes
  char operation = 0;  // of a lag: 'L', 'F' or 'D' before the name
  int periods = 0;
};

std::vector<Token> tokens_of(std::string_view expression);
bool begins_name(char letter);
bool is_digit(char letter);

}  // namespace panelist::code
