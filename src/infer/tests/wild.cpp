// SPDX-License-Identifier: Apache-2.0
// wild(x1 = 0.5, reps=99999, weights=webb, type=31, by=province, sub=city, null=free, tails=equal, statistic=ar, set=no)
#include <fmt/format.h>

#include "infer/inference/linear_form.h"
#include "infer/tests/arguments.h"
#include "infer/tests/kinds.h"
#include "infer/wild_bootstrap.h"

namespace panelist {
namespace {

const std::vector<std::string_view> keys = {"reps", "weights", "type",      "by", "sub",
                                            "null", "tails",   "statistic", "set"};

void set_hypotheses(const Fit& fit, const TestArguments& arguments, WildSpec& spec) {
  const auto q = static_cast<Index>(arguments.hypotheses.size());
  spec.restrictions.resize(q, fit.k());
  spec.values.resize(q);
  for (Index r = 0; r < q; ++r) {
    const LinearForm form = linear_form(fit, arguments.hypotheses[static_cast<std::size_t>(r)]);
    spec.restrictions.row(r) = form.weights.transpose();
    spec.values(r) = -form.constant;
  }
}

WildWeights weights_named(const std::string& word) {
  if (word == "webb") return WildWeights::webb;
  if (word == "mammen") return WildWeights::mammen;
  return word == "normal" ? WildWeights::normal : WildWeights::rademacher;
}

WildSpec read_spec(const Estimation& estimation, const TestRequest& request) {
  const Fit& fit = *estimation.fit;
  const TestArguments arguments = read_arguments(request, keys);
  WildSpec spec;
  set_hypotheses(fit, arguments, spec);
  spec.reps = replicates_asked(request, arguments, spec.reps);
  spec.weights =
      weights_named(word_among(request, arguments, "weights", {"rademacher", "webb", "mammen", "normal"}));
  const std::string type = word_among(request, arguments, "type", {"11", "31", "13", "33"});
  spec.jackknife_scores = type.front() == '3';
  spec.jackknife_variance = type.back() == '3';
  spec.restricted = word_among(request, arguments, "null", {"imposed", "free"}) == "imposed";
  spec.equal_tailed = word_among(request, arguments, "tails", {"symmetric", "equal"}) == "equal";
  spec.cluster = &grouping_asked(fit, estimation.vcov_spec, request, arguments.text("by", ""));
  const std::string sub = arguments.text("sub", "");
  spec.draws = sub.empty() ? spec.cluster : &grouping_asked(fit, estimation.vcov_spec, request, sub);
  spec.anderson_rubin = word_among(request, arguments, "statistic", {"t", "ar"}) == "ar";
  spec.find_set = word_among(request, arguments, "set", {"yes", "no"}) == "yes";
  spec.level = estimation.inference.level;
  return spec;
}

// How many sign changes reproduce the statistic: the identity where y* may be y itself, and its mirror where the
// statistic is one of the draws alone.
int reproducing(const Fit& fit, const WildSpec& spec) {
  if (!spec.restricted || spec.jackknife_scores) return 0;
  return fit.iv == nullptr || spec.anderson_rubin ? 2 : 1;
}

std::string draws_words(const Fit& fit, const WildSpec& spec, const WildBootstrap& result) {
  static const char* const words[] = {"Rademacher", "Webb", "Mammen", "normal"};
  const char* const weights = words[static_cast<int>(spec.weights)];
  if (result.enumerated) {
    const double least = reproducing(fit, spec) / static_cast<double>(result.reps);
    return fmt::format("all {} sign changes of {} clusters of {}{}", result.reps, spec.draws->size(),
                       spec.draws->name, least > 0 ? fmt::format(", so no p below {:.3g}", least) : "");
  }
  return fmt::format("{} draws of {} weights for {} clusters of {}", result.reps, weights, spec.draws->size(),
                     spec.draws->name);
}

std::string procedure(const Fit& fit, const WildSpec& spec) {
  if (fit.iv == nullptr)
    return fmt::format("wild cluster bootstrap WC{}-{}", spec.restricted ? "R" : "U",
                       spec.jackknife_scores ? (spec.jackknife_variance ? "B" : "S")
                                             : (spec.jackknife_variance ? "V" : "C"));
  return fmt::format("wild {} efficient bootstrap of {}", spec.restricted ? "restricted" : "unrestricted",
                     spec.anderson_rubin ? "the Anderson-Rubin test" : "2SLS");
}

std::string note_of(const Fit& fit, const WildSpec& spec, const WildBootstrap& result) {
  std::string note = fmt::format("{}: {}", procedure(fit, spec), draws_words(fit, spec, result));
  if (result.undefined > 0)
    note += fmt::format("; {} replicates had no variance and count in no share", result.undefined);
  return note;
}

TestResult as_test(const Fit& fit, const WildSpec& spec, const WildBootstrap& result) {
  TestResult test;
  test.name = "wild";
  test.statistic = result.statistic;
  test.p_value = result.p_value;
  const bool one = spec.restrictions.rows() == 1;
  const bool tails = one && !spec.anderson_rubin;
  if (!tails) {
    test.df1 = result.df1;
    test.df2 = result.df2;
  }
  if (one)
    test.details = {{"estimate", result.estimate}, {"std_error", result.std_error}, {"df", result.df2}};
  test.details.emplace_back("reps", static_cast<double>(result.reps));
  test.details.emplace_back("enumerated", result.enumerated ? 1 : 0);
  if (tails && !spec.equal_tailed) test.details.emplace_back("p_equal_tailed", result.p_equal_tailed);
  if (tails && spec.equal_tailed) test.details.emplace_back("p_symmetric", result.p_symmetric);
  test.set = result.set;
  test.note = note_of(fit, spec, result);
  return test;
}

}  // namespace

std::vector<std::string> columns_of_wild_test(const TestRequest& request) {
  return columns_named(read_arguments(request, keys), {"by", "sub"});
}

RequestedTest wild_test(const Context& context, const EstimationSpec&, const Estimation& estimation,
                        const TestRequest& request) {
  require_wild_method(*estimation.fit);
  const WildSpec spec = read_spec(estimation, request);
  const WildBootstrap result = wild_bootstrap(context, *estimation.fit, estimation.small_sample, spec);
  return {request.written, as_test(*estimation.fit, spec, result), {}};
}

}  // namespace panelist
