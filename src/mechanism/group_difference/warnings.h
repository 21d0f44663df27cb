// SPDX-License-Identifier: Apache-2.0
// What a comparison of groups should be read with.
#pragma once
#include "mechanism/group_difference.h"

namespace panelist {

// mechanism.overlapping_clusters .units_in_both_groups .terms_differ .deficient_test .no_variance .test_left_out
// infer.few_clusters of groups estimated here: estimates handed in have said it themselves.
void warn_of_few_clusters(const GroupDifference& result, Diagnostics& notes);
void warn_of_differences(const GroupDifferenceSpec& spec, const GroupDifference& result, Diagnostics& notes);

}  // namespace panelist
