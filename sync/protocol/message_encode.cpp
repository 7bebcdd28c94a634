// SPDX-License-Identifier: Apache-2.0
// Messages → JSON. Pages carry bodies as raw bytes, which a tree library would re-serialise.
#include "sync/protocol/digest_codec.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/protocol/message_codec.hpp"

namespace vitrine::sync::protocol {

namespace {

void write(JsonWriter& w, const Era& era) {
  w.object();
  w.field("n", era.number);
  w.field("id", era.id);
  w.end_object();
}

void write(JsonWriter& w, const Version& version) {
  w.array();
  w.number(version.era);
  w.number(version.number);
  w.end_array();
}

void write(JsonWriter& w, const DocumentKey& key) {
  w.array();
  w.string(key.collection);
  w.string(key.id);
  w.end_array();
}

void write(JsonWriter& w, const Applied& applied) {
  w.object();
  w.field("incarnation", applied.incarnation.text);
  w.field("n", applied.n);
  w.field("hash", to_hex(applied.hash));
  w.end_object();
}

void write(JsonWriter& w, const HeadOf& head) {
  w.object();
  w.field("stream", head.stream.text);
  w.field("head", head.head);
  w.field("horizon", head.horizon);
  if (head.digest) w.field("digest", to_hex(*head.digest));
  w.end_object();
}

// Templates find only what stands before them.
void write(JsonWriter& w, const StreamCursor& cursor);
void write(JsonWriter& w, const Operation& operation);
void write(JsonWriter& w, const Transaction& transaction);
void write(JsonWriter& w, const PageEntry& entry);
void write(JsonWriter& w, const Link& link);

template <class T>
void write_list(JsonWriter& w, std::string_view name, const std::vector<T>& items) {
  w.key(name);
  w.array();
  for (const T& item : items) write(w, item);
  w.end_array();
}

void write(JsonWriter& w, const StreamCursor& cursor) {
  w.object();
  w.field("stream", cursor.stream.text);
  w.key("era"), write(w, cursor.cursor.era);
  w.field("seq", cursor.cursor.seq);
  w.end_object();
}

void write(JsonWriter& w, const Operation& operation) {
  w.object();
  w.key("document"), write(w, operation.document);
  w.field("kind", operation.kind);
  w.field("rules", operation.rules);
  if (operation.erased) {
    w.field("erased", to_hex(*operation.erased));
  } else {
    w.field("salt", operation.salt);
    w.field("body", operation.body);
  }
  w.end_object();
}

void write(JsonWriter& w, const Transaction& transaction) {
  w.object();
  w.field("id", transaction.id.text);
  w.field("n", transaction.n);
  w.field("nature", transaction.nature == Nature::fact ? "fact" : "intent");
  w.field("at", transaction.at.value);
  w.field("actor", transaction.actor);
  w.field("hash", to_hex(transaction.hash));
  write_list(w, "operations", transaction.operations);
  w.end_object();
}

void write(JsonWriter& w, const PageEntry& entry) {
  w.object();
  w.field("c", entry.key.collection);
  w.field("i", entry.key.id);
  w.key("v"), write(w, entry.lineage.now);
  if (!entry.lineage.past.empty()) write_list(w, "past", entry.lineage.past);
  if (entry.removal) {
    w.field("gone", true);
  } else if (entry.body) {
    w.key("b"), w.raw(*entry.body);
  } else {
    w.field("dead", true);
  }
  w.end_object();
}

void write(JsonWriter& w, const Link& link) {
  w.object();
  w.field("n", link.n);
  w.field("hash", to_hex(link.hash));
  w.end_object();
}

void write_fill(JsonWriter& w, const Fill& fill) {
  w.key("fill");
  w.object();
  if (fill.head) w.field("head", *fill.head);
  w.key("after"), write(w, fill.after);
  w.key("last"), write(w, fill.last);
  if (fill.buckets) w.field("buckets", to_hex(*fill.buckets));
  w.end_object();
}

void fields(JsonWriter& w, const Hello& m) {
  w.field("incarnation", m.incarnation.text);
  w.field("last_n", m.last_n);
  w.field("hash", to_hex(m.hash));
  w.key("era_heard"), write(w, m.era_heard);
  w.field("acknowledged", m.acknowledged);
  w.field("protocol_min", m.protocol_min);
  w.field("protocol_max", m.protocol_max);
  w.field("software", m.software);
  w.field("clock", m.clock.value);
  write_list(w, "cursors", m.cursors);
  if (!m.line.empty()) write_list(w, "line", m.line);
  if (m.kept_after) w.key("kept_after"), write(w, *m.kept_after);
}

void fields(JsonWriter& w, const Beat& m) {
  w.field("last_n", m.last_n);
  w.field("clock", m.clock.value);
  write_list(w, "cursors", m.cursors);
}

void fields(JsonWriter& w, const Pull& m) {
  w.field("stream", m.stream.text);
  w.key("era"), write(w, m.cursor.era);
  w.field("after", m.cursor.seq);
  if (m.fill) write_fill(w, *m.fill);
  w.field("max_bytes", m.max_bytes);
  w.field("pages", m.pages);
}

void fields(JsonWriter& w, const Ops& m) {
  w.key("era"), write(w, m.era);
  w.field("token", m.token);
  w.field("incarnation", m.incarnation.text);
  w.field("first_n", m.first_n);
  w.field("previous_hash", to_hex(m.previous_hash));
  write_list(w, "transactions", m.transactions);
}

void fields(JsonWriter& w, const Chain& m) {
  w.key("era"), write(w, m.era);
  w.field("incarnation", m.incarnation.text);
  w.key("numbers").array();
  for (const std::uint64_t n : m.numbers) w.number(n);
  w.end_array();
}

void fields(JsonWriter& w, const ChainAnswer& m) {
  w.field("kind", "chain");
  w.key("era"), write(w, m.era);
  w.field("incarnation", m.incarnation.text);
  w.field("oldest", m.oldest);
  w.field("n", m.n);
  write_list(w, "links", m.links);
}

void fields(JsonWriter& w, const Ask& m) {
  w.field("id", m.id.text);
  w.field("what", m.what);
  w.field("key", m.key);
  w.field("pass", m.pass);
  w.field("actor", m.actor);
  w.field("at", m.at.value);
  if (!m.staff.empty()) w.field("staff", m.staff);
}

void fields(JsonWriter& w, const AskAnswer& m) {
  w.field("kind", "answer");
  w.key("era"), write(w, m.era);
  w.field("id", m.id.text);
  w.field("code", m.code);
  write_list(w, "documents", m.documents);
  w.field("until", m.until.value);
  w.key("own"), write(w, m.own);
}

void fields(JsonWriter& w, const DigestQuestion& m) {
  w.field("stream", m.stream.text);
  w.key("era"), write(w, m.cursor.era);
  w.field("seq", m.cursor.seq);
  w.field("sums", to_hex(m.sums));
}

void fields(JsonWriter& w, const Welcome& m) {
  w.field("kind", "welcome");
  w.field("token", m.token);
  w.field("protocol", m.protocol);
  w.key("era"), write(w, m.era);
  write_list(w, "eras", m.eras);
  if (m.applied) w.key("applied"), write(w, *m.applied);
  w.field("safe", m.safe);
  write_list(w, "heads", m.heads);
  w.field("digest_key", m.digest_key);
  w.field("clock", m.clock.value);
  w.field("page_bytes", m.page_bytes);
  w.field("ask_again_s", m.ask_again_s);
  if (!m.incarnation.empty()) w.field("incarnation", m.incarnation.text);
  if (m.part) w.field("part", true);
}

void fields(JsonWriter& w, const BeatAnswer& m) {
  w.field("kind", "beat");
  w.key("era"), write(w, m.era);
  w.key("own"), write(w, m.own);
  w.field("clock", m.clock.value);
}

void fields(JsonWriter& w, const Page& m) {
  w.field("kind", "page");
  w.field("stream", m.stream.text);
  w.key("era"), write(w, m.era);
  w.field("from", m.from);
  w.field("to", m.to);
  w.field("head", m.head);
  w.field("more", m.more);
  if (m.fill) write_fill(w, *m.fill);
  write_list(w, "applied", m.applied);
  if (m.digest) w.field("digest", to_hex(*m.digest));
  write_list(w, "entries", m.entries);
}

void fields(JsonWriter& w, const OpsApplied& m) {
  w.field("kind", "applied");
  w.key("era"), write(w, m.era);
  w.field("incarnation", m.incarnation.text);
  w.field("n", m.n);
  w.field("hash", to_hex(m.hash));
}

void fields(JsonWriter& w, const OpsRefused& m) {
  w.field("kind", "refused");
  w.key("era"), write(w, m.era);
  w.field("code", m.code);
  w.field("expected", m.expected);
}

void fields(JsonWriter& w, const StaleCursor& m) {
  w.field("kind", "stale");
  w.key("era"), write(w, m.era);
  w.field("stream", m.stream.text);
}

void fields(JsonWriter& w, const DifferingBuckets& m) {
  w.field("kind", "buckets");
  w.key("era"), write(w, m.era);
  w.field("stream", m.stream.text);
  w.field("head", m.head);
  w.field("buckets", to_hex(m.buckets));
}

void fields(JsonWriter& w, const Heads& m) {
  w.field("kind", "heads");
  w.key("era"), write(w, m.era);
  write_list(w, "heads", m.heads);
  w.field("clock", m.clock.value);
}

template <class Message>
std::string encode_any(const Message& message) {
  JsonWriter w;
  w.object();
  std::visit([&w](const auto& m) { fields(w, m); }, message);
  w.end_object();
  return w.take();
}

}  // namespace

std::string encode(const StoreMessage& message) { return encode_any(message); }
std::string encode(const HubMessage& message) { return encode_any(message); }

std::string_view kind_of(const StoreMessage& message) {
  struct Kind {
    std::string_view operator()(const Hello&) const { return "hello"; }
    std::string_view operator()(const Beat&) const { return "beat"; }
    std::string_view operator()(const Pull&) const { return "pull"; }
    std::string_view operator()(const Ops&) const { return "ops"; }
    std::string_view operator()(const Chain&) const { return "chain"; }
    std::string_view operator()(const Ask&) const { return "ask"; }
    std::string_view operator()(const DigestQuestion&) const { return "digest"; }
  };
  return std::visit(Kind{}, message);
}

std::string encode_transaction(const Transaction& transaction) {
  JsonWriter w;
  write(w, transaction);
  return w.take();
}

std::string to_hex(const Hash& hash) {
  static constexpr std::string_view hex_digits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * hash.size());
  for (const std::uint8_t byte : hash) {
    out += hex_digits[byte >> 4];
    out += hex_digits[byte & 15];
  }
  return out;
}

}  // namespace vitrine::sync::protocol
