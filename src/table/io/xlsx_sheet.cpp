// SPDX-License-Identifier: Apache-2.0
#include "table/io/xlsx_sheet.h"

#include <fmt/format.h>

#include "base/diagnostic.h"
#include "base/text.h"
#include "table/io/cell_text.h"

namespace panelist {
namespace {

constexpr std::uint32_t most_rows = 1048576, most_columns = 16384;

struct CellPlace {
  std::uint32_t row = 0;     // 1-based; 0 when not given
  std::uint32_t column = 0;  // 1-based; 0 when not given
};

// "BC12", with or without $.
CellPlace parse_place(std::string_view reference) {
  CellPlace place;
  for (const char c : reference) {
    if (c >= 'A' && c <= 'Z' && place.column <= most_columns) {
      place.column = place.column * 26 + static_cast<std::uint32_t>(c - 'A' + 1);
    } else if (c >= '0' && c <= '9' && place.row <= most_rows) {
      place.row = place.row * 10 + static_cast<std::uint32_t>(c - '0');
    }
  }
  return place;
}

MergedRange parse_range(std::string_view reference) {
  const std::size_t colon = reference.find(':');
  if (colon == std::string_view::npos) return {};
  const CellPlace from = parse_place(reference.substr(0, colon));
  const CellPlace to = parse_place(reference.substr(colon + 1));
  if (from.column == 0 || to.column == 0) return {};
  return {from.row, std::min(to.row, most_rows), from.column - 1, std::min(to.column, most_columns) - 1};
}

class SheetReader {
 public:
  SheetReader(const Workbook& workbook, Sheet& sheet) : workbook_(workbook), sheet_(sheet) {}

  // False when the cell holds nothing.
  bool read_cell(const pugi::xml_node& node, SheetCell& cell) {
    const std::string_view type = node.attribute("t").value();
    if (type == "inlineStr") {
      cell.text = item_text(local_child(node, "is"));
      return as_text(cell);
    }
    const pugi::xml_node value = local_child(node, "v");
    const std::string_view text = value.child_value();
    if (text.empty()) {
      sheet_.formulas_without_value += local_child(node, "f") ? 1 : 0;
      return false;
    }
    if (type == "e") {
      ++sheet_.errors;
      return false;
    }
    if (type == "s") return read_shared(text, cell);
    if (type == "str") {
      cell.text = text;
      return as_text(cell);
    }
    if (type == "b") return as_number(cell, text == "1" ? 1 : 0, SheetCell::Kind::boolean);
    if (type == "d") return read_iso_date(text, cell);
    return read_number(text, node.attribute("s").as_uint(), cell);
  }

 private:
  static bool as_text(SheetCell& cell) {
    cell.kind = SheetCell::Kind::text;
    cell.text = std::string(trim_blanks(cell.text));
    return !cell.text.empty();
  }

  static bool as_number(SheetCell& cell, double number, SheetCell::Kind kind) {
    cell.kind = kind;
    cell.number = number;
    return true;
  }

  bool read_shared(std::string_view text, SheetCell& cell) const {
    const auto index = parse_integer(text);
    if (!index || *index < 0 || static_cast<std::size_t>(*index) >= workbook_.strings.size()) return false;
    cell.text = workbook_.strings[static_cast<std::size_t>(*index)];
    return as_text(cell);
  }

  bool read_iso_date(std::string_view text, SheetCell& cell) const {
    const auto days = parse_cell_date(text.substr(0, text.find('T')));
    if (days) return as_number(cell, *days, SheetCell::Kind::date);
    cell.text = text;
    return as_text(cell);
  }

  bool read_number(std::string_view text, unsigned style, SheetCell& cell) {
    CellNumber number;
    if (!parse_cell_number(trim_blanks(text), {}, number)) return false;
    const bool is_date = style < workbook_.date_style.size() && workbook_.date_style[style];
    // A serial below 1 is a time of day, whatever its format; above the year 9999 it is no date.
    if (!is_date || number.value < 1 || number.value > 2958466) {
      return as_number(cell, number.value, SheetCell::Kind::number);
    }
    const double day = std::floor(number.value);
    sheet_.times_of_day += day != number.value ? 1 : 0;
    return as_number(cell, workbook_.days(day), SheetCell::Kind::date);
  }

  const Workbook& workbook_;
  Sheet& sheet_;
};

SheetRow read_row(const pugi::xml_node& node, std::uint32_t number, SheetReader& reader) {
  SheetRow row;
  row.number = number;
  std::uint32_t next_column = 0;
  for (const pugi::xml_node& cell_node : node) {
    if (local_name(cell_node) != "c") continue;
    const CellPlace place = parse_place(cell_node.attribute("r").value());
    SheetCell cell;
    cell.column = place.column > 0 ? place.column - 1 : next_column;
    next_column = cell.column + 1;
    if (cell.column < most_columns && reader.read_cell(cell_node, cell)) row.cells.push_back(std::move(cell));
  }
  const auto before = [](const SheetCell& a, const SheetCell& b) { return a.column < b.column; };
  if (!std::is_sorted(row.cells.begin(), row.cells.end(), before)) {
    std::stable_sort(row.cells.begin(), row.cells.end(), before);
  }
  return row;
}

}  // namespace

const SheetCell* SheetRow::find(std::uint32_t column) const {
  const auto place =
      std::lower_bound(cells.begin(), cells.end(), column,
                       [](const SheetCell& cell, std::uint32_t wanted) { return cell.column < wanted; });
  return place != cells.end() && place->column == column ? &*place : nullptr;
}

Sheet read_sheet(std::string contents, const Workbook& workbook, const std::string& part,
                 const std::string& file) {
  pugi::xml_document document;
  parse_part(document, contents, part, file);
  Sheet sheet;
  SheetReader reader(workbook, sheet);
  std::uint32_t number = 0;
  for (const pugi::xml_node& node : local_child(document.document_element(), "sheetData")) {
    if (local_name(node) != "row") continue;
    const auto given = node.attribute("r").as_uint();
    // Rows that go back or beyond the last row are damage; they continue the count.
    number = given > number && given <= most_rows ? given : number + 1;
    SheetRow row = read_row(node, number, reader);
    if (!row.cells.empty()) sheet.rows.push_back(std::move(row));
  }
  for (const pugi::xml_node& node : local_child(document.document_element(), "mergeCells")) {
    sheet.merged.push_back(parse_range(node.attribute("ref").value()));
  }
  return sheet;
}

}  // namespace panelist
