// SPDX-License-Identifier: Apache-2.0
// CBOR's heads: three bits of kind and a number in 0, 1, 2, 4 or 8 bytes after it.
#include "sync/protocol/cbor.hpp"

namespace vitrine::sync::protocol {

namespace {

enum Kind : unsigned { unsigned_kind = 0, bytes_kind = 2, text_kind = 3, array_kind = 4 };

void write_head(std::string& out, Kind kind, std::uint64_t number) {
  const unsigned top = static_cast<unsigned>(kind) << 5U;
  if (number < 24) {
    out.push_back(static_cast<char>(top | static_cast<unsigned>(number)));
    return;
  }
  const unsigned power = number <= 0xff ? 0 : number <= 0xffff ? 1 : number <= 0xffffffff ? 2 : 3;
  out.push_back(static_cast<char>(top | (24U + power)));
  for (unsigned byte = 1U << power; byte-- > 0;) out.push_back(static_cast<char>((number >> (8U * byte)) & 0xffU));
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  struct Head {
    unsigned kind = 0;
    std::uint64_t number = 0;
  };

  // None: cut off, of another form (indefinite, tagged, …), or longer than it needs to be.
  std::optional<Head> head() {
    if (rest_.empty()) return std::nullopt;
    const auto first = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    Head head{static_cast<unsigned>(first) >> 5U, first & 0x1fU};
    if (head.number < 24) return head;
    if (head.number > 27) return std::nullopt;
    const std::size_t size = std::size_t{1} << (head.number - 24);
    if (rest_.size() < size) return std::nullopt;
    head.number = 0;
    for (std::size_t i = 0; i < size; ++i) head.number = (head.number << 8U) | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(size);
    const std::uint64_t needs_more_than = size == 1 ? 23 : size == 2 ? 0xff : size == 4 ? 0xffff : 0xffffffff;
    if (head.number <= needs_more_than) return std::nullopt;
    return head;
  }

  std::optional<CborItem> item() {
    const auto head = this->head();
    if (!head) return std::nullopt;
    if (head->kind == unsigned_kind) return CborItem{head->number};
    if ((head->kind != bytes_kind && head->kind != text_kind) || head->number > rest_.size()) return std::nullopt;
    std::string content(rest_.substr(0, head->number));
    rest_.remove_prefix(head->number);
    if (head->kind == text_kind) return CborItem{std::move(content)};
    return CborItem{CborBytes{std::move(content)}};
  }

  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
};

}  // namespace

std::string write_cbor(const std::vector<CborItem>& items) {
  std::string out;
  write_head(out, array_kind, items.size());
  for (const CborItem& item : items) {
    if (const auto* number = std::get_if<std::uint64_t>(&item)) {
      write_head(out, unsigned_kind, *number);
    } else if (const auto* text = std::get_if<std::string>(&item)) {
      write_head(out, text_kind, text->size());
      out += *text;
    } else {
      const std::string& content = std::get<CborBytes>(item).bytes;
      write_head(out, bytes_kind, content.size());
      out += content;
    }
  }
  return out;
}

std::optional<std::vector<CborItem>> read_cbor(std::string_view bytes) {
  Reader reader(bytes);
  const auto head = reader.head();
  if (!head || head->kind != array_kind || head->number > reader.left()) return std::nullopt;
  std::vector<CborItem> items;
  items.reserve(head->number);
  for (std::uint64_t i = 0; i < head->number; ++i) {
    auto item = reader.item();
    if (!item) return std::nullopt;
    items.push_back(std::move(*item));
  }
  if (reader.left() != 0) return std::nullopt;
  return items;
}

}  // namespace vitrine::sync::protocol
