// SPDX-License-Identifier: Apache-2.0
// The one sample of an event study and the timing of each of its rows.
#pragma once
#include <limits>

#include "policy/event_study.h"

namespace panelist {

inline constexpr int never_relative = std::numeric_limits<int>::min();

struct EventDesign {
  EstimationSpec model;  // the treatment is no term of it
  Table table;
  const Panel* panel = nullptr;
  Diagnostics* notes = nullptr;
  std::shared_ptr<const ModelFrame> frame;
  std::vector<std::int64_t> first;      // by unit of the panel
  std::vector<std::int64_t> row_first;  // by row used
  std::vector<int> relative;            // by row used; never_relative for units never treated
  std::vector<Cohort> cohorts;          // with rows in the sample, ascending
  Index never = 0, throughout = 0;      // units

  [[nodiscard]] std::size_t unit_of(std::size_t row) const {
    return static_cast<std::size_t>(panel->unit[frame->rows[row]]);
  }
};

// Where a design is looked for: the rows of the table, and the panel.
struct DesignData {
  const Table& table;
  const Panel* panel;
  Diagnostics& notes;
};
// With units that are treated throughout; nothing else is asked of it.
EventDesign whole_design(const Context& context, const EstimationSpec& model, const TreatmentSpec& treatment,
                         const DesignData& data);
// Without them; treated units are seen before and after their start, and there is somebody to compare with.
EventDesign event_design(const Context& context, const EstimationSpec& model, const TreatmentSpec& treatment,
                         const DesignData& data);
// On fewer rows of the table, with other first treated times.
EventDesign restricted(const Context& context, const EventDesign& design, const std::vector<bool>& keep,
                       std::vector<std::int64_t> first);

// A regressor by row of the table.
struct AddedColumn {
  std::string name;
  std::vector<double> values;
};
// The regression of the design with these regressors before its own.
Estimation estimate_with(const Context& context, const EventDesign& design, std::vector<AddedColumn> columns);

// By row of the table: steps from the unit's first treated time; never_relative for units never treated.
std::vector<int> relative_times(const EventDesign& design);
// 1 in treated rows of the table, 0 in others.
AddedColumn treated_column(const EventDesign& design);
// Distinct relative times of the rows used, ascending, those of units never treated left out.
std::vector<int> times_of(const EventDesign& design);
// Clusters of the rows used: that of the vcov when it is one, else the unit.
const Grouping& policy_clusters(const EventDesign& design);
// Position of a term among those estimated, or -1.
Index term_position(const Fit& fit, const std::string& term);

}  // namespace panelist
