// SPDX-License-Identifier: Apache-2.0
#include "mechanism/mediation/verdict.h"

#include "base/text.h"

namespace panelist {
namespace {

constexpr double significance = 0.05;

bool is_significant(const Coefficient& coefficient) { return coefficient.p_value < significance; }

// The evidence for the indirect effect and the words for it.
struct Evidence {
  bool holds = false;
  std::string words;
};

// BCa when asked for and made, else percentile; missing ends where there were too few draws.
std::pair<double, double> interval_of(const BootstrapIntervals& b, bool bca) {
  if (bca && std::isfinite(b.bca_low) && std::isfinite(b.bca_high)) return {b.bca_low, b.bca_high};
  return {b.percentile_low, b.percentile_high};
}

Evidence evidence_of(const IndirectEffect& effect, bool joint, bool bca) {
  if (joint) return {true, "a and b are both significant"};
  if (effect.bootstrap.has_value()) {
    const auto [low, high] = interval_of(*effect.bootstrap, bca);
    const std::string range =
        "the bootstrap interval [" + significant(low, 4) + ", " + significant(high, 4) + "]";
    const bool excludes = low > 0 || high < 0;
    if (std::isfinite(low) && std::isfinite(high))
      return {excludes, range + (excludes ? " excludes zero" : " includes zero")};
  }
  const bool holds = effect.sobel_p < significance;
  return {holds, effect.sobel_p < 0.001 ? "Sobel's test gives p < 0.001"
                                        : "Sobel's test gives p = " + fixed(effect.sobel_p, 3)};
}

std::string kind_of(const IndirectEffect& effect, const Coefficient& direct, const Evidence& evidence) {
  if (!evidence.holds) return "none";
  if (!is_significant(direct)) return "full";
  return effect.estimate * direct.estimate > 0 ? "partial" : "suppression";
}

std::string words_of(const std::string& verdict, const IndirectEffect& effect, const Mediation& mediation) {
  if (verdict == "none") return "no mediation is found";
  if (verdict == "full") return "full mediation: the direct effect is not significant";
  if (verdict == "partial")
    return "partial mediation: " + fixed(100 * effect.estimate / mediation.total_effect.estimate, 1) +
           " % of the total effect is indirect";
  return "suppression: indirect and direct effect have opposite signs, |ab/c'| = " +
         significant(std::abs(effect.estimate / mediation.direct_effect.estimate), 3);
}

// a and b may be significant while the interval of their product includes zero: both are said.
std::string conflict_words(const IndirectEffect& effect) {
  if (!effect.bootstrap) return "";
  const BootstrapIntervals& b = *effect.bootstrap;
  std::vector<std::string> with_zero;
  const auto look = [&](const char* name, double low, double high) {
    if (low <= 0 && high >= 0)
      with_zero.push_back(std::string(name) + " [" + significant(low, 4) + ", " + significant(high, 4) + "]");
  };
  look("percentile", b.percentile_low, b.percentile_high);
  look("BCa", b.bca_low, b.bca_high);
  if (with_zero.empty()) return "";
  return std::string("; the bootstrap interval") + (with_zero.size() > 1 ? "s " : " ") +
         join(with_zero, " and ") + (with_zero.size() > 1 ? " include zero" : " includes zero");
}

}  // namespace

void judge(const MediationSpec& spec, Mediation& mediation) {
  const bool single = mediation.paths.size() == 1;
  const MediationPath& first = mediation.paths.front();
  const IndirectEffect& effect = single ? first.indirect : *mediation.total_indirect;
  const bool joint = single && is_significant(first.a) && is_significant(first.b);
  const Evidence evidence = evidence_of(effect, joint, spec.bca);
  mediation.verdict = kind_of(effect, mediation.direct_effect, evidence);
  mediation.verdict_text = words_of(mediation.verdict, effect, mediation) + " (" + evidence.words + ")";
  if (mediation.verdict != "none") mediation.verdict_text += conflict_words(effect);
  if (!is_significant(mediation.total_effect))
    mediation.verdict_text += "; the total effect is not significant";
}

}  // namespace panelist
