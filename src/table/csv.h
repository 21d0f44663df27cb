// SPDX-License-Identifier: Apache-2.0
// A table as the bytes of a csv file: UTF-8, LF, quotes where they are needed, numbers in their shortest exact form,
// missing an empty field, texts guarded (spreadsheet_text.h). Reading it gives the same table back.
#pragma once
#include <string>

#include "table/table.h"

namespace panelist {

std::string csv_bytes(const Table& table, char separator = ',');

}  // namespace panelist
