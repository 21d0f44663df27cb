// SPDX-License-Identifier: Apache-2.0
// The style sheets and the script of pages: files of this folder, embedded when the program is built.
#pragma once
#include <string_view>

namespace panelist {

std::string_view table_css();   // of a table, alone or in the report
std::string_view report_css();  // of the report around its tables
std::string_view report_js();   // sorting, copying, drawing

}  // namespace panelist
