// SPDX-License-Identifier: Apache-2.0
#include "table/read.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>

#include "base/file.h"
#include "base/text.h"
#include "table/io/columnar.h"
#include "table/io/formats.h"
#include "table/io/text_bytes.h"

namespace panelist {
namespace {

struct ReadFormat {
  const char* name;
  std::vector<std::string> extensions;
  Table (*read)(const std::string& path, const ReadOptions& options, ReadReport& report);
};

const std::vector<ReadFormat>& read_formats() {
  static const std::vector<ReadFormat> formats = {
      {"csv", {"csv", "tsv", "txt", "tab", "dat"}, read_csv},
      {"xlsx", {"xlsx", "xlsm"}, read_xlsx},
      {"dta", {"dta"}, read_dta},
      {"pcol", {"pcol"}, read_columnar},
  };
  return formats;
}

std::string first_bytes(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  std::string bytes(16, '\0');
  if (!file) return "";
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file.get()));
  return bytes;
}

// What the first bytes say; "" when they could be text.
std::string format_of_content(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04")) return "xlsx";
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) return "xlsx";  // encrypted, or an .xls: the reader tells which
  if (bytes.starts_with("<stata_dta>")) return "dta";
  if (bytes.starts_with(columnar::mark)) return "pcol";
  return "";
}

const ReadFormat* find_format(const std::string& name) {
  for (const ReadFormat& format : read_formats()) {
    for (const std::string& extension : format.extensions) {
      if (extension == name) return &format;
    }
  }
  return nullptr;
}

[[noreturn]] void throw_unknown_format(const std::string& path, const std::string& name) {
  throw Error("data.unknown_format",
              fmt::format("`{}`: the format `{}` is not one that can be read", path, name),
              "convert it to csv, tsv, xlsx or dta", path);
}

const ReadFormat& choose_format(const std::string& path, const ReadOptions& options) {
  std::string name = lower_ascii(options.format);
  if (name.empty() && file_exists(path) && !is_directory(path)) name = format_of_content(first_bytes(path));
  if (name.empty()) name = extension_of(path);
  if (name.empty()) name = "csv";
  const ReadFormat* format = find_format(name);
  if (format == nullptr) throw_unknown_format(path, name);
  return *format;
}

void check_is_file(const std::string& path) {
  if (is_directory(path)) {
    throw Error("data.is_directory", fmt::format("`{}` is a folder, not a data file", path),
                "name a file in it", path);
  }
  if (!file_exists(path)) {
    throw Error("data.file_not_found", fmt::format("there is no file `{}`", path),
                "check the name and the folder it is in", path);
  }
}

// A pipe or a terminal can be read once only, so its first bytes must not be looked at apart.
Table read_stream(const std::string& path, const ReadOptions& options, ReadReport& report) {
  Context job;
  job.stop = options.stop;
  std::string bytes = read_text_bytes(path, job);
  const std::string content = format_of_content(bytes);
  const ReadFormat* format = find_format(content.empty() ? lower_ascii(options.format) : content);
  if (format != nullptr && format->read != read_csv)
    throw Error("data.not_a_file", fmt::format("{} cannot be read from a pipe", format->name),
                "save it to a file and name that", path);
  return read_csv_bytes(std::move(bytes), file_name_of(path), options, report);
}

}  // namespace

std::vector<std::size_t> chosen_columns(const std::vector<std::string>& names, const ColumnChoice& choice) {
  std::vector<std::size_t> places;
  std::size_t needed = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    needed += choice.needed.count(names[i]);
    if (choice.takes(names[i])) places.push_back(i);
  }
  if (choice.empty() || needed < choice.needed.size()) {
    places.resize(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) places[i] = i;
  }
  return places;
}

bool is_stream(const std::string& path) {
  std::error_code ignored;
  return path == "-" || (std::filesystem::exists(path, ignored) &&
                         !std::filesystem::is_regular_file(path, ignored) && !is_directory(path));
}

Table read_table(const std::string& given, const ReadOptions& options, ReadReport* report) {
  const std::string path = given == "-" ? "/dev/stdin" : given;
  check_is_file(path);
  ReadReport unread;
  if (is_stream(path)) return read_stream(path, options, report != nullptr ? *report : unread);
  return choose_format(path, options).read(path, options, report != nullptr ? *report : unread);
}

}  // namespace panelist
