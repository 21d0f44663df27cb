// SPDX-License-Identifier: Apache-2.0
// Word and Excel files back into cells, through libzip and pugixml.
#pragma once
#include <zip.h>

#include "base/shared_library.h"
#include "readers.h"

namespace panelist::readers {

// One file of a zip archive, read by libzip (which checks its CRC-32).
inline std::string unzip(const std::string& archive, const char* name) {
  static const SharedLibrary library("libzip.so.4", "libzip4");
  zip_error_t error;
  zip_source_t* source = library.function<decltype(zip_source_buffer_create)>("zip_source_buffer_create")(
      archive.data(), archive.size(), 0, &error);
  zip_t* zip = library.function<decltype(zip_open_from_source)>("zip_open_from_source")(
      source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  if (zip == nullptr) throw std::runtime_error("not a zip archive");
  zip_file_t* file = library.function<decltype(zip_fopen)>("zip_fopen")(zip, name, 0);
  if (file == nullptr) throw std::runtime_error(std::string("no ") + name);
  std::string content;
  char buffer[4096];
  zip_int64_t got = 0;
  while ((got = library.function<decltype(zip_fread)>("zip_fread")(file, buffer, sizeof buffer)) > 0)
    content.append(buffer, static_cast<std::size_t>(got));
  const int closed = library.function<decltype(zip_fclose)>("zip_fclose")(file);
  library.function<decltype(zip_close)>("zip_close")(zip);
  if (got < 0 || closed != 0) throw std::runtime_error("damaged zip entry");
  return content;
}

inline pugi::xml_document read_xml(const std::string& archive, const char* name) {
  pugi::xml_document document;
  const auto parsed =
      document.load_string(unzip(archive, name).c_str(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed) throw std::runtime_error(std::string(name) + ": " + parsed.description());
  return document;
}

inline ReadTable read_docx(const std::string& archive) {
  const pugi::xml_document document = read_xml(archive, "word/document.xml");
  ReadTable table;
  for (const pugi::xml_node& block : document.child("w:document").child("w:body").children()) {
    const std::string style = block.child("w:pPr").child("w:pStyle").attribute("w:val").value();
    if (style == "Caption") table.caption = all_text(block);
    if (style == "TableNote") table.notes.push_back(all_text(block));
    for (const pugi::xml_node& row : block.children("w:tr")) {
      table.rows.emplace_back();
      for (const pugi::xml_node& cell : row.children("w:tc"))
        table.rows.back().push_back(
            {all_text(cell), cell.child("w:tcPr").child("w:gridSpan").attribute("w:val").as_int(1)});
    }
  }
  return table;
}

// --- Excel: what it shows for a number under a format such as "("0.00")";"(-"0.00")".
inline std::string shown(double value, const std::string& format) {
  const std::vector<std::string> sections = split(format, ';');
  const bool second = value < 0 && sections.size() > 1;
  const std::string& section = sections[second ? 1 : 0];
  std::string out, digits;
  bool quoted = false;
  for (const char c : section) {
    if (c == '"') {
      quoted = !quoted;
    } else if (quoted) {
      out += c;
    } else {
      if (digits.empty()) out += '\x01';
      digits += c;
    }
  }
  const double magnitude = second ? -value : value;
  const std::size_t point = digits.find('.');
  const std::string number =
      digits.find('E') != std::string::npos
          ? significant(magnitude, 2)
          : fixed(magnitude, point == std::string::npos ? 0 : static_cast<int>(digits.size() - point - 1));
  return replace_all(out, "\x01", number);
}

struct ReadSheet {
  ReadTable table;
  std::vector<std::vector<double>> values;  // NaN where the cell is text
};

inline std::vector<std::string> cell_number_formats(const std::string& archive) {
  const pugi::xml_document document = read_xml(archive, "xl/styles.xml");
  const pugi::xml_node root = document.child("styleSheet");
  std::map<int, std::string> codes;
  for (const pugi::xml_node& format : root.child("numFmts").children())
    codes[format.attribute("numFmtId").as_int()] = format.attribute("formatCode").value();
  std::vector<std::string> formats;
  for (const pugi::xml_node& cell : root.child("cellXfs").children())
    formats.push_back(codes[cell.attribute("numFmtId").as_int()]);
  return formats;
}

inline int merged_columns(const std::string& range) {
  const std::size_t colon = range.find(':');
  const auto column = [](const std::string& place) {
    int number = 0;
    for (const char c : place)
      if (c >= 'A') number = number * 26 + (c - 'A' + 1);
    return number;
  };
  return column(range.substr(colon + 1)) - column(range.substr(0, colon)) + 1;
}

inline ReadSheet read_xlsx(const std::string& archive, bool has_caption, std::size_t notes) {
  const std::vector<std::string> formats = cell_number_formats(archive);
  const pugi::xml_document document = read_xml(archive, "xl/worksheets/sheet1.xml");
  const pugi::xml_node root = document.child("worksheet");
  std::map<std::string, int> spans;
  for (const pugi::xml_node& merge : root.child("mergeCells").children()) {
    const std::string range = merge.attribute("ref").value();
    spans[range.substr(0, range.find(':'))] = merged_columns(range);
  }
  ReadSheet sheet;
  for (const pugi::xml_node& row : root.child("sheetData").children()) {
    sheet.table.rows.emplace_back();
    sheet.values.emplace_back();
    int covered = 0;
    for (const pugi::xml_node& cell : row.children()) {
      if (--covered >= 0) continue;
      const auto merge = spans.find(cell.attribute("r").value());
      const int span = merge == spans.end() ? 1 : merge->second;
      covered = span - 1;
      const bool number = !cell.child("v").empty();
      const double value = number ? *parse_number(cell.child_value("v")) : missing_value;
      sheet.values.back().push_back(value);
      sheet.table.rows.back().push_back(
          {number ? shown(value, formats[cell.attribute("s").as_uint()]) : all_text(cell), span});
    }
  }
  auto& rows = sheet.table.rows;
  for (std::size_t i = rows.size() - notes; i < rows.size(); ++i)
    sheet.table.notes.push_back(rows[i][0].text);
  rows.resize(rows.size() - notes);
  if (has_caption) {
    sheet.table.caption = rows[0][0].text;
    rows.erase(rows.begin());
    sheet.values.erase(sheet.values.begin());
  }
  return sheet;
}

}  // namespace panelist::readers
