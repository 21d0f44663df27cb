// SPDX-License-Identifier: Apache-2.0
#include "estimate/estimator.h"
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

Fit estimate(const Context& context, std::shared_ptr<const ModelFrame> frame,
             const EstimateOptions& options) {
  const Estimator* estimator = find_estimator(frame->has_iv() ? "2sls" : "ols");
  return estimator->estimate(context, std::move(frame), options);
}

}  // namespace panelist
