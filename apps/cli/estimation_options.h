// SPDX-License-Identifier: Apache-2.0
// What fit, mediate and compare share: options, the data, the formula and everything that can change a number.
#pragma once
#include <memory>
#include <optional>

#include "cli/arguments.h"
#include "cli/session.h"
#include "infer/estimation.h"
#include "table/read.h"

namespace panelist::cli {

const std::vector<Option>& data_options();        // --panel --where
const std::vector<Option>& estimation_options();  // data_options, --vcov --weights --weight-type --ssc ...

// A data file as read, with its panel when --panel names the keys.
struct DataFile {
  Table table;
  std::optional<Panel> panel;
  PanelKeys keys;
  ReadReport report;
  [[nodiscard]] const Panel* panel_or_null() const { return panel ? &*panel : nullptr; }
};
// Reads no other columns than those chosen, where the format allows it.
DataFile open_data(const Session& session, const Arguments& arguments, const ColumnChoice& columns = {});
PanelKeys panel_keys(const Arguments& arguments);

// A command-line expression: mistakes, unknown columns among them, go to `mistakes`. Empty without the option.
struct NamedText {
  std::string name;  // "<where>"
  std::string text;
};
Expression read_expression(Session& session, const NamedText& from, const Table& table,
                           Diagnostics& mistakes);

// One specification for each formula (several under stepwise operators), all mistakes at once.
std::vector<EstimationSpec> read_specs(Session& session, const Arguments& arguments, const DataFile& data,
                                       const std::string& formula);

}  // namespace panelist::cli
