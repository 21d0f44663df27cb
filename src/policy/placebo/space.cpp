// SPDX-License-Identifier: Apache-2.0
#include "policy/placebo/space.h"

#include "infer/randomisation.h"

namespace panelist {

namespace {

constexpr int batch = 32;

Matrix drawn_treatments(const Context& context, const EventDesign& design,
                        const std::vector<std::int64_t>& first, std::pair<int, int> draws) {
  const ModelFrame& frame = *design.frame;
  const std::vector<Level> one_stratum(first.size(), 0);
  Matrix columns(frame.n(), draws.second - draws.first);
  for (int draw = draws.first; draw < draws.second; ++draw) {
    const std::vector<Level> from = permuted_groups(context, one_stratum, draw);
    for (std::size_t i = 0; i < frame.time.size(); ++i) {
      const auto unit = static_cast<std::size_t>(frame.unit.level[i]);
      const bool treated = frame.time[i] >= first[static_cast<std::size_t>(from[unit])];
      columns(static_cast<Index>(i), draw - draws.first) = treated ? 1.0 : 0.0;
    }
  }
  return columns;
}

std::vector<std::int64_t> starts(const EventDesign& design) {
  std::vector<std::int64_t> first(static_cast<std::size_t>(design.frame->unit.size()), never_treated);
  for (std::size_t i = 0; i < design.row_first.size(); ++i)
    first[static_cast<std::size_t>(design.frame->unit.level[i])] = design.row_first[i];
  return first;
}

}  // namespace

Vector drawn_effects(const Context& context, const EventDesign& design, const Estimation& actual,
                     Index position, int draws) {
  const ReplacedTerm model(*actual.fit, position);
  const std::vector<std::int64_t> first = starts(design);
  Vector out = Vector::Constant(draws, missing_value);
  const Context alone{1, context.seed, context.stop};
  const auto one_batch = [&](std::int64_t block) {
    const int from = static_cast<int>(block) * batch, to = std::min(draws, from + batch);
    out.segment(from, to - from) =
        model.estimates(alone, drawn_treatments(context, design, first, {from, to}));
  };
  for_each_block(context, (draws + batch - 1) / batch, one_batch);
  return out;
}

}  // namespace panelist
