// SPDX-License-Identifier: Apache-2.0
#include "estimate/regression/moments.h"

namespace panelist {

void Moments::join(const Moments& other) {
  if (other.weight == 0) return;
  const double total = weight + other.weight;
  const double apart = other.mean - mean;
  variation += other.variation + apart * apart * weight * other.weight / total;
  mean = weight == 0 ? other.mean : mean + apart * other.weight / total;
  square += other.square;
  weight = total;
}

Moments moments_of_block(const double* values, const double* weights, Index rows) {
  const Eigen::Map<const Vector> v(values, rows);
  Moments moments;
  if (weights == nullptr) {
    moments.weight = static_cast<double>(rows);
    moments.mean = v.sum() / moments.weight;
    moments.square = v.squaredNorm();
    moments.variation = (v.array() - moments.mean).matrix().squaredNorm();
  } else {
    const Eigen::Map<const Vector> w(weights, rows);
    moments.weight = w.sum();
    moments.mean = w.dot(v) / moments.weight;
    moments.square = (w.array() * v.array().square()).sum();
    moments.variation = (w.array() * (v.array() - moments.mean).square()).sum();
  }
  return moments;
}

Moments moments_of(const Context& context, const VectorView& v, const VectorView& w) {
  std::vector<Moments> parts(static_cast<std::size_t>(moment_blocks(v.size())));
  for_each_block(context, moment_blocks(v.size()), [&](std::int64_t block) {
    const Index first = block * moment_rows;
    parts[static_cast<std::size_t>(block)] = moments_of_block(
        v.data() + first, w.size() > 0 ? w.data() + first : nullptr, std::min(moment_rows, v.size() - first));
  });
  Moments total;
  for (const Moments& part : parts) total.join(part);
  return total;
}

double square_of(const Context& context, const VectorView& v, const VectorView& w) {
  std::vector<double> parts(static_cast<std::size_t>(moment_blocks(v.size())));
  for_each_block(context, moment_blocks(v.size()), [&](std::int64_t block) {
    const Index first = block * moment_rows, rows = std::min(moment_rows, v.size() - first);
    const auto part = v.segment(first, rows);
    parts[static_cast<std::size_t>(block)] =
        w.size() > 0 ? (w.segment(first, rows).array() * part.array().square()).sum() : part.squaredNorm();
  });
  double total = 0;
  for (const double part : parts) total += part;
  return total;
}

}  // namespace panelist
