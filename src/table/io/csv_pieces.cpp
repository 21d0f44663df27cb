// SPDX-License-Identifier: Apache-2.0
#include "table/io/csv_pieces.h"

#include <atomic>
#include <mutex>
#include <thread>

#include "base/memory.h"
#include "table/io/cell_reader.h"
#include "table/io/text_bytes.h"

namespace panelist {
namespace {

constexpr std::size_t piece_bytes = std::size_t{512} << 10;  // stays in the second-level cache
constexpr std::size_t guess_reach = std::size_t{4} << 20;

// What is kept of a piece.
struct Piece {
  ReadFront front;
  std::size_t rows = 0, footnotes = 0;
  std::vector<std::size_t> row_lines;  // as SplitStretch::row_lines
  std::vector<ColumnBuilder> builders;
};

// Buffers that threads take and give back.
class Stretches {
 public:
  explicit Stretches(const SplitRules& rules) : rules_(&rules) {}
  std::unique_ptr<SplitStretch> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<SplitStretch>(*rules_);
    std::unique_ptr<SplitStretch> stretch = std::move(free_.back());
    free_.pop_back();
    return stretch;
  }
  void give_back(std::unique_ptr<SplitStretch> stretch) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(stretch));
  }

 private:
  const SplitRules* rules_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<SplitStretch>> free_;
};

// Where each piece begins in truth, known one after another.
class Fronts {
 public:
  Fronts(std::size_t pieces, const ReadFront& first) : fronts_(pieces + 1) { fronts_[0] = first; }

  // Nothing when another piece has failed.
  std::optional<ReadFront> wait_for(const Context& job, std::size_t piece) const {
    while (known_.load(std::memory_order_acquire) <= piece) {
      if (failed_.load(std::memory_order_relaxed)) return std::nullopt;
      job.stop_if_asked();
      std::this_thread::yield();
    }
    return fronts_[piece];
  }
  void tell(std::size_t piece, const ReadFront& front) {
    fronts_[piece] = front;
    known_.store(piece + 1, std::memory_order_release);
  }
  void fail() { failed_ = true; }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] const ReadFront& last() const { return fronts_.back(); }

 private:
  std::vector<ReadFront> fronts_;
  std::atomic<std::size_t> known_{1};
  std::atomic<bool> failed_{false};
};

// One run over the pieces.
class PiecesRun {
 public:
  PiecesRun(const Context& job, const PiecesRequest& request, std::vector<ColumnBuilder> begin)
      : job_(job),
        request_(request),
        begin_(std::move(begin)),
        count_(std::max<std::size_t>(
            1, (request.source.size() - request.start.begin + piece_bytes - 1) / piece_bytes)),
        pieces_(count_),
        fronts_(count_, request.start),
        stretches_(request.rules) {}

  // The first piece tells which columns are text, and about how many rows there are.
  bool run(std::size_t rows_at_most) {
    std::unique_ptr<SplitStretch> first = stretches_.take();
    if (!cut(0, *first)) return false;
    capacity_ = count_ == 1 ? pieces_[0].rows : rows_at_most > 0 ? rows_at_most : guessed_rows();
    begin_texts(*first);
    make_room();
    fill(0, *first);
    stretches_.give_back(std::move(first));
    for_each_block(job_, static_cast<std::int64_t>(count_) - 1,
                   [&](std::int64_t piece) { read(static_cast<std::size_t>(piece) + 1); });
    return !fronts_.failed();
  }
  [[nodiscard]] bool lacked_room() const { return lacked_room_; }

  std::optional<PiecesResult> result() {
    PiecesResult result;
    result.builders = begin_;
    for (std::size_t i = 0; i < begin_.size(); ++i)
      if (!join(i, result.builders[i])) return std::nullopt;
    for (const Piece& piece : pieces_) {
      result.footnotes += piece.footnotes;
      if (piece.row_lines.empty()) result.lines.append(piece.front.line, piece.rows);
      for (const std::size_t line : piece.row_lines) result.lines.push_back(piece.front.line + line);
    }
    result.numbers = std::move(numbers_);
    return result;
  }

 private:
  [[nodiscard]] std::size_t place_of(std::size_t piece) const {
    return std::min(request_.start.begin + piece * piece_bytes, request_.source.size());
  }

  void read(std::size_t piece) {
    if (fronts_.failed()) return;
    std::unique_ptr<SplitStretch> stretch = stretches_.take();
    try {
      if (cut(piece, *stretch)) fill(piece, *stretch);
    } catch (...) {
      fronts_.fail();
      throw;
    }
    stretches_.give_back(std::move(stretch));
  }

