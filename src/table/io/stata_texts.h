// SPDX-License-Identifier: Apache-2.0
// The encoding of all texts of one .dta file: given, or decided from them: UTF-8, else GB18030, else Windows-1252.
#pragma once
#include <string>

#include "base/diagnostic.h"

namespace panelist {

class StataTexts {
 public:
  explicit StataTexts(std::string wanted) : encoding_(std::move(wanted)) {}
  void sample(const std::string& text);
  void decide(const std::string& file, Diagnostics& notes);
  // A text cut within a character, as fixed-width fields are, loses that character only.
  [[nodiscard]] std::string decode(const std::string& text) const;
  [[nodiscard]] const std::string& encoding() const { return encoding_; }

 private:
  std::string encoding_;
  std::string beyond_ascii_;  // a sample, up to a megabyte
};

}  // namespace panelist
