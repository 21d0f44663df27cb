// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "index/learned.h"

namespace panelist {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kind = "frozen index";
constexpr int version = 1;

Json numbers(const Vector& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(std::isfinite(value) ? Json(value) : Json());
  return list;
}

// Not a number, or an infinity, is null; `missing` says what null stands for.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }
double number_of(const Json& json, double missing) { return json.is_null() ? missing : json.get<double>(); }

Vector vector_of(const Json& list) {
  Vector values(static_cast<Index>(list.size()));
  for (std::size_t i = 0; i < list.size(); ++i)
    values(static_cast<Index>(i)) = number_of(list[i], missing_value);
  return values;
}

Json conventions_json(const IndexConventions& c) {
  return {{"method", c.method},
          {"normalise", c.normalise},
          {"zero", c.zero},
          {"pool", c.pool},
          {"levels", c.levels},
          {"renormalise", c.renormalise},
          {"winsor", c.winsor},
          {"outliers", c.outliers},
          {"winsor_points", c.winsor_points},
          {"impute", c.impute},
          {"cap", c.cap},
          {"missing", c.missing},
          {"aggregate", c.aggregate},
          {"combine", c.combine},
          {"combine_by", c.combine_by},
          {"combine_shares", c.combine_shares},
          {"rho", c.rho},
          {"v", c.v}};
}

IndexConventions conventions_of(const Json& json) {
  IndexConventions c;
  json.at("method").get_to(c.method);
  json.at("normalise").get_to(c.normalise);
  json.at("zero").get_to(c.zero);
  json.at("pool").get_to(c.pool);
  json.at("levels").get_to(c.levels);
  json.at("renormalise").get_to(c.renormalise);
  json.at("winsor").get_to(c.winsor);
  json.at("outliers").get_to(c.outliers);
  json.at("winsor_points").get_to(c.winsor_points);
  json.at("impute").get_to(c.impute);
  json.at("cap").get_to(c.cap);
  c.missing = json.value("missing", c.missing);
  json.at("aggregate").get_to(c.aggregate);
  json.at("combine").get_to(c.combine);
  json.at("combine_by").get_to(c.combine_by);
  json.at("combine_shares").get_to(c.combine_shares);
  json.at("rho").get_to(c.rho);
  json.at("v").get_to(c.v);
  return c;
}

Json treatment_json(const ColumnTreatment& treatment) {
  return {{"low", number(treatment.low)},     {"high", number(treatment.high)},
          {"transform", treatment.transform}, {"shift", treatment.shift},
          {"lambda", treatment.lambda},       {"points", treatment.points}};
}

ColumnTreatment treatment_of(const Json& json) {
  ColumnTreatment treatment;
  treatment.low = number_of(json.at("low"), treatment.low);
  treatment.high = number_of(json.at("high"), treatment.high);
  json.at("transform").get_to(treatment.transform);
  json.at("shift").get_to(treatment.shift);
  json.at("lambda").get_to(treatment.lambda);
  json.at("points").get_to(treatment.points);
  return treatment;
}

Json scale_json(const ColumnScale& scale) {
  return {{"min", number(scale.min)}, {"max", number(scale.max)},   {"centre", scale.centre},
          {"spread", scale.spread},   {"constant", scale.constant}, {"ordered", scale.ordered}};
}

ColumnScale scale_of(const Json& json) {
  ColumnScale scale;
  scale.min = number_of(json.at("min"), missing_value);
  scale.max = number_of(json.at("max"), missing_value);
  json.at("centre").get_to(scale.centre);
  json.at("spread").get_to(scale.spread);
  json.at("constant").get_to(scale.constant);
  json.at("ordered").get_to(scale.ordered);
  return scale;
}

Json indicator_json(const Indicator& indicator) {
  Json json = {{"code", indicator.code},
               {"dimension", indicator.dimension},
               {"sub", indicator.sub},
               {"deeper", indicator.deeper},
               {"direction", std::string(1, indicator.direction)},
               {"denominator", indicator.denominator},
               {"label", indicator.label},
               {"unit", indicator.unit},
               {"target", number(indicator.target)},
               {"low", number(indicator.low)},
               {"high", number(indicator.high)}};
  json["fixed_min"] = number(indicator.min.value_or(missing_value));
  json["fixed_max"] = number(indicator.max.value_or(missing_value));
  return json;
}

Indicator indicator_of(const Json& json) {
  Indicator indicator;
  json.at("code").get_to(indicator.code);
  json.at("dimension").get_to(indicator.dimension);
  json.at("sub").get_to(indicator.sub);
  if (json.contains("deeper")) json.at("deeper").get_to(indicator.deeper);
  indicator.direction = json.at("direction").get<std::string>().at(0);
  json.at("denominator").get_to(indicator.denominator);
  json.at("label").get_to(indicator.label);
  json.at("unit").get_to(indicator.unit);
  indicator.target = number_of(json.at("target"), missing_value);
  indicator.low = number_of(json.at("low"), missing_value);
  indicator.high = number_of(json.at("high"), missing_value);
  if (!json.at("fixed_min").is_null()) indicator.min = json.at("fixed_min").get<double>();
  if (!json.at("fixed_max").is_null()) indicator.max = json.at("fixed_max").get<double>();
  return indicator;
}

Json frame_json(const AggregationFrame& frame) {
  return {{"best", numbers(frame.best)},        {"worst", numbers(frame.worst)},
          {"s", {frame.s_best, frame.s_worst}}, {"r", {frame.r_best, frame.r_worst}},
          {"d", {frame.least, frame.most}},     {"ordered", frame.ordered}};
}

AggregationFrame frame_of(const Json& json) {
  AggregationFrame frame;
  frame.best = vector_of(json.at("best"));
  frame.worst = vector_of(json.at("worst"));
  json.at("s").at(0).get_to(frame.s_best);
  json.at("s").at(1).get_to(frame.s_worst);
  json.at("r").at(0).get_to(frame.r_best);
  json.at("r").at(1).get_to(frame.r_worst);
  json.at("d").at(0).get_to(frame.least);
  json.at("d").at(1).get_to(frame.most);
  json.at("ordered").get_to(frame.ordered);
  return frame;
}

Json weights_json(const LearnedWeights& weights) {
  Json json = {{"weight", numbers(weights.weight)},   {"local", numbers(weights.local)},
               {"entropy", numbers(weights.entropy)}, {"nodes", numbers(weights.node_weight)},
               {"upper", numbers(weights.upper)},     {"upper_range", weights.upper_range}};
  json["frames"] = Json::array();
  for (const AggregationFrame& frame : weights.frames) json["frames"].push_back(frame_json(frame));
  return json;
}

LearnedWeights weights_of(const Json& json) {
  LearnedWeights weights;
  weights.weight = vector_of(json.at("weight"));
  weights.local = vector_of(json.at("local"));
  weights.entropy = vector_of(json.at("entropy"));
  weights.node_weight = vector_of(json.at("nodes"));
  weights.upper = vector_of(json.at("upper"));
  json.at("upper_range").get_to(weights.upper_range);
  for (const Json& frame : json.at("frames")) weights.frames.push_back(frame_of(frame));
  return weights;
}

Json matrix_json(const Matrix& values) {
  Json columns = Json::array();
  for (Index j = 0; j < values.cols(); ++j) columns.push_back(numbers(values.col(j)));
  return columns;
}

Json pool_json(const LearnedPool& pool) {
  Json json = {{"name", pool.name}, {"scale", Json::array()}, {"weights", weights_json(pool.weights)}};
  for (const ColumnScale& scale : pool.scale) json["scale"].push_back(scale_json(scale));
  return json;
}

LearnedPool pool_of(const Json& json) {
  LearnedPool pool{json.at("name").get<std::string>(), {}, weights_of(json.at("weights"))};
  for (const Json& scale : json.at("scale")) pool.scale.push_back(scale_of(scale));
  return pool;
}

Json components_json(const LearnedComponents& learned) {
  Json json = {{"columns", learned.columns},
               {"centre", numbers(learned.centre)},
               {"spread", numbers(learned.spread)},
               {"coefficients", numbers(learned.coefficients)},
               {"range", {learned.low, learned.high}},
               {"eigenvalues", numbers(learned.components.eigenvalues)},
               {"kept", learned.components.kept},
               {"explained", number(learned.components.explained)},
               {"loadings", matrix_json(learned.components.loadings)},
               {"nodes", Json::array()}};
  for (const NodeRange& node : learned.nodes) json["nodes"].push_back({node.low, node.high, node.worst});
  return json;
}

LearnedComponents components_of(const Json& json) {
  LearnedComponents learned;
  json.at("columns").get_to(learned.columns);
  learned.centre = vector_of(json.at("centre"));
  learned.spread = vector_of(json.at("spread"));
  learned.coefficients = vector_of(json.at("coefficients"));
  json.at("range").at(0).get_to(learned.low);
  json.at("range").at(1).get_to(learned.high);
  learned.components.eigenvalues = vector_of(json.at("eigenvalues"));
  json.at("kept").get_to(learned.components.kept);
  learned.components.explained = number_of(json.at("explained"), missing_value);
  const Json& loadings = json.at("loadings");
  learned.components.loadings.resize(learned.coefficients.size(), static_cast<Index>(loadings.size()));
  for (std::size_t k = 0; k < loadings.size(); ++k)
    learned.components.loadings.col(static_cast<Index>(k)) = vector_of(loadings[k]);
  for (const Json& node : json.at("nodes"))
    learned.nodes.push_back({node.at(0).get<double>(), node.at(1).get<double>(), node.at(2).get<double>()});
  return learned;
}

Error bad_file(const std::string& origin, const std::string& why) {
  return {"index.frozen_file", "`" + origin + "` is no frozen index: " + why,
          "write one with `panelist index STUDY NAME --freeze FILE`", origin};
}

bool fits(const LearnedWeights& weights, const std::vector<ColumnScale>& scale, std::size_t indicators) {
  const auto m = static_cast<Index>(indicators);
  return scale.size() == indicators && weights.weight.size() == m && weights.local.size() == m &&
         weights.entropy.size() == m && weights.weight.allFinite();
}

bool fits(const LearnedComponents& learned, std::size_t indicators) {
  const auto m = static_cast<Index>(learned.columns.size());
  return learned.centre.size() == m && learned.spread.size() == m && learned.coefficients.size() == m &&
         std::all_of(learned.columns.begin(), learned.columns.end(),
                     [&](Index j) { return j >= 0 && j < static_cast<Index>(indicators); });
}

void check_shape(const LearnedIndex& learned, std::size_t indicators, const std::string& origin) {
  bool fit = indicators > 0;
  if (learned.components)
    fit = fit && fits(*learned.components, indicators);
  else if (learned.pools.empty())
    fit = fit && fits(learned.weights, learned.scale, indicators);
  for (const LearnedPool& pool : learned.pools) fit = fit && fits(pool.weights, pool.scale, indicators);
  if (!fit) throw bad_file(origin, "its weights are not those of its indicators");
}

IndexResult read(const Json& json, const std::string& origin) {
  if (json.at("panelist") != kind || json.at("version") != version)
    throw bad_file(origin, "another kind or version of file");
  IndexResult index;
  json.at("name").get_to(index.name);
  index.conventions = conventions_of(json.at("conventions"));
  LearnedIndex learned;
  for (const Json& entry : json.at("indicators")) {
    IndicatorResult indicator{};
    indicator.indicator = indicator_of(entry);
    index.indicators.push_back(indicator);
    learned.treatment.push_back(treatment_of(entry.at("treatment")));
    if (entry.contains("scale")) learned.scale.push_back(scale_of(entry.at("scale")));
  }
  if (json.contains("weights")) learned.weights = weights_of(json.at("weights"));
  if (json.contains("components")) learned.components = components_of(json.at("components"));
  for (const Json& pool : json.value("pools", Json::array())) learned.pools.push_back(pool_of(pool));
  if (json.contains("node_weights")) json.at("node_weights").get_to(learned.node_weights);
  check_shape(learned, index.indicators.size(), origin);
  index.learned = std::make_shared<LearnedIndex>(std::move(learned));
  return index;
}

}  // namespace

