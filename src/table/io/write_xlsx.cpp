// SPDX-License-Identifier: Apache-2.0
// One sheet of typed cells (libxlsxwriter, loaded on use), the same bytes for the same table.
// Errors  output.cannot_write: more rows or columns than a sheet holds, a text beyond 32,767 characters
#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <filesystem>

#include "base/file.h"
#include "base/shared_library.h"
#include "table/date.h"
#include "table/io/formats.h"

namespace panelist {
namespace {

constexpr std::size_t most_rows = 1048575, most_columns = 16384;
constexpr time_t fixed_creation = 946684800;  // 2000-01-01: no clock in outputs

struct SheetLibrary {
  SharedLibrary library{"libxlsxwriter.so.4", "libxlsxwriter4"};
  template <typename Function>
  Function* get(const char* symbol) const {
    return library.function<Function>(symbol);
  }
  decltype(workbook_new)* open = get<decltype(workbook_new)>("workbook_new");
  decltype(workbook_close)* close = get<decltype(workbook_close)>("workbook_close");
  decltype(workbook_add_worksheet)* add_sheet =
      get<decltype(workbook_add_worksheet)>("workbook_add_worksheet");
  decltype(workbook_add_format)* add_format = get<decltype(workbook_add_format)>("workbook_add_format");
  decltype(workbook_set_properties)* set_properties =
      get<decltype(workbook_set_properties)>("workbook_set_properties");
  decltype(format_set_num_format)* set_number_format =
      get<decltype(format_set_num_format)>("format_set_num_format");
  decltype(worksheet_write_number)* number = get<decltype(worksheet_write_number)>("worksheet_write_number");
  decltype(worksheet_write_string)* text = get<decltype(worksheet_write_string)>("worksheet_write_string");
  decltype(worksheet_write_boolean)* boolean =
      get<decltype(worksheet_write_boolean)>("worksheet_write_boolean");
  decltype(lxw_strerror)* message = get<decltype(lxw_strerror)>("lxw_strerror");
};

const SheetLibrary& sheets() {
  static const SheetLibrary library;
  return library;
}

void check(lxw_error error) {
  if (error == LXW_NO_ERROR) return;
  throw Error("output.cannot_write", fmt::format("cannot write the workbook: {}", sheets().message(error)),
              "write csv or dta instead");
}

// A file of its own that goes away with the scope.
class ScratchFile {
 public:
  ScratchFile() {
    // mkstemp wants six X at the end.
    std::string pattern =
        (std::filesystem::temp_directory_path() / ("panelist-" + std::string(6, 'X'))).string();
    const int descriptor = mkstemp(pattern.data());
    if (descriptor < 0)
      throw Error("output.cannot_write", "cannot make a temporary file",
                  "set TMPDIR to a folder you may write to");
    ::close(descriptor);
    path_ = pattern;
  }
  ~ScratchFile() { ::unlink(path_.c_str()); }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Place {
  lxw_row_t row;
  lxw_col_t column;
};

void write_cell(lxw_worksheet* sheet, Place place, const Column& column, std::size_t row,
                lxw_format* date_format) {
  if (column.is_missing(row)) return;
  const double value = column.is_text() ? 0 : column.values()[row];
  const double serial = value + 25569;  // days since 1900 as a sheet counts them
  if (column.kind() == ColumnKind::date && serial > 60) {
    check(sheets().number(sheet, place.row, place.column, serial, date_format));
  } else if (column.kind() == ColumnKind::boolean && (value == 0 || value == 1)) {
    check(sheets().boolean(sheet, place.row, place.column, static_cast<int>(value), nullptr));
  } else if (!column.is_text() && column.kind() != ColumnKind::date && std::isfinite(value)) {
    check(sheets().number(sheet, place.row, place.column, value, nullptr));
  } else {
    check(sheets().text(sheet, place.row, place.column, column.text_at(row).c_str(), nullptr));
  }
}

void write_cells(lxw_worksheet* sheet, const Table& table, lxw_format* date_format) {
  for (std::size_t j = 0; j < table.columns(); ++j) {
    const auto column_place = static_cast<lxw_col_t>(j);
    const std::string& name = table.names()[j];
    const Column& column = table.at(name);
    check(sheets().text(sheet, 0, column_place, name.c_str(), nullptr));
    for (std::size_t row = 0; row < table.rows(); ++row) {
      write_cell(sheet, {static_cast<lxw_row_t>(row + 1), column_place}, column, row, date_format);
    }
  }
}

}  // namespace

std::string xlsx_bytes(const Table& table) {
  if (table.rows() > most_rows || table.columns() > most_columns) {
    throw Error("output.cannot_write",
                fmt::format("{} rows and {} columns do not fit into a sheet", table.rows(), table.columns()),
                "write csv or dta instead");
  }
  const ScratchFile scratch;
  struct Closing {
    lxw_workbook* workbook;
    ~Closing() {
      if (workbook != nullptr) sheets().close(workbook);
    }
  } closing{sheets().open(scratch.path().c_str())};
  if (closing.workbook == nullptr) check(LXW_ERROR_MEMORY_MALLOC_FAILED);
  lxw_doc_properties properties{};
  properties.created = fixed_creation;
  check(sheets().set_properties(closing.workbook, &properties));
  lxw_format* date_format = sheets().add_format(closing.workbook);
  sheets().set_number_format(date_format, "yyyy-mm-dd");
  write_cells(sheets().add_sheet(closing.workbook, "data"), table, date_format);
  check(sheets().close(std::exchange(closing.workbook, nullptr)));
  return read_file(scratch.path());
}

}  // namespace panelist
