// SPDX-License-Identifier: Apache-2.0
// Fixed words of tables and notes in the language of the study (en, zh), for rooms that write remarks.
// Keys and texts: the catalog in report/tables/words.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace panelist {

// The template of `key` filled with `parts`, as many as it has places: ("remark_sample", "zh", {"year >= 2018"}).
std::string table_words(std::string_view key, std::string_view lang, const std::vector<std::string>& parts);

// A warning as a note: translated where the catalog has its code, without backquotes; "" when it is advice to the user
// and no remark for readers.
std::string warning_words(const std::string& code, const std::string& message, std::string_view lang);

}  // namespace panelist
