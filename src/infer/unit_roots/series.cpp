// SPDX-License-Identifier: Apache-2.0
#include "infer/unit_roots/series.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "base/brackets.h"
#include "base/text.h"
#include "estimate/panel_frames.h"

namespace panelist {
namespace {

[[noreturn]] void throw_bad_value(const UnitRootRequest& request, const std::string& what,
                                  const std::string& hint) {
  throw Error("usage.bad_value", fmt::format("in `{}`: {}", request.written, what), hint, "option --tests");
}

Index whole_number(const UnitRootRequest& request, std::string_view key, std::string_view text) {
  const auto number = parse_integer(text);
  if (!number || *number < 0)
    throw_bad_value(request, fmt::format("`{}={}` is no whole number from 0 on", key, text),
                    fmt::format("for example {}=2", key));
  return static_cast<Index>(*number);
}

bool one_of(std::string_view value, std::string_view a, std::string_view b) {
  return value == a || value == b;
}

void read_option(UnitRootRequest& request, std::string_view key, std::string_view value) {
  if (key == "lags") {
    request.lags = value;
    if (!one_of(value, "aic", "bic")) whole_number(request, key, value);
  } else if (key == "maxlags") {
    request.most = whole_number(request, key, value);
  } else if (key == "bandwidth") {
    request.bandwidth = whole_number(request, key, value);
  } else if (key == "divisor" && one_of(value, "df", "rows")) {
    request.divisor = value == "rows" ? VarianceDivisor::rows : VarianceDivisor::degrees_of_freedom;
  } else if (key == "moments" && one_of(value, "periods", "rows")) {
    request.moments_by_periods = value == "periods";
  } else {
    throw_bad_value(request, fmt::format("`{}={}` is not known", key, value),
                    "lags= a number, aic or bic; maxlags= a number; divisor= df or rows; of llc also "
                    "moments= rows or periods and bandwidth= a number");
  }
}

// "trend" and its kin; anything else is the variable.
void read_word(UnitRootRequest& request, const std::string& word) {
  if (word == "demean")
    request.demean = true;
  else if (word == "trend")
    request.terms = Deterministic::trend;
  else if (one_of(word, "none", "constant"))
    request.terms = word == "none" ? Deterministic::none : Deterministic::constant;
  else if (request.variable.empty())
    request.variable = replace_all(word, "`", "");
  else
    throw_bad_value(request, fmt::format("`{}` is a second variable after `{}`", word, request.variable),
                    "one test looks at one variable: ask for two tests");
}

const Vector* column_of(const FrameColumns& columns, const std::string& name, Vector& values) {
  const auto found = std::find(columns.names.begin(), columns.names.end(), name);
  if (found == columns.names.end()) return nullptr;
  values = columns.values.col(found - columns.names.begin());
  return &values;
}

Vector values_of(const Estimation& estimation, const UnitRootRequest& request) {
  const Fit& fit = *estimation.fit;
  const ModelFrame& frame = *fit.frame;
  if (request.variable.empty() || request.variable == frame.outcome_name) return frame.outcome;
  if (request.variable == "residuals" && fit.glm == nullptr && fit.residuals.size() == frame.n())
    return fit.residuals;
  Vector values;
  for (const FrameColumns* columns : {&frame.exogenous, &frame.endogenous, &frame.instruments})
    if (column_of(*columns, request.variable, values) != nullptr) return values;
  std::vector<std::string> names = frame.exogenous.names;
  names.insert(names.end(), frame.endogenous.names.begin(), frame.endogenous.names.end());
  names.push_back(frame.outcome_name);
  const std::string near = nearest(request.variable, names);
  throw Error(
      "infer.unknown_term",
      fmt::format("in `{}`: `{}` is no variable of the regression", request.written, request.variable),
      near.empty() ? "name the outcome, a regressor as written, or residuals; or make it the outcome: "
                     "fit DATA 'x ~ 1'"
                   : fmt::format("did you mean `{}`?", near),
      "option --tests");
}

void check_gaps(const std::vector<std::int64_t>& position, const UnitSeries& series,
                const UnitRootRequest& request) {
  for (std::size_t i = 1; i < position.size(); ++i)
    if (position[i] != position[i - 1] + 1)
      throw Error(
          "infer.series_with_gaps",
          fmt::format("the test `{}` needs series without gaps: {} has {} between its {}. and its {}. row",
                      request.written, name_of(series, request),
                      position[i] == position[i - 1] + 2 ? "a missing period" : "missing periods", i, i + 1),
          "choose a span that every unit covers: where = \"2010 <= year\"; or fill the gap (impute)");
}

// Less the mean of each period over the units seen in it.
void demean_periods(std::vector<UnitSeries>& series) {
  std::map<std::int64_t, std::pair<double, double>> periods;  // sum, count
  for (const UnitSeries& one : series)
    for (Index t = 0; t < one.values.size(); ++t) {
      auto& [sum, count] = periods[one.first + t];
      sum += one.values(t);
      ++count;
    }
  for (UnitSeries& one : series)
    for (Index t = 0; t < one.values.size(); ++t) {
      const auto& [sum, count] = periods.at(one.first + t);
      one.values(t) -= sum / count;
    }
}

}  // namespace

UnitRootRequest read_unit_root_request(const TestRequest& request, VarianceDivisor divisor,
                                       const std::vector<std::string_view>& further) {
  UnitRootRequest read;
  read.written = request.written;
  read.divisor = divisor;
  if (request.argument.empty()) return read;
  for (const std::string& part : split_outside_brackets(request.argument)) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) {
      read_word(read, part);
      continue;
    }
    const std::string_view key = trim(std::string_view(part).substr(0, equals));
    const bool special = one_of(key, "moments", "bandwidth");
    if (special && std::find(further.begin(), further.end(), key) == further.end())
      throw_bad_value(read, fmt::format("`{}` is an option of llc", key), "leave it out");
    read_option(read, key, trim(std::string_view(part).substr(equals + 1)));
  }
  return read;
}

