// SPDX-License-Identifier: Apache-2.0
// Damaged files: reading gives a table or an Error, never anything else.
#include <gtest/gtest.h>

#include <random>

#include "base/file.h"
#include "scratch.h"
#include "stata_file.h"

namespace panelist {
namespace {

std::string mutated(std::string bytes, std::mt19937& random) {
  const auto place = [&] { return random() % std::max<std::size_t>(bytes.size(), 1); };
  for (std::uint32_t changes = 1 + random() % 6; changes > 0 && !bytes.empty(); --changes) {
    switch (random() % 5) {
      case 0:
        bytes[place()] = static_cast<char>(random());
        break;
      case 1:
        bytes[place()] ^= static_cast<char>(1U << (random() % 8));
        break;
      case 2:
        bytes.insert(place(), 1, static_cast<char>(random()));
        break;
      case 3:
        bytes.erase(place(), 1 + random() % 8);
        break;
      default:
        bytes.resize(random() % 8 == 0 ? place() : bytes.size());
        break;
    }
  }
  return bytes;
}

// How many of the damaged files could still be read.
int read_mutations(const std::string& bytes, const std::string& name, int count, unsigned seed) {
  std::mt19937 random(seed);
  int readable = 0;
  for (int i = 0; i < count; ++i) {
    const std::string path = scratch_file(name, mutated(bytes, random));
    try {
      const Table table = read_table(path);
      for (const std::string& column : table.names()) EXPECT_EQ(table.at(column).size(), table.rows());
      ++readable;
    } catch (const Error& error) {
      EXPECT_TRUE(error.diagnostic().code.starts_with("data.")) << error.what();
      EXPECT_FALSE(error.diagnostic().message.empty());
    }
  }
  return readable;
}

const std::string sample_text =
    "省份,year,x,\"quoted "
    "\"\"y\"\"\",day\n北京,2015,1.5,\"a,b\",2020-01-31\n上海,2016,\"1,234\",NA,2020-02-29\n";

std::string written(const char* name) {
  const Table table = read_table(scratch_file("seed.csv", sample_text));
  write_table(table, scratch_path(name));
  return read_file(scratch_path(name));
}

TEST(DamagedFiles, CsvGivesATableOrAnError) {
  EXPECT_GT(read_mutations(sample_text, "damaged.csv", 1000, 1), 0);
}

TEST(DamagedFiles, XlsxGivesATableOrAnError) {
  EXPECT_GT(read_mutations(written("seed.xlsx"), "damaged.xlsx", 400, 2), 0);
}

TEST(DamagedFiles, DtaGivesATableOrAnError) {
  EXPECT_GT(read_mutations(written("seed.dta"), "damaged.dta", 300, 3), 0);
  EXPECT_GT(read_mutations(gbk_stata_file(), "damaged.dta", 300, 4), 0);
}

// The parts of a workbook are compressed and checked, so damage within them is tried on parts written anew.
TEST(DamagedFiles, SheetsGiveATableOrAnError) {
  const std::string sheet =
      "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" "
      "t=\"s\"><v>1</v></c></row><row r=\"2\">"
      "<c r=\"A2\" s=\"1\"><v>43861</v></c><c r=\"B2\" "
      "t=\"b\"><v>1</v></c></row></sheetData><mergeCells><mergeCell "
      "ref=\"A2:A3\"/></mergeCells></worksheet>";
  const std::string book = "<workbook><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>";
  const std::string relations =
      "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"sheet.xml\"/></Relationships>";
  const std::string styles =
      "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
  const std::string strings = "<sst><si><t>a</t></si><si><r><t>b</t></r></si></sst>";
  std::mt19937 random(5);
  int readable = 0;
  for (int i = 0; i < 600; ++i) {
    ZipParts parts = {{"xl/workbook.xml", book},
                      {"xl/_rels/workbook.xml.rels", relations},
                      {"xl/sheet.xml", sheet},
                      {"xl/styles.xml", styles},
                      {"xl/sharedStrings.xml", strings}};
    auto& part = parts[random() % 8 < 4 ? 2 : random() % parts.size()].second;
    part = mutated(part, random);
    readable += reading_failure(scratch_file("damaged.xlsx", zip_file(parts))).code.empty() ? 1 : 0;
  }
  EXPECT_GT(readable, 0);
}

}  // namespace
}  // namespace panelist
