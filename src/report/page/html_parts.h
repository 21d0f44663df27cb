// SPDX-License-Identifier: Apache-2.0
// The parts of the report page.
#pragma once
#include <string>

#include "report/report_page.h"

namespace panelist {

std::string figure_caption(const Figure& figure, const std::string& lang);
std::string figure_element(const Figure& figure, const std::string& lang, const std::string& data_file);
// A table with its notes, what copies it, and what there is to say of its columns.
std::string table_article(const ReportTable& table, const std::string& lang);
// JSON inside a script element: no "</script" can stand in it.
std::string json_in_page(const std::string& json);
// {"key": "text"} as JSON.
std::string texts_json(const std::vector<std::pair<std::string, std::string>>& texts);

}  // namespace panelist
