// SPDX-License-Identifier: Apache-2.0
// Which keys do something in which kinds of figure: one that does nothing is an error at its place.
#include "base/text.h"
#include "study/parse/sections.h"

namespace panelist::study {

namespace {

struct IdleFigureKey {
  std::string_view key, belongs_to;
  std::vector<std::string> in;  // kinds that do not look at it
};

const std::vector<IdleFigureKey>& idle_keys() {
  static const std::vector<std::string> of_columns = {"trend",     "binned_scatter", "density",
                                                      "ridge",     "heat_map",       "rank_flow",
                                                      "panel_map", "missing_map",    "weights"};
  const auto with = [](std::vector<std::string> kinds, const std::string& more) {
    kinds.push_back(more);
    return kinds;
  };
  const auto without = [](std::vector<std::string> kinds, const std::string& one) {
    std::erase(kinds, one);
    return kinds;
  };
  static const std::vector<IdleFigureKey> catalog = {
      {"at", "map", with(of_columns, "coefficients")},
      {"key", "map", with(of_columns, "coefficients")},
      {"file", "map", with(of_columns, "coefficients")},
      {"terms", "coefficients", with(of_columns, "map")},
      {"bins", "binned_scatter", with(with(without(of_columns, "binned_scatter"), "coefficients"), "map")},
      {"reference", "data of an event study", with(of_columns, "map")},
      {"kind", "data", with(with(of_columns, "coefficients"), "map")},
      {"by",
       "trend, binned_scatter, density, ridge and map",
       {"heat_map", "rank_flow", "panel_map", "missing_map", "weights", "coefficients"}},
  };
  return catalog;
}

}  // namespace

void check_keys_of_figure(const Section& section, const FigureEntry& figure) {
  for (const IdleFigureKey& idle : idle_keys())
    if (const Node* node = section.find(idle.key);
        node != nullptr && std::find(idle.in.begin(), idle.in.end(), figure.shows) != idle.in.end())
      section.diagnostics().error(
          "study.figure_kind",
          "`" + std::string(idle.key) + "` does nothing in a figure of `" + figure.shows + "`", node->span,
          "it belongs to " + std::string(idle.belongs_to) + "; leave it out");
}

}  // namespace panelist::study
