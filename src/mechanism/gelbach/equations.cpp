// SPDX-License-Identifier: Apache-2.0
#include "mechanism/gelbach/equations.h"

#include <fmt/format.h>

#include <set>

#include "mechanism/joint/influence.h"

namespace panelist {
namespace {

void refuse_other_methods(const EstimationSpec& spec) {
  const bool ols = spec.method.empty() || spec.method == "ols";
  if (ols && spec.formula.endogenous.empty()) return;
  throw Error("mechanism.least_squares_only",
              spec.formula.endogenous.empty()
                  ? fmt::format("a decomposition is of least squares, not of `{}`", spec.method)
                  : "a decomposition is of least squares, not of a model with instruments",
              "only there the parts of the covariates add up to the change of the coefficient");
}

std::vector<std::string> texts_of(const std::vector<FormulaTerm>& terms) {
  std::vector<std::string> texts;
  for (const FormulaTerm& term : terms) texts.push_back(term.text);
  return texts;
}

Error unknown(const std::string& code, const std::string& message, const std::string& term,
              const std::vector<std::string>& known) {
  const std::string near = nearest(term, known);
  return {code, message, near.empty() ? "name a regressor of the formula" : "did you mean `" + near + "`?",
          "term " + term};
}

void refuse_effect(const Formula& formula, const ChannelGroup& group, const std::string& term) {
  for (const FormulaEffect& effect : formula.effects)
    if (effect.text == term)
      throw Error(
          "mechanism.unknown_channel",
          fmt::format("`{}` of group `{}` is an effect, which both regressions hold", term, group.name),
          "groups are of regressors", "term " + term);
}

// The covariates of all groups in order; refuses what is no covariate of the formula or stands in two places.
std::vector<std::string> checked_channels(const GelbachSpec& spec) {
  const std::vector<std::string> known = texts_of(spec.full.formula.regressors);
  std::map<std::string, std::string> seen;
  std::vector<std::string> channels;
  for (const ChannelGroup& group : spec.groups)
    for (const std::string& term : group.terms) {
      refuse_effect(spec.full.formula, group, term);
      if (term == spec.x)
        throw Error("mechanism.x_among_channels",
                    fmt::format("`{}` is what is decomposed and a covariate of group `{}`", term, group.name),
                    "take it out of the group", "term " + term);
      if (std::find(known.begin(), known.end(), term) == known.end())
        throw unknown(
            "mechanism.unknown_channel",
            fmt::format("the formula has no term `{}`, a covariate of group `{}`", term, group.name), term,
            known);
      if (const auto [place, added] = seen.emplace(term, group.name); !added)
        throw Error(
            "mechanism.channel_twice",
            fmt::format("`{}` stands in group `{}` and in group `{}`", term, place->second, group.name),
            "a covariate belongs to one group", "term " + term);
      channels.push_back(term);
    }
  return channels;
}

void check_groups(const GelbachSpec& spec) {
  std::set<std::string> names;
  for (const ChannelGroup& group : spec.groups) {
    if (group.terms.empty())
      throw Error("mechanism.no_groups", fmt::format("group `{}` has no covariates", group.name),
                  "name the regressors that are of the group");
    if (!names.insert(group.name).second)
      throw Error("mechanism.channel_twice", fmt::format("two groups are called `{}`", group.name),
                  "give each its own name");
  }
  if (names.empty())
    throw Error("mechanism.no_groups", "a decomposition needs groups of covariates",
                "name them: groups = { \"channel\" = [\"UL\", \"MED\"] }, or --groups 'channel=UL,MED'");
}

// The formula with the covariates of groups behind all other terms.
Formula base_first(const GelbachSpec& spec, const std::vector<std::string>& channels) {
  Formula formula = spec.full.formula;
  formula.regressors.clear();
  for (const FormulaTerm& term : spec.full.formula.regressors)
    if (std::find(channels.begin(), channels.end(), term.text) == channels.end())
      formula.regressors.push_back(term);
  if (const auto base = texts_of(formula.regressors);
      std::find(base.begin(), base.end(), spec.x) == base.end())
    throw unknown("mechanism.unknown_term", fmt::format("the formula has no term `{}`", spec.x), spec.x,
                  base);
  for (const std::string& channel : channels)
    for (const FormulaTerm& term : spec.full.formula.regressors)
      if (term.text == channel) formula.regressors.push_back(term);
  formula.text = formula_text(formula);
  return formula;
}

// A frame whose columns know their terms: `term_of` by column, -1 for the constant.
struct TracedFrame {
  std::shared_ptr<const ModelFrame> frame;
  std::vector<int> term_of;
};

// A column carries the set its term came from, so that numbers in place of sets trace it.
TracedFrame traced_frame(const Context& context, const EstimationSpec& spec, const Table& table,
                         const Panel* panel, Diagnostics& notes) {
  EstimationSpec numbered = spec;
  for (std::size_t i = 0; i < numbered.formula.regressors.size(); ++i)
    numbered.formula.regressors[i].set = std::to_string(i);
  ModelFrame frame = *frame_of(context, numbered, table, panel, notes);
  TracedFrame traced;
  for (std::string& set : frame.exogenous.sets) {
    traced.term_of.push_back(set.empty() ? -1 : std::stoi(set));
    if (!set.empty()) set = spec.formula.regressors[static_cast<std::size_t>(std::stoi(set))].set;
  }
  traced.frame = std::make_shared<const ModelFrame>(std::move(frame));
  return traced;
}

std::shared_ptr<const ModelFrame> base_frame(const TracedFrame& full, int base_terms,
                                             const std::string& formula) {
  ModelFrame frame = *full.frame;
  frame.formula = formula;
  frame.exogenous = FrameColumns();
  frame.exogenous.values = SharedColumns(full.frame->n());
  for (std::size_t j = 0; j < full.term_of.size(); ++j) {
    if (full.term_of[j] >= base_terms) continue;
    frame.exogenous.names.push_back(full.frame->exogenous.names[j]);
    frame.exogenous.sets.push_back(full.frame->exogenous.sets[j]);
    frame.exogenous.values.append(full.frame->exogenous.values.col(static_cast<Index>(j)));
  }
  return std::make_shared<const ModelFrame>(std::move(frame));
}

void say_dropped(const Fit& full, const std::string& column, const std::string& group, Diagnostics& notes) {
  for (const DroppedTerm& dropped : full.dropped)
    if (dropped.term == column)
      notes.warning(
          "mechanism.channel_dropped",
          fmt::format("`{}` of group `{}` was dropped ({}{}{}) and has no part", column, group, dropped.code,
                      dropped.with.empty() ? "" : " with ", fmt::join(dropped.with, ", ")));
}

std::vector<std::vector<Index>> channels_by_group(const GelbachSpec& spec, const TracedFrame& frame,
                                                  const Fit& full, int first, Diagnostics& notes) {
  std::vector<std::vector<Index>> channels;
  for (const ChannelGroup& group : spec.groups) {
    const int last = first + static_cast<int>(group.terms.size());
    std::vector<Index> places;
    for (std::size_t j = 0; j < frame.term_of.size(); ++j) {
      if (frame.term_of[j] < first || frame.term_of[j] >= last) continue;
      const std::string& column = frame.frame->exogenous.names[j];
      if (const Index place = position_of(full, column); place >= 0)
        places.push_back(place);
      else
        say_dropped(full, column, group.name, notes);
    }
    if (places.empty())
      throw Error(
          "mechanism.group_dropped",
          fmt::format("no covariate of group `{}` can be estimated beside the other terms", group.name),
          "leave the group out, or a control or an effect that spans it", "group " + group.name);
    channels.push_back(std::move(places));
    first = last;
  }
  return channels;
}

}  // namespace

GelbachEquations gelbach_equations(const Context& context, const GelbachSpec& spec, const Table& table,
                                   const Panel* panel, Diagnostics& notes) {
  refuse_other_methods(spec.full);
  check_groups(spec);
  const std::vector<std::string> channels = checked_channels(spec);
  EstimationSpec ordered = spec.full;
  ordered.formula = base_first(spec, channels);
  const std::size_t base_terms = ordered.formula.regressors.size() - channels.size();
  Formula shorter = ordered.formula;
  shorter.regressors.resize(base_terms);
  const TracedFrame frame = traced_frame(context, ordered, table, panel, notes);
  const auto base = base_frame(frame, static_cast<int>(base_terms), formula_text(shorter));
  GelbachEquations equations;
  equations.full = infer_model(context, ordered, estimate(context, frame.frame, ordered.estimate));
  ordered.formula = shorter;
  equations.shorter = infer_model(context, ordered, estimate(context, base, ordered.estimate));
  equations.channels =
      channels_by_group(spec, frame, *equations.full.fit, static_cast<int>(base_terms), notes);
  return equations;
}

}  // namespace panelist
