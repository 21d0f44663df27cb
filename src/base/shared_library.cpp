// SPDX-License-Identifier: Apache-2.0
#include "base/shared_library.h"

#include <dlfcn.h>

#include "base/diagnostic.h"

namespace panelist {

SharedLibrary::SharedLibrary(const std::string& name, const std::string& debian_package)
    : handle_(::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL)), name_(name) {
  if (handle_ == nullptr)
    throw Error("data.library_missing", "this needs the library " + name + ", which is not installed",
                "install it: apt-get install " + debian_package);
}

void* SharedLibrary::find(const char* symbol) const {
  void* address = ::dlsym(handle_, symbol);
  if (address == nullptr)
    throw Error("data.library_missing",
                name_ + " has no function `" + symbol + "`: another version is installed");
  return address;
}

}  // namespace panelist
