// SPDX-License-Identifier: Apache-2.0
// What a study says of a policy: event_study, bacon or placebo.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "study/spanned.h"

namespace panelist {

// A table of a policy: event_study, bacon or placebo.
struct PolicyEntry {
  ColumnEntry of;
  std::optional<Spanned> cohort, treated;  // columns, one of the two
  std::optional<std::pair<int, int>> window;
  int reference = -1;
  std::vector<std::string> methods;
  std::string control = "never";
  bool band = false;
  std::string adjust = "none", shares = "known", bootstrap;
  std::vector<int> shifts = {1, 2, 3};
  int draws = 1000;  // of a placebo; of a bootstrap 999 unless given
  Span span;
};

}  // namespace panelist
