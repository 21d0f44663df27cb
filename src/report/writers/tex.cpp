// SPDX-License-Identifier: Apache-2.0
// LaTeX: booktabs rules, threeparttable notes, numbers aligned by dcolumn. The first lines say what it needs.
#include <fmt/format.h>

#include "base/text.h"
#include "report/writers/all.h"
#include "report/writers/cell_text.h"
#include "report/writers/tex_page.h"

namespace panelist {

namespace {

struct Replacement {
  std::string_view from, to;
};

// Every character with a meaning in LaTeX, and those that fonts of the default encoding lack.
constexpr Replacement replacements[] = {
    {"\\", "\\textbackslash{}"},
    {"{", "\\{"},
    {"}", "\\}"},
    {"$", "\\$"},
    {"&", "\\&"},
    {"#", "\\#"},
    {"%", "\\%"},
    {"_", "\\_"},
    {"^", "\\textasciicircum{}"},
    {"~", "\\textasciitilde{}"},
    {"<", "\\textless{}"},
    {">", "\\textgreater{}"},
    {"|", "\\textbar{}"},
    {"\"", "\\textquotedbl{}"},
    {"`", "\\textasciigrave{}"},
    {"'", "\\textquotesingle{}"},
    {"[", "{[}"},
    {"]", "{]}"},
    {"*", "{*}"},
    {"-", "{-}"},
    {",", "{,}"},
    {"−", "$-$"},
    {"×", "$\\times$"},
    {"≤", "$\\leq$"},
    {"≥", "$\\geq$"},
    {"≈", "$\\approx$"},
    {"≠", "$\\neq$"},
    {"±", "$\\pm$"},
    {"√", "$\\surd$"},
    {"→", "$\\rightarrow$"},
    {"←", "$\\leftarrow$"},
    {"Δ", "$\\Delta$"},
    {"Σ", "$\\Sigma$"},
    {"Ω", "$\\Omega$"},
    {"Φ", "$\\Phi$"},
    {"α", "$\\alpha$"},
    {"β", "$\\beta$"},
    {"γ", "$\\gamma$"},
    {"δ", "$\\delta$"},
    {"ε", "$\\varepsilon$"},
    {"η", "$\\eta$"},
    {"θ", "$\\theta$"},
    {"λ", "$\\lambda$"},
    {"μ", "$\\mu$"},
    {"π", "$\\pi$"},
    {"ρ", "$\\rho$"},
    {"σ", "$\\sigma$"},
    {"τ", "$\\tau$"},
    {"φ", "$\\varphi$"},
    {"χ", "$\\chi$"},
    {"ω", "$\\omega$"},
    {"²", "\\textsuperscript{2}"},
    {"∞", "$\\infty$"},
    {"–", "\\textendash{}"},
    {"—", "\\textemdash{}"},
};

const Replacement* replacement_at(std::string_view text, std::size_t at) {
  for (const Replacement& entry : replacements)
    if (text.substr(at, entry.from.size()) == entry.from) return &entry;
  return nullptr;
}

// A lone hyphen or comma stays; runs of hyphens would join to dashes, two commas to a quotation mark.
bool joins(std::string_view text, std::size_t at) {
  const char mark = text[at];
  return (at > 0 && text[at - 1] == mark) || (at + 1 < text.size() && text[at + 1] == mark);
}

std::string escape(std::string_view raw) {
  const std::string text = clean_text(raw);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Replacement* entry = replacement_at(text, at);
    const bool may_join = text[at] == '-' || text[at] == ',';
    if (entry == nullptr || (may_join && !joins(text, at))) {
      out += text[at++];
      continue;
    }
    out += entry->to;
    at += entry->from.size();
  }
  return out;
}

bool is_cjk(char32_t point) {
  return (point >= 0x2E80 && point <= 0x9FFF) || (point >= 0xAC00 && point <= 0xD7A3) ||
         (point >= 0xF900 && point <= 0xFAFF) || (point >= 0xFF00 && point <= 0xFFEF) ||
         (point >= 0x20000 && point <= 0x3FFFF);
}

bool has_cjk(const std::string& text) {
  const std::u32string points = to_code_points(text);
  return std::any_of(points.begin(), points.end(), is_cjk);
}

// Beyond what pdflatex reads with T1 fonts: Latin letters and the usual punctuation. Judged after escaping.
bool needs_unicode_engine(const std::string& source) {
  constexpr std::u32string_view punctuation = U"\u2013\u2014\u2018\u2019\u201C\u201D\u2026";
  constexpr std::u32string_view lacking = U"\u0126\u0127\u0138\u013F\u0140\u0149\u0166\u0167\u017F";
  const std::u32string points = to_code_points(source);
  return std::any_of(points.begin(), points.end(), [&](char32_t point) {
    return point > 0x17F ? punctuation.find(point) == std::u32string_view::npos
                         : lacking.find(point) != std::u32string_view::npos;
  });
}

// Fixed notation with a point: dcolumn can align it.
bool plain_decimal(const std::string& body) {
  return body.find('.') != std::string::npos && body.find_first_not_of("-0123456789.") == std::string::npos &&
         body.front() != '.';
}

constexpr std::size_t longest_line = 80;  // letters; longer texts are broken into lines

class TexTable {
 public:
  explicit TexTable(const PublicationTable& table) : table_(table), columns_(table.columns()) {}

