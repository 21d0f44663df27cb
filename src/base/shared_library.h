// SPDX-License-Identifier: Apache-2.0
// A library loaded on first use. Programs that link ReadStat, libxlsxwriter and libzip pay about 10 ms at
// every start; a regression on a csv needs none of them. Types come from the library's own header:
//   SharedLibrary library("libreadstat.so.1", "libreadstat1");
//   auto parse = library.function<decltype(readstat_parse_dta)>("readstat_parse_dta");
// Errors  data.library_missing with the Debian package to install
#pragma once
#include <string>

namespace panelist {

class SharedLibrary {
 public:
  SharedLibrary(const std::string& name, const std::string& debian_package);
  template <typename Function>
  Function* function(const char* symbol) const {
    return reinterpret_cast<Function*>(find(symbol));
  }

 private:
  void* find(const char* symbol) const;
  void* handle_ = nullptr;
  std::string name_;
};

}  // namespace panelist
