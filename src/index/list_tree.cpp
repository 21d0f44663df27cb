// SPDX-License-Identifier: Apache-2.0
#include "index/list_tree.h"

#include "base/text.h"

namespace panelist {

std::string list_cell(const Table& list, const std::string& column, std::size_t row) {
  const Column* found = list.find(column);
  return found == nullptr ? "" : std::string(trim(found->text_at(row)));
}

ListTree::ListTree(const Table& list, Diagnostics& diagnostics) : list_(list), diagnostics_(diagnostics) {
  for (std::size_t row = 0; row < list.rows(); ++row) {
    parents_[list_cell(list, "code", row)] = list_cell(list, "parent", row);
    named_.insert(list_cell(list, "parent", row));
  }
  named_.erase("");
  for (const std::string& code : named_) with_nodes_ = with_nodes_ || parents_.contains(code);
  for (std::size_t row = 0; row < list.rows(); ++row) check_line(row);
  check_children();
}

bool ListTree::is_node(std::size_t row) const {
  const std::string level = list_cell(list_, "level", row);
  return level.empty() ? named_.contains(list_cell(list_, "code", row)) : level != "1";
}

// Parents of a line, nearest first; ends where a code comes again.
std::vector<std::string> ListTree::path_above(std::size_t row) const {
  std::vector<std::string> path;
  for (std::string code = list_cell(list_, "parent", row); !code.empty();) {
    if (std::find(path.begin(), path.end(), code) != path.end()) return path;
    path.push_back(code);
    const auto up = parents_.find(code);
    code = up == parents_.end() ? "" : up->second;
  }
  return path;
}

// A top line that has nodes below it, or a top that is no line and stands above nodes.
bool ListTree::is_index(const std::string& code) const {
  const auto line = parents_.find(code);
  if (line != parents_.end() && !line->second.empty()) return false;
  for (const auto& [below, parent] : parents_)
    if (parent == code && named_.contains(below)) return true;
  return false;
}

void ListTree::check_line(std::size_t row) const {
  const std::string code = list_cell(list_, "code", row);
  const std::vector<std::string> path = path_above(row);
  const bool cycle = !path.empty() && parents_.contains(path.back()) && !parents_.at(path.back()).empty();
  if (cycle) {
    diagnostics_.error("index.tree_cycle", "`" + code + "` stands below itself: " + join(path, ", "), {},
                       "a parent's parents lead up to the index");
    return;
  }
  const bool lost = path.empty() ? !is_node(row) : !parents_.contains(path.back()) && !is_index(path.back());
  if (with_nodes_ && lost)
    diagnostics_.error(
        "index.orphan",
        "`" + code + "` has " +
            (path.empty() ? "no parent" : "the parent `" + path.back() + "`, which is no line") +
            " of the indicator list",
        {}, "write a line for the parent, or correct its name");
}

void ListTree::check_children() const {
  for (std::size_t row = 0; row < list_.rows(); ++row) {
    const std::string code = list_cell(list_, "code", row);
    if (is_node(row) && !named_.contains(code))
      diagnostics_.error("index.empty_dimension", "`" + code + "` has no indicator", {},
                         "give it one, or leave its line out");
  }
}

void ListTree::place(std::size_t row, Indicator& indicator) const {
  std::vector<std::string> path = path_above(row);
  if (!path.empty() && (is_index(path.back()) || (path.size() > 1 && parents_.contains(path.back()))))
    path.pop_back();
  set_path(indicator, {path.rbegin(), path.rend()});
}

std::string ListTree::node_code(std::size_t row) const {
  const std::string code = list_cell(list_, "code", row);
  std::vector<std::string> path = path_above(row);
  if (is_index(code)) return "";
  if (!path.empty() && is_index(path.back())) path.pop_back();
  std::string whole;
  for (auto name = path.rbegin(); name != path.rend(); ++name) whole += *name + "/";
  return whole + code;
}

}  // namespace panelist
