// SPDX-License-Identifier: Apache-2.0
#include "table/io/text_bytes.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

#include "base/diagnostic.h"
#include "base/file.h"

namespace panelist {
namespace {

constexpr std::size_t piece = std::size_t{4} << 20;

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

[[noreturn]] void throw_unreadable(const std::string& path) {
  throw Error("data.unreadable",
              fmt::format("cannot read `{}`: {}", path, std::generic_category().message(errno)),
              "check that you may read it", path);
}

File open_file(const std::string& path) {
  if (is_directory(path)) {
    throw Error("data.is_directory", fmt::format("`{}` is a folder, not a data file", path),
                "name a file in it", path);
  }
  if (!file_exists(path)) {
    throw Error("data.file_not_found", fmt::format("there is no file `{}`", path),
                "check the name and the folder it is in", path);
  }
  File file(std::fopen(path.c_str(), "rb"));
  if (!file) throw_unreadable(path);
  std::setvbuf(file.get(), nullptr, _IONBF, 0);
  return file;
}

std::size_t size_hint(std::FILE* file) {
  struct stat status{};
  if (fstat(fileno(file), &status) != 0 || !S_ISREG(status.st_mode)) return 0;
  return static_cast<std::size_t>(status.st_size);
}

// Follows the length of the current line over pieces.
class LineWatch {
 public:
  explicit LineWatch(std::string path) : path_(std::move(path)) {}

  // A piece is far shorter than the longest line, so only what follows its last line end can matter.
  void look_at(std::string_view bytes) {
    const std::size_t end = bytes.find_last_of("\n\r");
    length_ = end == std::string_view::npos ? length_ + bytes.size() : bytes.size() - end - 1;
    if (length_ > longest_line) refuse();
  }

 private:
  [[noreturn]] void refuse() const {
    throw Error("data.line_too_long",
                fmt::format("`{}` has a line of more than {} MB", path_, longest_line >> 20),
                "check that the file is a table: line ends may be lost, or a quote left open", path_);
  }
  std::string path_;
  std::size_t length_ = 0;
};

}  // namespace

std::string read_text_bytes(const std::string& path, const Context& job) {
  const File file = open_file(path);
  LineWatch watch(path);
  std::string bytes;
  // A file of one line is refused after 64 MB; do not reserve what will never be read.
  bytes.reserve(std::min(size_hint(file.get()) + 1, longest_line));
  while (true) {
    job.stop_if_asked();
    const std::size_t old_size = bytes.size();
    if (old_size >= longest_line && bytes.capacity() < size_hint(file.get()))
      bytes.reserve(size_hint(file.get()) + piece);
    bytes.resize(old_size + piece);
    const std::size_t got = std::fread(bytes.data() + old_size, 1, piece, file.get());
    bytes.resize(old_size + got);
    watch.look_at(std::string_view(bytes).substr(old_size));
    if (got < piece) break;
  }
  if (std::ferror(file.get()) != 0) throw_unreadable(path);
  return bytes;
}

}  // namespace panelist
