// SPDX-License-Identifier: Apache-2.0
// Files: whole reads with clear errors, whole-or-not-at-all writes. Paths are UTF-8.
// Errors  data.file_not_found, data.is_directory, data.unreadable; output.cannot_write, output.disk_full
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace panelist {

std::string read_file(const std::string& path);
bool file_exists(const std::string& path);
bool is_directory(const std::string& path);
std::string directory_of(const std::string& path);  // "a/b.c" -> "a", "b" -> "."
std::string file_name_of(const std::string& path);  // "a/b.c" -> "b.c"
std::string extension_of(const std::string& path);  // lower case without the dot
std::string join_path(const std::string& directory,
                      const std::string& name);  // an absolute name stays as it is

// A set of files that appears whole or not at all: contents are written aside in the same folder, flushed to the
// disk, and renamed only when every one of them is complete. Nothing of an earlier run is touched before commit();
// when commit() fails midway it puts the former files back. The destructor removes what was not committed.
class FileTransaction {
 public:
  explicit FileTransaction(std::string directory);  // made if missing
  ~FileTransaction();
  FileTransaction(const FileTransaction&) = delete;
  FileTransaction& operator=(const FileTransaction&) = delete;
  void write(const std::string& name, std::string_view contents);  // name relative to the directory
  // An existing file of the directory that shall go when the rest is committed, unless it is written anew.
  void remove(const std::string& name);
  void commit();

 private:
  std::string directory_;
  bool made_directory_ = false;
  std::map<std::string, std::string> aside_;  // final path -> temporary path
  std::vector<std::string> doomed_;
};

// One file, whole or not at all.
void write_file(const std::string& path, std::string_view contents);

}  // namespace panelist
