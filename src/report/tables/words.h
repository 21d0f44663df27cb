// SPDX-License-Identifier: Apache-2.0
// Fixed words of tables in each language: a catalog from key to text. Texts with {} are templates (format_words).
#pragma once
#include <fmt/args.h>
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "report/table_words.h"

namespace panelist {

struct Word {
  std::string_view key, en, zh;
};
const std::vector<Word>& words();
// Those of warnings of other rooms, by code; a part of words().
const std::vector<Word>& words_of_warnings();
// Those of descriptive tables; a part of words().
const std::vector<Word>& words_of_descriptions();

// Those of indices and their conventions; a part of words().
const std::vector<Word>& words_of_indices();

// Those of policies and their warnings; a part of words().
const std::vector<Word>& words_of_policies();

// Those of the report around its tables; a part of words().
const std::vector<Word>& words_of_report();

// Those of robustness tables and figures; a part of words().
const std::vector<Word>& words_of_robustness();
// Conditions on rows; a part of words().
const std::vector<Word>& words_of_samples();
// Titles of tables; a part of words().
const std::vector<Word>& words_of_titles();
// Those of marginal effects, U-shapes, thresholds and channels; a part of words().
const std::vector<Word>& words_of_shapes();
const std::vector<Word>& words_of_channels();

// Those of serial, moderated and channel mediations; a part of words().
const std::vector<Word>& words_of_mechanisms();

// The text of a key; an unknown language reads as English, an unknown key as itself.
std::string_view word(std::string_view key, std::string_view lang);

template <typename... Parts>
std::string format_words(std::string_view key, std::string_view lang, const Parts&... parts) {
  return fmt::format(fmt::runtime(word(key, lang)), parts...);
}

// The word of a convention of indices ("pool", "all"): as in the study file, or in Chinese.
std::string convention_words(std::string_view kind, const std::string& name, std::string_view lang);

// "a", "b", "c" -> "a, b and c" or "a、b、c".
std::string enumerate(const std::vector<std::string>& parts, std::string_view lang);
// 1-based column numbers in words: "column 3", "columns 1-3 and 5"; "第(1)-(3)、(5)列".
std::string column_words(const std::vector<int>& columns, std::string_view lang);
// First letter of an ASCII word in upper case.
std::string capitalised(std::string text);

}  // namespace panelist
