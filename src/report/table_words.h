// SPDX-License-Identifier: Apache-2.0
// Fixed words of tables and notes in the language of the study (en, zh), for rooms that write remarks.
// Keys and texts: the catalog in report/tables/words.cpp.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace panelist {

// The template of `key` filled with `parts`, as many as it has places: ("remark_sample", "zh", {"year >= 2018"}).
std::string table_words(std::string_view key, std::string_view lang, const std::vector<std::string>& parts);

// The word of a convention of indices: ("method", "entropy").
std::string convention_word(std::string_view kind, const std::string& name, std::string_view lang);

// "a", "b", "c" as "a, b and c" or "a、b、c".
std::string enumerated(const std::vector<std::string>& parts, std::string_view lang);

// A warning as a note: translated where the catalog has its code, without backquotes; "" when it is advice to the user
// and no remark for readers.
std::string warning_words(const std::string& code, const std::string& message, std::string_view lang);
// The same with the labels of the columns it names.
std::string warning_words(const std::string& code, const std::string& message, std::string_view lang,
                          const std::map<std::string, std::string>& labels);

// A space between Chinese characters and Latin letters or digits, none between two Chinese characters.
std::string spaced_chinese(const std::string& text);

}  // namespace panelist
