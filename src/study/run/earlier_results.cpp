// SPDX-License-Identifier: Apache-2.0
#include "study/run/earlier_results.h"

#include "base/file.h"
#include "report/result_json.h"

namespace panelist::study {

using nlohmann::ordered_json;

namespace {

ordered_json read_json(const std::string& path) {
  return file_exists(path) ? ordered_json::parse(read_file(path), nullptr, false) : ordered_json();
}

// A lock names files of its own folder only.
void drop_foreign_names(ordered_json& lock) {
  if (!lock.is_object() || !lock.contains("files")) return;
  ordered_json files = ordered_json::object();
  if (lock["files"].is_object())
    for (const auto& [name, digest] : lock["files"].items())
      if (name == file_name_of(name)) files[name] = digest;
  lock["files"] = std::move(files);
}

}  // namespace

EarlierResults read_earlier_results(const std::string& out) {
  EarlierResults earlier;
  earlier.lock = read_json(join_path(out, "study.lock"));
  drop_foreign_names(earlier.lock);
  const ordered_json results = read_json(join_path(out, "results.json"));
  try {
    if (!results.is_object()) return earlier;
    for (const ordered_json& json : results.at("tables"))
      earlier.tables.push_back({table_from_json(json.at("table")), json});
  } catch (const nlohmann::json::exception&) {  // of another program or edited: as if it were not there
    earlier.tables.clear();
  }
  return earlier;
}

std::vector<BuiltTable> merged(std::vector<BuiltTable> built, std::vector<BuiltTable> earlier) {
  std::vector<BuiltTable> all = std::move(built);
  const std::size_t own = all.size();
  for (BuiltTable& table : earlier) {
    const auto same = [&](const BuiltTable& other) { return other.table.id == table.table.id; };
    if (std::none_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(own), same))
      all.push_back(std::move(table));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const BuiltTable& a, const BuiltTable& b) { return a.table.number < b.table.number; });
  return all;
}

ordered_json EarlierResults::files() const {
  return lock.is_object() ? lock.value("files", ordered_json::object()) : ordered_json::object();
}

ordered_json EarlierResults::files_of_table(const std::string& id) const {
  ordered_json found = ordered_json::object();
  const ordered_json all = files();
  for (const auto& [name, digest] : all.items()) {
    const std::size_t number = name.find_first_not_of("0123456789");
    const std::size_t dot = name.rfind('.');
    if (number == 0 || dot == std::string::npos || name[number] != '-') continue;
    if (name.substr(number + 1, dot - number - 1) == id) found[name] = digest;
  }
  return found;
}

}  // namespace panelist::study
