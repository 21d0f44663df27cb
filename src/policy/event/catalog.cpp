// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.h"
#include "policy/event/methods.h"

namespace panelist {

const std::vector<EventMethod>& event_methods() {
  static const std::vector<EventMethod> catalog = {
      {"twfe", "Two-way fixed effects", "双向固定效应", "dummies of relative times beside the effects",
       "Jacobson, LaLonde & Sullivan (1993)", two_way_effects},
      {"sun_abraham", "Sun-Abraham", "Sun-Abraham", "effects of each cohort, averaged by shares of rows",
       "Sun & Abraham (2021)", sun_abraham_effects},
      {"imputation", "Imputation", "插补估计", "outcomes without treatment predicted from untreated rows",
       "Borusyak, Jaravel & Spiess (2024)", imputation_effects},
      {"callaway_santanna", "Callaway-Sant'Anna", "Callaway-Sant'Anna",
       "differences of each cohort from controls since its start, averaged by cohorts' sizes",
       "Callaway & Sant'Anna (2021)", callaway_santanna_effects},
  };
  return catalog;
}

std::vector<std::string> event_method_names() {
  std::vector<std::string> names;
  for (const EventMethod& method : event_methods()) names.emplace_back(method.name);
  return names;
}

const EventMethod* find_event_method(std::string_view name) {
  for (const EventMethod& method : event_methods())
    if (method.name == name) return &method;
  return nullptr;
}

}  // namespace panelist
