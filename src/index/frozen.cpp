// SPDX-License-Identifier: Apache-2.0
#include "index/freeze/json_fields.h"
#include "index/learned.h"

namespace panelist {

// The fields of the file, type by type.

template <typename Visit>
void list_fields(Visit& visit, IndexConventions& c) {
  visit("method", c.method);
  visit("normalise", c.normalise);
  visit("zero", c.zero);
  visit("pool", c.pool);
  visit("levels", c.levels);
  visit("renormalise", c.renormalise);
  visit("winsor", c.winsor);
  visit("outliers", c.outliers);
  visit("winsor_points", c.winsor_points);
  visit("impute", c.impute);
  visit("cap", c.cap);
  visit.later("missing", c.missing);
  visit("aggregate", c.aggregate);
  visit("combine", c.combine);
  visit("combine_by", c.combine_by);
  visit("combine_shares", c.combine_shares);
  visit("rho", c.rho);
  visit("v", c.v);
}

template <typename Visit>
void list_fields(Visit& visit, ColumnTreatment& treatment) {
  visit("low", treatment.low);
  visit("high", treatment.high);
  visit("transform", treatment.transform);
  visit("shift", treatment.shift);
  visit("lambda", treatment.lambda);
  visit("points", treatment.points);
}

template <typename Visit>
void list_fields(Visit& visit, ColumnScale& scale) {
  visit("min", scale.min);
  visit("max", scale.max);
  visit("centre", scale.centre);
  visit("spread", scale.spread);
  visit("constant", scale.constant);
  visit("ordered", scale.ordered);
}

template <typename Visit>
void list_fields(Visit& visit, Indicator& indicator) {
  visit("code", indicator.code);
  visit("dimension", indicator.dimension);
  visit("sub", indicator.sub);
  visit.later("deeper", indicator.deeper);
  visit("direction", indicator.direction);
  visit("denominator", indicator.denominator);
  visit("label", indicator.label);
  visit("unit", indicator.unit);
  visit("target", indicator.target);
  visit("low", indicator.low);
  visit("high", indicator.high);
  visit("fixed_min", indicator.min);
  visit("fixed_max", indicator.max);
}

template <typename Visit>
void list_fields(Visit& visit, AggregationFrame& frame) {
  visit("best", frame.best);
  visit("worst", frame.worst);
  visit.pair("s", frame.s_best, frame.s_worst);
  visit.pair("r", frame.r_best, frame.r_worst);
  visit.pair("d", frame.least, frame.most);
  visit("ordered", frame.ordered);
}

template <typename Visit>
void list_fields(Visit& visit, LearnedWeights& weights) {
  visit("weight", weights.weight);
  visit("local", weights.local);
  visit("entropy", weights.entropy);
  visit("nodes", weights.node_weight);
  visit("upper", weights.upper);
  visit("upper_range", weights.upper_range);
  visit.list("frames", weights.frames);
}

template <typename Visit>
void list_fields(Visit& visit, LearnedPool& pool) {
  visit("name", pool.name);
  visit.list("scale", pool.scale);
  visit.object("weights", pool.weights);
}

template <typename Visit>
void list_fields(Visit& visit, LearnedComponents& learned) {
  visit("columns", learned.columns);
  visit("centre", learned.centre);
  visit("spread", learned.spread);
  visit("coefficients", learned.coefficients);
  visit.pair("range", learned.low, learned.high);
  visit("eigenvalues", learned.components.eigenvalues);
  visit("kept", learned.components.kept);
  visit("explained", learned.components.explained);
  visit("loadings", learned.components.loadings);
  visit("nodes", learned.nodes);
}

// [low, high, worst]
static void to_json(freeze::Json& json, const NodeRange& range) {
  json = {freeze::plain(range.low), freeze::plain(range.high), freeze::plain(range.worst)};
}
static void from_json(const freeze::Json& json, NodeRange& range) {
  freeze::take(json.at(0), range.low);
  freeze::take(json.at(1), range.high);
  freeze::take(json.at(2), range.worst);
}

namespace {

using freeze::Json;

constexpr const char* kind = "frozen index";
constexpr int version = 1;

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
         learned.components.loadings.rows() == m &&
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

IndexResult index_of(const Json& json, const std::string& origin) {
  if (json.at("panelist") != kind || json.at("version") != version)
    throw bad_file(origin, "another kind or version of file");
  IndexResult index;
  json.at("name").get_to(index.name);
  freeze::read(json.at("conventions"), index.conventions);
  LearnedIndex learned;
  for (const Json& entry : json.at("indicators")) {
    IndicatorResult indicator{};
    freeze::read(entry, indicator.indicator);
    index.indicators.push_back(indicator);
    freeze::read(entry.at("treatment"), learned.treatment.emplace_back());
    if (entry.contains("scale")) freeze::read(entry.at("scale"), learned.scale.emplace_back());
  }
  freeze::Reader reader{json};
  if (json.contains("weights")) reader.object("weights", learned.weights);
  if (json.contains("components")) reader.object("components", learned.components.emplace());
  if (json.contains("pools")) reader.list("pools", learned.pools);
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
               {"conventions", freeze::written(index.conventions)},
               {"indicators", Json::array()}};
  for (std::size_t j = 0; j < index.indicators.size(); ++j) {
    Json entry = freeze::written(index.indicators[j].indicator);
    entry["treatment"] = freeze::written(index.learned->treatment[j]);
    if (!index.learned->scale.empty()) entry["scale"] = freeze::written(index.learned->scale[j]);
    json["indicators"].push_back(std::move(entry));
  }
  const LearnedIndex& learned = *index.learned;
  if (learned.components)
    json["components"] = freeze::written(*learned.components);
  else if (learned.pools.empty())
    json["weights"] = freeze::written(learned.weights);
  for (const LearnedPool& pool : learned.pools) json["pools"].push_back(freeze::written(pool));
  if (!learned.node_weights.empty()) json["node_weights"] = learned.node_weights;
  return json.dump(1) + "\n";
}

IndexResult frozen_index(const std::string& text, const std::string& origin) {
  try {
    return index_of(Json::parse(text), origin);
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
