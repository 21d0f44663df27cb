// SPDX-License-Identifier: Apache-2.0
#include "table/io/text_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "base/diagnostic.h"

namespace panelist {

TextSource TextSource::file(const std::string& path) {
  TextSource source{std::string_view()};
  source.file_ = {new int(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), [](const int* descriptor) {
                    if (*descriptor >= 0) ::close(*descriptor);
                    delete descriptor;
                  }};
  struct stat status{};
  if (*source.file_ < 0 || ::fstat(*source.file_, &status) != 0)
    throw Error("data.unreadable",
                fmt::format("cannot read `{}`: {}", path, std::generic_category().message(errno)),
                "check that you may read it", path);
  source.size_ = S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) : 0;
  return source;
}

bool TextSource::read(std::size_t at, std::size_t bytes, char* out) const {
  if (file_ == nullptr) {
    std::memcpy(out, text_.data() + at, bytes);
    return true;
  }
  for (std::size_t got = 0; got < bytes;) {
    const ssize_t step = ::pread(*file_, out + got, bytes - got, static_cast<off_t>(at + got));
    if (step < 0 && errno == EINTR) continue;
    if (step <= 0) return false;
    got += static_cast<std::size_t>(step);
  }
  return true;
}

}  // namespace panelist
