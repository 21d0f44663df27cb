// SPDX-License-Identifier: Apache-2.0
// Several weightings in one. linear: sum a_k w_k; product: prod w_k^(1/K), rescaled; game: sum a_k w_k with the a that solve
// sum_l a_l w_k'w_l = w_k'w_k for every k, |a| rescaled.
#include "base/text.h"
#include "index/conventions.h"
#include "index/weight/weight.h"

namespace panelist {
namespace {

Matrix weights_to_combine(const WeightingInput& input) {
  const std::vector<std::string>& names = input.conventions.combine;
  Matrix weights(input.z.cols(), static_cast<Index>(names.size()));
  for (std::size_t k = 0; k < names.size(); ++k) {
    const Weighting* weighting = find_weighting(names[k]);
    if (weighting == nullptr || names[k] == "combined" || names[k] == "bod")
      throw Error("index.unknown_method", "`" + names[k] + "` is no method that can be combined",
                  "combine takes names of methods with common weights", "combine " + names[k]);
    weights.col(static_cast<Index>(k)) = weighting->weigh(input).weight;
  }
  return weights;
}

Vector given_shares(const IndexConventions& conventions) {
  const std::vector<double>& shares = conventions.combine_shares;
  if (shares.empty()) return Vector::Constant(static_cast<Index>(conventions.combine.size()), 1.0);
  return Eigen::Map<const Vector>(shares.data(), static_cast<Index>(shares.size()));
}

Vector balanced_shares(const Matrix& weights) {
  const Matrix products = weights.transpose() * weights;
  return products.completeOrthogonalDecomposition().solve(Vector(products.diagonal())).cwiseAbs();
}

void check(const IndexConventions& conventions) {
  const bool shares_fit =
      conventions.combine_shares.empty() || conventions.combine_shares.size() == conventions.combine.size();
  if (conventions.combine.size() > 1 && shares_fit) return;
  throw Error(
      "index.unknown_convention",
      shares_fit ? "method `combined` needs two methods or more" : "one share for each method combined",
      "write combine = [\"entropy\", \"critic\"]", "combine");
}

}  // namespace

WeightingOutput combined_weights(const WeightingInput& input) {
  check(input.conventions);
  const Matrix weights = weights_to_combine(input);
  if (input.conventions.combine_by == "product")
    return {shares_of(
        (weights.array().log().rowwise().sum() / static_cast<double>(weights.cols())).exp().matrix())};
  const Vector shares =
      input.conventions.combine_by == "game" ? balanced_shares(weights) : given_shares(input.conventions);
  return {shares_of(weights * (shares / shares.sum()))};
}

}  // namespace panelist
