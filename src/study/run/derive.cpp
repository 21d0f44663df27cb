// SPDX-License-Identifier: Apache-2.0
// [derive]: in file order, except that an entry waits for the columns it needs.
#include <set>

#include "base/text.h"
#include "study/run/workspace.h"

namespace panelist::study {

namespace {

std::string index_part(const std::string& name) { return name.substr(0, name.find_first_of("@[")); }

// The entry needs one of these indices, directly or through other derives.
std::set<std::string> entries_after_indices(const Study& study, const std::set<std::string>& indices) {
  std::set<std::string> waiting;
  for (bool grew = true; grew;) {
    grew = false;
    for (const DeriveEntry& entry : study.derive)
      for (const std::string& column :
           entry.value.expression.empty() ? std::set<std::string>{} : entry.value.expression.columns())
        if (indices.contains(index_part(column)) || waiting.contains(column))
          grew = waiting.insert(entry.name.text).second || grew;
  }
  return waiting;
}

bool available(const DeriveEntry& entry, const Table& table, const std::set<std::string>& pending) {
  for (const std::string& column : entry.value.expression.columns())
    if (!table.has(column) || (pending.contains(column) && column != entry.name.text)) return false;
  return true;
}

void derive_one(Workspace& work, const DeriveEntry& entry) {
  attempt(work.notes, entry.value.span, [&] {
    work.table.set(entry.name.text, evaluate(entry.value.expression, {work.table, &work.panel}, work.notes));
  });
}

void report_stuck(Workspace& work, const std::vector<const DeriveEntry*>& stuck,
                  const std::set<std::string>& pending) {
  const std::vector<std::string> known = known_names(work);
  for (const DeriveEntry* entry : stuck) {
    Diagnostics unknown;
    check_columns(entry->value.expression, known, unknown);
    if (!unknown.has_errors())
      unknown.error("study.circular_derive", "`" + entry->name.text + "` needs itself through other derives",
                    entry->name.span, "waiting: " + join({pending.begin(), pending.end()}, ", "));
    work.notes.append(unknown);
  }
}

}  // namespace

// Derives everything but what waits for the indices named in `later`.
void derive_columns(Workspace& work, const std::set<std::string>& later) {
  const std::set<std::string> after = entries_after_indices(*work.study, later);
  std::vector<const DeriveEntry*> queue;
  std::set<std::string> pending;
  for (const DeriveEntry& entry : work.study->derive) {
    if (entry.value.expression.empty() || after.contains(entry.name.text)) continue;
    queue.push_back(&entry);
    pending.insert(entry.name.text);
  }
  for (bool moved = true; moved && !queue.empty();) {
    moved = false;
    for (auto place = queue.begin(); place != queue.end();) {
      if (!available(**place, work.table, pending)) {
        ++place;
        continue;
      }
      derive_one(work, **place);
      pending.erase((*place)->name.text);
      place = queue.erase(place);
      moved = true;
    }
  }
  report_stuck(work, queue, pending);
}

void derive_after_indices(Workspace& work, const std::set<std::string>& indices) {
  const std::set<std::string> after = entries_after_indices(*work.study, indices);
  std::set<std::string> pending = after;
  std::size_t left = after.size() + 1;
  while (!pending.empty() && pending.size() < left) {
    left = pending.size();
    for (const DeriveEntry& entry : work.study->derive)
      if (pending.contains(entry.name.text) && available(entry, work.table, pending)) {
        derive_one(work, entry);
        pending.erase(entry.name.text);
      }
  }
}

}  // namespace panelist::study
