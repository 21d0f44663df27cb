// SPDX-License-Identifier: Apache-2.0
// bench_absorb: one case of the absorption benchmark, timed and checked, as one line of JSON.
//
//   bench_absorb --design NAME --rows N [--effects 2|3] [--k 1..10] [--threads T] [--repetitions R]
//   bench_absorb --design NAME --rows N --columns FOLDER   raw columns (int32 ids, float64 variables) for peers
//   bench_absorb --design NAME --rows N --csv FILE         the same with four more columns as a csv
//   bench_absorb --list                                    the designs, one a line
// Exit code 1: the answer is off by more than 1e-8 standard errors, a reported bound is below the true error, or a solve
// did not converge; the line of JSON says which in "failures".
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "accuracy.h"
#include "cli/print/fit_text.h"
#include "infer/estimation.h"
#include "measure.h"
#include "table/read.h"
#include "variables.h"

namespace panelist::bench {
namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

constexpr double allowed_error = 1e-8;           // standard errors
constexpr double allowed_orthogonality = 1e-11;  // of the tight solve
constexpr const char* covariances[] = {"iid", "hc1", "cluster(firm_id)"};

struct Request {
  const Design* design = nullptr;
  Level rows = 0;
  int effects = 3, k = 2, threads = 2, repetitions = 5;
  std::string columns, csv;
};

Request read_request(const std::map<std::string, std::string>& given) {
  const auto text = [&](const char* name, const char* otherwise) {
    const auto found = given.find(name);
    return found == given.end() ? std::string(otherwise) : found->second;
  };
  Request request;
  request.design = find_design(text("--design", ""));
  request.rows = static_cast<Level>(std::stod(text("--rows", "0")));
  request.effects = std::stoi(text("--effects", "3"));
  request.k = std::stoi(text("--k", "2"));
  request.threads = std::stoi(text("--threads", "2"));
  request.repetitions = std::stoi(text("--repetitions", "5"));
  request.columns = text("--columns", "");
  request.csv = text("--csv", "");
  return request;
}

std::string mistake_in(const Request& request) {
  if (request.design == nullptr) return "--design: see --list";
  if (request.rows < 10000 || request.rows % 1000 != 0) return "--rows: a multiple of 1000, from 10000";
  if (request.effects < 2 || request.effects > 3) return "--effects: 2 or 3";
  if (request.k < 1 || request.k > most_regressors) return "--k: 1 to 10";
  if (request.threads < 1 || request.repetitions < 1) return "--threads, --repetitions: from 1";
  return "";
}

// --- the two things timed -------------------------------------------------------------------------------------

std::string formula_of(const Request& request) {
  std::string terms;
  for (int j = 1; j <= request.k; ++j) terms += fmt::format("{}x{}", j > 1 ? " + " : "", j);
  const std::string third = request.effects == 3 ? fmt::format(" + {}", request.design->third) : "";
  return fmt::format("y ~ {} | indiv_id + firm_id{}", terms, third);
}

EstimationSpec spec_of(const Request& request, const char* vcov) {
  Diagnostics mistakes;
  EstimationSpec spec;
  spec.formula = parse_formula(formula_of(request), {}, {}, mistakes).front();
  spec.vcov = parse_vcov(vcov, {}, mistakes);
  spec.small_sample = parse_small_sample("fixest", {}, mistakes);
  if (mistakes.has_errors()) throw std::logic_error("the benchmark's own formula does not parse");
  return spec;
}

// What a run prints of its coefficients.
struct Printed {
  Vector coefficients;
  double bound = 0;  // of their error, in standard errors
};

// From a parsed table to printed inference. The result is let go of within the time, as a user's would be.
Json time_inference(const Context& context, const Request& request, const Table& table, Printed& result) {
  Json times = Json::object();
  for (const char* vcov : covariances) {
    const auto run = [&] {
      const auto start = Clock::now();
      Diagnostics notes;
      const Estimation estimation = estimate_model(context, spec_of(request, vcov), table, nullptr, notes);
      const std::string printed = cli::fit_text(estimation);
      result = {estimation.fit->coefficients, estimation.fit->error_bound_se};
      if (printed.empty()) throw std::logic_error("nothing was printed");
      return seconds_since(start);
    };
    if (times.empty()) {
      forget_peak();
      const double before = resident_megabytes();
      run();
      times["data_mb"] =
          static_cast<double>(table.rows() * table.columns() * sizeof(double)) / (1024.0 * 1024.0);
      times["extra_mb"] = peak_megabytes() - before;
    }
    times[vcov == covariances[2] ? "cluster" : vcov] = median(timed(request.repetitions, run));
  }
  return times;
}

AbsorbFactor factor_of(const std::string& name, const std::vector<Level>& ids) {
  std::vector<Level> level(static_cast<std::size_t>(*std::max_element(ids.begin(), ids.end())) + 1, 0);
  for (const Level id : ids) level[static_cast<std::size_t>(id)] = 1;
  Level next = 0;
  for (Level& entry : level) entry = entry > 0 ? next++ : -1;
  std::vector<Level> coded;
  coded.reserve(ids.size());
  for (const Level id : ids) coded.push_back(level[static_cast<std::size_t>(id)]);
  AbsorbFactor factor;
  factor.name = name;
  factor.n_levels = next;
  factor.level = std::move(coded);
  return factor;
}

Problem problem_of(const Request& request, const Graph& graph, const Table& table) {
  Problem problem;
  problem.factors = {factor_of("indiv_id", graph.unit), factor_of("firm_id", graph.firm)};
  if (request.effects == 3)
    problem.factors.push_back(factor_of(std::string(request.design->third), graph.third));
  problem.V.resize(request.rows, request.k + 1);
  for (int j = 0; j <= request.k; ++j) {
    const std::vector<double>& values = table.at(j == 0 ? "y" : fmt::format("x{}", j)).values();
    problem.V.col(j) = Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
  }
  return problem;
}

// Ranks included: the absorber knows its degrees of freedom when it is built.
struct Solved {
  Matrix residual;
  AbsorbReport report;
  Index rank = 0;
  double seconds = 0;
};

Solved time_solver(const Context& context, const Request& request, const Problem& problem) {
  Solved solved;
  solved.seconds = median(timed(request.repetitions, [&] {
    solved.residual = problem.V;
    const auto start = Clock::now();
    const Absorber absorber(context, problem.factors, Vector());
    solved.report = absorber.absorb(context, solved.residual);
    const double seconds = seconds_since(start);
    solved.rank = absorber.rank();
    return seconds;
  }));
  return solved;
}

// --- what is said of them ------------------------------------------------------------------------------------

std::vector<double> numbers(const Vector& values) { return {values.begin(), values.end()}; }

std::vector<std::string> failures_of(const Tight& tight, const Solved& solved, const Accuracy& accuracy,
                                     double inference_error, double bound) {
  std::vector<std::string> failures;
  const auto fail_if = [&](bool failed, const std::string& words) {
    if (failed) failures.push_back(words);
  };
  fail_if(!tight.report.converged, "the tight solve did not converge");
  fail_if(!(tight.orthogonality <= allowed_orthogonality),
          fmt::format("the tight solve leaves {:.1e} of a column to the effects", tight.orthogonality));
  fail_if(!solved.report.converged, "the solver did not converge");
  fail_if(!(accuracy.coefficients <= allowed_error),
          fmt::format("coefficients off by {:.1e} standard errors", accuracy.coefficients));
  fail_if(!(inference_error <= allowed_error),
          fmt::format("printed coefficients off by {:.1e} standard errors", inference_error));
  fail_if(!(inference_error <= bound), fmt::format("the reported bound {:.1e} is below that", bound));
  fail_if(!accuracy.bound_holds, "the reported bound of a column is below its true error");
  fail_if(solved.rank != tight.rank, "the rank depends on the tolerance");
  return failures;
}

Json case_json(const Request& request) {
  return {{"design", request.design->name}, {"rows", request.rows},
          {"effects", request.effects},     {"k", request.k},
          {"threads", request.threads},     {"formula", formula_of(request)}};
}

int run_case(const Context& context, const Request& request) {
  Json json = case_json(request);
  Graph graph;
  Table table;
  {
    Dataset data = draw(context, *request.design, request.rows, request.k);
    table = table_of(data);
    graph = std::move(data.graph);
  }
  Printed printed;
  json["inference"] = time_inference(context, request, table, printed);
  const Problem problem = problem_of(request, graph, table);
  const Solved solved = time_solver(context, request, problem);
  const Tight tight = solve_tightly(context, problem);
  const Accuracy accuracy = accuracy_of(context, tight, solved.residual, solved.report);
  const double inference_error = error_in_standard_errors(tight, printed.coefficients);
  json["solver"] = {{"seconds", solved.seconds},
                    {"name", solved.report.solver},
                    {"iterations", solved.report.iterations},
                    {"rank", solved.rank},
                    {"column_error", accuracy.columns},
                    {"error", accuracy.coefficients}};
  if (accuracy.bound_is_known) json["solver"]["column_bound"] = accuracy.column_bound;
  json["inference"]["error"] = inference_error;
  json["inference"]["bound"] = printed.bound;
  json["tight"] = {
      {"b", numbers(tight.b)}, {"se", numbers(tight.se)}, {"orthogonality", tight.orthogonality}};
  json["failures"] = failures_of(tight, solved, accuracy, inference_error, printed.bound);
  std::cout << json.dump() << "\n";
  return json["failures"].empty() ? 0 : 1;
}

// --- data for peers ------------------------------------------------------------------------------------------

template <typename Value>
void write_raw(const std::string& path, const std::vector<Value>& values) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(values.data()),
             static_cast<std::streamsize>(values.size() * sizeof(Value)));
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

