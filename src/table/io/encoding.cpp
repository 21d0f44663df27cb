// SPDX-License-Identifier: Apache-2.0
#include "table/io/encoding.h"

#include <fmt/format.h>
#include <iconv.h>

#include <cerrno>
#include <cstring>

#include "base/text.h"

namespace panelist {
namespace {

// A conversion descriptor that closes itself.
class Converter {
 public:
  explicit Converter(const std::string& from) : handle_(iconv_open("UTF-8", from.c_str())) {}
  ~Converter() {
    if (valid()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  [[nodiscard]] bool valid() const { return handle_ != reinterpret_cast<iconv_t>(-1); }
  [[nodiscard]] iconv_t get() const { return handle_; }

 private:
  iconv_t handle_;
};

struct Conversion {
  std::string text;
  std::size_t bad_byte = std::string::npos;  // of the input
};

Conversion convert(std::string_view bytes, const std::string& from) {
  Conversion result;
  const Converter converter(from);
  if (!converter.valid()) {
    throw Error("data.encoding", fmt::format("this system cannot convert from `{}`", from),
                "save the file as UTF-8, or name another encoding");
  }
  char* input = const_cast<char*>(bytes.data());
  std::size_t left = bytes.size();
  std::vector<char> buffer(1 << 16);
  while (true) {
    char* output = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t status = iconv(converter.get(), left > 0 ? &input : nullptr, &left, &output, &room);
    const int reason = errno;
    result.text.append(buffer.data(), buffer.size() - room);
    if (status != static_cast<std::size_t>(-1)) return result;
    if (reason == E2BIG) continue;
    result.bad_byte = bytes.size() - left;
    return result;
  }
}

std::string iconv_name(const std::string& encoding) {
  const std::string name = lower_ascii(encoding);
  if (name == "latin-1" || name == "latin1") return "ISO-8859-1";
  if (name == "gbk" || name == "gb2312" || name == "gb18030" || name == "cp936") return "GB18030";
  return encoding;
}

std::size_t line_of(std::string_view bytes, std::size_t position) {
  return 1 + static_cast<std::size_t>(
                 std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(position), '\n'));
}

[[noreturn]] void throw_undecodable(std::string_view bytes, std::size_t position, const std::string& expected,
                                    const std::string& file) {
  Diagnostic diagnostic;
  diagnostic.code = "data.encoding";
  diagnostic.subject = file;
  diagnostic.message =
      fmt::format("`{}` is not {}: byte {} (line {}) is 0x{:02X}", file, expected, position + 1,
                  line_of(bytes, position), static_cast<unsigned char>(bytes[position]));
  diagnostic.hint = "save the file as UTF-8, or name its encoding: gb18030, utf-16 or latin-1";
  throw Error(std::move(diagnostic));
}

// Length of the valid UTF-8 sequence at `at`, or 0.
std::size_t sequence_length(std::string_view bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0 || at + length > bytes.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  if (length == 3 && ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F))) return 0;
  if (length == 4 && ((lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F))) return 0;
  return length;
}

bool is_ascii_word(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return (word & 0x8080808080808080ULL) == 0;
}

// Shares of the multi-byte characters that are valid UTF-8: a UTF-8 file with a few damaged bytes has nearly all.
double share_of_valid_utf8(std::string_view bytes) {
  std::size_t valid = 0, invalid = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = sequence_length(bytes, at);
    if (length > 1) ++valid;
    if (length == 0) ++invalid;
    at += std::max<std::size_t>(length, 1);
  }
  return valid + invalid == 0 ? 1.0 : static_cast<double>(valid) / static_cast<double>(valid + invalid);
}

void refuse_zero_bytes(std::string_view bytes, const std::string& file) {
  const std::size_t position = bytes.find('\0');
  if (position == std::string_view::npos) return;
  throw Error("data.encoding",
              fmt::format("`{}` holds a zero byte at position {}: it is no text file", file, position + 1),
              "export the data as csv (UTF-8), xlsx or dta", file);
}

DecodedText decode_as(std::string_view bytes, const std::string& encoding, const std::string& file) {
  return {to_utf8(bytes, encoding, file), encoding};
}

DecodedText decode_detected(std::string bytes, const std::string& file, Diagnostics& notes) {
  const std::size_t invalid = first_invalid_utf8(bytes);
  if (invalid == std::string::npos) {
    refuse_zero_bytes(bytes, file);
    return {std::move(bytes), "utf-8"};
  }
  refuse_zero_bytes(bytes, file);
  if (!looks_like_gb18030(bytes)) throw_undecodable(bytes, invalid, "UTF-8", file);
  Diagnostic note;
  note.code = "data.encoding_detected";
  note.severity = Severity::note;
  note.message = fmt::format("`{}` is not UTF-8 and was read as GB18030", file);
  note.subject = file;
  note.hint = "check a few Chinese cells; name the encoding to be sure";
  notes.add(std::move(note));
  return decode_as(bytes, "gb18030", file);
}

}  // namespace

std::size_t first_invalid_utf8(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    while (at + 8 <= bytes.size() && is_ascii_word(bytes.data() + at)) at += 8;
    if (at >= bytes.size()) break;
    const std::size_t length = sequence_length(bytes, at);
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

bool looks_like_gb18030(std::string_view bytes) {
  if (share_of_valid_utf8(bytes) > 0.9) return false;
  std::size_t everyday = 0, all = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    if (lead < 0x80) {
      ++at;
      continue;
    }
    if (at + 1 >= bytes.size()) return false;
    const auto trail = static_cast<unsigned char>(bytes[at + 1]);
    everyday += lead >= 0xA1 && lead <= 0xF7 && trail >= 0xA1 ? 1 : 0;
    ++all;
    at += trail >= '0' && trail <= '9' ? 4 : 2;
  }
  if (all == 0 || static_cast<double>(everyday) < 0.9 * static_cast<double>(all)) return false;
  return convert(bytes, "GB18030").bad_byte == std::string::npos;
}

std::string to_utf8(std::string_view bytes, const std::string& encoding, const std::string& file) {
  Conversion conversion = convert(bytes, iconv_name(encoding));
  if (conversion.bad_byte != std::string::npos) {
    throw_undecodable(bytes, std::min(conversion.bad_byte, bytes.size() - 1), encoding, file);
  }
  refuse_zero_bytes(conversion.text, file);
  return std::move(conversion.text);
}

std::string decodable_part(std::string_view bytes, const std::string& encoding) {
  return convert(bytes, iconv_name(encoding)).text;
}

DecodedText decode_text(std::string bytes, const std::string& wanted, const std::string& file,
                        Diagnostics& notes) {
  const std::string encoding = lower_ascii(wanted);
  const std::string_view view = bytes;
  if (view.starts_with("\xFF\xFE")) return {to_utf8(view.substr(2), "UTF-16LE", file), "utf-16"};
  if (view.starts_with("\xFE\xFF")) return {to_utf8(view.substr(2), "UTF-16BE", file), "utf-16"};
  if (encoding == "utf-16" || encoding == "utf16") return {to_utf8(view, "UTF-16LE", file), "utf-16"};
  if (view.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  if (encoding.empty()) return decode_detected(std::move(bytes), file, notes);
  if (encoding != "utf-8" && encoding != "utf8") return decode_as(bytes, encoding, file);
  const std::size_t invalid = first_invalid_utf8(bytes);
  if (invalid != std::string::npos) throw_undecodable(bytes, invalid, "UTF-8", file);
  refuse_zero_bytes(bytes, file);
  return {std::move(bytes), "utf-8"};
}

}  // namespace panelist
