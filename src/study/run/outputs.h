// SPDX-License-Identifier: Apache-2.0
// Everything a run writes, as named bytes; and the lock that fingerprints inputs and results.
#pragma once
#include "report/writer.h"
#include "study/run.h"
#include "study/run/build_tables.h"

namespace panelist::study {

struct OutputFile {
  std::string name;
  std::string bytes;
};

std::vector<OutputFile> table_files(const Study& study, const std::vector<BuiltTable>& tables);
OutputFile report_file(const Workspace& work, const std::vector<BuiltTable>& tables);
std::vector<OutputFile> index_files(const Workspace& work);
nlohmann::ordered_json results_json(const Workspace& work, const std::vector<BuiltTable>& tables);
OutputFile lock_file(const Workspace& work, const std::vector<BuiltTable>& tables,
                     const std::vector<OutputFile>& files);

// What differs between a lock of an earlier run and the present one, in words.
std::vector<std::string> drift(const std::string& before, const std::string& now);
// Files an earlier lock lists.
std::vector<std::string> locked_files(const std::string& lock);

}  // namespace panelist::study
