// SPDX-License-Identifier: Apache-2.0
// zstd with both sizes capped before memory is taken.
#include "sync/protocol/payload.hpp"

#include <zstd.h>

#include "sync/tuning.hpp"

namespace vitrine::sync::protocol {

namespace {

constexpr int zstd_level = 1;  // pages shrink 5 times at 400 MB/s; higher levels cost the hub more than they save the wire

}  // namespace

Result<Payload> pack(std::string_view json) {
  if (json.size() > tuning::message_unpacked_bytes_max) {
    return fail("message_too_large", "a message of " + std::to_string(json.size()) + " bytes does not fit 4 MiB");
  }
  Payload payload;
  if (json.size() <= tuning::compress_above_bytes) {
    payload.bytes = json;
    payload.content_type = content_type_json;
    return payload;
  }
  payload.bytes.resize(ZSTD_compressBound(json.size()));
  const std::size_t size = ZSTD_compress(payload.bytes.data(), payload.bytes.size(), json.data(), json.size(), zstd_level);
  if (ZSTD_isError(size) != 0) return fail("message_too_large", "zstd could not pack the message");
  payload.bytes.resize(size);
  payload.content_type = content_type_zstd;
  if (size > tuning::message_sent_bytes_max) {
    return fail("message_too_large", "a message of " + std::to_string(size) + " bytes as sent does not fit 256 KiB");
  }
  return payload;
}

Result<std::string> unpack(std::string_view bytes, std::string_view content_type) {
  if (bytes.size() > tuning::message_sent_bytes_max) {
    return fail("message_too_large", std::to_string(bytes.size()) + " bytes as sent; 256 KiB is the most");
  }
  if (content_type == content_type_json) return std::string(bytes);
  if (content_type != content_type_zstd) return fail("content_type_unknown", "neither JSON nor JSON packed by zstd");
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) {
    return fail("message_malformed", "not a zstd frame that names its size");
  }
  if (size > tuning::message_unpacked_bytes_max) {
    return fail("message_too_large", "unpacks to " + std::to_string(size) + " bytes; 4 MiB is the most");
  }
  std::string json(static_cast<std::size_t>(size), '\0');
  const std::size_t got = ZSTD_decompress(json.data(), json.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(got) != 0 || got != json.size()) return fail("message_malformed", "the zstd frame is damaged or cut off");
  return json;
}

}  // namespace vitrine::sync::protocol
