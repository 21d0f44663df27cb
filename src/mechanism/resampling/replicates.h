// SPDX-License-Identifier: Apache-2.0
// Replicates on threads, in blocks, with progress. body(r) is called once for each r = 0 .. replicates - 1; which thread
// takes it is free, so results are stored by number. A stop is polled before each replicate.
#pragma once
#include <functional>
#include <string>

#include "base/context.h"

namespace panelist {

void for_each_replicate(const Context& context, const std::string& task, std::int64_t replicates,
                        const std::function<void(std::int64_t)>& body);

}  // namespace panelist
