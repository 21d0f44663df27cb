// SPDX-License-Identifier: Apache-2.0
// Why a column of numbers was read as text: the first cell that is none. Rows are counted from one, without the heading.
#pragma once
#include <string>

#include "formula/expression/value.h"

namespace panelist {

struct TextAmongNumbers {
  std::string
      words;  // ": 95 of its cells are numbers, but row 12 holds \"12.5%\""; empty where numbers do not prevail
  std::string hint;  // the next step
};
TextAmongNumbers text_among_numbers(const Value& value);

}  // namespace panelist
