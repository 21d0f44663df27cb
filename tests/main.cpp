// SPDX-License-Identifier: Apache-2.0
// The main of every test program: runs in the root of the tree, with a temporary folder of its own, so that
// test programs may run side by side and from anywhere.
#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

namespace {

class OwnTemporaryFolder : public testing::Environment {
 public:
  void SetUp() override {
    std::string pattern =
        (std::filesystem::temp_directory_path() / ("panelist-test-" + std::string(6, 'X'))).string();
    path_ = mkdtemp(pattern.data());
    setenv("TMPDIR", path_.c_str(), 1);
    setenv("TEST_TMPDIR", path_.c_str(), 1);
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

 private:
  std::string path_;
};

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  testing::AddGlobalTestEnvironment(new OwnTemporaryFolder);
  std::filesystem::current_path(TREE);
  return RUN_ALL_TESTS();
}
