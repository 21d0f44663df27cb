// SPDX-License-Identifier: Apache-2.0
// A reader for every writer: what was written must read back as the same cells, spans and notes.
#pragma once
#include <pugixml.hpp>

#include "base/text.h"
#include "report/publication_table.h"

namespace panelist::readers {

struct ReadCell {
  std::string text;
  int span = 1;
  bool operator==(const ReadCell&) const = default;
};
inline void PrintTo(const ReadCell& cell, std::ostream* out) {
  *out << '"' << cell.text << "\" x" << cell.span;
}
using ReadRow = std::vector<ReadCell>;
struct ReadTable {
  std::string caption;
  std::vector<ReadRow> rows;
  std::vector<std::string> notes;
};

enum class Spans { kept, blanks, repeated };

// What a perfect reader finds in a table.
inline std::vector<ReadRow> expected_rows(const PublicationTable& table, const std::string& minus,
                                          Spans spans) {
  std::vector<ReadRow> rows;
  for (const TableRow& row : table.rows) {
    rows.emplace_back();
    for (const Cell& cell : row.cells) {
      const std::string text = format_cell(cell, table, minus);
      rows.back().push_back({text, spans == Spans::kept ? cell.span : 1});
      for (int more = 1; spans != Spans::kept && more < cell.span; ++more)
        rows.back().push_back({spans == Spans::blanks ? "" : text, 1});
    }
  }
  return rows;
}

// --- csv
inline std::vector<ReadRow> read_csv(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<ReadRow> rows;
  ReadRow row;
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      field += c;
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == ',' || c == '\r')) {
      row.push_back({field, 1});
      field.clear();
    } else if (!quoted && c == '\n') {
      rows.push_back(row);
      row.clear();
    } else {
      field += c;
    }
  }
  return rows;
}

// --- Markdown
inline std::string unescape_markdown(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : ' ';
    const std::size_t end = text.find_first_not_of("0123456789", std::min(i + 2, text.size()));
    if (text[i] == '&' && next == '#' && end != std::string_view::npos && end > i + 2 && text[end] == ';') {
      out += from_code_point(static_cast<char32_t>(*parse_integer(text.substr(i + 2, end - i - 2))));
      i = end;
      continue;
    }
    if (text[i] == '\\' && std::ispunct(static_cast<unsigned char>(next)) != 0) ++i;
    out += text[i];
  }
  return out;
}

inline ReadRow read_markdown_line(std::string_view line) {
  ReadRow row;
  std::string field;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '\\') {
      field += line[i++];
      field += line[i];
    } else if (line[i] == '|') {
      std::string_view raw = trim(field);
      if (raw.size() > 4 && raw.starts_with("**") && raw.ends_with("**")) raw = raw.substr(2, raw.size() - 4);
      row.push_back({unescape_markdown(raw), 1});
      field.clear();
    } else {
      field += line[i];
    }
  }
  return row;
}

inline ReadTable read_markdown(const std::string& text) {
  ReadTable table;
  for (const std::string& line : split(text, '\n')) {
    if (line.empty() || line.starts_with("|:--")) continue;
    if (line.starts_with("|"))
      table.rows.push_back(read_markdown_line(line));
    else if (table.rows.empty())
      table.caption = unescape_markdown(line.substr(2, line.size() - 4));
    else
      table.notes.push_back(unescape_markdown(line));
  }
  return table;
}

// --- LaTeX
inline std::string unescape_tex(std::string_view text) {
  static const std::pair<std::string_view, std::string_view> commands[] = {{"\\textbackslash{}", "\\"},
                                                                           {"\\textasciicircum{}", "^"},
                                                                           {"\\textasciitilde{}", "~"},
                                                                           {"\\textless{}", "<"},
                                                                           {"\\textgreater{}", ">"},
                                                                           {"\\textbar{}", "|"},
                                                                           {"\\textquotedbl{}", "\""},
                                                                           {"\\textasciigrave{}", "`"},
                                                                           {"\\textquotesingle{}", "'"},
                                                                           {"\\textendash{}", "–"},
                                                                           {"\\textemdash{}", "—"},
                                                                           {"\\textsuperscript{2}", "²"},
                                                                           {"$-$", "−"},
                                                                           {"$\\times$", "×"},
                                                                           {"$\\leq$", "≤"},
                                                                           {"$\\geq$", "≥"},
                                                                           {"$\\approx$", "≈"},
                                                                           {"$\\neq$", "≠"},
                                                                           {"$\\pm$", "±"},
                                                                           {"$\\surd$", "√"},
                                                                           {"$\\rightarrow$", "→"},
                                                                           {"$\\leftarrow$", "←"},
                                                                           {"$\\Delta$", "Δ"},
                                                                           {"$\\Sigma$", "Σ"},
                                                                           {"$\\Omega$", "Ω"},
                                                                           {"$\\Phi$", "Φ"},
                                                                           {"$\\alpha$", "α"},
                                                                           {"$\\beta$", "β"},
                                                                           {"$\\gamma$", "γ"},
                                                                           {"$\\delta$", "δ"},
                                                                           {"$\\varepsilon$", "ε"},
                                                                           {"$\\eta$", "η"},
                                                                           {"$\\theta$", "θ"},
                                                                           {"$\\lambda$", "λ"},
                                                                           {"$\\mu$", "μ"},
                                                                           {"$\\pi$", "π"},
                                                                           {"$\\rho$", "ρ"},
                                                                           {"$\\sigma$", "σ"},
                                                                           {"$\\tau$", "τ"},
                                                                           {"$\\varphi$", "φ"},
                                                                           {"$\\chi$", "χ"},
                                                                           {"$\\omega$", "ω"},
                                                                           {"$\\infty$", "∞"},
                                                                           {"{[}", "["},
                                                                           {"{]}", "]"},
                                                                           {"{*}", "*"},
                                                                           {"{-}", "-"},
                                                                           {"{,}", ","},
                                                                           {"$^{***}$", "***"},
                                                                           {"$^{**}$", "**"},
                                                                           {"$^{*}$", "*"},
                                                                           {"\\{", "{"},
                                                                           {"\\}", "}"},
                                                                           {"\\$", "$"},
                                                                           {"\\&", "&"},
                                                                           {"\\#", "#"},
                                                                           {"\\%", "%"},
                                                                           {"\\_", "_"}};
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto* found = std::find_if(std::begin(commands), std::end(commands), [&](const auto& command) {
      return text.substr(i, command.first.size()) == command.first;
    });
    if (found == std::end(commands)) {
      out += text[i++];
    } else {
      out += found->second;
      i += found->first.size();
    }
  }
  return out;
}

