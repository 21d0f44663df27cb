// SPDX-License-Identifier: Apache-2.0
// Stata's .dta through ReadStat (loaded on use).
//
// Texts are taken as raw bytes and decoded here: since Stata 14 (format 118) they are UTF-8, before that they may be
// anything, in China mostly GBK. Value labels arrive after the data.
#include <fmt/format.h>
#include <readstat.h>

#include <exception>
#include <fstream>
#include <set>

#include "base/file.h"
#include "base/shared_library.h"
#include "base/text.h"
#include "table/io/csv_notes.h"
#include "table/io/formats.h"
#include "table/io/stata_dates.h"
#include "table/io/stata_texts.h"

namespace panelist {
namespace {

struct StataLibrary {
  SharedLibrary library{"libreadstat.so.1", "libreadstat1"};
  template <typename Function>
  Function* get(const char* symbol) const {
    return library.function<Function>(symbol);
  }
  decltype(readstat_parser_init)* init = get<decltype(readstat_parser_init)>("readstat_parser_init");
  decltype(readstat_parser_free)* free = get<decltype(readstat_parser_free)>("readstat_parser_free");
  decltype(readstat_set_metadata_handler)* on_metadata =
      get<decltype(readstat_set_metadata_handler)>("readstat_set_metadata_handler");
  decltype(readstat_set_variable_handler)* on_variable =
      get<decltype(readstat_set_variable_handler)>("readstat_set_variable_handler");
  decltype(readstat_set_value_handler)* on_value =
      get<decltype(readstat_set_value_handler)>("readstat_set_value_handler");
  decltype(readstat_set_value_label_handler)* on_value_label =
      get<decltype(readstat_set_value_label_handler)>("readstat_set_value_label_handler");
  decltype(readstat_set_handler_character_encoding)* set_output_encoding =
      get<decltype(readstat_set_handler_character_encoding)>("readstat_set_handler_character_encoding");
  decltype(readstat_parse_dta)* parse = get<decltype(readstat_parse_dta)>("readstat_parse_dta");
  decltype(readstat_double_value)* number = get<decltype(readstat_double_value)>("readstat_double_value");
  decltype(readstat_error_message)* message = get<decltype(readstat_error_message)>("readstat_error_message");
};

const StataLibrary& stata() {
  static const StataLibrary library;
  return library;
}

struct StataVariable {
  std::string name, label, format, value_labels;
  bool is_text = false;
  std::vector<double> values;
  std::vector<std::int32_t> codes;
  std::vector<std::string> dictionary;
  std::unordered_map<std::string, std::int32_t> code_of;
};

struct StataFile {
  std::int64_t version = 0;
  std::int64_t rows = 0;
  std::vector<StataVariable> variables;
  std::map<std::string, std::map<double, std::string>> value_labels;
  std::size_t extended_missing = 0;
  std::exception_ptr failure;  // of a handler: nothing may be thrown through C
};

// Runs a handler's body; what it throws is kept and ends the parsing.
template <typename Body>
int guarded(void* context, Body body) {
  StataFile& file = *static_cast<StataFile*>(context);
  try {
    body(file);
    return READSTAT_HANDLER_OK;
  } catch (...) {
    file.failure = std::current_exception();
    return READSTAT_HANDLER_ABORT;
  }
}

std::string safe(const char* text) { return text == nullptr ? "" : text; }

int take_metadata(readstat_metadata_t* metadata, void* context) {
  return guarded(context, [&](StataFile& file) {
    file.version = metadata->file_format_version;
    file.rows = metadata->row_count;
  });
}

int take_variable(int, readstat_variable_t* variable, const char* value_labels, void* context) {
  return guarded(context, [&](StataFile& file) {
    StataVariable taken;
    taken.name = variable->name;
    taken.label = variable->label;
    taken.format = variable->format;
    taken.value_labels = safe(value_labels);
    taken.is_text = variable->type == READSTAT_TYPE_STRING || variable->type == READSTAT_TYPE_STRING_REF;
    file.variables.push_back(std::move(taken));
  });
}

void add_text(StataVariable& variable, const std::string& text) {
  if (text.empty()) {
    variable.codes.push_back(-1);
    return;
  }
  const auto [place, fresh] =
      variable.code_of.try_emplace(text, static_cast<std::int32_t>(variable.dictionary.size()));
  if (fresh) variable.dictionary.push_back(text);
  variable.codes.push_back(place->second);
}

int take_value(int, readstat_variable_t* variable, readstat_value_t value, void* context) {
  return guarded(context, [&](StataFile& file) {
    StataVariable& taken = file.variables.at(static_cast<std::size_t>(variable->index));
    if (taken.is_text) {
      add_text(taken, safe(value.v.string_value));
      return;
    }
    const bool missing = value.is_system_missing != 0 || value.is_tagged_missing != 0;
    file.extended_missing += value.is_tagged_missing != 0 ? 1 : 0;
    taken.values.push_back(missing ? missing_value : stata().number(value));
  });
}

int take_value_label(const char* set, readstat_value_t value, const char* label, void* context) {
  return guarded(context, [&](StataFile& file) {
    if (value.is_tagged_missing != 0 || value.is_system_missing != 0) return;
    file.value_labels[safe(set)][stata().number(value)] = safe(label);
  });
}

[[noreturn]] void throw_foreign(const std::string& file) {
  throw Error("data.unknown_format", fmt::format("`{}` is no .dta of Stata 8 to 18", file),
              "save it in Stata with saveold or as csv", file);
}

// A .dta begins with <stata_dta> or, before Stata 13, with the number of its format.
void check_beginning(const std::string& path, const std::string& file) {
  const int first = std::ifstream(path, std::ios::binary).get();
  if (first == std::ifstream::traits_type::eof()) {
    throw Error("data.empty", fmt::format("`{}` is empty", file), "check that the export worked", file);
  }
  if (first != '<' && (first < 104 || first > 115)) throw_foreign(file);
}

[[noreturn]] void throw_parse_error(readstat_error_t error, const std::string& file) {
  const std::string reason = stata().message(error);
  if (error == READSTAT_ERROR_UNSUPPORTED_FILE_FORMAT_VERSION) throw_foreign(file);
  if (error == READSTAT_ERROR_OPEN) {
    throw Error("data.unreadable", fmt::format("cannot read `{}`", file), "check that you may read it", file);
  }
  throw Error("data.truncated", fmt::format("`{}` is damaged or not complete: {}", file, reason),
              "copy or download it again", file);
}

struct ParserFree {
  void operator()(readstat_parser_t* parser) const { stata().free(parser); }
};

StataFile parse(const std::string& path, const std::string& name) {
  StataFile file;
  const std::unique_ptr<readstat_parser_t, ParserFree> parser(stata().init());
  stata().set_output_encoding(parser.get(), nullptr);  // raw bytes
  stata().on_metadata(parser.get(), take_metadata);
  stata().on_variable(parser.get(), take_variable);  // ReadStat 1.1.8 crashes without one
  stata().on_value(parser.get(), take_value);
  stata().on_value_label(parser.get(), take_value_label);
  const readstat_error_t error = stata().parse(parser.get(), path.c_str(), &file);
  if (file.failure) std::rethrow_exception(file.failure);
  if (error != READSTAT_OK) throw_parse_error(error, name);
  return file;
}

void check_complete(const StataFile& file, const std::string& name) {
  if (file.variables.empty()) throw Error("data.empty", fmt::format("`{}` has no variables", name), "", name);
  const std::size_t rows = static_cast<std::size_t>(std::max<std::int64_t>(file.rows, 0));
  std::set<std::string> names;
  for (const StataVariable& variable : file.variables) {
    const std::size_t size = variable.is_text ? variable.codes.size() : variable.values.size();
    if (size != rows) throw_parse_error(READSTAT_ERROR_ROW_COUNT_MISMATCH, name);
    if (!names.insert(variable.name).second) {
      throw Error("data.duplicate_column",
                  fmt::format("`{}` names two variables of `{}`", variable.name, name), "",
                  "column " + variable.name);
    }
  }
}

void sample_texts(const StataFile& file, StataTexts& texts) {
  for (const StataVariable& variable : file.variables) {
    texts.sample(variable.name);
    texts.sample(variable.label);
    for (const std::string& text : variable.dictionary) texts.sample(text);
  }
  for (const auto& [set, labels] : file.value_labels) {
    for (const auto& [value, label] : labels) texts.sample(label);
  }
}

Column text_column(StataVariable& variable, const StataTexts& texts) {
  std::vector<std::string> decoded;
  for (const std::string& text : variable.dictionary) decoded.push_back(texts.decode(text));
  return Column::coded(std::move(variable.codes), std::move(decoded));
}

Column number_column(StataVariable& variable) {
  if (is_stata_date(variable.format)) {
    for (double& value : variable.values) value = days_of_stata_date(value, variable.format);
    return Column::numbers(std::move(variable.values), ColumnKind::date);
  }
  const bool whole = std::all_of(variable.values.begin(), variable.values.end(), [](double value) {
    return std::isnan(value) || value == std::floor(value);
  });
  return Column::numbers(std::move(variable.values), whole ? ColumnKind::integer : ColumnKind::real);
}

Table build_table(StataFile& file, const StataTexts& texts) {
  Table table(static_cast<std::size_t>(file.rows));
  for (StataVariable& variable : file.variables) {
    Column column = variable.is_text ? text_column(variable, texts) : number_column(variable);
    column.label = texts.decode(variable.label);
    const auto labels = file.value_labels.find(variable.value_labels);
    if (!variable.is_text && labels != file.value_labels.end()) {
      for (const auto& [value, label] : labels->second) column.value_labels[value] = texts.decode(label);
    }
    table.set(texts.decode(variable.name), std::move(column));
  }
  return table;
}

void note_conversions(const StataFile& file, Diagnostics& notes) {
  if (file.extended_missing > 0) {
    add_note(notes, "data.extended_missing",
             fmt::format("{} extended missing values (.a to .z) are read as missing", file.extended_missing));
  }
  for (const StataVariable& variable : file.variables) {
    if (loses_time_of_day(variable.format)) {
      add_note(notes, "data.time_of_day",
               fmt::format("`{}` keeps its day, not its time of day", variable.name),
               "column " + variable.name);
    }
  }
}

}  // namespace

Table read_dta(const std::string& path, const ReadOptions& options, ReadReport& report) {
  const std::string name = file_name_of(path);
  check_beginning(path, name);
  StataFile file = parse(path, name);
  check_complete(file, name);
  StataTexts texts(options.encoding);
  sample_texts(file, texts);
  texts.decide(name, report.notes);
  report.format = "dta";
  report.encoding = texts.encoding();
  note_conversions(file, report.notes);
  Table table = build_table(file, texts);
  table.source = name;
  for (std::size_t row = 0; row < table.rows(); ++row) table.source_rows.push_back(row + 1);
  return table;
}

}  // namespace panelist
