// SPDX-License-Identifier: Apache-2.0
// Lists whose members may hold brackets and quotes of their own.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace panelist {

// At commas outside of brackets and quotes, trimmed: "wald(a, b), vif" gives two.
std::vector<std::string> split_outside_brackets(std::string_view text);

}  // namespace panelist
