// SPDX-License-Identifier: Apache-2.0
#include "table/io/zip_archive.h"

#include <fmt/format.h>
#include <zip.h>

#include "base/diagnostic.h"
#include "base/shared_library.h"

namespace panelist {
namespace {

constexpr std::size_t largest_part = std::size_t{1} << 30;

struct Libzip {
  SharedLibrary library{"libzip.so.4", "libzip4"};
  decltype(zip_source_buffer_create)* source =
      library.function<decltype(zip_source_buffer_create)>("zip_source_buffer_create");
  decltype(zip_source_free)* free_source = library.function<decltype(zip_source_free)>("zip_source_free");
  decltype(zip_open_from_source)* open =
      library.function<decltype(zip_open_from_source)>("zip_open_from_source");
  decltype(zip_name_locate)* locate = library.function<decltype(zip_name_locate)>("zip_name_locate");
  decltype(zip_stat_index)* stat = library.function<decltype(zip_stat_index)>("zip_stat_index");
  decltype(zip_fopen_index)* open_part = library.function<decltype(zip_fopen_index)>("zip_fopen_index");
  decltype(zip_fread)* read = library.function<decltype(zip_fread)>("zip_fread");
  decltype(zip_fclose)* close_part = library.function<decltype(zip_fclose)>("zip_fclose");
  decltype(zip_discard)* discard = library.function<decltype(zip_discard)>("zip_discard");
};

const Libzip& libzip() {
  static const Libzip library;
  return library;
}

[[noreturn]] void throw_truncated(const std::string& file) {
  throw Error("data.truncated", fmt::format("`{}` is damaged or not complete", file),
              "copy or download it again, or open it in a spreadsheet program and save it anew", file);
}

struct PartCloser {
  void operator()(zip_file_t* part) const { libzip().close_part(part); }
};

std::string read_part(zip_file_t* part, const std::string& file) {
  std::string contents;
  std::vector<char> buffer(1 << 16);
  while (true) {
    const zip_int64_t got = libzip().read(part, buffer.data(), buffer.size());
    if (got < 0) throw_truncated(file);
    if (got == 0) return contents;
    contents.append(buffer.data(), static_cast<std::size_t>(got));
    if (contents.size() > largest_part) {
      throw Error("data.unreadable", fmt::format("a part of `{}` exceeds 1 GB", file),
                  "save the sheet as csv", file);
    }
  }
}

}  // namespace

struct ZipArchive::Handle {
  zip_t* archive = nullptr;
  ~Handle() {
    if (archive != nullptr) libzip().discard(archive);
  }
};

ZipArchive::ZipArchive(const std::string& bytes, std::string file)
    : handle_(std::make_unique<Handle>()), file_(std::move(file)) {
  zip_error_t error{};
  zip_source_t* source = libzip().source(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) throw_truncated(file_);
  handle_->archive = libzip().open(source, ZIP_RDONLY, &error);
  if (handle_->archive == nullptr) {
    libzip().free_source(source);
    throw_truncated(file_);
  }
}

ZipArchive::~ZipArchive() = default;

std::optional<std::string> ZipArchive::read(const std::string& part) const {
  const zip_int64_t index = libzip().locate(handle_->archive, part.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return std::nullopt;
  const auto place = static_cast<zip_uint64_t>(index);
  zip_stat_t status{};
  if (libzip().stat(handle_->archive, place, 0, &status) == 0 &&
      (status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && status.encryption_method != ZIP_EM_NONE) {
    throw Error("data.encrypted", fmt::format("`{}` is protected by a password", file_),
                "save it without a password", file_);
  }
  const std::unique_ptr<zip_file_t, PartCloser> opened(libzip().open_part(handle_->archive, place, 0));
  if (!opened) throw_truncated(file_);
  return read_part(opened.get(), file_);
}

}  // namespace panelist
