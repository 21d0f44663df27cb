// SPDX-License-Identifier: Apache-2.0
// Writers: a catalog from format name to bytes. Adding one = one file under report/writers/ and one catalog
// line.
//   text (terminal)  md  tex (booktabs, threeparttable)  typ  html  csv  json  docx  xlsx
// Every writer escapes everything; output is byte-stable (fixed zip timestamps and order, no dates).
// Errors  output.unknown_format (with nearest)
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "report/publication_table.h"

namespace panelist {

struct TableWriter {
  std::string_view name;  // also the file extension
  std::string_view summary;
  std::string (*write)(const PublicationTable& table) = nullptr;
};
const std::vector<TableWriter>& table_writers();
const TableWriter* find_table_writer(std::string_view name);

}  // namespace panelist
