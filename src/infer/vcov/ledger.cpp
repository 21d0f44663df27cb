// SPDX-License-Identifier: Apache-2.0
#include "infer/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "infer/estimation.h"
#include "infer/vcov/kinds.h"
#include "infer/vcov/scores.h"

namespace panelist {
namespace {

struct Account {
  const Fit& fit;
  const Vcov& vcov;
  Clusters clusters;
  SmallSample rule;
  double periods = 0;  // of nw, dk and fmb

  [[nodiscard]] bool is(std::initializer_list<std::string_view> kinds) const {
    return std::find(kinds.begin(), kinds.end(), vcov.kind) != kinds.end();
  }
  [[nodiscard]] bool of_periods() const { return fit.periods != nullptr; }
  [[nodiscard]] bool counts_none() const { return rule.k == SmallSample::Parameters::none; }
};

Account account_of(const Estimation& estimation) {
  Account account{*estimation.fit, estimation.vcov, {}, {}, 0};
  account.rule = rules_that_apply(account.fit, estimation.small_sample);
  if (!account.vcov.n_clusters.empty()) account.clusters = cluster_groups(account.fit, estimation.vcov_spec);
  for (const auto& [name, value] : account.vcov.details)
    if (name == "periods") account.periods = value;
  return account;
}

CountedFactor ratio(const std::string& formula, double above, double below) {
  return {formula, fmt::format("{}/{}", shortest(above), shortest(below)), above / below};
}

CountedFactor rows_over(const Account& account) {
  return ratio("n/(n-K)", account.fit.n, account.fit.n - account.vcov.k);
}

CountedFactor rows_less_one_over(const Account& account) {
  return ratio("(n-1)/(n-K)", account.fit.n - 1, account.fit.n - account.vcov.k);
}

// newey of Stata counts as regress does; xtscc and fixest count periods as groups (autocorrelation.cpp).
bool counts_periods(const Account& account) {
  return account.is({"dk"}) || (account.is({"nw"}) && !account.rule.exact_rank);
}

bool own_factors(const Account& account) {
  return account.is({"cluster"}) && account.clusters.size() > 1 &&
         account.rule.g == SmallSample::Groups::conventional;
}

std::vector<CountedFactor> factors_of_groups(const Account& account) {
  std::vector<CountedFactor> factors;
  if (!account.counts_none()) factors.push_back(rows_less_one_over(account));
  if (account.rule.g == SmallSample::Groups::none || own_factors(account)) return factors;
  if (account.is({"cluster"})) {
    const double G = smallest_groups(account.clusters);
    factors.push_back(ratio(account.clusters.size() > 1 ? "min G/(min G-1)" : "G/(G-1)", G, G - 1));
  } else {
    factors.push_back(ratio("T/(T-1)", account.periods, account.periods - 1));
  }
  return factors;
}

std::vector<CountedFactor> factors_of(const Account& account) {
  if (account.of_periods())
    return account.counts_none()
               ? std::vector<CountedFactor>{}
               : std::vector<CountedFactor>{ratio("T/(T-1)", account.periods, account.periods - 1)};
  if (account.is({"cr3", "jackknife"})) {
    const double G = account.vcov.n_clusters.front();
    return {ratio("(G-1)/G", G - 1, G)};
  }
  if (account.is({"cluster"}) || counts_periods(account)) return factors_of_groups(account);
  if (account.counts_none() || !account.is({"iid", "hc1", "nw", "conley"})) return {};
  const bool likelihood = account.is({"iid"}) && account.fit.glm != nullptr;
  return {likelihood ? rows_less_one_over(account) : rows_over(account)};
}

// Which count t and F are compared with.
std::string words_of_degrees(const Account& account) {
  const Vcov& vcov = account.vcov;
  if (std::isinf(vcov.df) || vcov.term_df.size() > 0) return "";
  if (account.of_periods()) return "T - 1";
  if (!account.clusters.empty() && vcov.df == smallest_groups(account.clusters) - 1)
    return account.clusters.size() > 1 ? "min G - 1" : "G - 1";
  if (counts_periods(account) && vcov.df == account.periods - 1) return "T - 1";
  if (account.counts_none()) return "n - terms - rank of the effects";
  if (vcov.df == account.fit.n - vcov.k) return "n - K";
  if (vcov.df == account.fit.n - vcov.k + 1) return "n - K + 1, the one for nested effects not counted";
  return "";
}

bool counts_k(const Ledger& ledger) {
  const auto has_k = [](const CountedFactor& factor) {
    return factor.formula.find('K') != std::string::npos;
  };
  return ledger.df.find('K') != std::string::npos ||
         std::any_of(ledger.factors.begin(), ledger.factors.end(), has_k);
}

}  // namespace

Ledger ledger_of(const Estimation& estimation) {
  const Account account = account_of(estimation);
  Ledger ledger;
  ledger.rule = account.rule;
  ledger.rule_enters = !account.of_periods() && account.is({"iid", "hc1", "cluster", "nw", "dk", "conley"});
  ledger.factors = factors_of(account);
  if (own_factors(account)) ledger.factors_of_terms = factors_of_subsets(account.clusters);
  ledger.df = words_of_degrees(account);
  ledger.k_enters = counts_k(ledger);
  if (ledger.k_enters) ledger.parameters = counted_parts(account.fit, account.clusters, account.rule);
  return ledger;
}

}  // namespace panelist
