// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/diagnostic.h"
#include "base/text.h"

namespace panelist {

namespace {

namespace fs = std::filesystem;

std::string reason(int error_number) { return std::generic_category().message(error_number); }

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return value_; }
  int close() {
    const int result = ::close(value_);
    value_ = -1;
    return result;
  }

 private:
  int value_;
};

[[noreturn]] void throw_unreadable(const std::string& path, int error_number) {
  if (error_number == ENOENT)
    throw Error("data.file_not_found", "there is no file `" + path + "`",
                "check the name and the folder it is in");
  throw Error("data.unreadable", "cannot read `" + path + "`: " + reason(error_number),
              "check that you may read it");
}

[[noreturn]] void throw_unwritable(const std::string& path, int error_number) {
  // EFBIG: a quota by file size (ulimit -f), to the user the same thing.
  if (error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG)
    throw Error("output.disk_full", "no space left to write `" + path + "`",
                "free some space or choose another folder; earlier files are untouched");
  throw Error("output.cannot_write", "cannot write `" + path + "`: " + reason(error_number),
              "choose a folder you may write to; earlier files are untouched");
}

// `path` is the name while writing, `name` the one the user knows.
void write_bytes(const std::string& path, const std::string& name, std::string_view contents) {
  Descriptor out(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (out.get() < 0) throw_unwritable(name, errno);
  for (std::size_t written = 0; written < contents.size();) {
    const ssize_t step = ::write(out.get(), contents.data() + written, contents.size() - written);
    if (step < 0 && errno == EINTR) continue;
    if (step < 0) throw_unwritable(name, errno);
    written += static_cast<std::size_t>(step);
  }
  // Some file systems cannot flush (EINVAL); a full disk or a broken one says so here at the latest.
  if (::fsync(out.get()) != 0 && errno != EINVAL && errno != ENOTSUP) throw_unwritable(name, errno);
  if (out.close() != 0) throw_unwritable(name, errno);
}

// "results/a.csv" -> "results/.a.csv.4711.part"
std::string aside_name(const std::string& path, const char* state) {
  return join_path(directory_of(path),
                   "." + file_name_of(path) + "." + std::to_string(::getpid()) + "." + state);
}

// Makes the renames themselves durable where the file system can.
void flush_directory(const std::string& path) {
  const Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() >= 0) ::fsync(directory.get());
}

}  // namespace

std::string read_file(const std::string& path) {
  const Descriptor in(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (in.get() < 0) throw_unreadable(path, errno);
  struct stat status{};
  if (::fstat(in.get(), &status) != 0) throw_unreadable(path, errno);
  if (S_ISDIR(status.st_mode))
    throw Error("data.is_directory", "`" + path + "` is a folder, not a file",
                "name the data file inside it");
  std::string contents(status.st_size > 0 ? static_cast<std::size_t>(status.st_size) : 0, '\0');
  std::size_t filled = 0;
  for (;;) {
    if (filled == contents.size()) contents.resize(contents.size() + 65536);
    const ssize_t step = ::read(in.get(), contents.data() + filled, contents.size() - filled);
    if (step < 0 && errno == EINTR) continue;
    if (step < 0) throw_unreadable(path, errno);
    if (step == 0) break;
    filled += static_cast<std::size_t>(step);
  }
  contents.resize(filled);
  return contents;
}

bool file_exists(const std::string& path) {
  std::error_code ignored;
  return fs::exists(fs::path(path), ignored);
}

bool is_directory(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(fs::path(path), ignored);
}

std::string directory_of(const std::string& path) {
  const std::string parent = fs::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

std::string file_name_of(const std::string& path) { return fs::path(path).filename().string(); }

std::string extension_of(const std::string& path) {
  const std::string extension = fs::path(path).extension().string();
  return extension.empty() ? "" : lower_ascii(extension.substr(1));
}

std::string join_path(const std::string& directory, const std::string& name) {
  if (name.starts_with('/') || directory.empty() || directory == ".") return name;
  return (fs::path(directory) / name).string();
}

FileTransaction::FileTransaction(std::string directory) : directory_(std::move(directory)) {
  std::error_code failure;
  made_directory_ = fs::create_directories(directory_, failure);
  if (failure) throw_unwritable(directory_, failure.value());
  if (!is_directory(directory_)) throw_unwritable(directory_, ENOTDIR);
}

FileTransaction::~FileTransaction() {
  for (const auto& [final_path, temporary] : aside_) ::unlink(temporary.c_str());
  if (made_directory_) ::rmdir(directory_.c_str());
}

void FileTransaction::write(const std::string& name, std::string_view contents) {
  const std::string final_path = join_path(directory_, name);
  const std::string temporary = aside_name(final_path, "part");
  if (is_directory(final_path)) throw_unwritable(final_path, EISDIR);
  aside_[final_path] = temporary;
  write_bytes(temporary, final_path, contents);
}

void FileTransaction::remove(const std::string& name) { doomed_.push_back(join_path(directory_, name)); }

// What stands in the way of the new files is first moved aside, so that a failure midway can put it back.
void FileTransaction::commit() {
  std::erase_if(doomed_, [&](const std::string& path) { return aside_.contains(path); });
  std::vector<std::pair<std::string, std::string>> saved;  // path -> where the former file waits
  std::vector<std::string> placed;
  const auto undo = [&](const std::string& path, int error_number) {
    for (const std::string& done : placed) ::unlink(done.c_str());
    for (const auto& [former, waiting] : saved) ::rename(waiting.c_str(), former.c_str());
    throw_unwritable(path, error_number);
  };
  const auto set_aside = [&](const std::string& path) {
    if (!file_exists(path)) return;
    const std::string waiting = aside_name(path, "former");
    if (::rename(path.c_str(), waiting.c_str()) != 0) undo(path, errno);
    saved.emplace_back(path, waiting);
  };
  for (const std::string& path : doomed_) set_aside(path);
  for (const auto& [final_path, temporary] : aside_) {
    set_aside(final_path);
    if (::rename(temporary.c_str(), final_path.c_str()) != 0) undo(final_path, errno);
    placed.push_back(final_path);
  }
  aside_.clear();
  made_directory_ = false;
  flush_directory(directory_);
  for (const auto& [former, waiting] : saved) ::unlink(waiting.c_str());
}

void write_file(const std::string& path, std::string_view contents) {
  if (!is_directory(directory_of(path))) throw_unwritable(path, ENOENT);
  FileTransaction transaction(directory_of(path));
  transaction.write(file_name_of(path), contents);
  transaction.commit();
}

}  // namespace panelist
