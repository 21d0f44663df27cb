// SPDX-License-Identifier: Apache-2.0
// Specification curves: 10,000 on a panel of 270 rows, and a thousand on a million rows beside one regression with every
// control. Some specifications of each are estimated by themselves and compared.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <thread>

#include "base/random.h"
#include "robustness/specification_curve.h"

using namespace panelist;

namespace {

struct Design {
  std::size_t units, years;
  int controls;
};

Table sample(const Design& design) {
  Random random(5, "curve benchmark", 0);
  std::vector<std::vector<double>> columns(static_cast<std::size_t>(design.controls) + 4);
  for (std::size_t unit = 0; unit < design.units; ++unit)
    for (std::size_t year = 0; year < design.years; ++year) {
      const double level = std::sin(static_cast<double>(unit));
      columns[0].push_back(static_cast<double>(unit));
      columns[1].push_back(static_cast<double>(year));
      const double x = level + random.normal();
      double y = 0.3 * x + level + random.normal();
      for (int c = 0; c < design.controls; ++c) {
        const double control = 0.3 * x + random.normal();
        columns[static_cast<std::size_t>(c) + 4].push_back(control);
        y += 0.1 * control;
      }
      columns[2].push_back(y);
      columns[3].push_back(x);
    }
  Table table(design.units * design.years);
  const char* const names[] = {"unit", "year", "y", "x"};
  for (std::size_t j = 0; j < columns.size(); ++j)
    table.set(j < 4 ? names[j] : fmt::format("c{}", j - 3), Column::numbers(std::move(columns[j])));
  return table;
}

VcovSpec vcov(const std::string& text) {
  Diagnostics problems;
  return parse_vcov(text, {}, problems);
}

SpecificationCurveSpec curve_spec(const Design& design, std::int64_t draw) {
  std::string formula = "y ~ x";
  for (int c = 0; c < design.controls; ++c) formula += fmt::format(" + c{}", c + 1);
  Diagnostics problems;
  SpecificationCurveSpec spec;
  spec.main.formula = parse_formula(formula + " | unit + year", {}, {}, problems).at(0);
  spec.main.vcov = vcov("cluster(unit)");
  spec.main.frame.panel = {"unit", "year"};
  spec.term = "x";
  for (const FormulaTerm& term : spec.main.formula.regressors)
    if (term.text != "x") spec.controls.push_back(term);
  spec.vcovs = {vcov("hc1"), vcov("cluster(unit)")};
  spec.draw = draw;
  return spec;
}

template <typename Work>
double seconds_of(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Largest relative distance of a few specifications from the same model by itself.
double distance(const Context& context, const SpecificationCurveSpec& spec, const SpecificationCurve& curve,
                const Table& table, const Panel& panel) {
  double worst = 0;
  for (std::size_t at = 0; at < curve.specifications.size(); at += curve.specifications.size() / 3) {
    const Specification& one = curve.specifications[at];
    EstimationSpec own = spec.main;
    std::string text = "y ~ x";
    for (const std::uint32_t control : curve.control_sets[one.controls])
      text += " + " + curve.controls[control];
    Diagnostics notes;
    own.formula = parse_formula(text + " | unit + year", {}, {}, notes).at(0);
    own.vcov = vcov(curve.vcovs[one.vcov]);
    const Coefficient x = estimate_model(context, own, table, &panel, notes).inference.coefficients.at(0);
    worst =
        std::max({worst, std::abs(one.estimate / x.estimate - 1), std::abs(one.std_error / x.std_error - 1)});
  }
  return worst;
}

struct Measured {
  double curve = 0, regression = 0, distance = 0;
  std::size_t count = 0;
};

Measured measure(const Context& context, const Design& design, std::int64_t draw) {
  const Table table = sample(design);
  const Panel panel = make_panel(table, {"unit", "year"});
  const SpecificationCurveSpec spec = curve_spec(design, draw);
  Diagnostics notes;
  Measured measured;
  std::vector<double> regressions;
  for (int repetition = 0; repetition < 3; ++repetition)
    regressions.push_back(seconds_of([&] { estimate_model(context, spec.main, table, &panel, notes); }));
  measured.regression = *std::min_element(regressions.begin(), regressions.end());
  SpecificationCurve curve;
  measured.curve = seconds_of([&] { curve = specification_curve(context, spec, table, &panel, notes); });
  measured.count = curve.specifications.size();
  measured.distance = distance(context, spec, curve, table, panel);
  return measured;
}

}  // namespace

int main() {
  Context context;
  context.threads = static_cast<int>(std::min(2U, std::max(1U, std::thread::hardware_concurrency())));
  const Measured small = measure(context, {30, 9, 13}, 5000);
  fmt::print(
      "{} specifications on 270 rows (13 controls, hc1 and clusters): {:.3f} s; off by {:.1e} at most\n",
      small.count, small.curve, small.distance);
  const Measured large = measure(context, {50'000, 20, 9}, 0);
  fmt::print(
      "{} specifications on 1e6 rows (9 controls, hc1 and 50,000 clusters): {:.2f} s = {:.1f} times one "
      "regression ({:.2f} s); off by {:.1e} at most\n",
      large.count, large.curve, large.curve / large.regression, large.regression, large.distance);
  const bool kept = small.count == 10'000 && small.curve < 1 && large.count >= 1000 &&
                    large.curve < 20 * large.regression && std::max(small.distance, large.distance) < 1e-9;
  if (!kept)
    fmt::print("FAILED: under a second, within 20 times, and the same numbers to 1e-9 are promised\n");
  return kept ? EXIT_SUCCESS : EXIT_FAILURE;
}