  std::string write() const {
    const std::string body = tabular();
    const std::string whole = opening() + body + notes() + "\\end{threeparttable}\n" + closing();
    return header(whole) + whole;
  }

 private:
  [[nodiscard]] std::string environment() const { return page_.turned ? "sidewaystable" : "table"; }

  std::string closing() const { return "\\end{" + environment() + "}\n"; }

  std::string header(const std::string& whole) const {
    std::string out =
        "% Packages: \\usepackage[T1]{fontenc} \\usepackage{textcomp} \\usepackage{booktabs} "
        "\\usepackage{threeparttable} \\usepackage{dcolumn}";
    out += page_.turned ? " \\usepackage{rotating}\n" : "\n";
    if (has_cjk(whole))
      out += "% Chinese text: compile with xelatex and \\usepackage{ctex}\n";
    else if (needs_unicode_engine(escape(whole)))
      out += "% Letters or symbols that pdflatex lacks: compile with xelatex and \\usepackage{fontspec}\n";
    return out;
  }

  std::string opening() const {
    std::string out = "\\begin{" + environment() + "}[htbp]\n\\centering\n";
    if (!page_.letters.empty())
      out += page_.letters + "\n";
    else if (table_.look.size > 0)
      out += fmt::format("\\fontsize{{{}}}{{{}}}\\selectfont\n", shortest(table_.look.size),
                         shortest(1.2 * table_.look.size));
    out += "\\begin{threeparttable}\n";
    return out + caption();
  }

  // A table without a title is counted all the same: numbers are those of the other formats. Its label is the user's own.
  std::string caption() const {
    std::string out;
    if (!table_.title.empty())
      out = "\\caption{" + escape(table_.title) + "}\n";
    else if (table_.number > 0 || !table_.label.empty())
      out = "\\refstepcounter{table}\n";
    const bool labelled = !table_.label.empty() || (!table_.id.empty() && !table_.title.empty());
    if (labelled) out += "\\label{" + label() + "}\n";
    return out;
  }

  // Labels are control text: letters, digits and hyphens only.
  std::string label() const {
    std::string out;
    for (const char letter : table_.label.empty() ? "tab:" + table_.id : table_.label) {
      const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                         (letter >= '0' && letter <= '9') || letter == '-' || letter == ':';
      out += plain ? letter : '-';
    }
    return out;
  }

