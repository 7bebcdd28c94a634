// SPDX-License-Identifier: Apache-2.0
// One byte at a time from a buffer; every row has bounded length, so hostile files cost no memory.
#include "hub/import/csv_reader.hpp"

#include <algorithm>

namespace vitrine::hub {

bool is_utf8(std::string_view text) {
  std::size_t i = 0;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  while (i < text.size()) {
    const unsigned char first = byte(i);
    if (first < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || i + length > text.size()) return false;
    const unsigned char second = byte(i + 1);
    const unsigned char low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    const unsigned char high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) return false;
    for (std::size_t k = 2; k < length; ++k) {
      if ((byte(i + k) & 0xc0) != 0x80) return false;
    }
    i += length;
  }
  return true;
}

int CsvReader::peek() {
  if (next_ == buffered_) {
    if (is_broken_) return at_end;
    const Result<std::size_t> got = source_.read(buffer_);
    next_ = 0;
    buffered_ = got.value_or(0);
    if (!got) {
      is_broken_ = true;
      broken_reason_ = got.error().message;
    }
    if (buffered_ == 0) return at_end;
  }
  return static_cast<unsigned char>(buffer_[next_]);
}

int CsvReader::take() {
  const int c = peek();
  if (c == at_end) return c;
  ++next_;
  ++row_bytes_;
  last_ = c;
  if (c == '\n') ++line_;
  return c;
}

void CsvReader::skip_byte_order_mark() {
  if (peek() == 0xef && buffered_ >= 3 && buffer_[1] == '\xbb' && buffer_[2] == '\xbf') next_ = 3;
}

bool CsvReader::refuse(std::string reason) {
  reason_ = std::move(reason);
  return false;
}

CsvReader::Step CsvReader::next() {
  if (!is_started_) skip_byte_order_mark();
  is_started_ = true;
  while (peek() == '\n' || peek() == '\r') take();  // empty lines say nothing
  fields_.clear();
  row_line_ = line_;
  row_bytes_ = 0;
  if (peek() == at_end) return is_broken_ ? break_off() : Step::end;
  const Step step = read_row();
  if (is_broken_) return break_off();
  return step == Step::bad ? leave_row_behind() : step;
}

CsvReader::Step CsvReader::break_off() {
  reason_ = broken_reason_;
  fields_.clear();
  return Step::broken;
}

CsvReader::Step CsvReader::read_row() {
  while (true) {
    if (fields_.size() == csv_fields_max) {
      refuse("has more than " + std::to_string(csv_fields_max) + " fields");
      return Step::bad;
    }
    if (!read_field()) return Step::bad;
    const int c = take();
    if (c == ',') continue;
    if (c == '\r' && peek() != '\n') {
      if (peek() == at_end) return Step::row;
      refuse("has a carriage return that no line feed follows");
      return Step::bad;
    }
    if (c == '\r') take();
    break;
  }
  if (std::ranges::all_of(fields_, is_utf8)) return Step::row;
  refuse("is not valid UTF-8");
  return Step::bad;
}

// Reads up to the comma or line end behind the field.
bool CsvReader::read_field() {
  std::string field;
  const bool is_quoted = peek() == '"';
  const bool ok = is_quoted ? read_quoted(field) : read_plain(field);
  if (ok) fields_.push_back(std::move(field));
  return ok;
}

bool CsvReader::append(std::string& field, int c) {
  if (c == 0) return refuse("holds a zero byte");
  if (field.size() == csv_field_bytes_max)
    return refuse("has a field of more than " + std::to_string(csv_field_bytes_max) + " bytes");
  if (row_bytes_ > csv_row_bytes_max) return refuse("is longer than " + std::to_string(csv_row_bytes_max) + " bytes");
  field += static_cast<char>(c);
  return true;
}

bool CsvReader::read_plain(std::string& field) {
  for (int c = peek(); c != at_end && c != ',' && c != '\n' && c != '\r'; c = peek()) {
    if (c == '"') return refuse("has a quote inside a field that does not begin with one");
    if (!append(field, take())) return false;
  }
  return true;
}

bool CsvReader::read_quoted(std::string& field) {
  take();
  while (true) {
    const int c = take();
    if (c == at_end) return refuse("has a quoted field that is not closed before the file ends");
    if (c != '"') {
      if (!append(field, c)) return false;
      continue;
    }
    if (peek() != '"') break;
    take();
    if (!append(field, '"')) return false;
  }
  const int after = peek();
  if (after == ',' || after == '\n' || after == '\r' || after == at_end) return true;
  return refuse("has text behind the closing quote of a field");
}

CsvReader::Step CsvReader::leave_row_behind() {
  const bool is_read_to_its_end = last_ == '\n';  // a row can fail when all of it was read: nothing is left to skip
  const std::uint64_t last_line = is_read_to_its_end ? line_ - 1 : line_;
  if (last_line > row_line_) reason_ += " (read up to line " + std::to_string(last_line) + ")";
  if (!is_read_to_its_end) {
    int c = take();
    while (c != at_end && c != '\n') c = take();
  }
  if (is_broken_) return break_off();
  fields_.clear();
  return Step::bad;
}

}  // namespace vitrine::hub
