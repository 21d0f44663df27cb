// SPDX-License-Identifier: Apache-2.0
// What a join has to say: matched and unmatched keys, units spelled differently, a key that a file lacks.
#pragma once
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "table/panel.h"
#include "table/table.h"

namespace panelist {

inline constexpr std::size_t most_shown = 5;

// A unit and a time as one text; "" where a table has no such key.
std::string joined_key(const std::string& unit, const std::string& time);
std::string unit_of_key(const std::string& key);
std::string time_of_key(const std::string& key);
std::string shown_key(const std::string& key);

struct JoinReport {
  std::string file, unit_key;
  std::size_t rows = 0;
  std::vector<std::string> alone;        // keys of the file that matched nothing
  std::vector<std::string> without;      // keys of the other files that are not in it
  std::vector<std::string> own, others;  // all keys of the file, of the other files
};
void report_join(const JoinReport& report, Diagnostics& notes);

// The table has one of the keys only. `keys` are those of the rows it is spread over.
void report_spread(const Table& table, const PanelKeys& names, const std::vector<std::string>& keys,
                   Diagnostics& notes);

}  // namespace panelist
