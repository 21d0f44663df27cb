// SPDX-License-Identifier: Apache-2.0
// Panels of one table under one another: heads they share stand once, others open their panel.
#include "base/diagnostic.h"
#include "report/build_table.h"
#include "report/tables/panel_heading.h"
#include "report/tables/words.h"
#include "report/writers/cell_text.h"

namespace panelist {

namespace {

bool same_texts(const TableRow& a, const TableRow& b) {
  if (a.cells.size() != b.cells.size()) return false;
  for (std::size_t i = 0; i < a.cells.size(); ++i)
    if (a.cells[i].text != b.cells[i].text || a.cells[i].span != b.cells[i].span) return false;
  return true;
}

class Stack {
 public:
  explicit Stack(const std::vector<TablePanel>& panels) : panels_(panels) {}

  PublicationTable build() {
    check_widths();
    table_ = panels_.front().table;
    table_.rows.clear();
    table_.notes.clear();
    add_shared_heads();
    for (std::size_t i = 0; i < panels_.size(); ++i) add_panel(i);
    add_notes();
    return std::move(table_);
  }

 private:
  void check_widths() const {
    for (const TablePanel& panel : panels_)
      if (panel.table.columns() != panels_.front().table.columns())
        throw Error("study.panels", "the panels of a table have the same number of columns",
                    "make two tables of it, or give each panel as many columns", "panel " + panel.title);
  }

  bool shared(std::size_t row) const {
    const PublicationTable& first = panels_.front().table;
    return std::all_of(panels_.begin(), panels_.end(), [&](const TablePanel& panel) {
      return row < header_rows(panel.table) && same_texts(panel.table.rows[row], first.rows[row]);
    });
  }

  void add_shared_heads() {
    const PublicationTable& first = panels_.front().table;
    for (std::size_t row = 0; row < header_rows(first); ++row)
      if (shared(row)) table_.rows.push_back(first.rows[row]);
  }

  void add_panel(std::size_t position) {
    const TablePanel& panel = panels_[position];
    table_.rows.push_back(panel_heading(titled(position), table_.columns(), position > 0));
    const std::size_t heads = header_rows(panel.table);
    for (std::size_t row = 0; row < panel.table.rows.size(); ++row) {
      if (row < heads && shared(row)) continue;
      table_.rows.push_back(panel.table.rows[row]);
      table_.rows.back().header = false;
    }
  }

  std::string titled(std::size_t position) const {
    const std::string letter = panel_letter(position);
    const std::string& title = panels_[position].title;
    return title.empty() ? format_words("panel_alone", table_.lang, letter)
                         : format_words("panel_titled", table_.lang, letter, title);
  }

  // A note of all panels stands once; others name their panel.
  void add_notes() {
    for (std::size_t i = 0; i < panels_.size(); ++i)
      for (const std::string& note : panels_[i].table.notes) {
        const bool everywhere = std::all_of(panels_.begin(), panels_.end(), [&](const TablePanel& panel) {
          const auto& notes = panel.table.notes;
          return std::find(notes.begin(), notes.end(), note) != notes.end();
        });
        if (!everywhere)
          table_.notes.push_back(format_words(
              "in_columns", table_.lang, format_words("panel_alone", table_.lang, panel_letter(i)), note));
        else if (i == 0)
          table_.notes.push_back(note);
      }
  }

  const std::vector<TablePanel>& panels_;
  PublicationTable table_;
};

}  // namespace

PublicationTable stacked_table(const std::vector<TablePanel>& panels) { return Stack(panels).build(); }

}  // namespace panelist
