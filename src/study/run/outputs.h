// SPDX-License-Identifier: Apache-2.0
// Everything a run writes, as named bytes; and the lock that fingerprints inputs and results.
#pragma once
#include "report/writer.h"
#include "study/run.h"
#include "study/run/build_tables.h"
#include "study/run/earlier_results.h"

namespace panelist::study {

struct OutputFile {
  std::string name;
  std::string bytes;
};

// The files of a run, the lock last; and those of an earlier run that go.
struct OutputSet {
  std::vector<OutputFile> files;
  std::vector<std::string> doomed;
  std::string results;  // results.json
};
// `built` are this run's tables. Without files when a figure could not be made (the notes say why). Those of `earlier` that it did not build stay, with their files.
OutputSet output_set(Workspace& work, std::vector<BuiltTable> built, EarlierResults earlier);

// What the tables are made of that differs from an earlier lock, in words.
std::vector<std::string> origin_changes(const nlohmann::ordered_json& lock, const OutputSet& now);
// What differs from the lock of the earlier run, in words: what the tables are made of, the tables, and the files in
// the folder `out`.
std::vector<std::string> drift(const std::string& out, const EarlierResults& earlier, const OutputSet& now);

}  // namespace panelist::study
