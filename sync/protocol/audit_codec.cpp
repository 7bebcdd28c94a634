// SPDX-License-Identifier: Apache-2.0
// A line's texts are hashed as they are, so they are read as they are: of any JSON text, bounded in length alone.
#include "sync/protocol/audit_codec.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/order_fields.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;
using rules::AuditAppend;
using rules::AuditOperation;
using rules::AuditSettle;

constexpr std::string_view domain = "vitrine-audit-v1";
constexpr std::string_view append_kind = "audit.append";
constexpr std::string_view settle_kind = "audit.settle";
constexpr std::size_t bytes_max = 96UL * 1024;
constexpr std::size_t text_bytes_max = 1024;
constexpr std::string_view id_end = "/chain";
constexpr std::array<std::string_view, 7> document_fields = {"n", "hash", "at", "marks", "breaks", "broken", "settled"};

class Hasher {
 public:
  Hasher() { crypto_generichash_init(&state_, nullptr, 0, std::tuple_size_v<Hash>); }
  void add(std::string_view bytes) {
    add(bytes.size());
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  }
  void add(std::uint64_t number) {
    std::array<unsigned char, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(number >> (8 * i));
    crypto_generichash_update(&state_, bytes.data(), bytes.size());
  }
  Hash take() {
    Hash hash{};
    crypto_generichash_final(&state_, hash.data(), hash.size());
    return hash;
  }

 private:
  crypto_generichash_state state_;
};

struct Text {
  const char* name;
  std::string AuditEntry::* member;
};
constexpr std::array texts = {Text{"staff", &AuditEntry::staff},     Text{"device", &AuditEntry::device},
                              Text{"action", &AuditEntry::action},   Text{"subject", &AuditEntry::subject},
                              Text{"outcome", &AuditEntry::outcome}, Text{"request", &AuditEntry::request}};

std::uint64_t decode_count(const Fields& fields, const char* name) {
  return static_cast<std::uint64_t>(fields.integer(name, 0, static_cast<std::int64_t>(rules::audit_n_max)));
}

Hash decode_hash(const Fields& fields, const char* name) {
  const auto hash = hash_from_hex(fields.text(name, 1, 64));
  if (!hash) fields.wrong(name, "not 64 hex digits");
  return hash.value_or(Hash{});
}

AuditMark decode_mark(const Fields& fields) { return {decode_count(fields, "n"), decode_hash(fields, "hash")}; }

AuditEntry decode_entry(const json& one, const Fields& fields) {
  AuditEntry entry;
  entry.n = decode_count(fields, "n");
  if (entry.n == 0) fields.wrong("n", "counts from 1");
  entry.at = decode_time(fields, "at");
  for (const Text& text : texts) {
    if (!fields.has(text.name)) continue;
    const json& value = one[text.name];
    const std::string* said = value.is_string() ? value.get_ptr<const json::string_t*>() : nullptr;
    if (said == nullptr || said->size() > text_bytes_max) {
      fields.wrong(text.name, "no text, or too long");
    } else {
      entry.*text.member = *said;
    }
  }
  return entry;
}

template <class Each>
void each(const Fields& fields, const char* name, std::size_t most, const Each& take) {
  std::size_t index = 0;
  for (const json& one : fields.array(name, most))
    take(one, Fields(one, fields.path_of(name) + "[" + std::to_string(index++) + "]", fields.mistake()));
}

AuditAppend decode_append(const Fields& fields) {
  AuditAppend append;
  append.before = decode_hash(fields, "before");
  append.said = decode_hash(fields, "hash");
  Hash hash = append.before;
  each(fields, "lines", rules::audit_lines_max, [&](const json& one, const Fields& in) {
    AuditEntry entry = decode_entry(one, in);
    hash = audit_hash(hash, entry);
    entry.hash = hash;
    append.entries.push_back(std::move(entry));
  });
  if (fields.has("found")) {
    const Fields in = fields.object("found");
    append.found = AuditBreak{decode_count(in, "n"), in.text("what", is_word), {}};
  }
  return append;
}

json write(const AuditEntry& entry) {
  json out = {{"n", entry.n}, {"at", entry.at.value}};
  for (const Text& text : texts) {
    if (!(entry.*text.member).empty()) out[text.name] = entry.*text.member;
  }
  return out;
}

