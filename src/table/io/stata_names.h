// SPDX-License-Identifier: Apache-2.0
// Names and labels as Stata allows them: 32 characters, letters of any script, digits and _, no digit first, none of
// its reserved words, each once; labels of 80 characters.
#pragma once
#include <string>
#include <vector>

namespace panelist {

std::vector<std::string> stata_names(const std::vector<std::string>& names);
std::string stata_label(const std::string& label);

}  // namespace panelist
