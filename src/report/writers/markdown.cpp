// SPDX-License-Identifier: Apache-2.0
// Markdown pipe tables (GitHub Flavored Markdown): one head line is allowed, further head rows follow in bold; a span is
// its text and blanks. Only characters that would be rendered as something else are escaped.
#include "base/text.h"
#include "report/writers/all.h"
#include "report/writers/cell_text.h"

namespace panelist {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alphanumeric(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }
bool is_punctuation(char c) { return c > ' ' && c < '\x7F' && !is_alphanumeric(c); }

enum class Place { paragraph, cell };

// One text of inline content: what each of its characters would do there.
class InlineText {
 public:
  InlineText(std::string_view raw, Place place, bool strong)
      : text_(clean_text(raw)), place_(place), strong_(strong), stars_open_(strong || opens_emphasis()) {}

  [[nodiscard]] std::string escaped() const {
    std::string out;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (acts(i)) out += '\\';
      out += text_[i];
    }
    return out;
  }

 private:
  [[nodiscard]] char at(std::size_t i) const { return i < text_.size() ? text_[i] : ' '; }
  [[nodiscard]] char before(std::size_t i) const { return i > 0 ? text_[i - 1] : ' '; }

  // A run of stars opens emphasis where text begins after it; significance stars, at the end of a number, do not.
  [[nodiscard]] bool opens_emphasis() const {
    for (std::size_t i = text_.find('*'); i < text_.size(); i = text_.find('*', i)) {
      const char previous = before(i);
      while (at(i) == '*') ++i;
      if (at(i) == ' ') continue;
      if (!is_punctuation(at(i)) || previous == ' ' || is_punctuation(previous)) return true;
    }
    return false;
  }

  [[nodiscard]] bool repeated(char mark) const { return std::count(text_.begin(), text_.end(), mark) > 1; }

  // "&lt;" and "&#60;", not "R&D".
  [[nodiscard]] bool is_entity(std::size_t i) const {
    std::size_t end = i + 1;
    while (is_alphanumeric(at(end)) || at(end) == '#') ++end;
    return end > i + 1 && at(end) == ';';
  }

  [[nodiscard]] bool acts(std::size_t i) const {
    const char next = at(i + 1);
    switch (text_[i]) {
      case '\\':
        return is_punctuation(next) || (strong_ && i + 1 == text_.size());
      case '`':
        return true;
      case '*':
        return stars_open_;
      case '_':
        return !is_alphanumeric(before(i)) || !is_alphanumeric(next);
      case '|':
        return place_ == Place::cell;
      case '<':
        return is_letter(next) || next == '/' || next == '!' || next == '?';
      case '&':
        return is_entity(i);
      case ']':
        return next == '(';
      case '~':
        return strong_ || repeated('~');
      case '$':
        return repeated('$');
      default:
        return false;
    }
  }

  std::string text_;
  Place place_;
  bool strong_, stars_open_;
};

std::string escape(std::string_view raw, Place place, bool strong) {
  return InlineText(raw, place, strong).escaped();
}

bool ends_or_blank(const std::string& text, std::size_t at) { return at >= text.size() || text[at] == ' '; }

// "- x", "---", "# x", "> x", "[x]: y": a list, a rule, a heading, a quotation, the target of links.
bool begins_a_block(const std::string& text) {
  const char mark = text[0];
  if (mark == '>' || mark == '|') return true;  // '|': line-based readers take it for a row
  if (mark == '#') return ends_or_blank(text, std::min(text.find_first_not_of('#'), text.size()));
  if (mark == '[') return text.find("]:") != std::string::npos;
  if (mark != '-' && mark != '+' && mark != '*') return false;
  const bool rule = text.find_first_not_of(std::string(1, mark) + " ") == std::string::npos;
  return ends_or_blank(text, 1) || rule;
}

// A note must stay a paragraph, whatever it begins with.
std::string paragraph(std::string_view raw) {
  const std::string clean = clean_text(raw);
  std::string text = escape(trim(clean), Place::paragraph, false);
  if (text.empty()) return text;
  if (begins_a_block(text)) return "\\" + text;
  const std::size_t digits = text.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string::npos) return text;
  if ((text[digits] == '.' || text[digits] == ')') && ends_or_blank(text, digits + 1))
    text.insert(digits, "\\");
  return text;
}

constexpr std::u32string_view unicode_spaces =
    U"\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000";

// Stars beside a space of any kind mark nothing: at the ends of bold text such a space is a reference to its number.
std::string strong(const std::string& raw, Place place) {
  const std::string clean = clean_text(raw);
  const std::string_view text = trim(clean);
  if (text.empty()) return "";
  std::string first, last;
  std::size_t begin = 0, end = text.size();
  const auto is_space = [](char32_t point) {
    return unicode_spaces.find(point) != std::u32string_view::npos;
  };
  const std::u32string points = to_code_points(text);
  if (is_space(points.front())) {
    first = "&#" + std::to_string(static_cast<std::uint32_t>(points.front())) + ";";
    begin = code_point_length(text, 0);
  }
  if (points.size() > 1 && is_space(points.back())) {
    last = "&#" + std::to_string(static_cast<std::uint32_t>(points.back())) + ";";
    end -= from_code_point(points.back()).size();
  }
  return "**" + first + escape(text.substr(begin, end - begin), place, true) + last + "**";
}

std::string line(const TableRow& row, const PublicationTable& table, int columns, bool bold) {
  std::string out = "|";
  int at = 0;
  for (const Cell& cell : row.cells) {
    const std::string text = format_cell(cell, table, "−");
    out += " " + (bold || cell.bold ? strong(text, Place::cell) : escape(text, Place::cell, false)) + " |";
    for (int more = 1; more < cell.span; ++more) out += "  |";
    at += cell.span;
  }
  for (; at < columns; ++at) out += "  |";
  return out + "\n";
}

}  // namespace

namespace {

std::string grid(const PublicationTable& table, int columns) {
  const std::size_t heads = header_rows(table);
  std::string out = heads > 0 ? line(table.rows[0], table, columns, false) : line({}, table, columns, false);
  out += "|:---|";
  for (int i = 1; i < columns; ++i) out += ":---:|";
  out += "\n";
  for (std::size_t i = heads > 0 ? 1 : 0; i < table.rows.size(); ++i)
    out += line(table.rows[i], table, columns, i < heads);
  return out;
}

}  // namespace

std::string write_markdown(const PublicationTable& table) {
  std::string out = strong(caption_of(table), Place::paragraph);
  if (!out.empty()) out += "\n\n";
  if (const int columns = table.columns(); columns > 0) out += grid(table, columns);
  for (const std::string& note : table.notes)
    if (const std::string text = paragraph(note); !text.empty()) out += "\n" + text + "\n";
  return out;
}

}  // namespace panelist
