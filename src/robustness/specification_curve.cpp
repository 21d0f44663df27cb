// SPDX-License-Identifier: Apache-2.0
#include "robustness/specification_curve.h"

#include <fmt/format.h>

#include <algorithm>

#include "robustness/curve/alone.h"
#include "robustness/curve/models.h"
#include "robustness/curve/summary.h"

namespace panelist {
namespace {

// Multiply-adds that nobody waits for.
constexpr double instant = 2e8;

// Sharing needs the products of all pairs of coordinates; few models on many rows are cheaper one by one.
bool is_worth_sharing(const ModelFrame& frame, const SameRows& rows) {
  const auto n = static_cast<double>(frame.n());
  const auto K = static_cast<double>(frame.exogenous.names.size());
  const double pairs = K * (K + 3) / 2;
  const double shared = n * pairs * pairs / 2;
  return shared <= instant || shared <= static_cast<double>(rows.size()) * n * K * (K / 2 + 8);
}

void fail(const SameRows& rows, const Error& error, SpecificationCurve& curve) {
  for (const std::size_t at : rows) curve.specifications[at].problem = error.diagnostic().code;
  const auto& known = curve.warnings;
  const auto warning = std::pair(error.diagnostic().code, error.diagnostic().message);
  if (std::find(known.begin(), known.end(), warning) == known.end()) curve.warnings.push_back(warning);
}

void estimate_rows(const Context& context, const CurveData& data, const SameRows& rows,
                   SpecificationCurve& curve, Diagnostics& notes) {
  Diagnostics own;
  try {
    const auto frame = frame_of_board(context, data, curve, rows, own);
    std::vector<std::size_t> rest = rows;
    if (shares_columns(data, curve, rows) && is_worth_sharing(*frame, rows))
      rest = estimate_board(context, data, make_board(context, data, frame), rows, curve);
    estimate_alone(context, data, *frame, rest, curve);
  } catch (const Error& error) {
    if (!is_of_specification(error)) throw;
    fail(rows, error, curve);
  }
  notes.append(own);
}

void require_some(const SpecificationCurve& curve) {
  if (curve.summary.estimated > 0) return;
  const std::string reason =
      curve.warnings.empty() ? curve.specifications.front().problem : curve.warnings.front().second;
  throw Error(
      "robustness.nothing_estimated",
      fmt::format("none of the {} specifications could be estimated: {}", curve.summary.count, reason),
      "estimate the model by itself first: `panelist fit`");
}

void warn(SpecificationCurve& curve) {
  const CurveSummary& summary = curve.summary;
  if (summary.estimated < summary.count)
    curve.warnings.emplace_back("robustness.not_estimated",
                                fmt::format("{} of {} specifications could not be estimated and are left out",
                                            summary.count - summary.estimated, summary.count));
  if (summary.with_dropped > 0)
    curve.warnings.emplace_back(
        "robustness.dropped_controls",
        fmt::format(
            "in {} of {} specifications a control is collinear with the others and goes: these repeat "
            "others of the curve",
            summary.with_dropped, summary.estimated));
  if (!curve.has_main())
    curve.warnings.emplace_back("robustness.no_main",
                                "the model itself is not among the specifications: none is marked");
}

}  // namespace

SpecificationCurve specification_curve(const Context& context, const SpecificationCurveSpec& spec,
                                       const Table& table, const Panel* panel, Diagnostics& notes) {
  const SpecificationCurveSpec whole = with_own_choices(spec);
  SpecificationCurve curve = plan_curve(context, whole);
  const CurveData data{whole, table, panel};
  const std::vector<SameRows> boards = boards_of(data, curve);
  Task task(context, "specifications", static_cast<std::int64_t>(boards.size()));
  for (const SameRows& rows : boards) {
    estimate_rows(context, data, rows, curve, notes);
    task.advance();
  }
  summarise(curve);
  require_some(curve);
  warn(curve);
  return curve;
}

}  // namespace panelist
