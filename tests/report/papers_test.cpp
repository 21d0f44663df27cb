// SPDX-License-Identifier: Apache-2.0
// Two published papers, laid out from their printed numbers, beside the originals: every cell the same, except for what
// the papers' files list as different. With PANELIST_PAPERS naming a folder the tables are also written there.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "report/papers/definitions.h"
#include "report/writer.h"

namespace panelist {
namespace {

using testing::ElementsAreArray;

void write_for_looking(const std::string& paper, const PublicationTable& table) {
  const char* folder = std::getenv("PANELIST_PAPERS");
  if (folder == nullptr) return;
  std::filesystem::create_directories(folder);
  for (const char* format : {"docx", "xlsx", "tex", "html"}) {
    const std::string name =
        std::string(folder) + "/" + paper + "-" + std::to_string(table.number) + "-" + table.id;
    std::ofstream(name + "." + format, std::ios::binary) << find_table_writer(format)->write(table);
  }
}

papers::PrintedTable table_of_paper(const std::string& paper, const std::string& id) {
  for (papers::PrintedTable& printed : papers::read_paper(paper))
    if (printed.id == id) return printed;
  throw std::out_of_range(id);
}

PublicationTable made_of(const papers::PrintedTable& printed) {
  if (printed.kind == "definitions") return papers::definitions_laid_out(printed);
  return printed.kind == "index" ? papers::index_laid_out(printed) : papers::laid_out(printed);
}

class Paper : public testing::TestWithParam<const char*> {};

TEST_P(Paper, IsLaidOutAsPrintedExceptForWhatItsFileLists) {
  for (const papers::PrintedTable& printed : papers::read_paper(GetParam())) {
    SCOPED_TRACE(printed.id);
    const bool words = printed.kind == "index" || printed.kind == "definitions";
    const PublicationTable table = made_of(printed);
    EXPECT_THAT(words ? papers::index_differences(printed, table) : papers::differences(printed, table),
                ElementsAreArray(printed.differs));
    write_for_looking(GetParam(), table);
  }
}

INSTANTIATE_TEST_SUITE_P(OutregTwo, Paper, testing::Values("provinces", "one-city"), [](const auto& paper) {
  return std::string(paper.param) == "provinces" ? "Provinces" : "OneCity";
});

TEST(Paper, ACellThatDiffersIsFound) {
  papers::PrintedTable printed = table_of_paper("provinces", "baseline");
  const PublicationTable table = papers::laid_out(printed);
  std::vector<std::string> found = printed.differs;
  found.insert(found.end(), {"DT (1): printed 0.7501***, here 0.7500***", "Year FE: here, not printed"});
  printed.rows[0][1] = "0.7501***";
  printed.rows.pop_back();
  EXPECT_THAT(papers::differences(printed, table), ElementsAreArray(found));
}

TEST(Paper, ACellOfAnIndicatorSystemThatDiffersIsFound) {
  papers::PrintedTable printed = table_of_paper("provinces", "digital-trade");
  const PublicationTable table = papers::index_laid_out(printed);
  std::vector<std::string> found = printed.differs;
  found.emplace_back("row 4 Unit: printed a hundred, here a");
  printed.rows[3][4] = "a hundred";
  EXPECT_THAT(papers::index_differences(printed, table), ElementsAreArray(found));
  printed.rows.pop_back();
  EXPECT_THAT(papers::index_differences(printed, table), testing::ElementsAre("rows: 16 here"));
}

}  // namespace
}  // namespace panelist
