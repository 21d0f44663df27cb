// SPDX-License-Identifier: Apache-2.0
#include "table/io/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace panelist {

MappedFile MappedFile::open(const std::string& path, std::size_t size) {
  MappedFile file;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return file;
  struct stat status{};
  const bool whole = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
                     static_cast<std::size_t>(status.st_size) == size && size > 0;
  void* const at = whole ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0) : MAP_FAILED;
  ::close(descriptor);
  if (at == MAP_FAILED) return file;
  file.bytes_ = {static_cast<const char*>(at), [size](const char* bytes) {
                   ::munmap(const_cast<char*>(bytes), size);  // a mapping is not written through this
                 }};
  file.size_ = size;
  return file;
}

}  // namespace panelist