json write(const AuditMark& mark) { return {{"n", mark.n}, {"hash", to_hex(mark.hash)}}; }

json write(const AuditAppend& append) {
  json out = {{"before", to_hex(append.before)}, {"hash", to_hex(append.said)}, {"lines", json::array()}};
  for (const AuditEntry& entry : append.entries) out["lines"].push_back(write(entry));
  if (append.found) out["found"] = {{"n", append.found->n}, {"what", append.found->what}};
  return out;
}

json write(const AuditSettle& settle) { return {{"upto", settle.upto}}; }

}  // namespace

Hash audit_hash(const Hash& before, const AuditEntry& entry) {
  Hasher hasher;
  hasher.add(domain);
  hasher.add(std::string_view(reinterpret_cast<const char*>(before.data()), before.size()));
  hasher.add(entry.n);
  hasher.add(static_cast<std::uint64_t>(entry.at.value));
  for (const Text& text : texts) hasher.add(entry.*text.member);
  return hasher.take();
}

DocumentKey audit_key(const StoreId& store) { return {"audit", store.text + std::string(id_end)}; }

std::optional<StoreId> audit_store(std::string_view id) {
  if (!id.ends_with(id_end)) return std::nullopt;
  id.remove_suffix(id_end.size());
  return is_store_id(id) ? std::optional(StoreId{std::string(id)}) : std::nullopt;
}

Result<AuditChain> decode_audit(std::string_view text) {
  const auto object = parse_object(text, bytes_max, "audit_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("audit_malformed");
  const Fields fields(*object, "", mistake);
  AuditChain chain;
  chain.last = decode_mark(fields);
  chain.at = decode_time(fields, "at");
  each(fields, "marks", rules::audit_marks_max, [&](const json&, const Fields& in) { chain.marks.push_back(decode_mark(in)); });
  each(fields, "breaks", rules::audit_breaks_max, [&](const json&, const Fields& in) {
    chain.breaks.push_back({decode_count(in, "n"), in.text("what", is_word), {decode_time(in, "at"), in.text("by", is_dot_id)}});
  });
  chain.broken = decode_count(fields, "broken");
  chain.settled = decode_count(fields, "settled");
  if (mistake.made()) return mistake.error();
  json unknown = json::object();
  for (const auto& [name, value] : object->items()) {
    if (std::ranges::find(document_fields, name) == document_fields.end()) unknown[name] = value;
  }
  if (!unknown.empty()) chain.unknown_fields = dump(unknown);
  return chain;
}

std::string encode_audit(const AuditChain& chain) {
  json out = chain.unknown_fields.empty() ? json::object() : json::parse(chain.unknown_fields, nullptr, false);
  if (!out.is_object()) out = json::object();
  out.update(write(chain.last));
  out["at"] = chain.at.value;
  out["marks"] = json::array();
  for (const AuditMark& mark : chain.marks) out["marks"].push_back(write(mark));
  out["breaks"] = json::array();
  for (const AuditBreak& one : chain.breaks)
    out["breaks"].push_back({{"n", one.n}, {"what", one.what}, {"at", one.stamp.at.value}, {"by", one.stamp.by}});
  out["broken"] = chain.broken;
  out["settled"] = chain.settled;
  return dump(out);
}

Result<AuditOperation> decode_audit_operation(std::string_view kind, std::string_view body) {
  if (kind != append_kind && kind != settle_kind) return fail("operation_unknown", std::string(kind));
  const auto object = parse_object(body, bytes_max, "operation_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("operation_malformed");
  const Fields fields(*object, "", mistake);
  AuditOperation operation = AuditSettle{};
  if (kind == append_kind) {
    operation = decode_append(fields);
  } else {
    operation = AuditSettle{decode_count(fields, "upto")};
  }
  if (mistake.made()) return mistake.error();
  return operation;
}

Operation encode_audit_operation(const StoreId& store, const AuditOperation& operation) {
  const json body = std::visit([](const auto& op) { return write(op); }, operation);
  return Operation{audit_key(store), std::string(operation.index() == 0 ? append_kind : settle_kind), 1, dump(body), ""};
}

}  // namespace vitrine::sync::protocol
