// SPDX-License-Identifier: Apache-2.0
#include "estimate/together.h"

#include <algorithm>

#include "estimate/regression/methods.h"
#include "estimate/regression/prepared.h"

namespace panelist {
namespace {

// Places of the frame's columns among those prepared, in the frame's order; columns that went are left out.
std::vector<Index> places_of(const PreparedColumns& all, const ModelFrame& own) {
  std::vector<Index> places;
  for (const std::string& name : own.exogenous.names) {
    const auto found = std::find(all.names.begin(), all.names.end(), name);
    if (found != all.names.end()) places.push_back(found - all.names.begin());
  }
  return places;
}

bool stand_side_by_side(const std::vector<Index>& places) {
  for (std::size_t j = 1; j < places.size(); ++j)
    if (places[j] != places[j - 1] + 1) return false;
  return true;
}

PreparedColumns part(const PreparedColumns& all, const std::vector<Index>& places) {
  PreparedColumns own;
  for (const Index place : places) {
    own.names.push_back(all.names[static_cast<std::size_t>(place)]);
    own.sets.push_back(all.sets[static_cast<std::size_t>(place)]);
  }
  own.rounding = all.rounding(places);
  own.unabsorbed = all.unabsorbed(places);
  if (stand_side_by_side(places))
    own.values = all.values.part(places.empty() ? 0 : places.front(), static_cast<Index>(places.size()));
  else
    own.values = Matrix(all.values(Eigen::all, places));
  return own;
}

void take_sets(PreparedColumns& columns, const ModelFrame& own) {
  for (std::size_t j = 0; j < columns.names.size(); ++j) {
    const auto found = std::find(own.exogenous.names.begin(), own.exogenous.names.end(), columns.names[j]);
    columns.sets[j] = own.exogenous.sets[static_cast<std::size_t>(found - own.exogenous.names.begin())];
  }
}

bool has_column(const ModelFrame& own, const std::string& name) {
  return std::find(own.exogenous.names.begin(), own.exogenous.names.end(), name) != own.exogenous.names.end();
}

// Place of the frame's outcome among the columns prepared.
Index place_of_outcome(const PreparedColumns& all, const ModelFrame& own) {
  const auto found = std::find(all.names.begin(), all.names.end(), own.outcome_name);
  if (found != all.names.end()) return found - all.names.begin();
  throw Error("estimate.constant_among_outcomes",
              "the outcome `" + own.outcome_name + "` is constant or absorbed by the effects",
              "estimate it by itself", "outcome " + own.outcome_name);
}

void take_outcome(const Context& context, const Preparation& all, const ModelFrame& own, Index place,
                  Preparation& prepared) {
  prepared.outcome = moments_of(context, own.outcome, all.weights);
  prepared.y = all.exogenous.values.column(place);
  prepared.y_rounding = all.exogenous.rounding(place);
  prepared.y_unabsorbed = all.exogenous.unabsorbed(place);
}

Preparation part(const Context& context, const ModelFrame& whole, const Preparation& all,
                 const ModelFrame& own) {
  Preparation prepared = all;
  const std::vector<Index> places = places_of(all.exogenous, own);
  prepared.exogenous = part(all.exogenous, places);
  take_sets(prepared.exogenous, own);
  std::vector<Index> products = {0};  // the outcome first
  if (own.outcome_name != whole.outcome_name) {
    const Index place = place_of_outcome(all.exogenous, own);
    take_outcome(context, all, own, place, prepared);
    products.front() = place + 1;
  }
  for (const Index place : places) products.push_back(place + 1);
  prepared.products = Matrix(all.products(products, products));
  std::erase_if(prepared.dropped, [&](const DroppedTerm& term) { return !has_column(own, term.term); });
  return prepared;
}

}  // namespace

std::vector<Fit> estimate_together(const Context& context, const ModelFrame& all,
                                   const std::vector<std::shared_ptr<const ModelFrame>>& own,
                                   const EstimateOptions& options) {
  const Preparation prepared = prepare(context, all, options);
  std::vector<Fit> fits;
  for (const auto& frame : own)
    fits.push_back(solve_ols(context, frame, part(context, all, prepared, *frame), options));
  return fits;
}

AbsorbedColumns absorbed_columns(const Context& context, std::shared_ptr<const ModelFrame> all,
                                 const EstimateOptions& options) {
  Preparation prepared = prepare(context, *all, options);
  AbsorbedColumns columns;
  columns.names = std::move(prepared.exogenous.names);
  columns.sets = std::move(prepared.exogenous.sets);
  columns.values = prepared.exogenous.values;
  columns.rounding = std::move(prepared.exogenous.rounding);
  columns.outcome = prepared.y;
  columns.dropped = std::move(prepared.dropped);
  Fit& sample = columns.sample;
  sample.method = "ols";
  sample.frame = std::move(all);
  sample.absorber = prepared.absorber;
  sample.convergence = prepared.convergence;
  sample.weights = std::move(prepared.weights);
  sample.residuals = Vector::Zero(columns.outcome.size());
  sample.x = Matrix(columns.outcome.size(), 0);
  sample.bread = Matrix(0, 0);
  sample.n = sample.frame->observations();
  sample.dof = degrees_of_freedom(sample);
  return columns;
}

}  // namespace panelist
