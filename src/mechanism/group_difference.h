// SPDX-License-Identifier: Apache-2.0
// Is a coefficient the same in two groups, or in several?
//
// Methods, a catalog (b_g, V_g: the groups' own estimates and covariances):
//   disjoint     z = (b_i - b_j)/sqrt(se_i^2 + se_j^2); all equal: chi2 with a diagonal covariance. Left out where some
//                cluster or unit has rows in several groups, and under dk and conley, which tie rows of different units
//                cr2, cr3, jackknife: t by Welch and Satterthwaite from the groups' degrees of freedom, written F(1, df);
//                with clusters in both groups their smaller; all equal has no p there. The same of suest
//   suest        stacked scores: V of (b_1 .. b_K) from the sums of both groups' scores over each cluster, so that a unit
//                in several groups makes a covariance; chi2. Factor of the rows compared: G/(G-1), n/(n-1) without
//                clusters, T/(T-1) under dk; the groups' own adjusted scores and factors under hc2-hc4, cr2, cr3,
//                jackknife. iid is taken as hc
//   interaction  everything interacted: every term and effect times the group, on the union of the groups' samples;
//                coefficients are the groups' own; F of b_i = b_j under the vcov of the one model
//   interaction_slopes  every term times the group and the groups' intercepts; the effects are common
//   interaction_term    the term (its instruments, the groups' intercepts) times the group; controls and effects common
//   chow         in the model of `interaction`: all coefficients that every group has are equal (not the intercepts)
//   permutation  units' membership permuted keeping the groups' sizes (Fisher). d the difference, B replicates:
//                two-sided (1 + #{|d*| >= |d|})/(1 + B); one-sided #{d* >= d}/B folded to the smaller of p and 1 - p
//                (bdiff's; of all assignments the smaller of #{d* >= d}/B and #{d* <= d}/B), and with (1 + .)/(1 + B); ties from (1 - 1e-10)|d| on. All assignments are taken, without the
//                1, where they are no more than B. All equal: Q = sum_g (b_g - b)^2/se_g^2, se_g as observed.
//                Units: the first clustering variable of the vcov, else the panel's unit, whose levels lie in one group
//                each; rows without clusters and panel. No such units: left out, suest in its place
//   bootstrap    units drawn with repetition, within groups where none has rows in two; z = d/sd(d*), percentiles in the
//                details; all equal: chi2 with the covariance of the draws
// The first less the later group, groups as sorted (numbers by value) or as given. Pairs of more than two groups carry
// details "p_adjusted" (multiplicity.h). Details: "difference", "std_error"; permutation and bootstrap: "reps", "failed".
// A joint test whose covariance is singular has the rank as its first df, and the warning mechanism.deficient_test.
// A test without variance has no p; its note says why, with the warning mechanism.no_variance.
// Errors  mechanism.unknown_term .unknown_test .one_group .term_dropped .unknown_correction; those of the groups' own
//         models, with the group's name
// Source  Clogg, Petkova & Haritou (1995) for disjoint; Chow (1960); Weesie (1999) for suest; Efron & Tibshirani (1993)
//         for permutation and bootstrap; Cleary (1999); Cochran (1954) for Q
// Agrees  published Stata output on nlsw88, base R with explicit matrices (tests/mechanism)
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "infer/estimation.h"

namespace panelist {

struct GroupEstimate {
  std::string group;
  Estimation estimation;
  Coefficient coefficient;
  double n;
};

struct GroupPair {
  std::size_t first, second;  // positions among the groups
  double difference;          // first - second
};

// What one method says.
struct DifferenceTests {
  std::string method;
  std::vector<TestResult> pairs;    // one a pair; empty for chow
  std::optional<TestResult> joint;  // all groups equal; with two groups of chow only
  bool by_rows = false;             // permutation and bootstrap of rows, where there are no units
};

// Levels of a clustering variable or of the panel's units, and how many have rows in several groups.
struct SharedLevels {
  std::string name;
  bool clusters = false;  // of the vcov
  bool units = false;     // the panel's
  std::size_t levels = 0, shared = 0;
};

struct GroupDifference {
  std::string term, by;
  std::vector<GroupEstimate> groups;
  double difference;  // of the first two
  std::vector<GroupPair> pairs;
  std::vector<DifferenceTests> tests;
  std::vector<std::pair<std::string, std::string>> left_out;  // method, reason
  std::string correction;
  std::vector<SharedLevels> shared;
  bool overlapping = false;  // some cluster or unit has rows in several groups

  [[nodiscard]] const DifferenceTests* find(std::string_view method) const;
  // Of the first pair; null without it.
  [[nodiscard]] const TestResult* test(std::string_view method) const;
  // The detail of a test by name; missing without it.
  static double detail(const TestResult& test, std::string_view name);
};

struct GroupDifferenceSpec {
  EstimationSpec model;
  std::string term;
  std::string by;                   // column
  std::vector<std::string> tests;   // methods; empty: disjoint, interaction, interaction_term, suest
  int replicates = 1000;            // of permutation and bootstrap
  std::uint64_t seed = 1;           // of both
  std::string correction = "holm";  // of more than one pair
  std::vector<std::string> groups;  // values of `by` in order; empty: all in the rows of [where], sorted
};

struct Comparison;
struct DifferenceMethod {
  std::string_view name;
  std::string_view words;   // "seemingly unrelated estimation"; "permutation of {units}" takes what was drawn
  std::string_view en, zh;  // in the notes of tables
  std::string_view source;
  bool separate_units = false;   // wants no unit in several groups
  bool estimates_again = false;  // on the table, all groups together
  // Empty tests with a reason under GroupDifference::left_out when it does not apply.
  DifferenceTests (*compute)(Comparison&) = nullptr;
};
const std::vector<DifferenceMethod>& difference_methods();
std::vector<std::string> difference_method_names();
const DifferenceMethod* find_difference_method(std::string_view name);
// What a method did, "permutation of units" or "of rows"; long: as in the notes of tables, with the law of its p.
std::string method_words(const DifferenceTests& tests, const std::string& lang);
std::string long_method_words(const DifferenceTests& tests, const std::string& lang);

GroupDifference group_difference(const Context& context, const GroupDifferenceSpec& spec, const Table& table,
                                 const Panel* panel, Diagnostics& notes);
// The same from estimates that are there, one a group of `spec.groups`, in their order.
GroupDifference compare_estimations(const Context& context, const GroupDifferenceSpec& spec,
                                    const std::vector<Estimation>& estimations, const Table& table,
                                    const Panel* panel, Diagnostics& notes);

// What a table is about: the first endogenous term, else the first regressor.
std::string first_term(const Estimation& estimation);
// From estimations already made on disjoint groups: z and p of the difference of one term.
TestResult disjoint_difference(const Coefficient& first, const Coefficient& second);

}  // namespace panelist
