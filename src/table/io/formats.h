// SPDX-License-Identifier: Apache-2.0
// The file formats the room reads and writes. A new one is a file with its functions and one line in read.cpp or
// write.cpp.
#pragma once
#include <string>

#include "table/csv.h"
#include "table/read.h"

namespace panelist {

Table read_csv(const std::string& path, const ReadOptions& options, ReadReport& report);
Table read_csv_bytes(std::string bytes, const std::string& file, const ReadOptions& options,
                     ReadReport& report);
Table read_xlsx(const std::string& path, const ReadOptions& options, ReadReport& report);
Table read_columnar(const std::string& path, const ReadOptions& options, ReadReport& report);
Table read_dta(const std::string& path, const ReadOptions& options, ReadReport& report);

// The file's bytes (of csv: table/csv.h).
std::string xlsx_bytes(const Table& table);
std::string dta_bytes(const Table& table);
std::string columnar_bytes(const Table& table);

// Places of the columns to read: all of them, unless those needed are all there.
std::vector<std::size_t> chosen_columns(const std::vector<std::string>& names, const ColumnChoice& choice);

}  // namespace panelist
