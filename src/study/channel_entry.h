// SPDX-License-Identifier: Apache-2.0
// What a table of channels says: of which model, of which term, by which groups of covariates.
#pragma once
#include <string>
#include <vector>

#include "study/spanned.h"

namespace panelist {

struct ChannelEntry {
  ColumnEntry of;  // the full regression
  std::string x;
  std::vector<std::pair<std::string, std::vector<Spanned>>> groups;  // name, terms with sets opened
  Span span;
};

}  // namespace panelist
