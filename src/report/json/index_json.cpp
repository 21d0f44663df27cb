// SPDX-License-Identifier: Apache-2.0
// A composite index as JSON.
#include "base/text.h"
#include "report/json/json_numbers.h"
#include "report/result_json.h"

namespace panelist {

namespace {

Json indicator_json(const IndicatorResult& result) {
  const Indicator& indicator = result.indicator;
  const std::string parent = join(path_above(indicator), "/");
  return {{"code", indicator.code},
          {"parent", parent},
          {"dimension", indicator.dimension},
          {"sub", indicator.sub},
          {"direction", std::string(1, indicator.direction)},
          {"min", number_json(result.min)},
          {"max", number_json(result.max)},
          {"entropy", number_json(result.entropy)},
          {"redundancy", number_json(result.redundancy)},
          {"weight", number_json(result.weight)},
          {"local_weight", number_json(result.local_weight)}};
}

// The part of the index a node carries, and its part within its parent.
Json node_json(const NodeResult& node, const IndexResult& index) {
  double parent = 1;
  for (const NodeResult& other : index.nodes)
    if (other.code == node.parent && other.level < node.level) parent = other.weight;
  return {{"code", node.code},
          {"parent", node.parent},
          {"level", node.level},
          {"weight", number_json(node.weight / parent)},
          {"effective_weight", number_json(node.weight)}};
}

Json time_json(const Panel& panel, std::size_t row) {
  const auto found = std::lower_bound(panel.times.begin(), panel.times.end(), panel.time[row]);
  const auto at = static_cast<std::size_t>(found - panel.times.begin());
  if (at >= panel.time_names.size()) return panel.time[row];
  const std::string& name = panel.time_names[at];
  if (const auto integer = parse_integer(name)) return *integer;
  return name;
}

Json keys_json(const Panel& panel, std::size_t row) {
  if (row >= panel.unit.size()) return {{"row", row}};
  return {{"unit", panel.unit_names[static_cast<std::size_t>(panel.unit[row])]},
          {"time", time_json(panel, row)}};
}

Json row_json(const IndexResult& index, const Panel& panel, std::size_t i) {
  const auto at = static_cast<Index>(i);
  Json json = keys_json(panel, index.rows[i]);
  json["score"] = number_json(index.score[at]);
  json["rank"] = index.rank[i];
  json["nodes"] = Json::object();
  for (const NodeResult& node : index.nodes)
    json["nodes"][node.code] = {{"contribution", number_json(node.contribution[at])},
                                {"score", number_json(node.score[at])}};
  return json;
}

Json diagnostics_json(const IndexDiagnostics& found, const IndexResult& index) {
  Json correlated = Json::array();
  for (const auto& [a, b, r] : found.correlated)
    correlated.push_back({{"a", a}, {"b", b}, {"r", number_json(r)}});
  Json imputed = Json::array();
  for (const ImputedCells& filled : found.imputed)
    imputed.push_back({{"code", filled.code}, {"cells", filled.cells}});
  Json adequacy = Json::object();
  for (Index j = 0; j < found.msa.size() && j < static_cast<Index>(index.indicators.size()); ++j)
    adequacy[index.indicators[static_cast<std::size_t>(j)].indicator.code] = number_json(found.msa[j]);
  Json unobserved = Json::array();
  for (const ImputedCells& missing : found.unobserved)
    unobserved.push_back({{"code", missing.code}, {"cells", missing.cells}});
  return {{"imputed", imputed},
          {"unobserved", unobserved},
          {"constant", found.constant},
          {"correlated", correlated},
          {"kmo", number_json(found.kmo)},
          {"msa", adequacy},
          {"bartlett",
           {{"chi2", number_json(found.bartlett_chi2)},
            {"df", count_json(found.bartlett_df)},
            {"p_value", number_json(found.bartlett_p)}}},
          {"alpha", number_json(found.alpha)}};
}

Json components_json(const PrincipalComponents& components) {
  Json eigenvalues = Json::array(), loadings = Json::array();
  for (const double value : components.eigenvalues) eigenvalues.push_back(number_json(value));
  for (Index i = 0; i < components.loadings.rows(); ++i) {
    Json row = Json::array();
    for (Index j = 0; j < components.loadings.cols(); ++j)
      row.push_back(number_json(components.loadings(i, j)));
    loadings.push_back(row);
  }
  return {{"eigenvalues", eigenvalues},
          {"kept", components.kept},
          {"explained", number_json(components.explained)},
          {"loadings", loadings}};
}

Json stage_json(const IndexStage& stage, const IndexResult& index, const Panel& panel) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < index.rows.size(); ++i) {
    Json row = keys_json(panel, index.rows[i]);
    for (std::size_t j = 0; j < index.indicators.size(); ++j)
      row["values"][index.indicators[j].indicator.code] =
          number_json(stage.values(static_cast<Index>(i), static_cast<Index>(j)));
    rows.push_back(row);
  }
  return {{"name", stage.name}, {"rows", rows}};
}

