// SPDX-License-Identifier: Apache-2.0
// Texts of csv files that a spreadsheet program would run as formulas ("=cmd|..", "@x", "+a", "-b").
//
// They get a leading apostrophe, and so do texts that look guarded already; reading takes one apostrophe away, so
// that every text comes back as it was. Texts that are plain numbers ("-0.5") do no harm and stay.
// Source  OWASP, CSV injection (docs/decisions/0014)
#pragma once
#include <string>
#include <string_view>

namespace panelist {

std::string guarded_text(std::string_view text);
std::string_view unguarded_text(std::string_view text);

}  // namespace panelist
