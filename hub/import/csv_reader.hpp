// SPDX-License-Identifier: Apache-2.0
// Comma-separated values by RFC 4180, row by row: UTF-8, quotes doubled inside quotes, line ends LF or CRLF, an optional byte
// order mark. A row that breaks the rules is told and left behind; the next line is read on.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/import/byte_source.hpp"

namespace vitrine::hub {

constexpr std::size_t csv_field_bytes_max = 8192;  // the longest text of a product is far below
constexpr std::size_t csv_row_bytes_max = 65536;
constexpr std::size_t csv_fields_max = 64;

class CsvReader {
 public:
  enum class Step {
    row,     // fields() holds a row
    bad,     // reason() says what is wrong with this row
    end,     // no more rows
    broken,  // reason() says why the file cannot be read on
  };

  explicit CsvReader(ByteSource source) : source_(std::move(source)) {}

  Step next();
  [[nodiscard]] const std::vector<std::string>& fields() const { return fields_; }
  [[nodiscard]] std::uint64_t line() const { return row_line_; }  // where the row began, from 1
  [[nodiscard]] const std::string& reason() const { return reason_; }
  [[nodiscard]] std::uint64_t bytes_consumed() const { return source_.consumed(); }

 private:
  static constexpr int at_end = -1;
  int peek();
  int take();
  Step read_row();
  bool read_field();  // false: reason_ is set
  bool read_quoted(std::string& field);
  bool read_plain(std::string& field);
  bool append(std::string& field, int c);
  bool refuse(std::string reason);
  Step leave_row_behind();
  Step break_off();
  void skip_byte_order_mark();

  ByteSource source_;
  std::array<char, 65536> buffer_{};
  std::size_t buffered_ = 0;
  std::size_t next_ = 0;
  int last_ = at_end;  // the byte taken last
  bool is_started_ = false;
  bool is_broken_ = false;
  std::uint64_t line_ = 1;
  std::uint64_t row_line_ = 1;
  std::size_t row_bytes_ = 0;
  std::vector<std::string> fields_;
  std::string reason_;
  std::string broken_reason_;
};

// True for well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

}  // namespace vitrine::hub
