// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>

#include "base/file.h"
#include "base/text.h"
#include "study/study.h"
#include "table/guess.h"

namespace panelist {
namespace {

// What the starter says about the data; placeholders without a file.
struct Subject {
  std::string title = "My study";
  std::string file = "data.csv";
  PanelKeys keys{"province", "year"};
  bool guessed = false;
  std::vector<std::string> variables = {"y", "x"};  // numeric, as formulas write them
  std::string columns;                              // one comment line each
};

std::string toml_text(const std::string& text) {
  return "\"" + replace_all(replace_all(text, "\\", "\\\\"), "\"", "\\\"") + "\"";
}

// Names with spaces or signs stand in backquotes in formulas.
std::string formula_name(const std::string& name) {
  const auto plain = [](unsigned char c) { return c >= 0x80 || std::isalnum(c) != 0 || c == '_'; };
  const bool bare = !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
                    std::all_of(name.begin(), name.end(), plain);
  return bare ? name : "`" + name + "`";
}

std::string kind_words(const Column& column) {
  constexpr const char* names[] = {"number", "integer", "yes/no", "date", "text"};
  return names[static_cast<std::size_t>(column.kind())];
}

std::string column_line(const std::string& name, const Column& column) {
  const std::size_t missing = column.count_missing();
  const std::string gaps = missing > 0 ? fmt::format(", {} missing", missing) : "";
  const std::string label = column.label.empty() ? "" : "  " + replace_all(column.label, "\n", " ");
  return fmt::format("#   {}  {}{}{}\n", replace_all(name, "\n", " "), kind_words(column), gaps, label);
}

// Relative to the study, which holds no absolute paths.
std::string path_from(const std::string& directory, const std::string& data_path) {
  namespace fs = std::filesystem;
  const fs::path data = fs::absolute(data_path).lexically_normal();
  const fs::path home = fs::absolute(directory.empty() ? "." : directory).lexically_normal();
  const fs::path relative = data.lexically_relative(home / "");
  return relative.empty() ? file_name_of(data_path) : relative.generic_string();
}

Subject subject_of(const std::string& data_path, const std::string& directory) {
  const Table table = read_table(data_path);
  Subject subject;
  subject.file = path_from(directory, data_path);
  subject.title = file_name_of(data_path);
  subject.keys = guess_panel_keys(table);
  subject.guessed = true;
  subject.variables.clear();
  for (const std::string& name : table.names()) {
    const Column& column = table.at(name);
    subject.columns += column_line(name, column);
    if (!column.is_text() && name != subject.keys.unit && name != subject.keys.time)
      subject.variables.push_back(formula_name(name));
  }
  return subject;
}

std::string quoted_list(const std::vector<std::string>& names, std::size_t most) {
  std::vector<std::string> quoted;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) quoted.push_back(toml_text(names[i]));
  return join(quoted, ", ");
}

std::string head_section(const Subject& subject) {
  const std::string vcov = subject.keys.empty() ? "hc1" : "cluster(" + formula_name(subject.keys.unit) + ")";
  return fmt::format(
      "# From data to tables. `panelist check` finds mistakes, `panelist run` builds the tables.\n"
      "study    = 1                     # version of this file's format\n"
      "title    = {}\n"
      "lang     = \"en\"                  # en | zh: fixed words in tables\n"
      "style    = \"plain\"               # plain | outreg2\n"
      "vcov     = {}   # iid | hc1 | cluster(a) | cluster(a, b); required\n"
      "seed     = 1                     # root of all random numbers\n\n",
      toml_text(subject.title), toml_text(vcov));
}

std::string panel_lines(const Subject& subject) {
  if (subject.keys.empty())
    return "# No pair of columns identifies the rows as a panel; name the unit and the time:\n"
           "# panel  = [\"province\", \"year\"]\n";
  return fmt::format("panel    = [{}, {}]{}\n", toml_text(subject.keys.unit), toml_text(subject.keys.time),
                     subject.guessed ? "   # guessed: the unit and the time" : "");
}

std::string data_section(const Subject& subject) {
  return fmt::format(
      "[data]\n"
      "file     = {}\n{}"
      "# where    = \"2014 <= year <= 2022\"            # rows of the study\n"
      "# expect   = [\"balanced\", \"rows == 210\"]       # what must hold of them\n"
      "# codebook = \"codebook.csv\"                    # name,label_en,label_zh,unit,source\n{}{}\n",
      toml_text(subject.file), panel_lines(subject),
      subject.columns.empty() ? "" : "# Columns of the file:\n", subject.columns);
}

constexpr std::string_view middle_sections =
    "# [sets]                                        # named lists, {controls} in formulas\n"
    "# controls = [\"log(gdp)\", \"urban\"]\n\n"
    "# [derive]                                      # new columns, on the whole panel; lags run on panel "
    "time\n"
    "# growth = \"log(gdp) - L.log_gdp\"\n\n"
    "# [index.Q]                                     # a composite index; + and - are directions\n"
    "# method = \"entropy\"                            # entropy | equal | given | pca\n"
    "# \"Dimension\" = [\"+ good\", \"- bad\"]\n\n";

std::string table_sections(const Subject& subject) {
  const std::string y = subject.variables.empty() ? "y" : subject.variables[0];
  const std::string x = subject.variables.size() < 2 ? "x" : subject.variables[1];
  const std::string effects =
      subject.keys.empty()
          ? ""
          : fmt::format(" | {} + {}", formula_name(subject.keys.unit), formula_name(subject.keys.time));
  std::string text = fmt::format("[[table]]\nsummary  = [{}]\n\n", quoted_list(subject.variables, 12));
  if (subject.variables.empty()) text = "# [[table]]\n# summary = [\"y\", \"x\"]\n\n";
  return text + fmt::format(
                    "# [[table]]\n# id      = \"baseline\"\n# columns = [{}, {}]\n\n"
                    "[output]\nformats  = [\"docx\", \"xlsx\", \"tex\", \"html\", \"md\"]\n",
                    toml_text(fmt::format("{} ~ {}", y, x)),
                    toml_text(fmt::format("{} ~ {}{}", y, x, effects)));
}

}  // namespace

std::string starter_study(const std::string& data_path, const std::string& directory) {
  const Subject subject = data_path.empty() ? Subject{} : subject_of(data_path, directory);
  return head_section(subject) + data_section(subject) + std::string(middle_sections) +
         table_sections(subject);
}

}  // namespace panelist
