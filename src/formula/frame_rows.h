// SPDX-License-Identifier: Apache-2.0
// A frame on fewer of its rows: levels of effects, clusters and the unit are numbered anew, in the same order.
// Cost  one copy of every column kept
#pragma once
#include <vector>

#include "formula/model_frame.h"

namespace panelist {

// `keep` is parallel to the frame's rows. Counts of dropped rows stay as they are.
ModelFrame frame_on_rows(const ModelFrame& frame, const std::vector<bool>& keep);

}  // namespace panelist
