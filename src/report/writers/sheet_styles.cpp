// SPDX-License-Identifier: Apache-2.0
#include "report/writers/sheet_styles.h"

#include <fmt/format.h>

#include "report/writers/zip_archive.h"

namespace panelist {

namespace {

constexpr int first_own_number_format = 164;  // below are Excel's built-in ones

std::string font(const TableLook& look, bool bold, bool italic, bool small) {
  const double size = look.size > 0 ? look.size : 11;
  return fmt::format("<font>{}{}<sz val=\"{}\"/><name val=\"{}\"/></font>", bold ? "<b/>" : "",
                     italic ? "<i/>" : "", small ? std::max(6.0, size - 2) : size,
                     xml_escape(look.font.empty() ? "Times New Roman" : look.font));
}

std::string side(const char* name, int weight) {
  if (weight == 0) return fmt::format("<{}/>", name);
  return fmt::format("<{0} style=\"{1}\"><color auto=\"1\"/></{0}>", name, weight == 1 ? "thin" : "medium");
}

int font_number(const SheetFormat& format) {
  return (format.bold ? 1 : 0) + (format.italic ? 2 : 0) + (format.small ? 4 : 0);
}

int border_number(const SheetFormat& format) { return format.above * 3 + format.below; }

std::string cell_format(const SheetFormat& format, int number_format) {
  const char* align = format.align == 'l' ? "left" : format.align == 'r' ? "right" : "center";
  return fmt::format(
      "<xf numFmtId=\"{}\" fontId=\"{}\" fillId=\"0\" borderId=\"{}\" xfId=\"0\" applyNumberFormat=\"1\" "
      "applyFont=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment horizontal=\"{}\" "
      "vertical=\"{}\"{}/></xf>",
      number_format, font_number(format), border_number(format), align,
      format.wrap && format.small ? "top" : "center", format.wrap ? " wrapText=\"1\"" : "");
}

}  // namespace

int SheetStyles::number_of(const SheetFormat& format) {
  const auto [entry, added] = known_.emplace(format, static_cast<int>(formats_.size()));
  if (added) formats_.push_back(format);
  return entry->second;
}

std::string SheetStyles::xml(const TableLook& look) const {
  std::map<std::string, int> numbers;
  std::string number_formats, cells;
  for (const SheetFormat& format : formats_) {
    int id = 0;
    if (!format.number.empty()) {
      const auto [entry, added] =
          numbers.emplace(format.number, first_own_number_format + static_cast<int>(numbers.size()));
      id = entry->second;
      if (added)
        number_formats +=
            fmt::format("<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>", id, xml_escape(format.number));
    }
    cells += cell_format(format, id);
  }
  std::string out(xml_declaration);
  out += "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";
  if (!numbers.empty())
    out += fmt::format("<numFmts count=\"{}\">{}</numFmts>", numbers.size(), number_formats);
  out += "<fonts count=\"8\">";
  for (int i = 0; i < 8; ++i) out += font(look, (i & 1) != 0, (i & 2) != 0, (i & 4) != 0);
  out +=
      "</fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
      "<fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"9\">";
  for (int above = 0; above < 3; ++above)
    for (int below = 0; below < 3; ++below)
      out += "<border><left/><right/>" + side("top", above) + side("bottom", below) + "<diagonal/></border>";
  out +=
      "</borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" "
      "borderId=\"0\"/></cellStyleXfs>";
  out += fmt::format("<cellXfs count=\"{}\">{}</cellXfs>", formats_.size(), cells);
  return out +
         "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" "
         "builtinId=\"0\"/></cellStyles></styleSheet>";
}

}  // namespace panelist
