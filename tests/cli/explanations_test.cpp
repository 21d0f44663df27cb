// SPDX-License-Identifier: Apache-2.0
#include "cli/explanations.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace panelist::cli {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// Every string literal of the sources that has the form of a diagnostic code; file names are none.
std::set<std::string> codes_in_sources() {
  static const std::regex form(
      "\"((usage|formula|vcov|expression|study|index|data|estimate|infer|mechanism|policy|robustness|shape|"
      "figure|"
      "output|internal)\\."
      "(?!toml\"|lock\"|csv\")[a-z][a-z0-9_]*)\"");
  std::set<std::string> codes;
  for (const char* folder : {"src", "apps"})
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(PANELIST_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".cpp" || entry.path().parent_path().filename() == "explanations")
        continue;
      const std::string text = text_of(entry.path());
      for (std::sregex_iterator match(text.begin(), text.end(), form), end; match != end; ++match)
        codes.insert((*match)[1]);
    }
  return codes;
}

TEST(Explanations, ExistForEveryCodeInTheSources) {
  const std::set<std::string> codes = codes_in_sources();
  EXPECT_GT(codes.size(), 100U);
  for (const std::string& code : codes)
    EXPECT_NE(find_explanation(code), nullptr) << code << ": add it under apps/cli/explanations";
}

TEST(Explanations, AreOfCodesThatOccur) {
  const std::set<std::string> codes = codes_in_sources();
  for (const Explanation& entry : all_explanations())
    EXPECT_TRUE(codes.contains(std::string(entry.code))) << entry.code << " occurs nowhere in the sources";
}

TEST(Explanations, HaveWordsAndAnExampleAndStandOnce) {
  std::set<std::string_view> seen;
  for (const Explanation& entry : all_explanations()) {
    EXPECT_TRUE(seen.insert(entry.code).second) << entry.code;
    EXPECT_GT(entry.words.size(), 20U) << entry.code;
    EXPECT_FALSE(entry.example.empty()) << entry.code;
  }
}

}  // namespace
}  // namespace panelist::cli
