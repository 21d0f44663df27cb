// SPDX-License-Identifier: Apache-2.0
// A composite index for the terminal: conventions, weights, scores of the last time.
#pragma once
#include <string>
#include <vector>

#include "index/index.h"

namespace panelist::cli {

std::string index_text(const IndexResult& index, const Table& table, const Panel& panel,
                       const std::string& lang);
std::string stages_text(const IndexResult& index, const Panel& panel);

}  // namespace panelist::cli
