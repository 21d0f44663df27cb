// SPDX-License-Identifier: Apache-2.0
// What is wrong with panel keys, in words a user can act on.
#pragma once
#include "table/panel.h"

namespace panelist {

// Throws data.missing_key with the rows.
void check_keys_present(const Table& table, const PanelKeys& keys);
// Throws data.duplicate_keys: up to five groups with their rows, the columns in which they differ, a likely cause.
// Needs panel.order and panel.unit_begin.
void check_keys_unique(const Table& table, const Panel& panel);

}  // namespace panelist
