// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "base/diagnostic.h"

namespace panelist {
namespace {

namespace fs = std::filesystem;

class File : public testing::Test {
 protected:
  void SetUp() override {
    folder = (fs::temp_directory_path() / ("面板-" + std::to_string(::getpid()))).string();
    fs::create_directories(folder);
  }
  void TearDown() override { fs::remove_all(folder); }
  std::string code_of(const std::function<void()>& action) {
    try {
      action();
    } catch (const Error& error) {
      return error.diagnostic().code;
    }
    return "";
  }
  std::string folder;
};

TEST_F(File, WritesAndReadsUnderUnicodePaths) {
  write_file(folder + "/数据.csv", "a\nb");
  EXPECT_EQ(read_file(folder + "/数据.csv"), "a\nb");
  EXPECT_EQ(extension_of(folder + "/数据.CSV"), "csv");
}

TEST_F(File, UncommittedTransactionLeavesEarlierFilesAndNoTraces) {
  write_file(folder + "/a.txt", "old");
  {
    FileTransaction transaction(folder);
    transaction.write("a.txt", "new");
    transaction.write("b.txt", "new");
  }
  EXPECT_EQ(read_file(folder + "/a.txt"), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
}

TEST_F(File, CommittedTransactionReplacesAll) {
  FileTransaction transaction(folder + "/out");
  transaction.write("a.txt", "1");
  transaction.write("b.txt", "2");
  transaction.commit();
  EXPECT_EQ(read_file(folder + "/out/a.txt") + read_file(folder + "/out/b.txt"), "12");
}

TEST_F(File, ACommitThatFailsMidwayPutsTheFormerFilesBack) {
  write_file(folder + "/a.txt", "old");
  write_file(folder + "/gone.txt", "old");
  FileTransaction transaction(folder);
  transaction.write("a.txt", "new");
  transaction.write("b.txt", "new");
  transaction.write("c.txt", "new");
  transaction.remove("gone.txt");
  fs::create_directories(folder + "/c.txt/full");
  fs::remove(folder + "/.c.txt." + std::to_string(::getpid()) + ".part");
  EXPECT_EQ(code_of([&] { transaction.commit(); }), "output.cannot_write");
  EXPECT_EQ(read_file(folder + "/a.txt"), "old");
  EXPECT_EQ(read_file(folder + "/gone.txt"), "old");
  EXPECT_FALSE(file_exists(folder + "/b.txt"));
  EXPECT_TRUE(is_directory(folder + "/c.txt/full"));
}

TEST_F(File, NamesWhatIsWrongWithAPath) {
  EXPECT_EQ(code_of([&] { read_file(folder + "/none"); }), "data.file_not_found");
  EXPECT_EQ(code_of([&] { read_file(folder); }), "data.is_directory");
  EXPECT_EQ(code_of([&] { write_file(folder + "/no/such/x", ""); }), "output.cannot_write");
  write_file(folder + "/plain", "x");
  EXPECT_EQ(code_of([&] { FileTransaction(folder + "/plain"); }), "output.cannot_write");
}

TEST_F(File, AFullDiskIsNamedAndLeavesNothing) {
  write_file(folder + "/a.txt", "old");
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1000, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::string code = code_of([&] { write_file(folder + "/a.txt", std::string(5000, 'x')); });
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(code, "output.disk_full");
  EXPECT_EQ(read_file(folder + "/a.txt"), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
}

}  // namespace
}  // namespace panelist
