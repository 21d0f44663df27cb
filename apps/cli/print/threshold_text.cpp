// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/print/fit_text.h"
#include "cli/print/mechanism_text.h"

namespace panelist::cli {
namespace {

std::string drawn_p(const ThresholdTest& test) {
  if (test.replicates == 0) return "";
  return test.p_value == 0 ? below_draws(test.replicates) : p_text(test.p_value);
}

std::string tests_of(const ThresholdModel& model) {
  AlignedText lines("  ", "lrrrrr");
  const bool drawn = model.tests.front().replicates > 0;
  lines.add({"", "F", drawn ? "p" : "", drawn ? "10%" : "", drawn ? "5%" : "", drawn ? "1%" : ""});
  for (const ThresholdTest& test : model.tests)
    lines.add({fmt::format("{} threshold{} against {}", test.thresholds, test.thresholds > 1 ? "s" : "",
                           test.thresholds - 1),
               statistic_text(test.f), drawn_p(test), drawn ? statistic_text(test.critical_10) : "",
               drawn ? statistic_text(test.critical_5) : "", drawn ? statistic_text(test.critical_1) : ""});
  return lines.text();
}

std::string thresholds_of(const ThresholdModel& model) {
  AlignedText lines("  ", "lrl");
  for (const ThresholdEstimate& threshold : model.thresholds)
    lines.add({fmt::format("threshold of {}", model.by), number_text(threshold.value),
               fmt::format("{}% interval [{}, {}]{}", shortest(100 * model.level), number_text(threshold.low),
                           number_text(threshold.high), threshold.connected ? "" : ", with gaps")});
  return lines.text();
}

std::string regimes_of(const ThresholdModel& model) {
  AlignedText lines("  ", "lrrrrlr");
  lines.add({"", "estimate", "std. error", "t", "p", "", "rows"});
  for (const Regime& regime : model.regimes) {
    const Coefficient& c = regime.coefficient;
    lines.add({regime.term, number_text(c.estimate), number_text(c.std_error), statistic_text(c.statistic),
               p_text(c.p_value), stars_text(c.p_value), shortest(regime.n)});
  }
  return lines.text();
}

}  // namespace

std::string threshold_text(const ThresholdModel& model) {
  std::string text =
      fmt::format("{}\n{} units, {} periods, {} candidates; {}\n\n", model.estimation.fit->frame->formula,
                  model.units, model.periods, model.candidates, model.estimation.vcov_spec.text);
  text += tests_of(model) + "\n" + thresholds_of(model) + "\n" + regimes_of(model) +
          dropped_terms(*model.estimation.fit);
  if (model.tests.front().replicates > 0)
    text += fmt::format("\np-values and critical values from {} draws of units' residuals\n",
                        model.tests.front().replicates);
  return text;
}

}  // namespace panelist::cli
