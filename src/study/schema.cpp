// SPDX-License-Identifier: Apache-2.0
// JSON schema of the study file, from the catalog of keys.
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "study/parse/keys.h"
#include "study/study.h"

namespace panelist {
namespace {

using Json = nlohmann::ordered_json;

Json object_of(const std::string& section);

Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

Json simple_type(std::string_view type) {
  if (type == "number") return {{"type", "number"}};
  if (type == "integer") return {{"type", "integer"}};
  if (type == "flag") return {{"type", "boolean"}};
  return {{"type", "string"}};  // text, vcov, formula, expression
}

// Tables whose keys are the user's own names.
Json named_entries(std::string_view section) {
  const Json text = simple_type("text");
  if (section == "sets") return {{"type", "object"}, {"additionalProperties", list_of(text)}};
  if (section == "derive" || section == "model" || section.ends_with(".impute") || section.ends_with(".swap"))
    return {{"type", "object"}, {"additionalProperties", text}};
  return {{"type", "object"}};
}

bool has_keys(const std::string& section) { return !study::legal_keys(section).empty(); }

Json schema_of(const study::KeyEntry& entry) {
  const std::string type(entry.type), place(entry.section);
  const std::string section = (place.empty() ? "" : place + ".") + std::string(entry.key);
  if (type == "table") return has_keys(section) ? object_of(section) : named_entries(section);
  if (type == "list of tables") return list_of(object_of(section));
  if (type == "list of numbers") return list_of(simple_type("number"));
  if (type == "list of integers") return list_of(simple_type("integer"));
  if (type.starts_with("list of ")) return list_of(simple_type("text"));
  if (type == "text or number") return {{"type", {"string", "number"}}};
  if (type == "text or list") return {{"anyOf", {simple_type("text"), list_of(simple_type("text"))}}};
  if (type == "list or table") return {{"anyOf", {list_of(simple_type("text")), Json{{"type", "object"}}}}};
  if (type == "text or lists") {
    const Json text = simple_type("text");
    return {{"anyOf", {text, list_of(Json{{"anyOf", {text, list_of(text)}}})}}};
  }
  return simple_type(type);
}

Json object_of(const std::string& section) {
  Json properties = Json::object();
  for (const study::KeyEntry& entry : study::key_catalog()) {
    if (entry.section != section) continue;
    Json schema = schema_of(entry);
    schema["description"] = entry.summary;
    properties[std::string(entry.key)] = std::move(schema);
  }
  Json object = {{"type", "object"}, {"properties", std::move(properties)}};
  // [index] holds the indices by name next to the conventions of all of them.
  object["additionalProperties"] = section == "index";
  return object;
}

}  // namespace

std::string study_schema() {
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "panelist study"}};
  schema.update(object_of(""));
  schema["required"] = {"study", "vcov", "data"};
  return schema.dump(2) + "\n";
}

}  // namespace panelist
