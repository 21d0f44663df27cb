// SPDX-License-Identifier: Apache-2.0
// Inversion of the bootstrap test: p(s) is a step function that is looked at on a grid, outwards from the estimate
// (s = 0); each change of verdict is then bisected. The limit of p is looked at far outside.
#include <cmath>
#include <limits>

#include "infer/bootstrap/replicates.h"
#include "infer/iv/weak_sets.h"

namespace panelist {
namespace {

constexpr double first_step = 0.25, steps_up_to = 12, widening = 1.3, far_away = 1e7;

// The place between `a` and `b` where the verdict changes; it differs at the two.
double change(const Verdict& kept, double a, double b) {
  const bool at_a = kept(a);
  for (int step = 0; step < 60 && std::abs(b - a) > 1e-13 * std::max(1.0, std::abs(a)); ++step) {
    const double middle = a + (b - a) / 2;
    (kept(middle) == at_a ? a : b) = middle;
  }
  return a + (b - a) / 2;
}

std::vector<double> grid() {
  std::vector<double> points = {0};
  while (points.back() < steps_up_to) points.push_back(points.back() + first_step);
  while (points.back() < far_away) points.push_back(points.back() * widening);
  return points;
}

// Changes of verdict on one side (sign +1 or -1), by distance from zero, and the verdict far outside.
struct Side {
  std::vector<double> changes;
  bool kept_far = false;
};

Side look_along(const Context& context, const Verdict& kept, bool before, double sign) {
  Side side;
  double last = 0;
  for (const double point : grid()) {
    context.stop_if_asked();
    const bool now = point == 0 ? before : kept(sign * point);
    if (now != before) side.changes.push_back(std::abs(change(kept, sign * last, sign * point)));
    before = now;
    last = point;
  }
  side.kept_far = before;
  return side;
}

}  // namespace

std::vector<std::pair<double, double>> kept_ranges(const Context& context, const Verdict& kept) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const bool middle = kept(0);
  const Side low = look_along(context, kept, middle, -1), high = look_along(context, kept, middle, 1);
  std::vector<double> ends;
  if (low.kept_far) ends.push_back(-infinity);
  for (auto change = low.changes.rbegin(); change != low.changes.rend(); ++change) ends.push_back(-*change);
  ends.insert(ends.end(), high.changes.begin(), high.changes.end());
  if (high.kept_far) ends.push_back(infinity);
  std::vector<std::pair<double, double>> parts;
  for (std::size_t i = 0; i + 1 < ends.size(); i += 2) parts.emplace_back(ends[i], ends[i + 1]);
  return parts;
}

ConfidenceSet set_of_parts(std::vector<std::pair<double, double>> parts) {
  return {form_of_parts(parts), std::move(parts)};
}

}  // namespace panelist
