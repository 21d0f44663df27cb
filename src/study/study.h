// SPDX-License-Identifier: Apache-2.0
// The declarative study file: text -> Study, with a span for every key and value and all mistakes in one
// reading (experience.md section 2.4 is the grammar by example; docs/study.md the reference).
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "formula/formula.h"
#include "formula/model_frame.h"
#include "index/index.h"
#include "infer/tests.h"
#include "infer/vcov.h"
#include "report/table_style.h"
#include "study/channel_entry.h"
#include "study/mediation_entry.h"
#include "study/policy_entry.h"
#include "study/robustness_entry.h"
#include "table/impute.h"
#include "table/read.h"

namespace panelist {

struct DataSection {
  std::vector<Spanned> files;
  ReadOptions read;
  bool wide = false;
  UnitMatch units = UnitMatch::exact;  // how units of several files match
  PanelKeys panel;
  Span panel_span, span;
  SpannedExpression where;
  SpannedExpression weights;
  WeightType weight_type = WeightType::analytic;
  std::optional<Spanned> codebook;
  std::vector<Spanned> expect;
  std::vector<std::pair<Spanned, ImputeMethod>> impute;  // column, method
};

struct IndexEntry {
  IndexSystem system;
  IndexConventions conventions;
  std::optional<Spanned> indicators;  // csv, read with the data
  std::optional<Spanned> frozen;      // goalposts and weights of an earlier run
};

// One change of a robustness column.
struct Variation {
  std::vector<std::pair<std::string, Spanned>> swap;  // DT -> DT@pca
  std::vector<Spanned> winsor, trim;
  double at = 0.01;
  SpannedExpression where;
  std::optional<VcovSpec> vcov;
  std::vector<Spanned> add, drop;                                     // terms
  std::vector<std::pair<Spanned, std::vector<std::string>>> without;  // rows: values of a column
  std::optional<std::pair<double, double>> period;                    // first and last, both in it
  std::optional<Spanned> effects;                                     // "province + year", "0"
  std::string family, method;                                         // "" = that of the table
  std::string name;
  Span span;
};

struct Split {
  Spanned by;
  enum class At { values, median, mean, number } at = At::values;
  double threshold = 0;
  bool by_row = false;             // level = "row"
  std::vector<std::string> names;  // low first
  std::vector<std::string> groups;
  Span span;
};

// A model and what is asked of it: marginal_effects, u_shape, threshold.
struct ShapeEntry {
  ColumnEntry of;
  std::string x;
  std::optional<Spanned> by;
  std::vector<double> at;  // values of a moderator, or the two ends of a U
  int points = 0;          // of an even grid
  int count = 1, boot = 0;
  double trim = 0.05;
  Span span;
};

struct TermBlockEntry {
  std::string label;
  std::vector<Spanned> terms;
};

// A row of a table of definitions that the study writes itself.
struct DefinitionEntry {
  std::string variable, symbol, sign, definition, unit, source;
};

struct PanelEntry {
  std::string title;
  std::vector<ColumnEntry> columns;
  SpannedExpression where;
  std::vector<Spanned> keep;
  Span span;
};

struct TableEntry {
  enum class Kind {
    index,
    index_scores,
    index_sensitivity,
    summary,
    correlation,
    balance,
    ranking,
    transition,
    vif,
    variables,
    definitions,
    columns,
    panels,
    vary,
    split,
    mediation,
    gelbach,
    spec_curve,
    leave_out,
    oster,
    permutation,
    marginal_effects,
    u_shape,
    threshold,
    event_study,
    bacon,
    placebo
  } kind = Kind::columns;
  std::string id, title;
  bool titled = false;  // by the study, be it with ""
  int number = 0;       // of its first table
  Span span;
  std::vector<Spanned> indices;
  std::vector<Spanned>
      summary;  // variables of summary, correlation, balance, ranking, transition, definitions
  std::vector<DefinitionEntry> definitions;  // rows of the study's own
  std::string balance_test;                  // welch or cluster; "" = by the panel
  std::string coefficient = "pearson";       // of correlation: pearson, spearman or both
  int states = 4, steps = 1;                 // of transition
  bool by_period = false;                    // quantiles of each period
  bool dimensions = false;                   // of index_scores: means of dimensions
  std::optional<Spanned> by;
  std::vector<ColumnEntry> columns;  // the one model for vif, vary and split
  std::vector<PanelEntry> panels;    // their columns stand in `columns` too
  std::vector<Variation> vary;
  std::vector<Split> split;
  bool test_equal = false;
  std::vector<std::string> differences;  // methods written; empty: by the groups
  bool differences_off = false;
  std::string correction = "holm";
  int replicates = 1000;  // of permutation and bootstrap
  std::string term;
  std::optional<MediationEntry> mediation;
  std::optional<ChannelEntry> channels;
  std::optional<RobustnessEntry> robustness;
  std::optional<ShapeEntry> shape;
  std::optional<PolicyEntry> policy;
  bool stages = false, reindex = false, common_sample = false;
  std::vector<std::string> stats, headings;
  Span headings_span;
  std::vector<TestRequest> tests;
  SpannedExpression where, weights, exposure;
  std::vector<std::string> families, methods;  // of the columns, or one for all
  std::vector<VcovSpec> vcovs;                 // of the columns, or one for all; empty: that of the study
  std::optional<int> decimals;
  std::vector<std::string> below;
  std::vector<Spanned> keep, drop, first;     // terms
  std::map<std::string, std::string> labels;  // of terms, in this table
  std::vector<Spanned> labelled;              // those terms, with their places
  std::vector<TermBlockEntry> blocks;
  std::vector<std::vector<std::string>> spanners;  // a list a row, a text a column
  std::vector<std::string> notes;                  // of the user's own, after the others
  bool own_notes_only = false, landscape = false;
  std::string label;  // for cross references
};

struct FigureEntry {
  std::string shows;                          // the key that says what it shows: "trend", "map"
  std::vector<Spanned> names;                 // what stands after that key: columns, indices, tables, a file
  std::optional<RobustnessEntry> robustness;  // where the figure asks for one
  std::string id, title, x_label, y_label, note;
  std::optional<Spanned> by, file;        // by: a column; file: a map's GeoJSON
  std::optional<ShapeEntry> shape;        // marginal_effects of a model rather than of a table
  std::string kind, key;                  // kind of chart of a data file; property of a map's regions
  std::vector<std::string> terms;         // of coefficients
  std::map<std::string, double> numbers;  // "at", "bins", "reference"
  std::optional<double> width, height;    // millimetres
  Span span;
};

struct Study {
  std::string path, directory;
  SourceText source;
  std::shared_ptr<const StyleEntry> own_style;  // of a style file; `style` is then its path
  SourceText style_source;                      // "" without one
  std::string title, lang = "en", style = "plain";
  VcovSpec vcov;
  SmallSample small_sample;
  bool keep_singletons = false;
  std::uint64_t seed = 1;
  int decimals = 4;
  bool says_decimals = false;  // in the file, not by its style
  std::vector<double> stars = {0.1, 0.05, 0.01};
  DataSection data;
  FormulaSets sets;
  std::vector<DeriveEntry> derive;
  std::vector<IndexEntry> indices;
  std::vector<NamedModel> models;
  std::vector<TableEntry> tables;
  std::vector<FigureEntry> figures;  // empty: a trend of each index
  std::vector<std::string> formats = {"docx", "xlsx", "tex", "html", "md"};
  std::vector<std::string> figure_formats = {"svg", "pdf"};
  bool grey_figures = false;
  bool html_report = true, docx_report = true;
  bool data_file = false;  // data.csv: the panel as regressions see it
};

// Reads the file; every mistake goes to `diagnostics`. The Study is usable only when there are no errors.
Study parse_study(const std::string& path, Diagnostics& diagnostics);
Study parse_study_text(const std::string& path, const std::string& text, Diagnostics& diagnostics);

// A commented study.toml for a data file, with guessed panel keys (init). The file is named relative to the
// study's folder. Without a data file the keys are placeholders.
std::string starter_study(const std::string& data_path, const std::string& directory = ".");
// JSON schema of the study file and its reference page in Markdown (docs/study.md), made from the catalog of keys.
std::string study_schema();
std::string study_reference();

}  // namespace panelist
