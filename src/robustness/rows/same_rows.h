// SPDX-License-Identifier: Apache-2.0
// Conditions on rows that are no column of the data, as a column of a copy of the table (private to the room).
#pragma once
#include "formula/model_frame.h"

namespace panelist {

struct MarkedRows {
  Table table;
  Expression where;  // holds on the rows marked
};
// The rows of a frame.
MarkedRows rows_of(const Table& table, const ModelFrame& frame);
Expression both(const Expression& a, const Expression& b);

}  // namespace panelist