std::string name_of(const UnitSeries& series, const UnitRootRequest& request) {
  const std::string variable = request.variable.empty() ? "the outcome" : "`" + request.variable + "`";
  return series.unit.empty() ? variable : fmt::format("{} of `{}`", variable, series.unit);
}

std::vector<UnitSeries> series_for(const Estimation& estimation, const UnitRootRequest& request) {
  const ModelFrame& frame = *estimation.fit->frame;
  require_unweighted(frame, fmt::format("the test `{}`", request.written));
  const Vector values = values_of(estimation, request);
  const PanelRows rows = panel_rows(frame);
  std::vector<UnitSeries> series(rows.units());
  for (std::size_t u = 0; u < series.size(); ++u) {
    std::vector<std::int64_t> position;
    const auto row_at = [&](std::size_t i) { return rows.order[rows.begin[u] + i]; };
    UnitSeries& one = series[u];
    one.values.resize(static_cast<Index>(rows.length(u)));
    for (std::size_t i = 0; i < rows.length(u); ++i) {
      one.values(static_cast<Index>(i)) = values(row_at(i));
      position.push_back(rows.position[static_cast<std::size_t>(row_at(i))]);
    }
    if (frame.unit.size() > 0)
      one.unit =
          frame.unit.names[static_cast<std::size_t>(frame.unit.level[static_cast<std::size_t>(row_at(0))])];
    one.first = position.front();
    check_gaps(position, one, request);
  }
  if (request.demean) demean_periods(series);
  return series;
}

std::vector<Index> lags_of(const Context& context, const std::vector<UnitSeries>& series,
                           const UnitRootRequest& request) {
  const bool chosen = one_of(request.lags, "aic", "bic");
  std::vector<Index> lags;
  for (const UnitSeries& one : series) {
    const Index length = one.values.size();
    const Index most = request.most >= 0 ? request.most : most_lags(length, request.terms);
    const Index needed =
        chosen ? (request.most >= 0 ? most : 0) : static_cast<Index>(parse_integer(request.lags).value_or(0));
    if (length < least_length(needed, request.terms))
      throw Error(
          "infer.too_few_periods",
          fmt::format("the test `{}` with {} lags needs series of {} periods, and {} has {}", request.written,
                      needed, least_length(needed, request.terms), name_of(one, request), length),
          "ask for fewer lags, leave the trend out, or leave short units out with where");
    lags.push_back(chosen ? lags_by_criterion(context, one.values, most, request.terms, request.lags,
                                              name_of(one, request))
                          : needed);
  }
  return lags;
}

}  // namespace panelist
