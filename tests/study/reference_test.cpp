// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/file.h"
#include "base/text.h"
#include "study/parse/keys.h"
#include "study/study.h"

namespace panelist {
namespace {

using testing::HasSubstr;

std::string toml_blocks(const std::string& page) {
  std::string text;
  for (std::size_t at = page.find("```toml\n"); at != std::string::npos; at = page.find("```toml\n", at)) {
    at += 8;
    text += page.substr(at, page.find("```", at) - at) + "\n";
  }
  return text;
}

// "vary = [{ at = 0.05 }]" in a table of its own.
std::string inside(const std::string& section, const std::string& line) {
  const std::string key = section.substr(section.find('.') + 1);
  const std::string table = "{ " + line + " }";
  return "[[table]]\n" + key + " = " +
         (key != "vary" && key != "split" && key != "panels" ? table : "[" + table + "]") + "\n";
}

// The models and sets the examples speak of.
const std::string surroundings =
    "[sets]\ncontrols = [\"IE\"]\n[model]\nmain = \"NQP ~ DT + {controls} | province\"\n";

// A study that holds nothing but what is needed and one key of the catalog, with its example.
std::string study_with(const study::KeyEntry& entry) {
  const std::string key(entry.key), example(entry.example), section(entry.section);
  if (section.empty())
    return entry.example.starts_with("[") && entry.type.find("list of numbers") == std::string_view::npos
               ? example + "\n"
               : key + " = " + example + "\n";
  const std::string line = key + " = " + example;
  if (section == "data" || section == "index" || section == "output")
    return "[" + section + "]\n" + line + "\n";
  static const std::set<std::string> things = {
      "trend",       "coefficients", "binned_scatter",   "density",   "ridge",
      "heat_map",    "weights",      "rank_flow",        "map",       "panel_map",
      "missing_map", "data",         "marginal_effects", "threshold", "sensitivity"};
  if (section == "figure")
    return "[[figure]]\n" + line + "\n" + (things.contains(key) ? "" : "trend = \"NQP\"\n") +
           (key == "map"    ? "file = \"m.geojson\"\n"
            : key == "data" ? "kind = \"trend\"\n"
                            : "") +
           (key == "ridge" ? "by = \"region\"\n" : "");
  if (section == "table") return "[[" + section + "]]\n" + line + "\n";
  return inside(section, line);
}

TEST(Reference, ThePageInDocsIsWhatTheProgramPrints) {
  const std::string page = read_file(std::string(PANELIST_SOURCE_DIR) + "/docs/study.md");
  EXPECT_EQ(page, study_reference()) << "print it again: panelist schema --format md > docs/study.md";
}

TEST(Reference, TheExamplesOfThePageAreOneStudyWithoutAComplaint) {
  Diagnostics diagnostics;
  const Study study = parse_study_text("study.toml", toml_blocks(study_reference()), diagnostics);
  for (const Diagnostic& item : diagnostics.items()) ADD_FAILURE() << render(item, {study.source});
  EXPECT_EQ(study.tables.size(), 22U);
  EXPECT_EQ(study.indices.size(), 2U);
  EXPECT_EQ(study.figures.size(), 4U);
}

TEST(Reference, EveryKeyOfTheCatalogHasARowOnThePage) {
  const std::string page = study_reference();
  for (const study::KeyEntry& entry : study::key_catalog()) {
    EXPECT_THAT(page, HasSubstr("| `" + std::string(entry.key) + "` | " + std::string(entry.type) + " |"));
    EXPECT_FALSE(entry.example.empty()) << entry.key;
  }
}

TEST(Reference, TheExampleOfEveryKeyOfAStyleFileIsReadWithoutAComplaint) {
  const std::string folder = testing::TempDir();
  for (const study::KeyEntry& entry : study::key_catalog()) {
    if (entry.section != "style") continue;
    std::ofstream(folder + "look.toml") << entry.key << " = " << entry.example << "\n";
    Diagnostics diagnostics;
    const Study study = parse_study_text(folder + "study.toml", "style = \"look.toml\"\n", diagnostics);
    EXPECT_NE(study.own_style, nullptr) << entry.key;
    for (const Diagnostic& item : diagnostics.items())
      EXPECT_NE(item.span.file, "look.toml") << render(item, {study.style_source});
  }
}

TEST(Reference, TheExampleOfEveryKeyIsReadWithoutAComplaintAboutIt) {
  for (const study::KeyEntry& entry : study::key_catalog()) {
    if (entry.section == "style") continue;
    const bool top = entry.section.empty();
    const std::string text = top ? study_with(entry) : surroundings + study_with(entry);
    Diagnostics diagnostics;
    const Study study = parse_study_text("study.toml", text, diagnostics);
    const std::size_t at = text.rfind(entry.example);
    for (const Diagnostic& item : diagnostics.items()) {
      const bool elsewhere = item.code.starts_with("study.missing") || item.code.ends_with("_kind");
      const bool about_it = item.span.begin >= at && !elsewhere;
      EXPECT_FALSE(about_it || item.code == "study.syntax") << text << render(item, {study.source});
    }
  }
}

}  // namespace
}  // namespace panelist
