// SPDX-License-Identifier: Apache-2.0
// Conditions on rows in words; "_year" where periods are years.
#include "report/tables/words.h"

namespace panelist {

const std::vector<Word>& words_of_samples() {
  static const std::vector<Word> catalog = {
      {"weighted_by", "Weighted by {}.", "以{}加权。"},
      {"frequency_weights", "Frequency weights: {}.", "频数权重：{}。"},
      {"sample_separator", ", ", "，"},
      {"sample_between", "{}-{}", "{}-{}"},
      {"sample_between_year", "{}-{}", "{}-{}年"},
      {"sample_one", "{}", "{}"},
      {"sample_one_year", "{}", "{}年"},
      {"sample_from", "from {} on", "{}及以后"},
      {"sample_from_year", "from {} on", "{}年及以后"},
      {"sample_to", "up to {}", "{}及以前"},
      {"sample_to_year", "up to {}", "{}年及以前"},
      {"sample_without_time", "without {}", "不含{}"},
      {"sample_without_time_year", "without {}", "不含{}年"},
      {"sample_only", "{} only", "仅{}"},
      {"sample_values", "{}: {}", "{}为{}"},
      {"sample_without", "without {}", "不含{}"},
      {"sample_equal", "{} = {}", "{} = {}"},
      {"sample_unequal", "{} ≠ {}", "{} ≠ {}"},
      {"sample_known", "{} not missing", "{}无缺失"},
      {"sample_missing", "{} missing", "{}缺失"},
      {"sample_code", "rows with “{}”", "满足“{}”的观测"},
      {"remark_sample", "sample {}", "{}的样本"},
      {"panel_sample", "sample {}.", "{}的样本。"},
  };
  return catalog;
}

}  // namespace panelist