// The text between the brace at `at` and its partner.
inline std::string_view braced(std::string_view text, std::size_t& at) {
  const std::size_t begin = ++at;
  for (int depth = 1; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '{')
      ++depth;
    else if (text[at] == '}' && --depth == 0)
      break;
  }
  return text.substr(begin, at++ - begin);
}

// A cell that is neither a spanning nor a dcolumn number is text; the first column always is.
inline ReadCell read_tex_cell(std::string_view source, bool first) {
  source = trim(source);
  constexpr std::string_view multi = "\\multicolumn";
  if (source.starts_with(multi)) {
    std::size_t at = multi.size();
    const int span = std::stoi(std::string(braced(source, at)));
    braced(source, at);
    return {unescape_tex(braced(source, at)), span};
  }
  // A number of a dcolumn: in math mode, stars as a superscript, a plain hyphen is the minus.
  if (const std::size_t stars = source.find("^{*"); !first && stars != std::string_view::npos) {
    std::size_t at = stars + 1;
    const std::string marks(braced(source, at));
    return {
        replace_all(std::string(source.substr(0, stars)) + marks + std::string(source.substr(at)), "-", "−"),
        1};
  }
  const bool number =
      !first && !source.empty() && source.find_first_not_of("-0123456789.()[]") == std::string_view::npos;
  return {number ? replace_all(std::string(source), "-", "−") : unescape_tex(source), 1};
}

inline ReadRow read_tex_line(std::string_view line) {
  ReadRow row;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= line.size(); ++i) {
    if (i == line.size() || (line[i] == '&' && depth == 0)) {
      row.push_back(read_tex_cell(line.substr(begin, i - begin), row.empty()));
      begin = i + 1;
    } else if (line[i] == '\\') {
      ++i;
    } else if (line[i] == '{') {
      ++depth;
    } else if (line[i] == '}') {
      --depth;
    }
  }
  return row;
}

inline ReadTable read_tex(const std::string& text) {
  ReadTable table;
  bool inside = false;
  for (const std::string& line : split(text, '\n')) {
    if (line == "\\toprule") inside = true;
    if (line == "\\bottomrule") inside = false;
    std::size_t at = 8;
    if (line.starts_with("\\caption")) table.caption = unescape_tex(braced(line, at));
    if (line.starts_with("\\item ")) table.notes.push_back(unescape_tex(line.substr(6)));
    if (inside && line.ends_with(" \\\\"))
      table.rows.push_back(read_tex_line(line.substr(0, line.size() - 3)));
  }
  return table;
}

// --- HTML
inline std::string all_text(const pugi::xml_node& node) {
  std::string out;
  if (node.type() == pugi::node_pcdata) return node.value();
  for (const pugi::xml_node& child : node.children()) out += all_text(child);
  return out;
}

inline ReadTable read_html(const std::string& page) {
  const std::size_t begin = page.find("<table"), end = page.find("</table>");
  pugi::xml_document document;
  const auto parsed = document.load_string(page.substr(begin, end + 8 - begin).c_str(),
                                           pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed) throw std::runtime_error(parsed.description());
  ReadTable table;
  const pugi::xml_node root = document.child("table");
  table.caption = all_text(root.child("caption"));
  for (const char* part : {"thead", "tbody"})
    for (const pugi::xml_node& row : root.child(part).children("tr")) {
      table.rows.emplace_back();
      for (const pugi::xml_node& cell : row.children())
        if (cell.type() == pugi::node_element)
          table.rows.back().push_back({all_text(cell), cell.attribute("colspan").as_int(1)});
    }
  for (const pugi::xml_node& note : root.child("tfoot").child("tr").child("td").children("p"))
    table.notes.push_back(all_text(note));
  return table;
}

}  // namespace panelist::readers
