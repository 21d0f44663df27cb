// SPDX-License-Identifier: Apache-2.0
#include "study/run/index_sensitivity.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "index/ranks.h"
#include "report/table_words.h"
#include "table/statistics.h"

namespace panelist::study {

namespace {

constexpr double significance = 0.05;

struct Moments {
  double mean = 0, sd = 0;
};

Moments moments_of(const Vector& x) {
  const double mean = x.mean();
  const double n = static_cast<double>(x.size());
  return {mean, std::sqrt((x.array() - mean).square().sum() / (n - 1))};
}

// The variant with the mean and standard deviation of the index, its dimensions on the same scale as its whole.
IndexResult on_scale_of(IndexResult variant, const IndexResult& index) {
  const Moments own = moments_of(index.score), other = moments_of(variant.score);
  variant.name = index.name;
  if (!(other.sd > 0)) return variant;
  variant.score = own.mean + own.sd / other.sd * (variant.score.array() - other.mean);
  return variant;
}

// The study's data with another index in place of one.
Workspace with_index(const Workspace& work, const IndexResult& index) {
  Workspace copy = work;
  copy.notes = {};
  for (auto& [name, column] : index_columns(index, copy.table.rows()))
    copy.table.set(name, std::move(column));
  std::set<std::string> names;
  for (const IndexEntry& entry : work.study->indices) names.insert(entry.system.name);
  derive_after_indices(copy, names);
  return copy;
}

void take_coefficient(const Estimation& estimation, const std::string& term, SensitivityRun& run) {
  for (const Coefficient& coefficient : estimation.inference.coefficients) {
    if (coefficient.term != term) continue;
    run.estimate = coefficient.estimate;
    run.std_error = coefficient.std_error;
    run.p_value = coefficient.p_value;
    run.low = coefficient.conf_low;
    run.high = coefficient.conf_high;
  }
}

// One run: the coefficient with the index built this way. Throws what building and estimating throw.
SensitivityRun run_of(const Workspace& work, const TableEntry& entry, const IndexVariant& variant) {
  const IndexResult& index = work.indices.at(entry.indices.front().text);
  SensitivityRun run{variant};
  IndexResult built = variant.own ? index
                                  : build_index(work.context, variant.system, variant.conventions, work.table,
                                                work.panel, index.rows, {false, false});
  run.rank_correlation = rank_correlation(built.score, index.score);
  Workspace changed = with_index(work, on_scale_of(std::move(built), index));
  TableEntry plain = entry;
  plain.kind = TableEntry::Kind::columns;
  const std::vector<Regression> regressions = plan_columns(changed, plain);
  changed.notes.throw_first_error();
  const Estimation estimation =
      estimate_model(work.context, estimation_spec(changed, plain, regressions.at(0)), regressions[0].table,
                     &changed.panel, changed.notes);
  take_coefficient(estimation, entry.term, run);
  run.n = static_cast<std::size_t>(estimation.fit->n);
  return run;
}

// Conventions without meaning, or scores that do not vary beside the effects.
bool without_meaning(const Diagnostic& diagnostic) {
  return diagnostic.code.starts_with("index.") || diagnostic.code == "estimate.all_dropped";
}

// Runs whose conventions have no meaning for the data are counted and left out.
std::vector<SensitivityRun> runs_of(const Workspace& work, const TableEntry& entry,
                                    const std::vector<IndexVariant>& variants, std::size_t& refused) {
  std::vector<std::optional<SensitivityRun>> runs(variants.size());
  for_each_block(work.context, static_cast<std::int64_t>(variants.size()), [&](std::int64_t at) {
    const auto i = static_cast<std::size_t>(at);
    Workspace one_thread = work;
    one_thread.context.threads = 1;
    try {
      runs[i] = run_of(one_thread, entry, variants[i]);
    } catch (const Error& error) {
      if (!without_meaning(error.diagnostic())) throw;
    }
  });
  std::vector<SensitivityRun> found;
  for (std::optional<SensitivityRun>& run : runs) {
    if (run && std::isfinite(run->estimate))
      found.push_back(std::move(*run));
    else
      ++refused;
  }
  return found;
}

std::vector<const SensitivityRun*> all_of_runs(const std::vector<SensitivityRun>& runs) {
  std::vector<const SensitivityRun*> all;
  for (const SensitivityRun& run : runs) all.push_back(&run);
  return all;
}

}  // namespace

std::string choice_words(const std::string& kind, const std::string& value, const std::string& lang) {
  const std::string key = (kind == "weights" ? "method"
                           : kind == "mean"  ? "aggregate"
                                             : kind) +
                          ("_" + value);
  const std::string words = table_words(key, lang, {});
  return words == key ? value : words;
}

std::string choices_in_words(const std::string& choices, const std::string& lang) {
  if (lang != "zh") return choices;
  std::string text;
  for (std::size_t from = 0; from <= choices.size();) {
    const std::size_t end = std::min(choices.find("; ", from), choices.size());
    const std::string choice = choices.substr(from, end - from);
    const std::size_t colon = choice.find(": ");
    const std::string kind = choice.substr(0, colon);
    // The group's name is the row's heading without what follows: "权重：{}".
    const std::string group = replace_all(table_words("sensitivity_" + kind, lang, {""}), "：", "");
    text += (text.empty() ? "" : "; ") + group + ": " + choice_words(kind, choice.substr(colon + 2), lang);
    from = end + 2;
  }
  return text;
}

SensitivitySummary summary_of(const std::string& what, const std::vector<const SensitivityRun*>& runs,
                              double own_estimate) {
  SensitivitySummary summary{what, runs.size()};
  if (runs.empty()) return summary;
  std::vector<double> estimates;
  std::size_t significant = 0;
  for (const SensitivityRun* run : runs) {
    estimates.push_back(run->estimate);
    if (run->p_value < significance && (run->estimate > 0) == (own_estimate > 0)) ++significant;
  }
  summary.least = *std::min_element(estimates.begin(), estimates.end());
  summary.most = *std::max_element(estimates.begin(), estimates.end());
  summary.median = percentile(estimates, 50);
  summary.significant = static_cast<double>(significant) / static_cast<double>(runs.size());
  return summary;
}

std::vector<SensitivitySummary> summaries_of(const IndexSensitivity& found) {
  std::vector<SensitivitySummary> summaries = {
      summary_of("all", all_of_runs(found.conventions), found.own.estimate)};
  std::vector<std::string> choices;
  for (const SensitivityRun& run : found.conventions)
    for (const std::string& choice : run.variant.choices)
      if (std::find(choices.begin(), choices.end(), choice) == choices.end()) choices.push_back(choice);
  std::stable_sort(choices.begin(), choices.end(), [](const std::string& a, const std::string& b) {
    return a.substr(0, a.find(':')) < b.substr(0, b.find(':'));
  });
  for (const std::string& choice : choices) {
    std::vector<const SensitivityRun*> runs;
    for (const SensitivityRun& run : found.conventions)
      if (std::find(run.variant.choices.begin(), run.variant.choices.end(), choice) !=
          run.variant.choices.end())
        runs.push_back(&run);
    summaries.push_back(summary_of(choice, runs, found.own.estimate));
  }
  summaries.push_back(summary_of("left out", all_of_runs(found.left_out), found.own.estimate));
  return summaries;
}

IndexSensitivity index_sensitivity(Workspace& work, const TableEntry& entry) {
  const std::string& name = entry.indices.front().text;
  const auto place = work.indices.find(name);
  if (place == work.indices.end() || name.find('@') != std::string::npos)
    throw Error("study.unknown_index", "the study has no index `" + name + "`", "name one of [index.NAME]");
  if (entry.columns.empty())
    throw Error("study.missing_key", "`index_sensitivity` needs the model with the coefficient",
                "add of = \"main\"");
  const IndexEntry& system = work.systems.at(name);
  IndexConventions own = place->second.conventions;  // of a frozen index, those of its file
  own.screen = 0;                                    // the rows stay
  IndexSensitivity found{name, entry.term, entry.columns.front().formula.text, {}, {}, {}, 0};
  IndexVariant itself{{}, own, system.system, "", true};
  found.own = run_of(work, entry, itself);
  if (!std::isfinite(found.own.estimate))
    throw Error("formula.unknown_term",
                "`" + entry.term + "` is no coefficient of " + found.formula + ", or was dropped from it",
                "name another with term = \"...\"");
  found.conventions = runs_of(work, entry, convention_variants(system.system, own), found.refused);
  std::size_t impossible = 0;
  found.left_out = runs_of(work, entry, left_out_variants(system.system, own), impossible);
  return found;
}

}  // namespace panelist::study
