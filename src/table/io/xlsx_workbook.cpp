// SPDX-License-Identifier: Apache-2.0
#include "table/io/xlsx_workbook.h"

#include <fmt/format.h>

#include "base/diagnostic.h"
#include "base/text.h"

namespace panelist {
namespace {

constexpr std::string_view worksheet_kind = "/worksheet";
constexpr std::string_view workbook_kind = "/officeDocument";

struct Relation {
  std::string id, kind, target;
};

bool is_builtin_date(int format) {
  return (format >= 14 && format <= 17) || format == 22 || (format >= 27 && format <= 31) || format == 36 ||
         (format >= 50 && format <= 54) || format == 57 || format == 58;
}

std::string folder_of(const std::string& part) {
  const std::size_t slash = part.rfind('/');
  return slash == std::string::npos ? "" : part.substr(0, slash + 1);
}

// "../a.xml" seen from "xl/worksheets/" is "xl/a.xml"; "/xl/a.xml" is absolute.
std::string resolve(const std::string& folder, std::string target) {
  if (target.starts_with('/')) return target.substr(1);
  std::string base = folder;
  while (target.starts_with("../")) {
    target.erase(0, 3);
    if (!base.empty()) base = folder_of(base.substr(0, base.size() - 1));
  }
  return base + target;
}

std::vector<Relation> relations_of(const ZipArchive& archive, const std::string& part,
                                   const std::string& file) {
  const std::string folder = folder_of(part);
  const std::string name = folder + "_rels/" + part.substr(folder.size()) + ".rels";
  std::vector<Relation> relations;
  auto contents = archive.read(name);
  if (!contents) return relations;
  pugi::xml_document document;
  parse_part(document, *contents, name, file);
  for (const pugi::xml_node& node : document.document_element()) {
    relations.push_back({node.attribute("Id").value(), node.attribute("Type").value(),
                         resolve(folder, node.attribute("Target").value())});
  }
  return relations;
}

std::string part_of_kind(const std::vector<Relation>& relations, std::string_view kind,
                         const std::string& otherwise) {
  for (const Relation& relation : relations) {
    if (std::string_view(relation.kind).ends_with(kind)) return relation.target;
  }
  return otherwise;
}

const Relation* find_relation(const std::vector<Relation>& relations, const std::string& id) {
  for (const Relation& relation : relations) {
    if (relation.id == id) return &relation;
  }
  return nullptr;
}

std::string relation_id(const pugi::xml_node& sheet) {
  for (const pugi::xml_attribute& attribute : sheet.attributes()) {
    if (std::string_view(attribute.name()).ends_with(":id")) return attribute.value();
  }
  return "";
}

void list_sheets(const pugi::xml_node& book, const std::vector<Relation>& relations, Workbook& workbook) {
  for (const pugi::xml_node& sheet : local_child(book, "sheets")) {
    const Relation* relation = find_relation(relations, relation_id(sheet));
    if (relation == nullptr || !std::string_view(relation->kind).ends_with(worksheet_kind)) continue;
    workbook.sheets.push_back({sheet.attribute("name").value(), relation->target});
  }
}

void read_strings(const ZipArchive& archive, const std::string& part, const std::string& file,
                  Workbook& workbook) {
  auto contents = archive.read(part);
  if (!contents) return;
  pugi::xml_document document;
  parse_part(document, *contents, part, file);
  for (const pugi::xml_node& item : document.document_element()) {
    if (local_name(item) == "si") workbook.strings.push_back(item_text(item));
  }
}

void read_styles(const ZipArchive& archive, const std::string& part, const std::string& file,
                 Workbook& workbook) {
  auto contents = archive.read(part);
  if (!contents) return;
  pugi::xml_document document;
  parse_part(document, *contents, part, file);
  std::map<int, bool> custom;
  for (const pugi::xml_node& format : local_child(document.document_element(), "numFmts")) {
    custom[format.attribute("numFmtId").as_int()] = is_date_format(format.attribute("formatCode").value());
  }
  for (const pugi::xml_node& style : local_child(document.document_element(), "cellXfs")) {
    const int format = style.attribute("numFmtId").as_int();
    const auto place = custom.find(format);
    workbook.date_style.push_back(place != custom.end() ? place->second : is_builtin_date(format));
  }
}

// A sheet writes characters that XML has no place for as _x000D_.
std::string without_escapes(std::string text) {
  constexpr std::size_t length = 7;
  for (std::size_t at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
    if (at + length > text.size() || text[at + length - 1] != '_') continue;
    const std::string digits = text.substr(at + 2, 4);
    if (digits.find_first_not_of("0123456789ABCDEFabcdef") != std::string::npos) continue;
    const auto character = static_cast<char32_t>(std::stoul(digits, nullptr, 16));
    if (character == 0 || (character >= 0xD800 && character < 0xE000)) continue;
    text.replace(at, length, from_code_point(character));
  }
  return text;
}

}  // namespace

double Workbook::days(double serial) const {
  constexpr double epoch_1900 = 25569, epoch_1904 = 24107;  // serials of 1970-01-01
  if (from_1904) return serial - epoch_1904;
  // The 1900 system counts a 29 February 1900 that never was; days before it are one off.
  return (serial < 60 ? serial + 1 : serial) - epoch_1900;
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node local_child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& child : node) {
    if (local_name(child) == name) return child;
  }
  return {};
}

