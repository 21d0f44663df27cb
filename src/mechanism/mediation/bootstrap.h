// SPDX-License-Identifier: Apache-2.0
// Bootstrap of the coefficients that paths are made of: clusters drawn with replacement, replicate r by
// Random(seed, stream, r). Each equation is a regression on some columns of one frame.
#pragma once
#include "mechanism/mediation/path_system.h"
#include "mechanism/resampling/cluster_plan.h"

namespace panelist {

// theta from how often each cluster is taken; missing where the resample fails.
using ThetaOf = std::function<Vector(const std::vector<int>& counts)>;

struct ResampledEquation {
  std::string outcome;                  // a column of the frame; "" is the frame's own outcome
  std::vector<std::string> regressors;  // columns of the frame, without the constant
};

struct ResampledSystem {
  std::shared_ptr<const ModelFrame> frame;  // has every column of every equation
  EstimateOptions options;
  std::string method;
  std::vector<ResampledEquation> equations;
  std::vector<PathCoefficient> coefficients;
  Vector theta;  // of the full sample
};
// `widest` has every column of every equation; the last equation is that of the outcome.
ResampledSystem resampled_system(std::shared_ptr<const ModelFrame> widest, const PathSystem& system,
                                 const MediationSpec& spec);

struct ResampledCoefficients {
  Matrix draws;     // replicates x theta
  Matrix left_out;  // clusters x theta, leaving each out in turn; no rows without BCa
};
// On cross products where they give the full sample's own coefficients back, else by refits.
ResampledCoefficients resample_coefficients(const Context& context, const MediationSpec& spec,
                                            const Table& table, const ResampledSystem& system);

// What is drawn: the cluster asked for, else the first of the vcov, else the unit, else "" for rows.
std::string resampled_cluster(const MediationSpec& spec, const ModelFrame& frame);
// On cluster cross products; nothing where they do not apply.
std::optional<ThetaOf> theta_by_products(const Context& context, const ResampledSystem& system,
                                         const ClusterPlan& plan);
ThetaOf theta_by_refits(const Context& context, const ResampledSystem& system, const ClusterPlan& plan);

// replicates x theta.
Matrix bootstrap_draws(const Context& context, const ThetaOf& theta, Index coefficients, Level clusters,
                       const MediationSpec& spec);
// clusters x theta, leaving each cluster out in turn.
Matrix leave_one_out(const Context& context, const ThetaOf& theta, Index coefficients, Level clusters);
// Intervals of one column of draws. `left_out` is empty without BCa.
BootstrapIntervals intervals_of(const Vector& draws, const Vector& left_out, double estimate, double level);
// Warns of replicates that failed, and of too few for an interval.
void say_failed_draws(const BootstrapIntervals& bootstrap, Diagnostics& notes);

}  // namespace panelist
