// SPDX-License-Identifier: Apache-2.0
// Results made by hand, with round numbers, for the tests of tables and writers.
#pragma once
#include <string>
#include <vector>

#include "report/build_table.h"

namespace panelist::sample {

inline Coefficient coefficient(const std::string& term, double estimate, double std_error, double p,
                               const std::string& set = "") {
  return {term,
          set,
          estimate,
          std_error,
          estimate / std_error,
          p,
          estimate - 2 * std_error,
          estimate + 2 * std_error};
}

inline Grouping grouping(const std::string& name, int rows, int levels, int stride) {
  Grouping group;
  group.name = name;
  std::vector<Level> level;
  for (int i = 0; i < rows; ++i) level.push_back((i / stride) % levels);
  group.level = std::move(level);
  std::vector<std::string> names;
  for (int i = 0; i < levels; ++i) names.push_back(name + std::to_string(i));
  group.names = std::move(names);
  return group;
}

// A fit of 12 rows in 4 provinces and 3 years.
inline std::shared_ptr<Fit> fit(const std::vector<std::string>& effects) {
  auto frame = std::make_shared<ModelFrame>();
  frame->formula = "NQP ~ DT";
  frame->outcome_name = "NQP";
  frame->outcome = Vector::LinSpaced(12, 1, 12);
  frame->unit = grouping("province", 12, 4, 3);
  frame->clusters.push_back(frame->unit);
  for (const std::string& name : effects) {
    FrameEffect effect;
    effect.group = name == "year" ? grouping(name, 12, 3, 1) : grouping(name, 12, 4, 3);
    frame->effects.push_back(effect);
  }
  auto made = std::make_shared<Fit>();
  made->method = "ols";
  made->frame = frame;
  made->n = 12;
  made->rss = 2;
  made->tss = 143;
  made->dof.terms = 2;
  made->mean_outcome = 6.5;
  made->outcome = frame->outcome;
  made->residuals = Vector::Constant(12, 0.1);
  made->coefficients = Vector::Constant(1, 0.5);
  made->x = Matrix::Ones(12, 1);
  made->convergence.solver = "exact";
  return made;
}

inline Estimation estimation(const std::vector<Coefficient>& coefficients,
                             const std::vector<std::string>& effects = {}) {
  Estimation made;
  made.fit = fit(effects);
  made.vcov_spec.kind = "cluster";
  made.vcov_spec.columns = {"province"};
  made.vcov_spec.text = "cluster(province)";
  made.vcov.kind = "cluster";
  made.vcov.by = {"province"};
  made.vcov.n_clusters = {4};
  made.vcov.ssc = "fixest";
  made.vcov.df = 3;
  made.vcov.k = 2;
  made.inference.coefficients = coefficients;
  made.inference.f = {"f", 25, 1, 3, 0.015, {}, "", {}, {}, {}};
  made.goodness = {0.9, 0.88, effects.empty() ? missing_value : 0.7, missing_value, 0.4, -10};
  return made;
}

// Four columns in the manner of a baseline table: none, effects, controls, both.
struct Baseline {
  std::vector<Estimation> estimations;
  RegressionTableSpec spec;
  explicit Baseline(const std::string& style, const std::string& lang = "en") {
    const std::vector<Coefficient> controls = {coefficient("DT", 0.3846, 0.0351, 0.0001),
                                               coefficient("IE", 0.2, 0.1, 0.08, "controls"),
                                               coefficient("UL", -0.1, 0.2, 0.6, "controls")};
    estimations.push_back(estimation(
        {coefficient("(Intercept)", 0.1134, 0.0049, 0.0001), coefficient("DT", 0.75, 0.0403, 0.0001)}));
    estimations.push_back(estimation({coefficient("DT", 0.4467, 0.0325, 0.02)}, {"province", "year"}));
    estimations.push_back(estimation(controls, {"province"}));
    estimations.push_back(estimation(controls, {"province", "year"}));
    for (Estimation& each : estimations)
      if (!each.fit->frame->effects.empty())
        each.xtreg_constant = coefficient("_cons", -0.9272, 0.4348, 0.03);
    spec.id = "baseline";
    spec.number = 5;
    spec.title = "Benchmark regression";
    spec.style.name = style;
    spec.style.lang = lang;
    for (std::size_t i = 0; i < estimations.size(); ++i) {
      RegressionColumn column;
      column.source = "/tables/0/columns/" + std::to_string(i);
      spec.columns.push_back(column);
    }
    point();
  }
  Baseline(const Baseline&) = delete;
  void point() {
    for (std::size_t i = 0; i < estimations.size(); ++i) spec.columns[i].estimation = &estimations[i];
  }
};

// Two first stages beside their equations.
struct Instruments {
  std::vector<Estimation> estimations;
  RegressionTableSpec spec;
  Instruments() {
    for (int i = 0; i < 2; ++i) {
      Estimation made = estimation(
          {coefficient("DT", 0.4154, 0.0338, 0.0001), coefficient("IE", 0.2, 0.1, 0.08, "controls")},
          {"province", "year"});
      const std::string instrument = i == 0 ? "L.DT" : "Z1984";
      FirstStageInference stage;
      stage.endogenous = "DT";
      stage.coefficients = {
          coefficient(instrument, i == 0 ? 0.9007 : 3.2e-7, i == 0 ? 0.0369 : 0.00000004, 1e-6),
          coefficient("IE", 0.1, 0.1, 0.3, "controls")};
      stage.f = {"f", 595.8, 1, 3, 0.0001, {}, "", {}, {}, {}};
      stage.r2 = 0.9433;
      made.iv.first_stage.push_back(stage);
      made.iv.tests = {
          {"kp_lm", 12.54, 1, missing_value, 0.0004, {}, "", {}, {}, {}},
          {"kp_f", 60.16, 1, 29, missing_value, {{"10%", 16.38}, {"15%", 8.96}}, "", {}, {}, {}}};
      estimations.push_back(made);
    }
    spec.id = "iv";
    spec.number = 6;
    spec.title = "Endogeneity test";
    spec.style.name = "outreg2";
    for (const Estimation& each : estimations)
      for (const int stage : {0, -1}) {
        RegressionColumn column;
        column.estimation = &each;
        column.first_stage = stage;
        spec.columns.push_back(column);
      }
  }
  Instruments(const Instruments&) = delete;
};

}  // namespace panelist::sample