std::string frozen_text(const IndexResult& index) {
  if (index.learned == nullptr)
    throw Error("index.not_freezable", "index `" + index.name + "` learned nothing that goes to other rows",
                "bod scores a row against the rows beside it: choose a method with common weights",
                "index " + index.name);
  Json json = {{"panelist", kind},
               {"version", version},
               {"name", index.name},
               {"conventions", conventions_json(index.conventions)},
               {"indicators", Json::array()}};
  for (std::size_t j = 0; j < index.indicators.size(); ++j) {
    Json entry = indicator_json(index.indicators[j].indicator);
    entry["treatment"] = treatment_json(index.learned->treatment[j]);
    if (!index.learned->scale.empty()) entry["scale"] = scale_json(index.learned->scale[j]);
    json["indicators"].push_back(std::move(entry));
  }
  const LearnedIndex& learned = *index.learned;
  if (learned.components)
    json["components"] = components_json(*learned.components);
  else if (learned.pools.empty())
    json["weights"] = weights_json(learned.weights);
  for (const LearnedPool& pool : learned.pools) json["pools"].push_back(pool_json(pool));
  if (!learned.node_weights.empty()) json["node_weights"] = learned.node_weights;
  return json.dump(1) + "\n";
}

IndexResult frozen_index(const std::string& text, const std::string& origin) {
  try {
    return read(Json::parse(text), origin);
  } catch (const Json::exception& error) {
    throw bad_file(origin, error.what());
  } catch (const std::out_of_range&) {
    throw bad_file(origin, "a direction is empty");
  }
}

void check_same_system(const IndexResult& frozen, const IndexSystem& system) {
  bool same = frozen.indicators.size() == system.indicators.size();
  for (std::size_t j = 0; same && j < system.indicators.size(); ++j) {
    const Indicator& a = frozen.indicators[j].indicator;
    const Indicator& b = system.indicators[j];
    same = a.code == b.code && path_above(a) == path_above(b) && a.direction == b.direction;
  }
  if (!same)
    throw Error("index.frozen_mismatch",
                "the frozen index `" + frozen.name +
                    "` has other indicators, or another order of them, than index `" + system.name + "`",
                "freeze the index anew, or take its system back", "index " + system.name);
}

}  // namespace panelist
