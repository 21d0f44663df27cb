// SPDX-License-Identifier: Apache-2.0
// Effects as cells, and what stands under them.
#pragma once
#include <optional>

#include "report/policy_tables.h"

namespace panelist {

// An estimate with its place in results.json; nothing to print where it is missing.
struct PlacedCoefficient {
  Coefficient coefficient{};
  std::string place;
  std::string text;  // in place of the number
  bool present = false;
};

// A row of estimates with stars, and the rows that the style puts under them.
void add_effects(const PolicyTableSpec& spec, const std::string& label,
                 const std::vector<PlacedCoefficient>& effects, PublicationTable& table);
// "Standard errors clustered by province (30 clusters) in parentheses." and the stars.
struct VcovPhrase {
  std::string text;  // "cluster(province)"
  std::vector<std::string> clusters;
  std::vector<double> n_clusters;
  double level = 0.95;
};
void add_error_notes(const PolicyTableSpec& spec, const std::vector<VcovPhrase>& vcovs,
                     PublicationTable& table);
std::string label_in(const Labels& labels, const std::string& name);
TableRow labelled_row(const std::string& label);

}  // namespace panelist
