// SPDX-License-Identifier: Apache-2.0
// The reference page of the study file (docs/study.md): a paragraph and an example by section, and the catalog of keys.
#include "base/text.h"
#include "study/parse/keys.h"
#include "study/study.h"

namespace panelist {
namespace {

struct SectionPage {
  std::string_view section, heading, text, example;
};

constexpr std::string_view opening = R"~(# The study file

One TOML file holds every choice that can change a number: data, indices, models, tables. `panelist check` reads it,
`panelist run` makes its tables. This page is printed by `panelist schema --format md` from the catalog of keys that the
program itself reads by; `panelist schema` prints the same as JSON schema for editors.

- **Keys are strict**: an unknown key is an error that names the nearest legal one. All mistakes are reported in one run,
  each with line, column and a caret, also inside formulas; only a TOML syntax error ends reading at once.
- **Bare keys are ASCII** in TOML: a Chinese key is written in quotes (`"教育" = ["+ edu"]`). Chinese values and Chinese
  names inside formulas need nothing.
- **Order counts**: tables are numbered, and derived columns computed, in the order of the file.
- **Order of work**: read and join, impute, derive on the whole panel, `[data] where`, indices on that sample, derives that
  use an index, tables. Lags look beyond `where`; an index exists on its sample only.
- A study holds no absolute paths, no commands and no code; files are named relative to it.

Types: *text* stands in quotes; *flag* is `true` or `false`; *formula* is `y ~ x | effects | endogenous ~ instruments` or
the name of a `[model]`; *expression* is arithmetic and comparisons of columns (`2014 <= year <= 2022 and province not in
('西藏')`); *vcov* is `iid`, `hc1` (or `robust`), `hc2`, `hc3`, `hc4`, `cluster(a)`, `cluster(a, b)`, `cr2(a)`, `cr3(a)`, `jackknife(a)`, `nw(lags)`, `dk(lags)` or `conley(lat, lon, 300km)`. A default of "required" means the study
is not read without the key.
)~";

constexpr SectionPage pages[] = {
    {"", "Top level", "The first lines of the file.", R"~(study = 1
title = "Digital trade and new quality productivity"
vcov  = "cluster(province)"
)~"},
    {"data", "[data]",
     "Where the data are and which rows are studied. `impute` is a table of its own, column = method.",
     R"~([data]
files  = ["data/economy.csv", "data/digital.csv"]
panel  = ["province", "year"]
where  = "2014 <= year <= 2022 and province != '西藏'"
expect = ["rows == 270", "balanced"]

[data.impute]
rd_staff = "linear"
)~"},
    {"sets", "[sets]",
     "Named lists of terms. `{name}` in a formula opens into them; a table folds them into one YES/NO row.",
     R"~([sets]
controls = ["IE", "LP"]
)~"},
    {"derive", "[derive]",
     "New columns, name = expression. Later ones may use earlier ones, indices (`DT`) and their dimensions "
     "(`` `DT[Potential]` ``).",
     R"~([derive]
IE = "log(institutes)"
LP = "log(population)"
UL = "urban_pop / population"
region = "region_cn(province, 'east12')"
)~"},
    {"index", "[index] and [index.NAME]",
     "`[index]` holds the conventions of all indices, `[index.NAME]` an index and its own. Every other key "
     "of "
     "`[index.NAME]` is a dimension: `\"Dimension\" = [...]` or `\"Dimension\".\"Sub\" = [...]`, a list of "
     "indicators, "
     "each a direction and a column: `+` more is better, `-` less is better, `= 0.5 name` a target, `~ 40 60 "
     "name` an interval.",
     R"~([index]
method = "entropy"

[index.NQP]
"Workers"."Education" = ["+ students", "+ school_years"]
"Environment"         = ["- so2"]

[index.DT]
"Potential" = ["+ parcels", "+ websites"]
)~"},
    {"model", "[model]",
     "Named formulas, for `columns`, `of` and `vif`. `NAME@method` in a formula is an index under another "
     "method.",
     R"~([model]
main = "NQP ~ DT + {controls} | province + year"
)~"},
    {"table", "[[table]]",
     "One table each. A table is exactly one of `index`, `summary`, `correlation`, `balance`, `ranking`, "
     "`transition`, `vif`, `variables`, `definitions`, `columns`, `panels`, `of` with `vary`, `of` with "
     "`split`, `mediation`, `gelbach`, `spec_curve`, `leave_out`, `oster`, `permutation`, "
     "`marginal_effects`, "
     "`u_shape`, "
     "`threshold`, or another of the kinds below. Notes and titles write themselves; `note` adds to them.",
     R"~([[table]]
summary = ["NQP", "DT", "{controls}"]
by      = "region"

[[table]]
correlation = ["NQP", "DT", "{controls}"]
coefficient = "both"

[[table]]
balance = ["NQP", "DT", "{controls}"]
by      = "coast"

[[table]]
ranking = "NQP"

[[table]]
transition = "NQP"
by         = "region"

[[table]]
id      = "baseline"
columns = ["NQP ~ DT | province + year", "main"]
)~"},
    {"table.definitions", "definitions: rows of your own",
     "Each entry of `definitions` is a row; columns that no row fills are left out. Names in their place "
     "(`definitions = "
     "[\"NQP\", \"{controls}\"]`) are defined by the codebook (`definition`, or `definition_en` and "
     "`definition_zh`), else by [derive] and [index].",
     R"~([[table]]
definitions = [
  { variable = "Digital trade", symbol = "DT", definition = "Entropy index of eight indicators" },
  { variable = "Urbanisation", symbol = "UL", sign = "+", definition = "Urban residents over all residents" },
]
)~"},
    {"table.panels", "panels: tables under one another",
     "Each entry of `panels` is a table of regressions; all have as many columns. Heads they share stand "
     "once, notes "
     "that differ name their panel.",
     R"~([[table]]
panels = [
  { title = "All years", columns = ["NQP ~ DT | province + year", "main"] },
  { title = "Since 2017", columns = ["NQP ~ DT | province + year", "main"], where = "year >= 2017" },
]
)~"},
    {"table.vary", "vary: one column's change of the model", "Each entry of `vary` makes one column.",
     R"~([[table]]
of   = "main"
vary = [{ swap = { DT = "DT@pca" } }, { winsor = ["NQP", "DT"], at = 0.01 }, { where = "year >= 2017" }]
)~"},
    {"table.split", "split: the model by group",
     "Each entry of `split` makes one column for each group. Under the columns stand the differences of the "
     "coefficient "
     "`term` between the groups, with a test that it is the same in all: see `differences`, `correction` and "
     "`reps`.",
     R"~([[table]]
of    = "main"
split = [{ by = "region" }, { by = "UL", at = "median", names = ["Lower", "Higher"] }]
differences = ["suest", "permutation"]
)~"},
    {"table.mediation", "mediation: three steps",
     "The bootstrap draws clusters (else units) with replacement.",
     R"~([[table]]
mediation = { of = "main", through = ["UL"], boot = 5000 }
)~"},
    {"table.gelbach", "gelbach: what covariates take from a coefficient",
     "Gelbach's decomposition: the change of the coefficient of `x` when the groups come in, group by group, "
     "whatever their "
     "order (docs/methods/gelbach.md). A [[figure]] gelbach = \"ID\" draws the parts.",
     R"~([[table]]
gelbach = { of = "main", x = "DT", groups = { "Openness" = ["IE"], "Labour" = "LP" } }
)~"},
    {"table.event_study", "event_study: a policy by periods since its start",
     "Columns are estimators, rows relative times, then the ATT and the pre-trend test. A [[figure]] "
     "event_study = "
     "\"ID\" draws it (docs/methods/event-study.md).",
     R"~([[table]]
event_study = { of = "main", cohort = "first_year", window = [-4, 5], methods = ["twfe", "imputation"] }
)~"},
    {"table.bacon", "bacon: what a two-way coefficient is a mean of",
     "All comparisons of two groups and their weights, on a balanced panel; controls do not count.",
     R"~([[table]]
bacon = { of = "main", cohort = "first_year" }
)~"},
    {"table.placebo", "placebo: earlier starts and random units",
     "A [[figure]] placebo = \"ID\" draws the density of the draws with the effect as a line.",
     R"~([[table]]
placebo = { of = "main", cohort = "first_year", shifts = [1, 2], draws = 1000 }
)~"},
    {"table.spec_curve", "spec_curve: one coefficient under every combination of choices",
     "Control sets x samples x effects x vcovs x outcomes x measures of the term. A table gives counts, "
     "median, range and shares by choice, a [[figure]] with the same keys the curve. More than 100,000 "
     "specifications are refused with their count: then `draw` takes some of the subsets.",
     R"~([[table]]
spec_curve = { of = "main", vcov = ["hc1", "cluster(province)"], samples = { "From 2017" = "year >= 2017" } }

[[figure]]
spec_curve = { of = "main", term = "DT", controls = "subsets", effects = ["province + year", "province"] }
)~"},
    {"table.leave_out", "leave_out: without each unit, period or group",
     "Each level of the column is left out in turn and the model estimated again. A [[figure]] with the same "
     "keys shows the intervals.",
     R"~([[table]]
leave_out = { of = "main", by = "year" }
)~"},
    {"table.oster", "oster: selection on what is not observed",
     "How much more than the controls what is not observed would have to matter, from how coefficient and R² "
     "move when the controls come in; effects stand in both regressions.",
     R"~([[table]]
oster = { of = "main", times = 1.3 }
)~"},
    {"table.permutation", "permutation: a term handed around at random",
     "The p-value is (1 + draws at least as large) / (1 + draws). A [[figure]] with the same keys shows the "
     "density of the draws.",
     R"~([[table]]
permutation = { of = "main", among = "rows", reps = 999 }
)~"},
    {"table.marginal_effects", "marginal_effects: an effect over a moderator",
     "A row a value of the moderator, with pointwise and uniform intervals. The figure of the same name "
     "draws "
     "them as a band.",
     R"~([[table]]
marginal_effects = { of = "NQP ~ DT * UL + {controls} | province + year", x = "DT", by = "UL" }
)~"},
    {"table.u_shape", "u_shape: is there a turning point",
     "Slopes at both ends, the overall test, and the extreme point with two intervals. Also a test of any "
     "column: `tests = [\"u_shape(DT)\"]`.",
     R"~([[table]]
u_shape = { of = "NQP ~ DT + I(DT^2) + {controls} | province + year", x = "DT" }
)~"},
    {"table.threshold", "threshold: regimes of a variable",
     "Balanced panels only. The figure `threshold` draws the likelihood ratio of each threshold of such a "
     "table.",
     R"~([[table]]
threshold = { of = "main", x = "DT", by = "UL", count = 2, boot = 300 }
)~"},
    {"figure", "[[figure]]",
     "Pictures of `report.html`, and files of their own (`figure-NN-id.svg`, its data as csv). A figure "
     "shows exactly one "
     "thing; a data file of your own (`data` with `kind`) may be drawn as any chart. Without a [[figure]] "
     "the report shows a "
     "trend of each index.",
     R"~([[figure]]
trend = ["NQP", "DT"]

[[figure]]
coefficients = "baseline"
terms        = ["DT"]

[[figure]]
density = "NQP"
by      = "region"
)~"},
    {"style", "The style file",
     "`style = \"my-style.toml\"` names a file beside the study that says what tables look like. It starts "
     "from a preset "
     "(`base`) and changes what it names; keys are as strict as those of the study. Presets hold what is "
     "certain of each "
     "journal: `aer` no stars and `Table 1—Title`; `qje` `TABLE I`; `apa` the stars .05 .01 .001, their "
     "legend, `Note.`, "
     "p-values without a zero before the point; `经济研究` and `管理世界` Chinese words, numbers above "
     "outcomes and "
     "注：括号内为…标准误. What the study or a table says itself (`stars`, `decimals`, `below`, `stats`) "
     "goes "
     "before the style.",
     R"~(base   = "aer"
below  = ["se", "ci"]
stats  = ["n", "r2"]
order  = ["terms", "controls", "effects", "stats"]
[words]
yes = "Y"
no  = "N"
n   = "Obs."
)~"},
    {"output", "[output]",
     "What `run` writes beside `report.html` and `report.docx`, `results.json`, `index-NAME.csv` and "
     "`study.lock`.",
     R"~([output]
formats = ["docx", "xlsx", "tex"]
)~"},
};

std::string in_table(std::string_view text) { return replace_all(std::string(text), "|", "\\|"); }

std::string code(std::string_view text) { return "`" + in_table(text) + "`"; }

std::string key_table(std::string_view section) {
  std::string rows;
  for (const study::KeyEntry& entry : study::key_catalog())
    if (entry.section == section)
      rows += "| " + code(entry.key) + " | " + std::string(entry.type) + " | " +
              (entry.fallback.empty() ? "—" : in_table(entry.fallback)) + " | " + in_table(entry.summary) +
              " | " + code(entry.example) + " |\n";
  if (rows.empty()) return rows;
  return "\n| key | type | default | meaning | example |\n|---|---|---|---|---|\n" + rows;
}

}  // namespace

std::string study_reference() {
  std::string page(opening);
  for (const SectionPage& part : pages) {
    // A style file is no part of the study that the other examples are.
    const std::string fence = part.section == "style" ? "```toml style\n" : "```toml\n";
    page += "\n## " + std::string(part.heading) + "\n\n" + std::string(part.text) + "\n\n" + fence +
            std::string(part.example) + "```\n";
    page += key_table(part.section);
  }
  return page;
}

}  // namespace panelist
