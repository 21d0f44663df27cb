// SPDX-License-Identifier: Apache-2.0
// Diagnostics as words with a caret, and as JSON.
#include <nlohmann/json.hpp>

#include "base/diagnostic.h"
#include "base/text.h"

namespace panelist {

LineColumn line_column(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  LineColumn place{1, 1};
  for (std::size_t at = 0; at < offset; at += code_point_length(text, at)) {
    if (text[at] == '\n') {
      ++place.line;
      place.column = 1;
    } else {
      ++place.column;
    }
  }
  return place;
}

namespace {

constexpr std::size_t widest_source_line = 160;

const SourceText* source_of(const Span& span, const std::vector<SourceText>& sources) {
  if (!span.known()) return nullptr;  // also where a source has no name
  for (const SourceText& source : sources)
    if (source.name == span.file) return &source;
  return nullptr;
}

struct Paint {
  bool on;
  [[nodiscard]] std::string operator()(std::string_view code, const std::string& text) const {
    return on ? "\033[" + std::string(code) + "m" + text + "\033[0m" : text;
  }
};

std::string severity_word(Severity severity) {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

// The source line around the span, cut to a readable width, and the columns of the marked part within it.
struct MarkedLine {
  std::string line;
  std::size_t before = 0;  // display columns left of the mark
  std::size_t width = 1;   // display columns of the mark
};

std::string without_tabs(std::string_view text) { return replace_all(std::string(text), "\t", " "); }

MarkedLine marked_line(std::string_view text, const Span& span) {
  const std::size_t begin = std::min(span.begin, text.size());
  const std::size_t line_begin = begin == 0 ? 0 : text.rfind('\n', begin - 1) + 1;
  std::size_t line_end = text.find('\n', begin);
  if (line_end == std::string_view::npos) line_end = text.size();
  if (line_end > line_begin && text[line_end - 1] == '\r') --line_end;
  std::size_t from = line_begin;
  if (begin - line_begin > widest_source_line / 2) {
    from = begin - widest_source_line / 2;
    while (from < begin && (static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80U) ++from;
  }
  const std::size_t end = std::clamp(span.end, begin, std::max(begin, line_end));
  std::size_t to = std::min(line_end, std::max(end, from + widest_source_line));
  while (to < line_end && (static_cast<unsigned char>(text[to]) & 0xC0U) == 0x80U) ++to;
  MarkedLine marked;
  marked.line = without_tabs(text.substr(from, to > from ? to - from : 0));
  marked.before = display_width(without_tabs(text.substr(from, begin - from)));
  marked.width = std::max<std::size_t>(1, display_width(without_tabs(text.substr(begin, end - begin))));
  return marked;
}

std::string place_lines(const Diagnostic& diagnostic, const SourceText& source, const Paint& paint) {
  const LineColumn place = line_column(source.text, diagnostic.span.begin);
  const MarkedLine marked = marked_line(source.text, diagnostic.span);
  const std::string number = std::to_string(place.line);
  const std::string margin(number.size() + 1, ' ');
  std::string out =
      margin + paint("34", "┌─ ") + source.name + ":" + number + ":" + std::to_string(place.column) + "\n";
  out += paint("34", number + " │ ") + marked.line + "\n";
  out += margin + paint("34", "│ ") + std::string(marked.before, ' ') +
         paint("31", std::string(marked.width, '^')) + "\n";
  return out;
}

std::string place_of(const Diagnostic& diagnostic, const std::vector<SourceText>& sources,
                     const Paint& paint) {
  if (const SourceText* source = source_of(diagnostic.span, sources))
    return place_lines(diagnostic, *source, paint);
  if (diagnostic.span.known()) return "  in " + diagnostic.span.file + "\n";
  if (!diagnostic.subject.empty()) return "  at " + diagnostic.subject + "\n";
  return "";
}

}  // namespace

std::string render(const Diagnostic& diagnostic, const std::vector<SourceText>& sources, bool color) {
  const Paint paint{color};
  const std::string_view tint = diagnostic.severity == Severity::error ? "1;31" : "1;33";
  std::string out = paint(tint, severity_word(diagnostic.severity) + "[" + diagnostic.code + "]") + ": " +
                    diagnostic.message + "\n";
  out += place_of(diagnostic, sources, paint);
  for (const std::string& note : diagnostic.notes) out += "  = " + note + "\n";
  if (!diagnostic.hint.empty()) out += "  = " + paint("36", "help: ") + diagnostic.hint + "\n";
  return out;
}

std::string render_json(const Diagnostic& diagnostic, const std::vector<SourceText>& sources) {
  nlohmann::ordered_json json;
  json["code"] = diagnostic.code;
  json["severity"] = severity_word(diagnostic.severity);
  json["message"] = diagnostic.message;
  json["file"] =
      diagnostic.span.known() ? nlohmann::ordered_json(diagnostic.span.file) : nlohmann::ordered_json();
  const SourceText* source = source_of(diagnostic.span, sources);
  const LineColumn place = source ? line_column(source->text, diagnostic.span.begin) : LineColumn{};
  json["line"] = source ? nlohmann::ordered_json(place.line) : nlohmann::ordered_json();
  json["column"] = source ? nlohmann::ordered_json(place.column) : nlohmann::ordered_json();
  json["hint"] = diagnostic.hint;
  json["notes"] = diagnostic.notes;
  json["subject"] = diagnostic.subject;
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace panelist