  // Digits to reserve left and right of the point, over all columns.
  std::string numbers_format() const {
    std::size_t left = 1, right = 0;
    for (const TableRow& row : table_.rows)
      for (const Cell& cell : row.cells) {
        const CellText text = cell_text(cell, table_, "-");
        if (!is_numeric(cell) || cell.span > 1 || !plain_decimal(text.body)) continue;
        const std::size_t point = std::min(text.body.find('.'), text.body.size());
        const std::size_t after = text.body.size() - point;
        left = std::max(left, text.open.size() + point);
        right = std::max(right, (after > 0 ? after - 1 : 0) + text.close.size() + text.stars.size());
      }
    return fmt::format("D{{.}}{{.}}{{{}.{}}}", left, right);
  }

  std::string tabular() const {
    std::string out = "\\begin{tabular}{l";
    if (columns_ > 1) out += fmt::format("*{{{}}}{{{}}}", columns_ - 1, numbers_format());
    out += "}\n\\toprule\n";
    const std::size_t heads = header_rows(table_);
    for (std::size_t i = 0; i < table_.rows.size(); ++i) {
      const TableRow& row = table_.rows[i];
      if (i > 0 && (i == heads || row.rule_above != Rule::none)) out += "\\midrule\n";
      out += line(row);
      if (row.rule_under_spans) out += partial_rules(row);
    }
    return out + "\\bottomrule\n\\end{tabular}\n";
  }

  std::string line(const TableRow& row) const {
    std::string out;
    int column = 0;
    for (const Cell& cell : row.cells) {
      if (column > 0) out += " & ";
      out += cell_source(cell, column);
      column += cell.span;
    }
    return out + " \\\\\n";
  }

  std::string cell_source(const Cell& cell, int column) const {
    const CellText text = cell_text(cell, table_, "−");
    const CellText ascii = cell_text(cell, table_, "-");
    if (text.whole().empty() && cell.span == 1) return "";
    const bool number = is_numeric(cell) && plain_decimal(ascii.body);
    if (number && cell.span == 1 && column > 0 && cell.align == Alignment::automatic) {
      const std::string stars = ascii.stars.empty() ? "" : "^{" + ascii.stars + "}";
      return ascii.open + ascii.body + stars + ascii.close;
    }
    std::string body = escape(text.open + text.body);
    if (!text.stars.empty()) body += "$^{" + text.stars + "}$";
    body += escape(text.close);
    if (cell.bold) body = "\\textbf{" + body + "}";
    if (cell.italic) body = "\\textit{" + body + "}";
    if (display_width(text.body) > longest_line)
      body =
          fmt::format("\\parbox[t]{{{}\\linewidth}}{{\\raggedright {}}}", cell.span > 1 ? "" : "0.5", body);
    if (column == 0 && cell.span == 1) return body;
    const Alignment align = alignment_of(cell, column);
    const char letter = align == Alignment::left ? 'l' : align == Alignment::right ? 'r' : 'c';
    return fmt::format("\\multicolumn{{{}}}{{{}}}{{{}}}", cell.span, letter, body);
  }

  static std::string partial_rules(const TableRow& row) {
    std::string out;
    int column = 1;
    for (const Cell& cell : row.cells) {
      if (cell.span > 1 && cell.kind != CellKind::empty)
        out += fmt::format("\\cmidrule(lr){{{}-{}}}", column, column + cell.span - 1);
      column += cell.span;
    }
    return out.empty() ? out : out + "\n";
  }

  std::string notes() const {
    if (table_.notes.empty()) return "";
    std::string out = "\\begin{tablenotes}[flushleft]\n\\footnotesize\n";
    for (const std::string& note : table_.notes) out += "\\item " + escape(note) + "\n";
    return out + "\\end{tablenotes}\n";
  }

  const PublicationTable& table_;
  const TexPage page_ = tex_page(table_);
  int columns_;
};

}  // namespace

std::string write_tex(const PublicationTable& table) {
  return table.columns() == 0 ? "% A table without cells.\n" : TexTable(table).write();
}

}  // namespace panelist
