// SPDX-License-Identifier: Apache-2.0
// Lines in, lines out; the messages have their own codec.
#include "sync/protocol/outbox_file.hpp"

#include <algorithm>
#include <cstdint>

#include "sync/protocol/json_input.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/protocol/message_codec.hpp"

namespace vitrine::sync::protocol {

namespace {

constexpr std::string_view format = "vitrine-outbox-1";
constexpr std::string_view end_of_certificate = "-----END CERTIFICATE-----\n";

std::string hex_of(std::string_view bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::optional<std::string> bytes_of(std::string_view hex) {
  static constexpr std::string_view digits = "0123456789abcdef";
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const std::size_t high = digits.find(hex[i]);
    const std::size_t low = digits.find(hex[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

// The next line without its end; none when there is no whole one left.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::unexpected<Error> malformed(const std::string& what) { return fail("outbox_malformed", what); }

}  // namespace

std::string encode_outbox(const OutboxText& outbox) {
  JsonWriter head;
  head.object().field("format", format).field("store", outbox.store.text).field("exported_at", outbox.exported_at.value);
  head.field("batches", outbox.batches.size()).end_object();
  std::string text = head.take() + "\n" + encode(StoreMessage{outbox.hello}) + "\n";
  for (const Ops& batch : outbox.batches) text += encode(StoreMessage{batch}) + "\n";
  return text;
}

Result<OutboxText> decode_outbox(std::string_view text) {
  OutboxText out;
  const auto head = take_line(text);
  if (!head) return malformed("there is no first line");
  const auto parsed = parse_object(*head, 4096, "outbox_malformed");
  if (!parsed) return std::unexpected(parsed.error());
  Mistake mistake("outbox_malformed");
  const Fields fields(*parsed, "", mistake);
  out.store.text = fields.text("store", is_store_id);
  out.exported_at.value = fields.integer("exported_at", 0, INT64_MAX);
  const std::uint64_t batches = fields.unsigned_integer("batches");
  if (fields.text("format", 1, 64) != format) return malformed("this release knows the format " + std::string(format) + " only");
  if (mistake.made()) return mistake.error();
  const auto hello = take_line(text);
  auto greeting = hello ? decode_store_message("hello", *hello) : malformed("the store's hello is missing");
  if (!greeting) return std::unexpected(greeting.error());
  out.hello = std::move(std::get<Hello>(*greeting));
  while (const auto line = take_line(text)) {
    auto batch = decode_store_message("ops", *line);
    if (!batch) return std::unexpected(batch.error());
    out.batches.push_back(std::move(std::get<Ops>(*batch)));
  }
  if (!text.empty() || out.batches.size() != batches) return malformed("it is cut off");
  return out;
}

std::string seal_outbox(const SealedOutbox& sealed) {
  return std::string(format) + "\n" + hex_of(sealed.signature) + "\n" + sealed.certificate + sealed.text;
}

Result<SealedOutbox> unseal_outbox(std::string_view file) {
  const auto name = take_line(file);
  if (name != format) return malformed("it is no outbox of this format");
  const auto signature = take_line(file);
  const auto bytes = signature ? bytes_of(*signature) : std::nullopt;
  if (!bytes || bytes->empty()) return malformed("its signature is no hex");
  const std::size_t end = file.find(end_of_certificate);
  if (end == std::string_view::npos) return malformed("it has no certificate");
  const std::size_t text = end + end_of_certificate.size();
  return SealedOutbox{*bytes, std::string(file.substr(0, text)), std::string(file.substr(text))};
}

}  // namespace vitrine::sync::protocol
