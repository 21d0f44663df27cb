// SPDX-License-Identifier: Apache-2.0
// Warnings as notes for readers.
#include "base/text.h"
#include "report/tables/labels.h"
#include "report/tables/words.h"

namespace panelist {

namespace {

constexpr std::size_t most_facts = 3;  // that a translated warning asks for

// The names in backquotes and the numbers of a message, in order.
std::vector<std::string> facts_of(const std::string& message) {
  std::vector<std::string> facts;
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (message[i] == '`') {
      const std::size_t end = std::min(message.find('`', i + 1), message.size());
      facts.push_back(message.substr(i + 1, end - i - 1));
      i = end;
    } else if (message[i] >= '0' && message[i] <= '9') {
      const std::size_t end = std::min(message.find_first_not_of("0123456789.", i), message.size());
      facts.push_back(message.substr(i, end - i));
      i = end;
    }
  }
  return facts;
}

}  // namespace

std::string warning_words(const std::string& code, const std::string& message, std::string_view lang,
                          const std::map<std::string, std::string>& labels) {
  std::string labelled;
  for (std::size_t i = 0; i < message.size();) {
    const std::size_t end = message[i] == '`' ? message.find('`', i + 1) : std::string::npos;
    if (end == std::string::npos) {
      labelled += message[i++];
      continue;
    }
    labelled += "`" + group_label(message.substr(i + 1, end - i - 1), labels) + "`";
    i = end + 1;
  }
  return warning_words(code, labelled, lang);
}

namespace {

// A letter or digit of Latin, not punctuation.
bool is_latin(char32_t point) {
  return (point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z');
}
bool is_ideograph(char32_t point) { return point >= 0x4E00 && point <= 0x9FFF; }

}  // namespace

std::string spaced_chinese(const std::string& text) {
  const std::u32string points = to_code_points(text);
  std::string out;
  char32_t before = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const char32_t point = points[i];
    const bool last = i + 1 == points.size();
    if (point == ' ' && is_ideograph(before) && !last && is_ideograph(points[i + 1])) continue;
    if ((is_latin(before) && is_ideograph(point)) || (is_ideograph(before) && is_latin(point))) out += ' ';
    out += from_code_point(point);
    before = point;
  }
  return out;
}

std::string warning_words(const std::string& code, const std::string& message, std::string_view lang) {
  const std::string_view own = word(code, lang);
  if (own == "-") return "";
  if (own.empty() || own == code) return replace_all(message, "`", "");
  fmt::dynamic_format_arg_store<fmt::format_context> facts;
  const std::vector<std::string> found = facts_of(message);
  for (const std::string& fact : found) facts.push_back(fact);
  for (std::size_t i = found.size(); i < most_facts; ++i) facts.push_back(std::string("…"));
  return fmt::vformat(own, facts);
}

}  // namespace panelist
