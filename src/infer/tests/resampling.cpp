// SPDX-License-Identifier: Apache-2.0
// pairs(x1 - x2 = 0, reps=9999, by=province)   randomise(x1, reps=999, by=unit, within=region, statistic=t)
#include <fmt/format.h>

#include "base/text.h"
#include "infer/inference/linear_form.h"
#include "infer/pairs_bootstrap.h"
#include "infer/randomisation.h"
#include "infer/tests/arguments.h"
#include "infer/tests/kinds.h"

namespace panelist {
namespace {

const std::vector<std::string_view> pairs_keys = {"reps", "by"};
const std::vector<std::string_view> randomise_keys = {"reps", "by", "within", "statistic"};

void require_one_hypothesis(const TestArguments& arguments, const TestRequest& request) {
  if (arguments.hypotheses.size() == 1) return;
  throw Error("usage.bad_value", fmt::format("`{}` tests one hypothesis at a time", request.written),
              "ask for one test each", "option --tests");
}

// What replicates lack that count in no share.
std::string left_out_words(std::int64_t count, std::string_view lack) {
  return count == 0 ? "" : fmt::format("; {} of them {} and are left out", count, lack);
}

// G clusters drawn with replacement: (2G - 1)!/(G! (G - 1)!) different draws.
std::string few_draws_words(double clusters, std::int64_t reps) {
  double draws = 1;
  for (double g = 1; g < clusters; ++g) draws *= (clusters + g) / g;
  if (!(draws < static_cast<double>(reps))) return "";
  return fmt::format("; {} clusters have only {:.0f} different draws", clusters, draws);
}

TestResult as_test(const PairsSpec& spec, const PairsBootstrap& result) {
  TestResult test;
  test.name = "pairs";
  test.statistic = result.statistic;
  test.p_value = result.p_value;
  test.details = {{"estimate", result.estimate},
                  {"std_error", result.std_error},
                  {"bootstrap_error", result.bootstrap_error},
                  {"reps", static_cast<double>(spec.reps)},
                  {"percentile_low", result.percentile.first},
                  {"percentile_high", result.percentile.second}};
  test.set = ConfidenceSet{"interval", {result.interval}};
  test.note = fmt::format(
      "pairs cluster bootstrap: {} draws of {} clusters of {}; p and set by bootstrap-t{}{}", spec.reps,
      spec.cluster->size(), spec.cluster->name, left_out_words(result.undefined, "have no standard error"),
      few_draws_words(spec.cluster->size(), spec.reps));
  return test;
}

const Grouping& permuted_grouping(const Estimation& estimation, const TestRequest& request,
                                  const std::string& by) {
  const bool from_vcov = !by.empty() || estimation.vcov_spec.columns.size() == 1;
  if (from_vcov) return grouping_asked(*estimation.fit, estimation.vcov_spec, request, by);
  return panel_unit(estimation, request);
}

TestResult as_test(const RandomisationSpec& spec, const Randomisation& result) {
  TestResult test;
  test.name = "randomise";
  test.statistic = result.statistic;
  test.p_value = result.p_two_sided;
  test.details = {
      {"p_greater", result.p_greater}, {"p_less", result.p_less}, {"reps", static_cast<double>(spec.reps)}};
  test.note =
      fmt::format("randomisation of {}: {} permutations over {} groups of {}{}; p = (1 + count)/(1 + reps){}",
                  spec.studentised ? "t" : "the coefficient", spec.reps, spec.group->size(), spec.group->name,
                  spec.within != nullptr ? " within " + spec.within->name : "",
                  left_out_words(result.undefined, "do not identify the term"));
  return test;
}

}  // namespace

std::vector<std::string> columns_of_pairs_test(const TestRequest& request) {
  return columns_named(read_arguments(request, pairs_keys), {"by"});
}

RequestedTest pairs_test(const Context& context, const EstimationSpec&, const Estimation& estimation,
                         const TestRequest& request) {
  const Fit& fit = *estimation.fit;
  const TestArguments arguments = read_arguments(request, pairs_keys);
  require_one_hypothesis(arguments, request);
  const LinearForm form = linear_form(fit, arguments.hypotheses.front());
  PairsSpec spec;
  spec.weights = form.weights;
  spec.value = -form.constant;
  spec.reps = replicates_asked(request, arguments, spec.reps);
  spec.cluster = &grouping_asked(fit, estimation.vcov_spec, request, arguments.text("by", ""));
  spec.level = estimation.inference.level;
  return {request.written, as_test(spec, pairs_bootstrap(context, fit, estimation.small_sample, spec)), {}};
}

std::vector<std::string> columns_of_randomise_test(const TestRequest& request) {
  return columns_named(read_arguments(request, randomise_keys), {"by", "within"});
}

RequestedTest randomise_test(const Context& context, const EstimationSpec& model,
                             const Estimation& estimation, const TestRequest& request) {
  const Fit& fit = *estimation.fit;
  const TestArguments arguments = read_arguments(request, randomise_keys);
  require_one_hypothesis(arguments, request);
  RandomisationSpec spec;
  spec.term = arguments.hypotheses.front();
  spec.reps = replicates_asked(request, arguments, spec.reps);
  spec.studentised = word_among(request, arguments, "statistic", {"b", "t"}) == "t";
  spec.group = &permuted_grouping(estimation, request, arguments.text("by", ""));
  const std::string within = arguments.text("within", "");
  if (!within.empty()) spec.within = &grouping_asked(fit, estimation.vcov_spec, request, within);
  TestResult test = as_test(spec, randomise(context, fit, spec));
  const std::vector<std::string> stay = terms_that_stay(model.formula, spec.term);
  if (!stay.empty()) test.note += "; unmoved: " + join(stay, ", ");
  return {request.written, std::move(test), {}};
}

}  // namespace panelist
