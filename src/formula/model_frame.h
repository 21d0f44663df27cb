// SPDX-License-Identifier: Apache-2.0
// A formula bound to a table: the rows used and why others were not, and the arrays an estimator needs.
//
// Order of work: lags and derived terms on the whole table; where; missing in any variable of the model
// (outcome, terms, effects, clusters, weights); zero weights; singletons of the effects, iteratively
// (option); categories are coded on the rows that remain (reference: first in sorted order unless given).
// Terms are named as typed without spaces; text columns and i() give "region::West"; the intercept is
// "(Intercept)" and stands first; with effects there is none.
// Errors  formula.unknown_column formula.not_a_number data.no_rows data.weights_negative data.exposure_not_positive
//         expression.*
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/context.h"
#include "formula/formula.h"
#include "formula/level_names.h"
#include "formula/used_rows.h"
#include "linalg/levels.h"
#include "linalg/shared.h"

namespace panelist {

enum class WeightType { analytic, frequency, probability };

struct FrameOptions {
  PanelKeys panel;  // empty: no lags
  Expression where;
  Expression weights;
  WeightType weight_type = WeightType::analytic;
  std::vector<std::string> clusters;  // names to code as groups: "province", "province^year"
  std::vector<std::string>
      needed_columns;  // numeric columns that must be present (coordinates), kept in `extra`
  bool drop_singletons = true;
  Expression exposure;  // its logarithm is added to the offset; must be positive
};

// Why rows were left out, in the order of work.
struct DroppedRows {
  std::size_t where = 0, missing = 0, weight = 0, singleton = 0, separated = 0;
};

// A grouping of the used rows: levels 0 .. n-1 in sorted order of their names.
struct Grouping {
  std::string name;
  Levels level;      // per used row
  LevelNames names;  // per level
  [[nodiscard]] Level size() const { return static_cast<Level>(names.size()); }
};

struct FrameEffect {
  Grouping group;
  Matrix slopes;  // n x s; s = 0 for plain effects
  std::vector<std::string> slope_names;
  bool intercept = true;
};

struct FrameColumns {
  std::vector<std::string> names;
  std::vector<std::string> sets;  // "{set}" each came from, "" otherwise
  SharedColumns values;           // n x names.size(); a plain variable of all rows is the table's own column,
                                  // any other is computed block by block
};

struct ModelFrame {
  std::string formula;  // canonical text
  UsedRows rows;        // rows of the table that are used, ascending
  std::size_t table_rows = 0;
  DroppedRows dropped;
  std::string outcome_name;
  SharedVector outcome;    // n
  bool intercept = false;  // exogenous has the "(Intercept)" column, at index 0
  FrameColumns exogenous;
  FrameColumns endogenous;
  FrameColumns instruments;
  Vector weights;  // n, or empty
  WeightType weight_type = WeightType::analytic;
  Vector offset;  // n, or empty; with the logarithm of the exposure
  std::vector<FrameEffect> effects;
  std::vector<Grouping> clusters;  // as asked in FrameOptions::clusters, same order
  Grouping unit;                   // of the panel keys, when given
  std::vector<std::int64_t> time;  // panel time per used row, when given
  std::int64_t time_step = 1;
  FrameColumns extra;              // FrameOptions::needed_columns
  std::vector<std::string> notes;  // what was done to the sample, in words
  bool drops_singletons = true;    // as asked in FrameOptions::drop_singletons

  [[nodiscard]] Index n() const { return outcome.size(); }
  // Observations: rows, or the sum of frequency weights.
  [[nodiscard]] double observations() const;
  [[nodiscard]] bool has_iv() const { return !endogenous.names.empty(); }
};

// `notes` receives expression.domain and similar warnings. `panel` is the panel of the whole table, or null.
ModelFrame build_model_frame(const Context& context, const Formula& formula, const Table& table,
                             const Panel* panel, const FrameOptions& options, Diagnostics& notes);

// The frame without the rows marked (parallel to its rows), counted as separated, and without the singletons they leave
// where singletons are dropped. Levels are numbered anew.
ModelFrame without_separated(const ModelFrame& frame, const std::vector<bool>& separated);

// Rows that remain after dropping levels with one row only, again and again until none is left.
// `groups` are level ids per row (parallel vectors); returns keep flags.
std::vector<bool> without_singletons(const std::vector<Levels>& groups, std::size_t rows);

}  // namespace panelist
