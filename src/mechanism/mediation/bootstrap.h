// SPDX-License-Identifier: Apache-2.0
// Bootstrap of the indirect effects: clusters drawn with replacement, replicate r by Random(seed, "mediation", r).
#pragma once
#include "mechanism/mediation.h"
#include "mechanism/resampling/cluster_plan.h"

namespace panelist {

// a_j b_j of every path from how often each cluster is taken; missing where the resample fails.
using IndirectOf = std::function<Vector(const std::vector<int>& counts)>;

struct ResampledPaths {
  std::shared_ptr<const ModelFrame> frame;  // of the outcome equation
  EstimateOptions options;
  std::string method;
  std::string x;
  std::vector<std::string> mediators;  // terms
  std::vector<std::string> dropped;    // terms the full sample could not estimate
};
// What is drawn: the cluster asked for, else the first of the vcov, else the unit, else "" for rows.
std::string resampled_cluster(const MediationSpec& spec, const ModelFrame& frame);
// On cluster cross products; nothing where they do not apply.
std::optional<IndirectOf> indirect_by_products(const Context& context, const ResampledPaths& paths,
                                               const ClusterPlan& plan);
IndirectOf indirect_by_refits(const Context& context, const ResampledPaths& paths, const ClusterPlan& plan);

// replicates x paths.
Matrix bootstrap_draws(const Context& context, const IndirectOf& indirect, Index paths, Level clusters,
                       const MediationSpec& spec);
// clusters x paths, leaving each cluster out in turn.
Matrix leave_one_out(const Context& context, const IndirectOf& indirect, Index paths, Level clusters);
// Intervals of one column of draws. `left_out` is empty without BCa.
BootstrapIntervals intervals_of(const Vector& draws, const Vector& left_out, double estimate, double level);

// Adds the bootstrap of spec to every path and to the total.
void bootstrap_mediation(const Context& context, const MediationSpec& spec, const Table& table,
                         const std::vector<std::string>& terms, Mediation& mediation);

}  // namespace panelist
