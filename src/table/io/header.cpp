// SPDX-License-Identifier: Apache-2.0
#include "table/io/header.h"

#include <fmt/format.h>

#include "base/diagnostic.h"
#include "base/text.h"
#include "table/io/cell_text.h"

namespace panelist {

std::vector<std::string> header_names(const std::vector<std::string>& cells, const std::string& file) {
  std::vector<std::string> names;
  std::map<std::string, std::size_t> place_of;
  for (const std::string& cell : cells) {
    std::string name(trim_blanks(cell));
    name = replace_all(replace_all(replace_all(name, "\r\n", " "), "\n", " "), "\r", " ");
    if (name.empty()) name = fmt::format("column_{}", names.size() + 1);
    const auto [place, fresh] = place_of.emplace(name, names.size() + 1);
    if (!fresh) {
      throw Error(
          "data.duplicate_column",
          fmt::format("`{}` names columns {} and {} of `{}`", name, place->second, names.size() + 1, file),
          "give each column its own name", "column " + name);
    }
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace panelist
