// SPDX-License-Identifier: Apache-2.0
// Objects as JSON by one list of their fields, to and from. A type has a list when there is
//
//   template <typename Visit> void list_fields(Visit& visit, Type& value) { visit("name", value.field); ... }
//
// Numbers that are not finite are null; null leaves what the object holds by default. Throws nlohmann's exceptions where a
// field is missing or of another kind.
#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "linalg/matrix.h"
#include "table/column.h"

namespace panelist::freeze {

using Json = nlohmann::ordered_json;

template <typename Type>
Json written(Type value);
template <typename Type>
void read(const Json& json, Type& value);

inline Json plain(double value) { return std::isfinite(value) ? Json(value) : Json(); }
inline Json plain(const std::optional<double>& value) { return plain(value.value_or(missing_value)); }
inline Json plain(char value) { return std::string(1, value); }
inline Json plain(const Vector& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(plain(value));
  return list;
}
// By columns.
inline Json plain(const Matrix& values) {
  Json columns = Json::array();
  for (Index j = 0; j < values.cols(); ++j) columns.push_back(plain(Vector(values.col(j))));
  return columns;
}
template <typename Type>
Json plain(const Type& value) {
  return value;
}

inline void take(const Json& json, double& value) {
  if (!json.is_null()) json.get_to(value);
}
inline void take(const Json& json, std::optional<double>& value) {
  if (!json.is_null()) value = json.get<double>();
}
inline void take(const Json& json, char& value) { value = json.get<std::string>().at(0); }
inline void take(const Json& json, Vector& values) {
  values = Vector::Constant(static_cast<Index>(json.size()), missing_value);
  for (std::size_t i = 0; i < json.size(); ++i) take(json[i], values(static_cast<Index>(i)));
}
inline void take(const Json& json, Matrix& values) {
  const auto rows = static_cast<Index>(json.empty() ? 0 : json.at(0).size());
  values.resize(rows, static_cast<Index>(json.size()));
  for (std::size_t j = 0; j < json.size(); ++j) {
    Vector column;
    take(json[j], column);
    if (column.size() != rows) throw std::out_of_range("columns of different length");
    values.col(static_cast<Index>(j)) = column;
  }
}
template <typename Type>
void take(const Json& json, Type& value) {
  json.get_to(value);
}

struct Writer {
  Json json = Json::object();
  template <typename Type>
  void operator()(const char* name, const Type& value) {
    json[name] = plain(value);
  }
  // Not there in files of earlier programs.
  template <typename Type>
  void later(const char* name, const Type& value) {
    json[name] = plain(value);
  }
  void pair(const char* name, double first, double second) { json[name] = {plain(first), plain(second)}; }
  template <typename Type>
  void list(const char* name, const std::vector<Type>& values) {
    json[name] = Json::array();
    for (const Type& value : values) json[name].push_back(written(value));
  }
  template <typename Type>
  void object(const char* name, const Type& value) {
    json[name] = written(value);
  }
};

struct Reader {
  const Json& json;
  template <typename Type>
  void operator()(const char* name, Type& value) {
    take(json.at(name), value);
  }
  template <typename Type>
  void later(const char* name, Type& value) {
    if (json.contains(name)) take(json.at(name), value);
  }
  void pair(const char* name, double& first, double& second) {
    take(json.at(name).at(0), first);
    take(json.at(name).at(1), second);
  }
  template <typename Type>
  void list(const char* name, std::vector<Type>& values) {
    values.clear();
    for (const Json& item : json.at(name)) read(item, values.emplace_back());
  }
  template <typename Type>
  void object(const char* name, Type& value) {
    read(json.at(name), value);
  }
};

template <typename Type>
Json written(Type value) {
  Writer writer;
  list_fields(writer, value);
  return writer.json;
}

template <typename Type>
void read(const Json& json, Type& value) {
  Reader reader{json};
  list_fields(reader, value);
}

}  // namespace panelist::freeze
