// SPDX-License-Identifier: Apache-2.0
// A study's data while it runs: the whole panel with derived and index columns, and the rows of the sample.
//
// The table keeps every row of the panel, sample or not, so that lags look beyond `where`. Index columns are missing
// off the sample.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "report/build_table.h"
#include "study/study.h"

namespace panelist::study {

struct InputFile {
  std::string path;      // as written in the study
  std::string digest;    // sha256
  std::size_t rows = 0;  // read, of data; 0 of other files
};

// What the codebook says of a name, in the language of the study.
struct CodebookEntry {
  std::string label, definition, unit, source;
};

struct Workspace {
  Context context;
  const Study* study = nullptr;
  Table table;
  Panel panel;
  std::vector<std::size_t> sample;                          // rows of [data] where
  std::map<std::string, std::vector<std::size_t>> imputed;  // rows filled in, by column
  std::map<std::string, CodebookEntry> codebook;            // also of names that become columns later
  std::map<std::string, IndexEntry> systems;                // by index name, indicator lists read
  std::map<std::string, IndexResult> indices;               // "DT", "DT@pca"
  std::vector<InputFile> inputs;
  std::vector<SourceText> sources;
  Diagnostics notes;
  std::size_t notes_before_tables = 0;               // of the data and indices
  std::size_t notes_of_figures = std::string::npos;  // where those of figures begin; npos: there are none
};

// Runs `step`; an Error without a place gets `span`. Errors are collected in `notes`; true when it went through.
bool attempt(Diagnostics& notes, const Span& span, const std::function<void()>& step);

// Read and join the files, check every name, impute, derive what needs no index, label, choose the sample, check
// expectations.
void load_data(Workspace& work);
// For a study with mistakes of another kind: only read the files and check the names of what could be read.
void load_names(Workspace& work);
// Every unknown name of the study's formulas and expressions, in one go.
void check_names(Workspace& work);
// Indicator systems, from the study or from the csv it names.
void read_systems(Workspace& work);
// Indices on the sample, their variants ("DT@pca") and derives that use them.
void add_indices(Workspace& work);
// The same on other rows: a copy of the workspace whose indices are learned on `rows` only.
Workspace reindexed(const Workspace& work, const std::vector<std::size_t>& rows);

// Derives: first what needs none of these indices, then what does.
void derive_columns(Workspace& work, const std::set<std::string>& indices);
void derive_after_indices(Workspace& work, const std::set<std::string>& indices);

// Names that formulas of the study may use: columns, derives, indices, their dimensions and variants.
std::vector<std::string> known_names(const Workspace& work);
// "NAME@method" variants the study mentions.
std::vector<std::string> index_variants(const Study& study);

// Conditions that must all hold, as one expression.
Expression all_of(const std::vector<std::string>& conditions, const Span& span);

}  // namespace panelist::study
