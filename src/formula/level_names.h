// SPDX-License-Identifier: Apache-2.0
// Names of the levels of a grouping, made when asked for: a million strings are not built to estimate a model.
#pragma once
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "linalg/matrix.h"

namespace panelist {

class LevelNames {
 public:
  using NameOf = std::function<std::string(Level)>;

  LevelNames() = default;
  LevelNames(std::vector<std::string> names) : count_(static_cast<Level>(names.size())) {  // NOLINT
    const auto kept = std::make_shared<const std::vector<std::string>>(std::move(names));
    name_of_ = [kept](Level level) { return (*kept)[static_cast<std::size_t>(level)]; };
  }
  LevelNames(std::initializer_list<std::string> names) : LevelNames(std::vector<std::string>(names)) {}
  // `name_of` keeps alive what it reads.
  LevelNames(Level count, NameOf name_of) : count_(count), name_of_(std::move(name_of)) {}

  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(count_); }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] std::string operator[](std::size_t level) const {
    return name_of_(static_cast<Level>(level));
  }
  [[nodiscard]] std::vector<std::string> all() const {
    std::vector<std::string> names;
    names.reserve(size());
    for (Level level = 0; level < count_; ++level) names.push_back(name_of_(level));
    return names;
  }

 private:
  Level count_ = 0;
  NameOf name_of_;
};

}  // namespace panelist
