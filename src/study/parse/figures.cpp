// SPDX-License-Identifier: Apache-2.0
// [[figure]] entries.
#include "base/text.h"
#include "study/parse/keys.h"
#include "study/parse/sections.h"

namespace panelist::study {

namespace {

constexpr std::string_view kinds = "trend";

// A key that is near a legal one is a slip of the pen; any other asks for a kind of figure that there is not.
bool check_kind(const Node& node, Diagnostics& diagnostics) {
  const std::vector<std::string> legal = legal_keys("figure");
  for (const Node& item : node.items) {
    if (std::find(legal.begin(), legal.end(), item.key) != legal.end()) continue;
    if (nearest(item.key, legal).empty())
      diagnostics.error("study.figure_kind", "there is no figure of kind `" + item.key + "`", item.key_span,
                        "kinds: " + std::string(kinds));
    else
      report_unknown("key of [figure]", item.key, item.key_span, legal, "study.unknown_key", diagnostics);
    return false;
  }
  if (node.find("trend") == nullptr)
    diagnostics.error("study.figure_kind", "this figure does not say what it shows", node.span,
                      "give it one of: " + std::string(kinds));
  return node.find("trend") != nullptr;
}

}  // namespace

void read_figures(const Section& top, Study& study, Diagnostics& diagnostics) {
  for (const Node* node : top.tables("figure")) {
    const Section section(*node, "figure", diagnostics, true);
    if (!check_kind(*node, diagnostics)) continue;
    FigureEntry figure{"", section.text_or_texts("trend"), node->span};
    if (const auto title = section.text("title")) figure.title = title->text;
    study.figures.push_back(std::move(figure));
  }
}

}  // namespace panelist::study
