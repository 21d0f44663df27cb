// SPDX-License-Identifier: Apache-2.0
#include "cli/explanations.h"

namespace panelist::cli {

namespace {

std::vector<const Explanations*> parts() {
  return {&usage_explanations(),  &language_explanations(),   &study_explanations(),
          &index_explanations(),  &data_explanations(),       &estimation_explanations(),
          &policy_explanations(), &robustness_explanations(), &figure_explanations(),
          &output_explanations(), &shape_explanations(),      &channel_explanations()};
}

}  // namespace

std::vector<Explanation> all_explanations() {
  std::vector<Explanation> all;
  for (const Explanations* part : parts()) all.insert(all.end(), part->begin(), part->end());
  return all;
}

const Explanation* find_explanation(std::string_view code) {
  for (const Explanations* part : parts())
    for (const Explanation& entry : *part)
      if (entry.code == code) return &entry;
  return nullptr;
}

}  // namespace panelist::cli