std::string item_text(const pugi::xml_node& item) {
  std::string text;
  for (const pugi::xml_node& child : item) {
    const std::string_view name = local_name(child);
    if (name == "t") text += child.child_value();
    if (name == "r") text += local_child(child, "t").child_value();
  }
  return text.find("_x") == std::string::npos ? text : without_escapes(std::move(text));
}

void parse_part(pugi::xml_document& document, std::string& contents, const std::string& part,
                const std::string& file) {
  const auto result = document.load_buffer_inplace(contents.data(), contents.size(),
                                                   pugi::parse_default | pugi::parse_ws_pcdata_single);
  if (!result) {
    throw Error("data.truncated",
                fmt::format("`{}` is damaged: its part {} breaks off at byte {}", file, part, result.offset),
                "open it in a spreadsheet program and save it anew", file);
  }
}

bool is_date_format(std::string_view code) {
  bool month = false, hour_or_second = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"' || c == '[') {
      const std::size_t close = code.find(c == '"' ? '"' : ']', i + 1);
      if (close == std::string_view::npos) break;
      i = close;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == ';') {
      break;
    } else if (starts_with_ignoring_case(code.substr(i), "general") ||
               starts_with_ignoring_case(code.substr(i), "standard")) {
      return false;
    } else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') {
      return true;
    }
    month = month || c == 'm' || c == 'M';
    hour_or_second = hour_or_second || c == 'h' || c == 'H' || c == 's' || c == 'S';
  }
  return month && !hour_or_second;
}

Workbook read_workbook(const ZipArchive& archive, const std::string& file) {
  Workbook workbook;
  const std::string part = part_of_kind(relations_of(archive, "", file), workbook_kind, "xl/workbook.xml");
  auto contents = archive.read(part);
  if (!contents) {
    throw Error("data.unknown_format", fmt::format("`{}` is a zip file but no workbook", file),
                "give a csv, tsv, xlsx or dta file", file);
  }
  const std::vector<Relation> relations = relations_of(archive, part, file);
  pugi::xml_document document;
  parse_part(document, *contents, part, file);
  const pugi::xml_node book = document.document_element();
  workbook.from_1904 = local_child(book, "workbookPr").attribute("date1904").as_bool();
  list_sheets(book, relations, workbook);
  read_strings(archive, part_of_kind(relations, "/sharedStrings", "xl/sharedStrings.xml"), file, workbook);
  read_styles(archive, part_of_kind(relations, "/styles", "xl/styles.xml"), file, workbook);
  return workbook;
}

}  // namespace panelist