  // Finds the rows of the piece and tells the next one where it begins.
  bool cut(std::size_t piece, SplitStretch& stretch) {
    const std::size_t end = place_of(piece + 1);
    const bool guessed =
        piece > 0 && stretch.split_behind_line_end(request_.source, place_of(piece), end, guess_reach);
    const std::optional<ReadFront> front = fronts_.wait_for(job_, piece);
    if (!front) return false;
    const bool right = guessed && stretch.begin() == front->begin;
    if (!right && !stretch.split(request_.source, front->begin, end, longest_line)) {
      fronts_.fail();
      return false;
    }
    fronts_.tell(piece + 1, {stretch.end(), front->row + stretch.rows(), front->line + stretch.lines()});
    pieces_[piece] = {*front, stretch.rows(), stretch.footnotes(), stretch.row_lines(), {}};
    return true;
  }

  [[nodiscard]] std::size_t guessed_rows() const {
    const auto rest = static_cast<double>(request_.source.size() - request_.start.begin);
    const double rows = static_cast<double>(pieces_[0].rows) + 1;
    return static_cast<std::size_t>(1.1 * rows * rest / static_cast<double>(piece_bytes)) + 65536;
  }

  void begin_texts(const SplitStretch& first) {
    std::vector<double> cells(pieces_[0].rows);
    for (std::size_t i = 0; i < begin_.size(); ++i) {
      ColumnBuilder trial = begin_[i];
      read_cells(first, request_.wanted[i], trial, cells.data());
      if (trial.will_be_text()) begin_[i].restart_as_text();
    }
  }

  void make_room() {
    for (const ColumnBuilder& builder : begin_)
      numbers_.push_back(builder.is_text() ? nullptr : unset_values<double>(capacity_));
  }

  void fill(std::size_t piece, const SplitStretch& stretch) {
    Piece& own = pieces_[piece];
    if (own.front.row + own.rows > capacity_) {
      lacked_room_ = true;
      fronts_.fail();
      return;
    }
    own.builders = begin_;
    for (std::size_t i = 0; i < begin_.size(); ++i)
      read_cells(stretch, request_.wanted[i], own.builders[i],
                 numbers_[i] == nullptr ? nullptr : numbers_[i].get() + own.front.row);
  }

  bool join(std::size_t column, ColumnBuilder& whole) {
    for (Piece& piece : pieces_) {
      if (whole.is_text())
        whole.append_texts(std::move(piece.builders[column]));
      else if (!whole.join(piece.builders[column]))
        return false;
    }
    return true;
  }

  const Context& job_;
  const PiecesRequest& request_;
  std::vector<ColumnBuilder> begin_;  // as each piece begins
  std::size_t count_;
  std::size_t capacity_ = 0;
  std::vector<Piece> pieces_;
  Fronts fronts_;
  Stretches stretches_;
  std::vector<std::shared_ptr<double[]>> numbers_;
  std::atomic<bool> lacked_room_{false};
};

std::optional<PiecesResult> run_pieces(const Context& job, const PiecesRequest& request,
                                       const std::vector<ColumnBuilder>& begin) {
  PiecesRun run(job, request, begin);
  if (run.run(0)) return run.result();
  if (!run.lacked_room()) return std::nullopt;
  // Lines that are much shorter than the first ones: each takes two bytes at least.
  PiecesRun again(job, request, begin);
  if (!again.run(request.source.size() / std::max<std::size_t>(request.rules.columns, 1) + 1))
    return std::nullopt;
  return again.result();
}

}  // namespace

std::optional<PiecesResult> read_in_pieces(const Context& job, const PiecesRequest& request,
                                           const ColumnBuilder& fresh) {
  const std::vector<ColumnBuilder> begin(request.wanted.size(), fresh);
  std::optional<PiecesResult> result = run_pieces(job, request, begin);
  if (!result) return std::nullopt;
  PiecesRequest texts = request;
  texts.wanted.clear();
  std::vector<std::size_t> failed;
  for (std::size_t i = 0; i < begin.size(); ++i) {
    result->builders[i].finish_pass();
    if (!result->builders[i].failed()) continue;
    failed.push_back(i);
    texts.wanted.push_back(request.wanted[i]);
    result->numbers[i] = nullptr;
  }
  if (failed.empty()) return result;
  // These columns hold a word somewhere behind the first piece: once more, as text.
  ColumnBuilder text = fresh;
  text.restart_as_text();
  const std::optional<PiecesResult> second =
      run_pieces(job, texts, std::vector<ColumnBuilder>(failed.size(), text));
  if (!second || second->lines.size() != result->lines.size()) return std::nullopt;
  for (std::size_t i = 0; i < failed.size(); ++i) result->builders[failed[i]] = second->builders[i];
  return result;
}

}  // namespace panelist
