// SPDX-License-Identifier: Apache-2.0
// [[figure]] entries.
#include "base/text.h"
#include "figure/figure.h"
#include "study/parse/keys.h"
#include "study/parse/sections.h"

namespace panelist::study {

namespace {

const std::vector<std::string>& kinds() {
  static const std::vector<std::string> keys = {"trend",
                                                "coefficients",
                                                "event_study",
                                                "placebo",
                                                "binned_scatter",
                                                "density",
                                                "ridge",
                                                "heat_map",
                                                "weights",
                                                "rank_flow",
                                                "map",
                                                "panel_map",
                                                "missing_map",
                                                "data",
                                                "spec_curve",
                                                "leave_out",
                                                "permutation",
                                                "marginal_effects",
                                                "threshold",
                                                "gelbach",
                                                "correlated_errors",
                                                "indirect_effects",
                                                "index_sensitivity",
                                                "contributions",
                                                "rank_intervals",
                                                "sobol"};
  return keys;
}

std::vector<const Node*> shown_by(const Node& node) {
  std::vector<const Node*> found;
  for (const Node& item : node.items)
    if (std::find(kinds().begin(), kinds().end(), item.key) != kinds().end()) found.push_back(&item);
  return found;
}

// A key that is near a legal one is a slip of the pen; any other asks for a kind of figure that there is not.
bool check_kind(const Node& node, Diagnostics& diagnostics) {
  const std::vector<std::string> legal = legal_keys("figure");
  for (const Node& item : node.items) {
    if (std::find(legal.begin(), legal.end(), item.key) != legal.end()) continue;
    if (nearest(item.key, legal).empty())
      diagnostics.error("study.figure_kind", "there is no figure of kind `" + item.key + "`", item.key_span,
                        "kinds: " + join(kinds(), ", "));
    else
      report_unknown("key of [figure]", item.key, item.key_span, legal, "study.unknown_key", diagnostics);
    return false;
  }
  const std::vector<const Node*> shown = shown_by(node);
  if (shown.empty())
    diagnostics.error("study.figure_kind", "this figure does not say what it shows", node.span,
                      "give it one of: " + join(kinds(), ", "));
  if (shown.size() > 1)
    diagnostics.error(
        "study.figure_kind",
        "a figure shows one thing, this one `" + shown[0]->key + "` and `" + shown[1]->key + "`",
        shown[1]->key_span, "write a [[figure]] for each");
  return shown.size() == 1;
}

void read_texts(const Section& section, FigureEntry& figure) {
  for (auto& [key, place] : {std::pair{"id", &figure.id}, std::pair{"title", &figure.title},
                             std::pair{"x_label", &figure.x_label}, std::pair{"y_label", &figure.y_label},
                             std::pair{"note", &figure.note}, std::pair{"key", &figure.key}})
    if (const auto text = section.text(key)) *place = text->text;
  figure.by = section.text("by");
  figure.file = section.text("file");
  figure.terms = plain(section.texts("terms"));
}

void read_numbers(const Section& section, FigureEntry& figure) {
  for (const char* key : {"at", "bins", "reference"})
    if (const auto number = section.number(key)) figure.numbers[key] = *number;
  figure.width = section.number("width");
  figure.height = section.number("height");
}

void check_size(const FigureEntry& figure, Diagnostics& diagnostics) {
  for (const auto& size : {figure.width, figure.height})
    if (size && !(*size >= 20 && *size <= 1000))
      diagnostics.error("study.figure_size", "a figure is between 20 and 1000 millimetres wide and high",
                        figure.span, "a column of a journal is about 80, a page 160 wide");
}

void require(const FigureEntry& figure, const char* shows, bool given, const char* key,
             Diagnostics& diagnostics) {
  if (figure.shows == shows && !given)
    diagnostics.error("study.missing_key", "a figure of `" + figure.shows + "` needs the key `" + key + "`",
                      figure.span, std::string("add ") + key + " = \"...\"");
}

void check_needs(const FigureEntry& figure, bool has_kind, Diagnostics& diagnostics) {
  require(figure, "map", figure.file.has_value(), "file", diagnostics);
  require(figure, "data", has_kind, "kind", diagnostics);
  require(figure, "ridge", figure.by.has_value(), "by", diagnostics);
  if (figure.shows == "data" && !figure.names.empty()) check_relative(figure.names[0], diagnostics);
  if (figure.file) check_relative(*figure.file, diagnostics);
  if (figure.shows == "binned_scatter" && figure.names.size() != 2)
    diagnostics.error("study.figure_kind", "a binned scatter shows two columns, x then y", figure.span,
                      "for example binned_scatter = [\"DT\", \"NQP\"]");
}

}  // namespace

void read_figures(const Section& top, Study& study, Diagnostics& diagnostics) {
  for (const Node* node : top.tables("figure")) {
    const Section section(*node, "figure", diagnostics, true);
    if (!check_kind(*node, diagnostics)) continue;
    FigureEntry figure;
    figure.span = node->span;
    figure.shows = shown_by(*node).front()->key;
    figure.robustness = read_robustness(section, "figure", study);
    const Node& shown = *shown_by(*node).front();
    if (figure.shows == "marginal_effects" && shown.kind == Node::Kind::table)
      figure.shape = read_shape(shown, figure.shows, study, diagnostics);
    else if (!figure.robustness)
      figure.names = section.text_or_texts(figure.shows);
    read_texts(section, figure);
    read_numbers(section, figure);
    std::vector<std::string> charts;
    for (const ChartKind& kind : chart_kinds()) charts.emplace_back(kind.name);
    if (const auto kind = section.choice("kind", charts)) figure.kind = kind->text;
    check_keys_of_figure(section, figure);
    check_size(figure, diagnostics);
    check_needs(figure, section.find("kind") != nullptr, diagnostics);
    study.figures.push_back(std::move(figure));
  }
}

}  // namespace panelist::study
