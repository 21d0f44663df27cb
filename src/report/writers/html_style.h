// SPDX-License-Identifier: Apache-2.0
// The head of every page this room writes, up to and with <body>.
#pragma once
#include <string>

namespace panelist {

std::string html_page_head(const std::string& title, const std::string& lang);

}  // namespace panelist
