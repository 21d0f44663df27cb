// SPDX-License-Identifier: Apache-2.0
// What each diagnostic code means, with a smallest example: `panelist explain CODE`. Every code that occurs
// in the sources has an entry (tests/cli/explanations_test.cpp).
#pragma once
#include <string_view>
#include <vector>

namespace panelist::cli {

struct Explanation {
  std::string_view code;
  std::string_view words;    // what is wrong, why it matters, what to do
  std::string_view example;  // the smallest thing that causes it
};

using Explanations = std::vector<Explanation>;
// By the first word of the code.
const Explanations& usage_explanations();
const Explanations& language_explanations();  // formula, expression, vcov
const Explanations& study_explanations();
const Explanations& index_explanations();
const Explanations& data_explanations();
const Explanations& estimation_explanations();  // estimate, infer, mechanism
const Explanations& policy_explanations();
const Explanations& robustness_explanations();
const Explanations& figure_explanations();
const Explanations& shape_explanations();    // shape, and what mediation and U-shapes add
const Explanations& channel_explanations();  // decompositions of a coefficient
const Explanations& output_explanations();   // output, internal

std::vector<Explanation> all_explanations();
const Explanation* find_explanation(std::string_view code);

}  // namespace panelist::cli
