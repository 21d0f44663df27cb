// SPDX-License-Identifier: Apache-2.0
#include "mechanism/moderated_mediation.h"

#include <fmt/format.h>

#include <set>

#include "base/distribution.h"
#include "base/text.h"
#include "mechanism/mediation/bootstrap.h"

namespace panelist {
namespace {

const std::string mask_name = "rows of the group";

std::vector<std::string> groups_of(const Column& column, const Fit& fit) {
  std::set<std::string> groups;
  for (const std::size_t row : fit.frame->rows)
    if (!column.is_missing(row)) groups.insert(column.text_at(row));
  return {groups.begin(), groups.end()};
}

Table with_mask(const Table& table, const Column& column, const std::string& group) {
  std::vector<double> mask(table.rows(), missing_value);
  for (std::size_t row = 0; row < mask.size(); ++row)
    if (!column.is_missing(row) && column.text_at(row) == group) mask[row] = 1;
  Table masked = table;
  masked.set(mask_name, Column::numbers(std::move(mask)));
  return masked;
}

Mediation mediation_in(const Context& context, const MediationSpec& spec, const std::string& group,
                       const Table& masked, const Panel* panel, Diagnostics& notes) {
  MediationSpec own = spec;
  own.stream = spec.stream + " " + group;
  own.total.frame.needed_columns.push_back(mask_name);
  try {
    return mediate(context, own, masked, panel, notes);
  } catch (const Error& error) {
    Diagnostic diagnostic = error.diagnostic();
    diagnostic.message = fmt::format("in group {}: {}", group, diagnostic.message);
    throw Error(std::move(diagnostic));
  }
}

// Clusters of the draws that have rows in more than one group.
int shared_clusters(const MediationSpec& spec, const std::vector<GroupMediation>& groups,
                    const Table& table) {
  std::map<std::string, int> seen;
  for (const GroupMediation& group : groups) {
    const ModelFrame& frame = *group.mediation.outcome_model.fit->frame;
    const std::string name = resampled_cluster(spec, frame);
    const Column* column = name.empty() ? nullptr : table.find(name);
    if (column == nullptr) continue;
    std::set<std::string> own;
    for (const std::size_t row : frame.rows) own.insert(column->text_at(row));
    for (const std::string& cluster : own) ++seen[cluster];
  }
  return static_cast<int>(
      std::count_if(seen.begin(), seen.end(), [](const auto& entry) { return entry.second > 1; }));
}

// One path's effect, or the sum of all.
struct Compared {
  const IndirectEffect* effect;
  std::string path;  // "" of the sum
  Vector draws;
};

Compared compared(const Mediation& mediation, std::size_t path) {
  const std::size_t single = mediation.paths.size(), all = single + mediation.chains.size();
  const bool drawn = mediation.draws.rows() > 0;
  const auto column = [&] {
    return drawn ? Vector(mediation.draws.col(static_cast<Index>(path))) : Vector();
  };
  if (path < single) return {&mediation.paths[path].indirect, mediation.paths[path].mediator, column()};
  if (path < all) {
    const MediationChain& chain = mediation.chains[path - single];
    return {&chain.indirect, join(chain.through, " -> "), column()};
  }
  return {&*mediation.total_indirect, "", drawn ? Vector(mediation.draws.rowwise().sum()) : Vector()};
}

IndirectDifference difference_of(const GroupMediation& first, const GroupMediation& second, std::size_t path,
                                 double level) {
  const Compared a = compared(first.mediation, path), b = compared(second.mediation, path);
  IndirectDifference difference;
  difference.first = first.group;
  difference.second = second.group;
  difference.mediator = a.path;
  difference.estimate = a.effect->estimate - b.effect->estimate;
  difference.delta_se = std::hypot(a.effect->delta_se, b.effect->delta_se);
  difference.delta_z = difference.estimate / difference.delta_se;
  difference.delta_p = normal_two_sided(difference.delta_z);
  if (a.draws.size() == 0 || b.draws.size() == 0) return difference;
  const Vector draws = a.draws - b.draws;
  difference.bootstrap = intervals_of(draws, Vector(), difference.estimate, level);
  difference.bootstrap_p = difference.bootstrap->p_value;
  return difference;
}

void add_differences(const MediationSpec& spec, ModeratedMediation& result) {
  const Mediation& any = result.groups.front().mediation;
  const std::size_t compared_effects = any.paths.size() + any.chains.size() + (any.total_indirect ? 1 : 0);
  for (std::size_t i = 0; i < result.groups.size(); ++i)
    for (std::size_t j = i + 1; j < result.groups.size(); ++j)
      for (std::size_t m = 0; m < compared_effects; ++m)
        result.differences.push_back(difference_of(result.groups[i], result.groups[j], m, spec.total.level));
}

}  // namespace

ModeratedMediation mediate_by_group(const Context& context, const MediationSpec& spec, const std::string& by,
                                    const Table& table, const Panel* panel, Diagnostics& notes) {
  ModeratedMediation result;
  result.by = by;
  const Column& column = table.at(by);
  Diagnostics said_by_the_groups;
  MediationSpec whole = spec;
  whole.bootstrap = 0;
  const Mediation all = mediate(context, whole, table, panel, said_by_the_groups);
  for (const std::string& group : groups_of(column, *all.outcome_model.fit))
    result.groups.push_back(
        {group, mediation_in(context, spec, group, with_mask(table, column, group), panel, notes)});
  if (result.groups.size() < 2)
    throw Error("mechanism.one_group", fmt::format("`{}` has one value on the rows of the model", by),
                "a moderator needs two groups or more", "column " + by);
  result.shared = shared_clusters(spec, result.groups, table);
  if (result.shared == 0) {
    add_differences(spec, result);
    return result;
  }
  notes.warning("mechanism.shared_clusters",
                fmt::format("{} clusters have rows in several groups of `{}`: the indirect effects are not "
                            "independent, and their difference is left out",
                            result.shared, by),
                {}, "split by what does not move over time");
  return result;
}

}  // namespace panelist
