// SPDX-License-Identifier: Apache-2.0
#include "study/run/index_audits.h"

#include <cmath>

#include "base/text.h"
#include "report/result_json.h"
#include "report/table_words.h"
#include "study/run/figure_sources.h"

namespace panelist::study {

namespace {

using nlohmann::ordered_json;

// Indices of the study, without their variants by another method.
std::vector<const IndexResult*> own_indices(const Workspace& work) {
  std::vector<const IndexResult*> own;
  for (const IndexEntry& entry : work.study->indices)
    if (const auto place = work.indices.find(entry.system.name); place != work.indices.end())
      own.push_back(&place->second);
  return own;
}

// Columns by their labels.
std::vector<std::string> labelled(const Workspace& work, std::vector<std::string> parts) {
  for (std::string& part : parts)
    if (work.table.has(part)) part = label_of(work, part);
  return parts;
}

std::string in_words(const Workspace& work, const std::vector<AuditFlag>& flags) {
  const std::string& lang = work.study->lang;
  std::vector<std::string> parts;
  for (const AuditFlag& flag : flags)
    parts.push_back(table_words("audit_" + flag.kind, lang, labelled(work, flag.parts)));
  return join(parts, lang == "zh" ? "；" : "; ");
}

}  // namespace

AuditBetween audit_between_indices(const Workspace& work) {
  return audit_between(own_indices(work), work.table, work.panel);
}

ordered_json audit_json(const Workspace& work) {
  ordered_json json = {{"indices", ordered_json::object()}};
  for (const IndexResult* index : own_indices(work))
    json["indices"][index->name] = to_json(audit_index(*index), *index);
  json["between"] = to_json(audit_between_indices(work));
  return json;
}

std::vector<std::string> audit_lines(const Workspace& work) {
  const std::string& lang = work.study->lang;
  std::vector<std::string> lines;
  for (const IndexResult* index : own_indices(work))
    if (const IndexAudit audit = audit_index(*index); !audit.flags.empty())
      lines.push_back(table_words("convention_audit", lang, {index->name, in_words(work, audit.flags)}));
  if (const AuditBetween between = audit_between_indices(work); !between.flags.empty())
    lines.push_back(table_words("convention_between", lang, {in_words(work, between.flags)}));
  return lines;
}

}  // namespace panelist::study
