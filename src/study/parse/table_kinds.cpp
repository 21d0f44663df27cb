// SPDX-License-Identifier: Apache-2.0
// Which keys do something in which kinds of table: one that does nothing is an error at its place.
#include "study/parse/sections.h"

namespace panelist::study {

namespace {

using Kind = TableEntry::Kind;

// A key of some kinds of table alone.
struct OwnKey {
  std::string_view key, kinds;
  std::vector<Kind> of;
};

const std::vector<OwnKey>& own_keys() {
  static const std::vector<OwnKey> catalog = {
      {"by", "summary, balance and transition", {Kind::summary, Kind::balance, Kind::transition}},
      {"coefficient", "correlation", {Kind::correlation}},
      {"states", "transition", {Kind::transition}},
      {"steps", "transition", {Kind::transition}},
      {"quantiles", "transition", {Kind::transition}},
      {"test", "split and balance", {Kind::split, Kind::balance}},
      {"term", "split and index_sensitivity", {Kind::split, Kind::index_sensitivity}},
  };
  return catalog;
}

// A key that does nothing in some kinds.
struct IdleKey {
  std::string_view key;
  std::vector<Kind> in;
};

const std::vector<IdleKey>& idle_keys() {
  static const std::vector<Kind> descriptive = {Kind::index,      Kind::summary, Kind::correlation,
                                                Kind::balance,    Kind::ranking, Kind::transition,
                                                Kind::definitions};
  const auto with = [](std::vector<Kind> kinds, const std::vector<Kind>& more) {
    kinds.insert(kinds.end(), more.begin(), more.end());
    return kinds;
  };
  const auto without = [](std::vector<Kind> kinds, Kind one) {
    std::erase(kinds, one);
    return kinds;
  };
  static const std::vector<Kind> unprinted =
      with(descriptive, {Kind::vif, Kind::variables, Kind::mediation, Kind::gelbach});
  static const std::vector<IdleKey> catalog = {
      {"headings", with(unprinted, {Kind::split})},
      {"stages", unprinted},
      {"keep", unprinted},
      {"drop", unprinted},
      {"order", unprinted},
      {"blocks", unprinted},
      {"spanners", unprinted},
      {"tests", with(descriptive, {Kind::vif})},
      {"vcov", with(descriptive, {Kind::variables})},
      {"weights", with(descriptive, {Kind::variables})},
      {"method", with(descriptive, {Kind::variables})},
      {"reindex", descriptive},
      {"below", without(with(descriptive, {Kind::vif, Kind::variables}), Kind::correlation)},
      {"sample", without(unprinted, Kind::correlation)},
      {"stats", without(with(descriptive, {Kind::vif, Kind::variables}), Kind::summary)},
      {"where", {Kind::index, Kind::definitions}},
  };
  return catalog;
}

void say(const Section& section, std::string_view key, const std::string& hint) {
  section.diagnostics().error("study.table_kind", "`" + std::string(key) + "` does nothing in this table",
                              section.find(key)->span, hint);
}

}  // namespace

void check_keys_of_kind(const Section& section, const TableEntry& table) {
  const auto holds = [&](const std::vector<Kind>& kinds) {
    return std::find(kinds.begin(), kinds.end(), table.kind) != kinds.end();
  };
  for (const OwnKey& own : own_keys())
    if (section.find(own.key) != nullptr && !holds(own.of))
      say(section, own.key, "it belongs to " + std::string(own.kinds));
  for (const IdleKey& idle : idle_keys())
    if (section.find(idle.key) != nullptr && holds(idle.in)) say(section, idle.key, "leave it out");
}

}  // namespace panelist::study