void write_columns(const Dataset& data, const std::string& folder) {
  write_raw(folder + "/indiv_id.i32", data.graph.unit);
  write_raw(folder + "/firm_id.i32", data.graph.firm);
  write_raw(fmt::format("{}/{}.i32", folder, data.design->third), data.graph.third);
  write_raw(folder + "/y.f64", data.y);
  for (std::size_t j = 0; j < data.x.size(); ++j)
    write_raw(fmt::format("{}/x{}.f64", folder, j + 1), data.x[j]);
}

int run(const std::map<std::string, std::string>& given) {
  const Request request = read_request(given);
  if (const std::string mistake = mistake_in(request); !mistake.empty()) {
    std::cerr << "bench_absorb: " << mistake << "\n";
    return 2;
  }
  Context context;
  context.threads = request.threads;
  if (request.columns.empty() && request.csv.empty()) return run_case(context, request);
  const Dataset data = draw(context, *request.design, request.rows, most_regressors);
  if (!request.columns.empty()) write_columns(data, request.columns);
  if (!request.csv.empty()) write_table(wide_table_of(context, data), request.csv);
  return 0;
}

}  // namespace
}  // namespace panelist::bench

int main(int count, char** words) {
  using namespace panelist;
  if (count == 2 && std::string(words[1]) == "--list") {
    for (const bench::Design& design : bench::designs()) std::cout << design.name << "\n";
    return 0;
  }
  std::map<std::string, std::string> given;
  for (int i = 1; i + 1 < count; i += 2) given[words[i]] = words[i + 1];
  try {
    return bench::run(given);
  } catch (const Error& error) {
    std::cerr << "bench_absorb: " << error.what() << "\n";
  } catch (const std::exception& error) {
    std::cerr << "bench_absorb: " << error.what() << "\n";
  }
  return 1;
}
