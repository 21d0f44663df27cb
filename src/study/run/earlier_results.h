// SPDX-License-Identifier: Apache-2.0
// What an earlier run left in the results folder. A run of some tables keeps the others, so that results.json,
// report.html and study.lock always describe every table of the folder.
#pragma once
#include "study/run/build_tables.h"

namespace panelist::study {

struct EarlierResults {
  std::vector<BuiltTable> tables;  // none when results.json is not there or cannot be read
  nlohmann::ordered_json lock;     // null when there is none
  // {name: digest} of the files the lock lists.
  [[nodiscard]] nlohmann::ordered_json files() const;
  // Those that hold the table: "05-baseline.docx".
  [[nodiscard]] nlohmann::ordered_json files_of_table(const std::string& id) const;
};

EarlierResults read_earlier_results(const std::string& out);

// The tables of both by number; a table of `built` takes the place of the earlier one with its id.
std::vector<BuiltTable> merged(std::vector<BuiltTable> built, std::vector<BuiltTable> earlier);

}  // namespace panelist::study
