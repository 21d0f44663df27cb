// SPDX-License-Identifier: Apache-2.0
// write_tables TABLES.json FOLDER: each table of the list, in the form of results.json, through every writer, as
// FOLDER/0007.docx and so on. What a writer refuses is a line "0007.docx code message" on stdout.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/diagnostic.h"
#include "report/result_json.h"
#include "report/writer.h"

namespace {

void write_all(const panelist::PublicationTable& table, const std::string& folder, std::size_t number) {
  for (const panelist::TableWriter& writer : panelist::table_writers()) {
    const std::string name = fmt::format("{:04}.{}", number, writer.name);
    try {
      const std::string bytes = writer.write(table);
      std::ofstream(folder + "/" + name, std::ios::binary) << bytes;
    } catch (const panelist::Error& error) {
      fmt::print("{} {} {}\n", name, error.diagnostic().code, error.diagnostic().message);
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  std::ifstream file(arguments[1], std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::size_t number = 0;
  for (const auto& table : nlohmann::ordered_json::parse(text))
    write_all(panelist::table_from_json(table), arguments[2], number++);
  return 0;
}
