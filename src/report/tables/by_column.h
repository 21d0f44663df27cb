// SPDX-License-Identifier: Apache-2.0
// Remarks of columns as sentences: "Columns 1 and 3: ..." where not all columns share one (private to the room).
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "report/tables/words.h"

namespace panelist {

// Equal remarks of several columns become one: text -> 1-based columns, in order of first appearance.
class ByColumn {
 public:
  void add(const std::string& text, int column) {
    for (auto& [known, columns] : remarks_)
      if (known == text) {
        if (columns.back() != column) columns.push_back(column);
        return;
      }
    remarks_.push_back({text, {column}});
  }
  [[nodiscard]] std::vector<std::string> sentences(std::size_t all, const std::string& lang) const {
    std::vector<std::string> out;
    for (const auto& [text, columns] : remarks_) {
      const bool everywhere = columns.size() == all;
      out.push_back(
          ended(everywhere ? (lang == "zh" ? text : capitalised(text))
                           : format_words("in_columns", lang, capitalised(column_words(columns, lang)), text),
                lang));
    }
    return out;
  }
  static std::string ended(std::string text, const std::string& lang) {
    const std::string end(word("sentence_end", lang));
    for (const std::string& done : {end, std::string("."), std::string("。")})
      if (text.ends_with(done)) return text;
    return text + end;
  }
  [[nodiscard]] const auto& remarks() const { return remarks_; }

 private:
  std::vector<std::pair<std::string, std::vector<int>>> remarks_;
};

}  // namespace panelist