// The last stage: scores of the nodes and of the whole.
Json aggregated_json(const IndexResult& index, const Panel& panel) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < index.rows.size(); ++i) {
    const auto at = static_cast<Index>(i);
    Json row = keys_json(panel, index.rows[i]);
    row["values"] = Json::object();
    for (const NodeResult& node : index.nodes) row["values"][node.code] = number_json(node.score[at]);
    row["values"][index.name] = number_json(index.score[at]);
    rows.push_back(row);
  }
  return {{"name", "aggregated"}, {"rows", rows}};
}

Json conventions_json(const IndexResult& index) {
  const IndexConventions& used = index.conventions;
  return {{"normalise", used.normalise},
          {"pool", used.pool},
          {"zero", used.zero},
          {"scored_cells", "normalised"},  // a shift or smoothing enters the weights only
          {"k", index.k_text},
          {"levels", used.levels},
          {"renormalise", used.renormalise},
          {"winsor", number_json(used.winsor)},
          {"outliers", used.outliers},
          {"winsor_points", used.winsor_points},
          {"impute", used.impute},
          {"screen", number_json(used.screen)},
          {"cap", used.cap},
          {"missing", used.missing},
          {"aggregate", used.aggregate},
          {"combine", used.combine},
          {"combine_by", used.combine_by},
          {"combine_shares", used.combine_shares},
          {"shares", {number_json(used.share_low), number_json(used.share_high)}},
          {"grey_rho", number_json(used.rho)},
          {"vikor_v", number_json(used.v)}};
}

Json consistency_json(const IndexResult& index) {
  Json ratios = Json::array();
  for (const auto& [node, ratio] : index.consistency)
    ratios.push_back({{"node", node.empty() ? index.name : node}, {"cr", number_json(ratio)}});
  return ratios;
}

}  // namespace

Json to_json(const IndexResult& index, const Table& /*table*/, const Panel& panel, bool stages) {
  Json json = {
      {"name", index.name}, {"method", index.conventions.method}, {"conventions", conventions_json(index)}};
  json["indicators"] = Json::array();
  for (const IndicatorResult& result : index.indicators) json["indicators"].push_back(indicator_json(result));
  json["nodes"] = Json::array();
  for (const NodeResult& node : index.nodes) json["nodes"].push_back(node_json(node, index));
  json["rows"] = Json::array();
  for (std::size_t i = 0; i < index.rows.size(); ++i) json["rows"].push_back(row_json(index, panel, i));
  json["diagnostics"] = diagnostics_json(index.diagnostics, index);
  for (const auto& [group, weights] : index.weights_by_pool) json["weights_by_pool"][group] = weights;
  if (!index.consistency.empty()) json["consistency"] = consistency_json(index);
  if (index.components) json["components"] = components_json(*index.components);
  if (stages) {
    for (const IndexStage& stage : index.stages) json["stages"].push_back(stage_json(stage, index, panel));
    json["stages"].push_back(aggregated_json(index, panel));
  }
  json["warnings"] = warnings_json(index.warnings);
  return json;
}

}  // namespace panelist
