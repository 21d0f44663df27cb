// SPDX-License-Identifier: Apache-2.0
// The declarative study file: text -> Study, with a span for every key and value and all mistakes in one
// reading (experience.md section 2.4 is the grammar by example; docs/study.md the reference).
#pragma once
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "formula/formula.h"
#include "index/index.h"
#include "infer/vcov.h"
#include "table/impute.h"
#include "table/read.h"

namespace panelist {

struct Spanned {
  std::string text;
  Span span;
};

struct DataSection {
  std::vector<Spanned> files;
  ReadOptions read;
  PanelKeys panel;
  Span panel_span;
  std::string where_text;
  Expression where;
  std::optional<Spanned> codebook;
  std::vector<std::pair<Spanned, Expression>> expect;
  std::vector<std::pair<std::string, std::pair<ImputeMethod, Span>>> impute;  // column -> method
};

struct DeriveEntry {
  Spanned name;
  Expression expression;
  std::string text;
  Span span;
};
struct NamedModel {
  Spanned name;
  std::vector<Formula> formulas;
  std::string text;
  Span span;
};

// One change of a robustness column.
struct Variation {
  std::vector<std::pair<std::string, std::string>> swap;  // DT -> DT@pca
  std::vector<std::string> winsor, trim;
  double at = 0.01;
  Expression where;
  std::string where_text;
  std::optional<VcovSpec> vcov;
  std::vector<std::string> add, drop;  // terms
  std::string name;
  Span span;
};

struct Split {
  std::string by;
  std::string at;          // "" groups by value, "median", "mean", or a number
  bool level_row = false;  // level = "row"
  std::vector<std::string> names;
  Span span;
};

struct MediationEntry {
  std::string of;
  std::vector<std::string> through;
  std::string x;
  int boot = 0;
  Span span;
};

struct TableEntry {
  enum class Kind { index, summary, columns, vary, split, mediation, vif } kind = Kind::columns;
  std::string id, title;
  int number = 0;  // file order
  Span span;
  std::vector<Spanned> index;    // index
  std::vector<Spanned> summary;  // summary
  std::vector<Spanned> columns;  // formulas or model names
  std::optional<Spanned> of;
  std::vector<Variation> vary;
  std::vector<Split> split;
  std::string test;  // "equal"
  std::optional<MediationEntry> mediation;
  bool stages = false;
  bool reindex = false;
  std::vector<std::string> stats, keep, headings;
  Expression where;
  std::string where_text;
  std::optional<VcovSpec> vcov;
  std::optional<int> decimals;
  std::string below;
  std::string sample;  // "" or "common"
};

struct Study {
  std::string path, directory;
  SourceText source;
  std::string title, lang = "en", style = "plain";
  VcovSpec vcov;
  SmallSample small_sample;
  std::uint64_t seed = 1;
  DataSection data;
  FormulaSets sets;
  std::vector<DeriveEntry> derive;
  IndexConventions index_defaults;
  std::vector<std::pair<IndexSystem, IndexConventions>> indices;
  std::vector<NamedModel> models;
  std::vector<TableEntry> tables;
  std::vector<std::string> formats;
  int decimals = 4;
  std::vector<double> stars = {0.1, 0.05, 0.01};
};

// Reads the file; every mistake goes to `diagnostics`. The Study is usable only when there are no errors.
Study parse_study(const std::string& path, Diagnostics& diagnostics);
Study parse_study_text(const std::string& path, const std::string& text, Diagnostics& diagnostics);

// A commented study.toml for a data file, with guessed panel keys (init).
std::string starter_study(const std::string& data_path);
// JSON schema and reference page of the study file, made from the catalog of keys.
std::string study_schema();

}  // namespace panelist
