// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>

#include "base/distribution.h"
#include "mechanism/group_difference/stacked_frame.h"
#include "mechanism/group_difference/tests.h"
#include "mechanism/joint/influence.h"

namespace panelist {
namespace {

// G/(G - 1) with the fewest clusters, n/(n - 1) without clusters.
double small_sample_factor(const Fit& stacked) {
  double units = stacked.n;
  for (const Grouping& cluster : stacked.frame->clusters) units = std::min<double>(units, cluster.size());
  return units / (units - 1);
}

}  // namespace

TestResult suest_test(const Comparison& comparison) {
  const Fit& first = *comparison.groups[0].estimation.fit;
  const Fit& second = *comparison.groups[1].estimation.fit;
  const Index n = first.residuals.size() + second.residuals.size();
  Matrix columns = Matrix::Zero(n, 2);
  columns.col(0).head(first.residuals.size()) = influence(first, position_of(first, comparison.spec.term));
  columns.col(1).tail(second.residuals.size()) = influence(second, position_of(second, comparison.spec.term));
  Fit stacked;
  stacked.frame =
      std::make_shared<const ModelFrame>(stacked_frame({comparison.groups[0], comparison.groups[1]}));
  stacked.weights = stacked.frame->weights;
  stacked.n = first.n + second.n;
  const Matrix variance = small_sample_factor(stacked) *
                          joint_meat(comparison.context, columns, stacked, comparison.spec.model.vcov);
  const double difference =
      comparison.groups[0].coefficient.estimate - comparison.groups[1].coefficient.estimate;
  const double of_difference = variance(0, 0) + variance(1, 1) - 2 * variance(0, 1);
  TestResult test;
  test.name = "suest";
  test.statistic = difference * difference / of_difference;
  test.df1 = 1;
  test.p_value = chi2_upper(test.statistic, 1);
  test.note = fmt::format("difference {:.6g}, standard error {:.6g}", difference, std::sqrt(of_difference));
  return test;
}

bool clusters_overlap(const std::vector<GroupEstimate>& groups) {
  std::map<std::pair<std::size_t, std::string>, std::size_t> first_group;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto& clusters = groups[g].estimation.fit->frame->clusters;
    for (std::size_t c = 0; c < clusters.size(); ++c)
      for (const std::string& name : clusters[c].names.all())
        if (first_group.emplace(std::pair(c, name), g).first->second != g) return true;
  }
  return false;
}

}  // namespace panelist
