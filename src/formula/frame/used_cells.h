// SPDX-License-Identifier: Apache-2.0
// The cells of a variable in the rows used. With all rows used they are the table's own, not a copy.
#pragma once
#include "formula/expression/value.h"
#include "formula/frame/coding.h"
#include "formula/used_rows.h"

namespace panelist {

SharedVector used_numbers(const Context& context, const Value& value, const UsedRows& rows);
TextCells used_texts(const Context& context, const Value& value, const UsedRows& rows);
// No number is missing or infinite, no text missing.
bool all_present(const Context& context, const Value& value, const UsedRows& rows);

}  // namespace panelist
