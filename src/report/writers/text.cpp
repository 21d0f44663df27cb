// SPDX-License-Identifier: Apache-2.0
// Terminal: columns aligned on the decimal point whatever brackets and stars stand around, CJK counts two.
#include "base/text.h"
#include "report/writers/all.h"
#include "report/writers/cell_text.h"

namespace panelist {

namespace {

constexpr std::size_t gap = 2;

// What stands left of the decimal point, and the point with all that follows.
struct Split {
  std::string left, right;
};

Split split_at_point(const Cell& cell, const PublicationTable& table) {
  const CellText text = cell_text(cell, table, "-");
  const std::size_t end = text.body.find_first_not_of("-0123456789", text.body.find_first_not_of("< "));
  const std::size_t cut = end == std::string::npos ? text.body.size() : end;
  return {text.open + text.body.substr(0, cut), text.body.substr(cut) + text.stars + text.close};
}

// Counts and other whole numbers stand centred: their point would be at their end.
bool aligned_as_number(const Cell& cell) {
  const bool whole = cell.kind == CellKind::count || cell.decimals == 0;
  return is_numeric(cell) && cell.span == 1 && cell.kind != CellKind::interval && !whole;
}

struct ColumnWidth {
  std::size_t whole = 0, left = 0, right = 0;
};

class TextTable {
 public:
  explicit TextTable(const PublicationTable& table)
      : table_(table), widths_(static_cast<std::size_t>(table.columns())) {}

  std::string write() {
    measure();
    std::string out;
    const std::string caption = clean_text(caption_of(table_));
    if (!caption.empty()) out += caption + "\n";
    out += rule('=');
    const std::size_t heads = header_rows(table_);
    for (std::size_t i = 0; i < table_.rows.size(); ++i) {
      if (i == heads && heads > 0) out += rule('-');
      if (i != heads && i > 0 && table_.rows[i].rule_above != Rule::none) out += rule('-');
      out += line(table_.rows[i]);
      if (table_.rows[i].rule_under_spans) out += partial_rules(table_.rows[i]);
    }
    out += rule('=');
    for (const std::string& note : table_.notes) out += clean_text(note) + "\n";
    return out;
  }

 private:
  void measure() {
    for (const TableRow& row : table_.rows)
      each(row, [&](const Cell& cell, std::size_t at) {
        if (cell.span == 1) measure_cell(cell, widths_[at]);
      });
    for (ColumnWidth& width : widths_) width.whole = std::max(width.whole, width.left + width.right);
    for (const TableRow& row : table_.rows)
      each(row, [&](const Cell& cell, std::size_t at) { widen(cell, at); });
  }

  void measure_cell(const Cell& cell, ColumnWidth& width) const {
    if (!aligned_as_number(cell)) {
      width.whole = std::max(width.whole, display_width(plain(cell)));
      return;
    }
    const Split parts = split_at_point(cell, table_);
    width.left = std::max(width.left, display_width(parts.left));
    width.right = std::max(width.right, display_width(parts.right));
  }

  // A spanning text wider than its columns widens the last of them.
  void widen(const Cell& cell, std::size_t at) {
    if (cell.span < 2) return;
    const std::size_t have = spanned(at, cell.span);
    const std::size_t need = display_width(plain(cell));
    if (need > have) widths_[at + static_cast<std::size_t>(cell.span) - 1].whole += need - have;
  }

  std::size_t spanned(std::size_t at, int span) const {
    std::size_t sum = gap * static_cast<std::size_t>(span - 1);
    for (std::size_t i = at; i < at + static_cast<std::size_t>(span); ++i) sum += widths_[i].whole;
    return sum;
  }

  std::string plain(const Cell& cell) const { return clean_text(format_cell(cell, table_)); }

  std::string cell_line(const Cell& cell, std::size_t at) const {
    const std::size_t room = spanned(at, cell.span);
    std::string text;
    if (aligned_as_number(cell)) {
      const ColumnWidth& width = widths_[at];
      const Split parts = split_at_point(cell, table_);
      const std::size_t before =
          (room - width.left - width.right) / 2 + width.left - display_width(parts.left);
      text = std::string(before, ' ') + parts.left + parts.right;
    } else {
      text = plain(cell);
      const std::size_t free = room - std::min(room, display_width(text));
      const Alignment align = alignment_of(cell, static_cast<int>(at));
      const std::size_t before = align == Alignment::left ? 0 : align == Alignment::right ? free : free / 2;
      text.insert(0, before, ' ');
    }
    return text + std::string(room - std::min(room, display_width(text)), ' ');
  }

  std::string line(const TableRow& row) const {
    std::string out;
    each(row, [&](const Cell& cell, std::size_t at) {
      if (at > 0) out += std::string(gap, ' ');
      out += cell_line(cell, at);
    });
    return without_trailing(out) + "\n";
  }

  std::string partial_rules(const TableRow& row) const {
    std::string out;
    each(row, [&](const Cell& cell, std::size_t at) {
      if (at > 0) out += std::string(gap, ' ');
      const bool ruled = cell.span > 1 && cell.kind != CellKind::empty;
      out += std::string(spanned(at, cell.span), ruled ? '-' : ' ');
    });
    out = without_trailing(out);
    return out.empty() ? out : out + "\n";
  }

  static std::string without_trailing(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
  }

  std::string rule(char mark) const {
    return std::string(spanned(0, static_cast<int>(widths_.size())), mark) + "\n";
  }

  template <typename Visit>
  static void each(const TableRow& row, const Visit& visit) {
    std::size_t at = 0;
    for (const Cell& cell : row.cells) {
      visit(cell, at);
      at += static_cast<std::size_t>(cell.span);
    }
  }

  const PublicationTable& table_;
  std::vector<ColumnWidth> widths_;
};

}  // namespace

std::string write_text(const PublicationTable& table) {
  return table.columns() == 0 ? "" : TextTable(table).write();
}

}  // namespace panelist
