// SPDX-License-Identifier: Apache-2.0
#include "estimate/estimator.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "base/text.h"
#include "estimate/glm/estimate_glm.h"
#include "estimate/regression/methods.h"

namespace panelist {

namespace {

template <const char* family>
Fit estimate_family(const Context& context, std::shared_ptr<const ModelFrame> frame,
                    const EstimateOptions& options) {
  return glm::estimate(context, family, std::move(frame), options);
}

constexpr char poisson[] = "poisson", logit[] = "logit", probit[] = "probit", negbin[] = "negbin";

}  // namespace

const std::vector<Estimator>& estimators() {
  static const std::vector<Estimator> catalog = {
      {"ols", "least squares, effects absorbed", "Frisch & Waugh (1933); Lovell (1963)", false, estimate_ols},
      {"2sls", "two-stage least squares, effects absorbed", "Theil (1953); Basmann (1957)", true,
       estimate_two_stage},
      {"re", "random effects of the panel's units", "Swamy & Arora (1972)", false, estimate_re},
      {"re_wh", "random effects, components from pooled residuals", "Wallace & Hussain (1969)", false,
       estimate_re_wallace_hussain},
      {"be", "least squares on the means of the units", "Baltagi (2013)", false, estimate_be},
      {"be_wls", "the same, weighted by the rows of each unit", "Baltagi (2013)", false,
       estimate_be_weighted},
      {"fd", "least squares on first differences", "Wooldridge (2010)", false, estimate_fd},
      {"fmb", "a regression each period, coefficients averaged", "Fama & MacBeth (1973)", false,
       estimate_fmb},
      {"liml", "limited information maximum likelihood", "Anderson & Rubin (1949)", true, estimate_liml},
      {"fuller", "LIML with Fuller's correction, fuller(1) unless said", "Fuller (1977)", true,
       estimate_fuller, Estimator::Number::optional},
      {"kclass", "k-class with the k given: kclass(0) is least squares, kclass(1) 2sls", "Theil (1961)", true,
       estimate_k_class, Estimator::Number::needed},
      {"gmm2s", "two-step GMM, moments weighted by the vcov chosen", "Hansen (1982)", true,
       estimate_two_step_gmm, Estimator::Number::none, true},
      {"igmm", "GMM with weights iterated until they stand still", "Hansen (1982)", true,
       estimate_iterated_gmm, Estimator::Number::none, true},
      {"cue", "continuously updated GMM", "Hansen, Heaton & Yaron (1996)", true,
       estimate_continuously_updated, Estimator::Number::none, true},
      {poisson, "Poisson pseudo maximum likelihood, effects absorbed", "Correia, Guimaraes & Zylkin (2020)",
       false, estimate_family<poisson>},
      {logit, "logit by maximum likelihood, effects absorbed", "McCullagh & Nelder (1989)", false,
       estimate_family<logit>},
      {probit, "probit by maximum likelihood, effects absorbed", "McCullagh & Nelder (1989)", false,
       estimate_family<probit>},
      {negbin, "negative binomial (NB2) by maximum likelihood, effects absorbed", "Cameron & Trivedi (2013)",
       false, estimate_family<negbin>},
  };
  return catalog;
}

const Estimator* find_estimator(std::string_view name) {
  for (const Estimator& estimator : estimators()) {
    if (estimator.name == name) return &estimator;
  }
  return nullptr;
}

namespace {

[[noreturn]] void throw_unknown_method(const std::string& written, const std::string& bare) {
  std::vector<std::string> names;
  for (const Estimator& known : estimators()) names.emplace_back(known.name);
  const std::string near = nearest(bare, names);
  throw Error("usage.unknown_method", fmt::format("there is no method `{}`", written),
              near.empty() ? fmt::format("write one of: {}", fmt::join(names, ", "))
                           : fmt::format("did you mean `{}`?", near));
}

void check_number(const std::string& written, const MethodRequest& request, bool has_number) {
  const Estimator& estimator = *request.estimator;
  const bool wrong = has_number && (estimator.number == Estimator::Number::none ||
                                    !std::isfinite(request.number) || request.number < 0);
  const bool misses = !has_number && estimator.number == Estimator::Number::needed;
  if (!wrong && !misses) return;
  const bool takes = estimator.number != Estimator::Number::none;
  throw Error("usage.bad_value",
              takes ? fmt::format("the method `{}` needs a number from zero up in brackets", estimator.name)
                    : fmt::format("the method `{}` takes nothing in brackets, `{}` was given", estimator.name,
                                  written),
              takes ? "for example fuller(1), kclass(0.5)" : fmt::format("write {}", estimator.name));
}

}  // namespace

MethodRequest read_method(const std::string& written) {
  const std::size_t open = written.find('(');
  const std::string bare(trim(written.substr(0, open)));
  MethodRequest request{find_estimator(bare)};
  const bool brackets = open != std::string::npos;
  if (request.estimator == nullptr || (brackets && !written.ends_with(')')))
    throw_unknown_method(written, bare);
  if (brackets)
    request.number =
        parse_number(trim(written.substr(open + 1, written.size() - open - 2))).value_or(missing_value);
  check_number(written, request, brackets);
  return request;
}

Fit estimate(const Context& context, std::shared_ptr<const ModelFrame> frame,
             const EstimateOptions& options) {
  const MethodRequest method = read_method(frame->has_iv() ? "2sls" : "ols");
  return method.estimator->estimate(context, std::move(frame), options);
}

}  // namespace panelist
