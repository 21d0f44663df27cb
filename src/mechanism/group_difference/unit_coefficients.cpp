// SPDX-License-Identifier: Apache-2.0
#include "mechanism/group_difference/unit_coefficients.h"

#include <fmt/format.h>

#include "mechanism/group_difference/tests.h"
#include "mechanism/resampling/cluster_products.h"
#include "mechanism/resampling/resampled_frame.h"

namespace panelist {
namespace {

std::optional<CoefficientOf> by_products(const Context& context, const GroupDifferenceSpec& spec,
                                         const ModelFrame& frame, const ClusterPlan& plan) {
  if (frame.has_iv() || (!spec.model.method.empty() && spec.model.method != "ols")) return std::nullopt;
  Matrix columns(frame.n(), frame.exogenous.values.cols() + 1);
  columns << frame.exogenous.values.matrix(), frame.outcome;
  const auto found = std::find(frame.exogenous.names.begin(), frame.exogenous.names.end(), spec.term);
  if (found == frame.exogenous.names.end()) return std::nullopt;
  const Index x = static_cast<Index>(found - frame.exogenous.names.begin());
  std::optional<ClusterProducts> made = ClusterProducts::make(context, frame, plan, columns);
  if (!made.has_value()) return std::nullopt;
  auto products = std::make_shared<const ClusterProducts>(std::move(*made));
  const Index first = frame.intercept ? 1 : 0, outcome = columns.cols() - 1;
  return [=](const std::vector<int>& counts) {
    Elimination elimination = products->eliminate(counts);
    bool identified = true;
    for (Index j = first; j < outcome; ++j) {
      const bool taken = elimination.take(products->position(j));
      if (j == x) identified = taken;
    }
    if (!identified) return missing_value;
    const double scaled = elimination.coefficient(products->position(x), products->position(outcome));
    return products->unscaled(scaled, x, outcome);
  };
}

CoefficientOf by_refits(const Context& context, const GroupDifferenceSpec& spec, const ModelFrame& frame,
                        const ClusterPlan& plan) {
  const Refit model{
      std::make_shared<const ModelFrame>(frame), spec.model.estimate, spec.model.method, {spec.term}};
  Context single = context;
  single.threads = 1;
  single.progress = nullptr;
  return [=](const std::vector<int>& counts) { return refit(single, model, plan, counts)(0); };
}

}  // namespace

CoefficientOf unit_coefficients(const Context& context, const GroupDifferenceSpec& spec,
                                const ModelFrame& frame, const ClusterPlan& plan,
                                const std::function<bool(const CoefficientOf&)>& right) {
  const std::optional<CoefficientOf> fast = by_products(context, spec, frame, plan);
  return fast.has_value() && right(*fast) ? *fast : by_refits(context, spec, frame, plan);
}

bool reproduces(double value, double expected, double scale) {
  return std::abs(value - expected) <= 1e-8 * std::max(std::abs(expected), scale);
}

std::string why_not_again(const std::string& method) {
  const std::string bare = method.substr(0, method.find('('));
  static const std::vector<std::string> methods = {"re", "re_wh", "be",   "be_wls",
                                                   "fd", "gmm2s", "igmm", "cue"};
  if (std::find(methods.begin(), methods.end(), bare) == methods.end()) return "";
  return fmt::format("the method `{}` is not estimated again on other rows; compare by suest", bare);
}

}  // namespace panelist
