// SPDX-License-Identifier: Apache-2.0
// What a regression says of its main term, in one or two plain sentences: estimate, interval, test, sample. Never more
// than an association.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "report/build_table.h"

namespace panelist::study {

// `column` is a fit as JSON; its main term is the first that is no constant (instrumented ones come first). "" without one.
std::string reading_of(const nlohmann::ordered_json& column, const Labels& labels, const std::string& lang);

}  // namespace panelist::study
