// SPDX-License-Identifier: Apache-2.0
#include "cli/explanations.h"

namespace panelist::cli {

std::vector<Explanation> all_explanations() {
  std::vector<Explanation> all;
  for (const Explanations* part :
       {&usage_explanations(), &language_explanations(), &study_explanations(), &index_explanations(),
        &data_explanations(), &estimation_explanations(), &output_explanations()})
    all.insert(all.end(), part->begin(), part->end());
  return all;
}

const Explanation* find_explanation(std::string_view code) {
  for (const Explanations* part :
       {&usage_explanations(), &language_explanations(), &study_explanations(), &index_explanations(),
        &data_explanations(), &estimation_explanations(), &output_explanations()})
    for (const Explanation& entry : *part)
      if (entry.code == code) return &entry;
  return nullptr;
}

}  // namespace panelist::cli
