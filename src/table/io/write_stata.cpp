// SPDX-License-Identifier: Apache-2.0
// Stata 14-18 (.dta format 118) through ReadStat: labels, value labels, %td dates, texts of any length.
// Names that Stata does not allow are made legal; the name as it was becomes the label when there is none.
// Errors  output.cannot_write
#include <fmt/format.h>
#include <readstat.h>

#include <set>

#include "base/shared_library.h"
#include "base/text.h"
#include "table/io/formats.h"
#include "table/io/stata_dates.h"
#include "table/io/stata_names.h"

namespace panelist {
namespace {

constexpr std::size_t longest_fixed_text = 2045;  // bytes; longer texts are strL
constexpr time_t fixed_creation = 946684800;      // 2000-01-01: no clock in outputs

struct WriterLibrary {
  SharedLibrary library{"libreadstat.so.1", "libreadstat1"};
  template <typename Function>
  Function* get(const char* symbol) const {
    return library.function<Function>(symbol);
  }
  decltype(readstat_writer_init)* init = get<decltype(readstat_writer_init)>("readstat_writer_init");
  decltype(readstat_writer_free)* free = get<decltype(readstat_writer_free)>("readstat_writer_free");
  decltype(readstat_set_data_writer)* set_sink =
      get<decltype(readstat_set_data_writer)>("readstat_set_data_writer");
  decltype(readstat_writer_set_file_timestamp)* set_time =
      get<decltype(readstat_writer_set_file_timestamp)>("readstat_writer_set_file_timestamp");
  decltype(readstat_writer_set_file_format_version)* set_version =
      get<decltype(readstat_writer_set_file_format_version)>("readstat_writer_set_file_format_version");
  decltype(readstat_add_label_set)* add_label_set =
      get<decltype(readstat_add_label_set)>("readstat_add_label_set");
  decltype(readstat_label_int32_value)* add_value_label =
      get<decltype(readstat_label_int32_value)>("readstat_label_int32_value");
  decltype(readstat_add_variable)* add_variable =
      get<decltype(readstat_add_variable)>("readstat_add_variable");
  decltype(readstat_variable_set_label)* set_label =
      get<decltype(readstat_variable_set_label)>("readstat_variable_set_label");
  decltype(readstat_variable_set_format)* set_format =
      get<decltype(readstat_variable_set_format)>("readstat_variable_set_format");
  decltype(readstat_variable_set_label_set)* set_label_set =
      get<decltype(readstat_variable_set_label_set)>("readstat_variable_set_label_set");
  decltype(readstat_add_string_ref)* add_long_text =
      get<decltype(readstat_add_string_ref)>("readstat_add_string_ref");
  decltype(readstat_begin_writing_dta)* begin =
      get<decltype(readstat_begin_writing_dta)>("readstat_begin_writing_dta");
  decltype(readstat_begin_row)* begin_row = get<decltype(readstat_begin_row)>("readstat_begin_row");
  decltype(readstat_end_row)* end_row = get<decltype(readstat_end_row)>("readstat_end_row");
  decltype(readstat_end_writing)* end = get<decltype(readstat_end_writing)>("readstat_end_writing");
  decltype(readstat_insert_int32_value)* put_integer =
      get<decltype(readstat_insert_int32_value)>("readstat_insert_int32_value");
  decltype(readstat_insert_double_value)* put_double =
      get<decltype(readstat_insert_double_value)>("readstat_insert_double_value");
  decltype(readstat_insert_string_value)* put_text =
      get<decltype(readstat_insert_string_value)>("readstat_insert_string_value");
  decltype(readstat_insert_string_ref)* put_long_text =
      get<decltype(readstat_insert_string_ref)>("readstat_insert_string_ref");
  decltype(readstat_insert_missing_value)* put_missing =
      get<decltype(readstat_insert_missing_value)>("readstat_insert_missing_value");
  decltype(readstat_error_message)* message = get<decltype(readstat_error_message)>("readstat_error_message");
};

const WriterLibrary& stata() {
  static const WriterLibrary library;
  return library;
}

void check(readstat_error_t error) {
  if (error == READSTAT_OK) return;
  throw Error("output.cannot_write", fmt::format("cannot write the .dta file: {}", stata().message(error)),
              "write csv instead");
}

struct OutputColumn {
  const Column* column = nullptr;
  readstat_type_t type = READSTAT_TYPE_DOUBLE;
  readstat_variable_t* variable = nullptr;
  std::vector<readstat_string_ref_t*> long_texts;  // by code
  readstat_string_ref_t* no_text = nullptr;        // what a missing long text refers to
};

ssize_t append_bytes(const void* data, size_t length, void* context) {
  try {
    static_cast<std::string*>(context)->append(static_cast<const char*>(data), length);
    return static_cast<ssize_t>(length);
  } catch (...) {
    return -1;
  }
}

bool fits_integer(const Column& column) {
  if (column.kind() == ColumnKind::real) return false;
  constexpr double least = -2147483647.0, most = 2147483620.0;  // Stata's long
  return std::all_of(column.values().begin(), column.values().end(), [](double value) {
    return std::isnan(value) ||
           (value == std::floor(value) && value >= least && value + stata_epoch_days <= most);
  });
}

std::size_t longest_text(const Column& column) {
  std::size_t longest = 1;
  for (const std::string& text : column.dictionary()) longest = std::max(longest, text.size());
  return longest;
}

OutputColumn describe_column(readstat_writer_t* writer, const Column& column, const std::string& name) {
  OutputColumn output;
  output.column = &column;
  std::size_t width = 0;
  if (column.is_text()) {
    width = longest_text(column);
    output.type = width > longest_fixed_text ? READSTAT_TYPE_STRING_REF : READSTAT_TYPE_STRING;
  } else {
    output.type = fits_integer(column) ? READSTAT_TYPE_INT32 : READSTAT_TYPE_DOUBLE;
  }
  output.variable = stata().add_variable(writer, name.c_str(), output.type, width);
  if (column.kind() == ColumnKind::date) stata().set_format(output.variable, "%td");
  if (output.type == READSTAT_TYPE_STRING_REF) {
    output.no_text = stata().add_long_text(writer, "");
    for (const std::string& text : column.dictionary()) {
      output.long_texts.push_back(stata().add_long_text(writer, text.c_str()));
    }
  }
  return output;
}

void describe_labels(readstat_writer_t* writer, const OutputColumn& output, const std::string& label,
                     const std::string& set_name) {
  if (!label.empty()) stata().set_label(output.variable, label.c_str());
  const auto& labels = output.column->value_labels;
  if (labels.empty() || output.type != READSTAT_TYPE_INT32) return;
  readstat_label_set_t* set = stata().add_label_set(writer, READSTAT_TYPE_INT32, set_name.c_str());
  for (const auto& [value, text] : labels) {
    if (value != std::floor(value) || std::abs(value) > 2147483620.0) continue;
    stata().add_value_label(set, static_cast<std::int32_t>(value), text.c_str());
  }
  stata().set_label_set(output.variable, set);
}

void put_cell(readstat_writer_t* writer, const OutputColumn& output, std::size_t row) {
  const Column& column = *output.column;
  if (column.is_text()) {
    const std::int32_t code = column.codes()[row];
    const auto place = static_cast<std::size_t>(std::max(code, 0));
    if (output.type == READSTAT_TYPE_STRING_REF) {
      check(stata().put_long_text(writer, output.variable,
                                  code < 0 ? output.no_text : output.long_texts[place]));
    } else {
      check(stata().put_text(writer, output.variable, code < 0 ? "" : column.dictionary()[place].c_str()));
    }
    return;
  }
  const double shift = column.kind() == ColumnKind::date ? stata_epoch_days : 0;
  const double value = column.values()[row] + shift;
  if (!std::isfinite(value)) {
    check(stata().put_missing(writer, output.variable));
  } else if (output.type == READSTAT_TYPE_INT32) {
    check(stata().put_integer(writer, output.variable, static_cast<std::int32_t>(value)));
  } else {
    check(stata().put_double(writer, output.variable, value));
  }
}

struct WriterFree {
  void operator()(readstat_writer_t* writer) const { stata().free(writer); }
};

std::vector<OutputColumn> describe(readstat_writer_t* writer, const Table& table) {
  const std::vector<std::string> names = stata_names(table.names());
  std::vector<OutputColumn> outputs;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Column& column = table.at(table.names()[i]);
    outputs.push_back(describe_column(writer, column, names[i]));
    const std::string label =
        !column.label.empty() || names[i] == table.names()[i] ? column.label : table.names()[i];
    describe_labels(writer, outputs.back(), stata_label(label), fmt::format("labels{}", i + 1));
  }
  return outputs;
}

}  // namespace

std::string dta_bytes(const Table& table) {
  std::string bytes;
  const std::unique_ptr<readstat_writer_t, WriterFree> writer(stata().init());
  check(stata().set_sink(writer.get(), append_bytes));
  check(stata().set_version(writer.get(), 118));
  check(stata().set_time(writer.get(), fixed_creation));
  const std::vector<OutputColumn> outputs = describe(writer.get(), table);
  check(stata().begin(writer.get(), &bytes, static_cast<long>(table.rows())));
  for (std::size_t row = 0; row < table.rows(); ++row) {
    check(stata().begin_row(writer.get()));
    for (const OutputColumn& output : outputs) put_cell(writer.get(), output, row);
    check(stata().end_row(writer.get()));
  }
  check(stata().end(writer.get()));
  return bytes;
}

}  // namespace panelist
