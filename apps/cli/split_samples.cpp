// SPDX-License-Identifier: Apache-2.0
#include "cli/split_samples.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "base/text.h"

namespace panelist::cli {
namespace {

constexpr std::size_t most_values = 1000;

struct Value {
  std::string text, literal;
};

std::string quoted(const std::string& text) {
  return text.find('\'') == std::string::npos ? "'" + text + "'" : "\"" + text + "\"";
}

std::vector<bool> rows_left(const DataFile& data, const Expression& where) {
  if (where.empty()) return std::vector<bool>(data.table.rows(), true);
  Diagnostics unsaid;
  return evaluate_condition(where, {data.table, data.panel_or_null()}, unsaid);
}

template <typename Cell, typename Of>
std::set<Cell> distinct(const std::vector<bool>& rows, const Column& column, const Of& cell) {
  std::set<Cell> seen;
  for (std::size_t row = 0; row < rows.size(); ++row)
    if (rows[row] && !column.is_missing(row)) seen.insert(cell(row));
  return seen;
}

std::vector<Value> values_of(const Column& column, const std::vector<bool>& rows) {
  std::vector<Value> values;
  if (column.is_text()) {
    const auto cell = [&](std::size_t row) { return column.text_at(row); };
    for (const std::string& text : distinct<std::string>(rows, column, cell))
      values.push_back({text, quoted(text)});
  } else {
    const auto cell = [&](std::size_t row) { return column.cells()[row]; };
    for (const double number : distinct<double>(rows, column, cell))
      values.push_back({shortest(number), shortest(number)});
  }
  return values;
}

const Column& column_to_split_by(const Table& table, const std::string& name, const char* option) {
  if (table.has(name)) return table.at(name);
  const std::string near = nearest(name, table.names());
  throw Error("formula.unknown_column", fmt::format("there is no column `{}` to split by", name),
              near.empty() ? "" : fmt::format("did you mean `{}`?", near), std::string("option --") + option);
}

Expression narrowed(const Expression& where, const std::string& by, const Value& value) {
  std::string text = fmt::format("`{}` == {}", by, value.literal);
  if (!where.empty()) text = fmt::format("({}) and ({})", where.text(), text);
  Diagnostics mistakes;
  const Expression expression = parse_expression(text, {}, mistakes);
  mistakes.throw_first_error();
  return expression;
}

void check_values(const std::string& by, std::size_t values, const char* option) {
  if (values >= 1 && values <= most_values) return;
  throw Error("usage.bad_value",
              fmt::format("`--{} {}`: the column has {} values in the rows used", option, by, values),
              values == 0 ? "look at --where and at missing values" : "split by a column with few values",
              std::string("option --") + option);
}

}  // namespace

SplitSpecs split_specs(const Session&, const Arguments& arguments, const DataFile& data,
                       const std::vector<EstimationSpec>& specs) {
  const bool whole = arguments.has("fsplit");
  const char* option = whole ? "fsplit" : "split";
  SplitSpecs split{arguments.text(option), {}, {}, specs.size(), specs.front().frame.where};
  if (split.by.empty()) {
    split.values.resize(specs.size());
    split.specs = specs;
    return split;
  }
  const Column& column = column_to_split_by(data.table, split.by, option);
  const Expression& where = specs.front().frame.where;
  const std::vector<bool> left = rows_left(data, where);
  split.rows = static_cast<std::size_t>(std::count(left.begin(), left.end(), true));
  const std::vector<Value> values = values_of(column, left);
  check_values(split.by, values.size(), option);
  if (whole) {
    split.specs = specs;
    split.values.resize(specs.size());
  }
  for (const Value& value : values)
    for (const EstimationSpec& spec : specs) {
      split.specs.push_back(spec);
      split.specs.back().frame.where = narrowed(where, split.by, value);
      split.values.push_back(value.text);
    }
  return split;
}

namespace {

// More values than this are not compared in pairs.
constexpr std::size_t most_groups_compared = 10;

void say_too_many(const Session& session, const SplitSpecs& split, std::size_t groups) {
  Diagnostics notes;
  notes.add({"mechanism.many_groups",
             Severity::note,
             fmt::format("differences between the {} values of `{}` are left out: more than {}", groups,
                         split.by, most_groups_compared),
             {},
             "",
             {},
             "panelist compare has every pair"});
  session.show(notes);
}

GroupDifference difference_of(const Session& session, const DataFile& data, const SplitSpecs& split,
                              const std::vector<Estimation>& fits, std::size_t formula) {
  GroupDifferenceSpec spec;
  std::vector<Estimation> groups;
  for (std::size_t i = formula; i < fits.size(); i += split.formulas) {
    if (split.values[i].empty()) continue;
    groups.push_back(fits[i]);
    spec.groups.push_back(split.values[i]);
  }
  spec.model = split.specs[formula];
  spec.model.frame.where = split.where;
  spec.term = first_term(groups.front());
  spec.by = split.by;
  spec.tests = {"disjoint", "suest"};
  Diagnostics notes;
  GroupDifference difference =
      compare_estimations(session.context, spec, groups, data.table, data.panel_or_null(), notes);
  session.show(notes);
  return difference;
}

}  // namespace

std::vector<GroupDifference> split_differences(const Session& session, const DataFile& data,
                                               const SplitSpecs& split, const std::vector<Estimation>& fits) {
  std::vector<GroupDifference> differences;
  const auto groups = static_cast<std::size_t>(std::count_if(
      split.values.begin(), split.values.end(), [](const auto& value) { return !value.empty(); }));
  if (split.by.empty() || groups < 2 * split.formulas) return differences;
  if (groups > most_groups_compared * split.formulas) {
    say_too_many(session, split, groups / split.formulas);
    return differences;
  }
  for (std::size_t formula = 0; formula < split.formulas; ++formula) {
    try {
      if (!first_term(fits[formula]).empty())
        differences.push_back(difference_of(session, data, split, fits, formula));
    } catch (const Error& error) {
      Diagnostics notes;
      Diagnostic warning = error.diagnostic();
      warning.severity = Severity::warning;
      notes.add(warning);
      session.show(notes);
    }
  }
  return differences;
}

}  // namespace panelist::cli
