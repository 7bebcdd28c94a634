// SPDX-License-Identifier: Apache-2.0
// JSON → messages. simdjson's DOM judges the whole text first (UTF-8, syntax, depth); then bodies are cut out of it unchanged.
#include <simdjson.h>

#include "sync/protocol/digest_codec.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/pass.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::protocol {

namespace {

namespace dom = simdjson::dom;

// Thrown and caught inside this file only: decoding stops at the first thing that is wrong.
struct Wrong {
  std::string where;
};

// Reads one JSON object, naming the field that is missing or of the wrong shape.
class Reader {
 public:
  Reader(dom::object object, std::string path) : object_(object), path_(std::move(path)) {}

  [[nodiscard]] std::string_view text(std::string_view key, std::size_t size_max = 256) const {
    std::string_view value;
    if (object_[key].get(value) != simdjson::SUCCESS || value.size() > size_max) throw Wrong{at(key)};
    return value;
  }
  [[nodiscard]] std::uint64_t count(std::string_view key) const {
    std::uint64_t value = 0;
    if (object_[key].get(value) != simdjson::SUCCESS || value > (std::uint64_t{1} << 62)) throw Wrong{at(key)};
    return value;
  }
  [[nodiscard]] std::uint32_t small(std::string_view key) const {
    const std::uint64_t value = count(key);
    if (value > UINT32_MAX) throw Wrong{at(key)};
    return static_cast<std::uint32_t>(value);
  }
  [[nodiscard]] UtcMs time(std::string_view key) const { return {static_cast<std::int64_t>(count(key))}; }
  [[nodiscard]] bool flag(std::string_view key) const {
    bool value = false;
    if (object_[key].get(value) != simdjson::SUCCESS) throw Wrong{at(key)};
    return value;
  }
  [[nodiscard]] bool has(std::string_view key) const { return object_[key].error() == simdjson::SUCCESS; }
  [[nodiscard]] Reader object(std::string_view key) const {
    dom::object value;
    if (object_[key].get(value) != simdjson::SUCCESS) throw Wrong{at(key)};
    return {value, at(key)};
  }
  [[nodiscard]] dom::array list(std::string_view key, std::size_t size_max) const {
    dom::array value;
    if (object_[key].get(value) != simdjson::SUCCESS || value.size() > size_max) throw Wrong{at(key)};
    return value;
  }
  template <class F>
  void each_object(std::string_view key, std::size_t size_max, F&& f) const {
    for (const dom::element item : list(key, size_max)) {
      dom::object value;
      if (item.get(value) != simdjson::SUCCESS) throw Wrong{at(key)};
      f(Reader{value, at(key)});
    }
  }

  [[nodiscard]] std::string at(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  }

 private:
  dom::object object_;
  std::string path_;
};

std::string hex_128(const Reader& r, std::string_view key) {
  const std::string_view value = r.text(key);
  if (!is_hex_128(value)) throw Wrong{r.at(key)};
  return std::string(value);
}

Hash hash(const Reader& r, std::string_view key) {
  const auto value = hash_from_hex(r.text(key));
  if (!value) throw Wrong{r.at(key)};
  return *value;
}

// An empty id with number 0 is "no era yet".
Era era(const Reader& r, std::string_view key) {
  const Reader o = r.object(key);
  Era out{o.small("n"), std::string(o.text("id"))};
  if (out.number == 0 ? !out.id.empty() : !is_hex_128(out.id)) throw Wrong{r.at(key)};
  return out;
}

StreamName stream(const Reader& r, std::string_view key) {
  const std::string_view value = r.text(key);
  if (!is_stream_name(value)) throw Wrong{r.at(key)};
  return StreamName{std::string(value)};
}

Version version(dom::array array, const std::string& where) {
  std::uint64_t parts[2] = {};
  if (array.size() != 2 || array.at(0).get(parts[0]) != simdjson::SUCCESS || array.at(1).get(parts[1]) != simdjson::SUCCESS ||
      parts[0] > UINT32_MAX || parts[1] > (std::uint64_t{1} << 62)) {
    throw Wrong{where};
  }
  return {static_cast<std::uint32_t>(parts[0]), parts[1]};
}

DocumentKey document_key(dom::array array, const std::string& where) {
  std::string_view parts[2];
  if (array.size() != 2 || array.at(0).get(parts[0]) != simdjson::SUCCESS || array.at(1).get(parts[1]) != simdjson::SUCCESS ||
      parts[0].size() > 64 || parts[1].size() > 256) {
    throw Wrong{where};
  }
  return {std::string(parts[0]), std::string(parts[1])};
}
DocumentKey document_key(const Reader& r, std::string_view key) { return document_key(r.list(key, 2), r.at(key)); }

Applied applied(const Reader& r) { return {IncarnationId{hex_128(r, "incarnation")}, r.count("n"), hash(r, "hash")}; }
std::optional<Sum128> digest(const Reader& r) {
  if (!r.has("digest")) return std::nullopt;
  const auto sum = sum_from_hex(r.text("digest"));
  if (!sum) throw Wrong{r.at("digest")};
  return sum;
}

HeadOf head_of(const Reader& r) { return {stream(r, "stream"), r.count("head"), r.count("horizon"), digest(r)}; }

constexpr std::size_t streams_max = 64;

std::vector<StreamCursor> cursors(const Reader& r) {
  std::vector<StreamCursor> out;
  r.each_object("cursors", streams_max,
                [&out](const Reader& c) { out.push_back({stream(c, "stream"), {era(c, "era"), c.count("seq")}}); });
  return out;
}

BucketSet bucket_set(const Reader& r, std::string_view key) {
  const auto set = set_from_hex(r.text(key));
  if (!set) throw Wrong{r.at(key)};
  return *set;
}

DigestQuestion digest_question(const Reader& r) {
  const auto sums = sums_from_hex(r.text("sums", digest_buckets * 32));
  if (!sums) throw Wrong{r.at("sums")};
  return {stream(r, "stream"), {era(r, "era"), r.count("seq")}, *sums};
}

Fill fill(const Reader& r) {
  const Reader o = r.object("fill");
  Fill out;
  if (o.has("head")) out.head = o.count("head");
  out.after = document_key(o, "after");
  out.last = document_key(o, "last");
  if (o.has("buckets")) out.buckets = bucket_set(o, "buckets");
  return out;
}

Operation operation(const Reader& r) {
  Operation out;
  out.document = document_key(r, "document");
  out.kind = r.text("kind", 64);
  out.rules = r.small("rules");
  if (r.has("erased")) {
    out.erased = hash(r, "erased");
    return out;
  }
  out.salt = hex_128(r, "salt");
  out.body = r.text("body", tuning::operation_body_bytes_max);
  return out;
}

Transaction transaction(const Reader& r) {
  Transaction out;
  out.id = TransactionId{hex_128(r, "id")};
  out.n = r.count("n");
  const std::string_view nature = r.text("nature");
  if (nature != "fact" && nature != "intent") throw Wrong{r.at("nature")};
  out.nature = nature == "fact" ? Nature::fact : Nature::intent;
  out.at = r.time("at");
  out.actor = r.text("actor", tuning::actor_bytes_max);
  out.hash = hash(r, "hash");
  r.each_object("operations", tuning::transaction_operations_max,
                [&out](const Reader& o) { out.operations.push_back(operation(o)); });
  return out;
}

Hello hello(const Reader& r) {
  Hello out;
  out.incarnation = IncarnationId{hex_128(r, "incarnation")};
  out.last_n = r.count("last_n");
  out.hash = hash(r, "hash");
  out.era_heard = era(r, "era_heard");
  if (r.has("acknowledged")) out.acknowledged = r.count("acknowledged");
  out.protocol_min = r.small("protocol_min");
  out.protocol_max = r.small("protocol_max");
  out.software = r.text("software", 64);
  out.clock = r.time("clock");
  out.cursors = cursors(r);
  if (r.has("line")) {
    r.each_object("line", tuning::line_lives_max, [&out](const Reader& a) { out.line.push_back(applied(a)); });
  }
  if (r.has("kept_after")) out.kept_after = applied(r.object("kept_after"));
  return out;
}

Beat beat(const Reader& r) { return {r.count("last_n"), r.time("clock"), cursors(r)}; }

Pull pull(const Reader& r) {
  Pull out;
  out.stream = stream(r, "stream");
  out.cursor = {era(r, "era"), r.count("after")};
  if (r.has("fill")) out.fill = fill(r);
  out.max_bytes = r.count("max_bytes");
  out.pages = r.count("pages");
  return out;
}

Ops ops(const Reader& r) {
  Ops out;
  out.era = era(r, "era");
  out.token = r.text("token");
  out.incarnation = IncarnationId{hex_128(r, "incarnation")};
  out.first_n = r.count("first_n");
  out.previous_hash = hash(r, "previous_hash");
  r.each_object("transactions", tuning::ops_transactions_max,
                [&out](const Reader& t) { out.transactions.push_back(transaction(t)); });
  return out;
}

Chain chain(const Reader& r) {
  Chain out;
  out.era = era(r, "era");
  out.incarnation = IncarnationId{hex_128(r, "incarnation")};
  for (const dom::element item : r.list("numbers", tuning::chain_numbers_max)) {
    std::uint64_t n = 0;
    if (item.get(n) != simdjson::SUCCESS || n > (std::uint64_t{1} << 62)) throw Wrong{r.at("numbers")};
    out.numbers.push_back(n);
  }
  return out;
}

ChainAnswer chain_answer(const Reader& r) {
  ChainAnswer out{era(r, "era"), IncarnationId{hex_128(r, "incarnation")}, r.count("oldest"), r.count("n"), {}};
  r.each_object("links", tuning::chain_numbers_max,
                [&out](const Reader& l) { out.links.push_back({l.count("n"), hash(l, "hash")}); });
  return out;
}

Ask ask(const Reader& r) {
  return {TransactionId{hex_128(r, "id")},
          std::string(r.text("what", 32)),
          std::string(r.text("key", 256)),
          std::string(r.text("pass", pass_text_max)),
          std::string(r.text("actor", tuning::actor_bytes_max)),
          r.time("at"),
          r.has("staff") ? std::string(r.text("staff", 12)) : std::string()};
}

Welcome welcome(const Reader& r) {
  Welcome out;
  out.token = r.text("token");
  out.protocol = r.small("protocol");
  out.era = era(r, "era");
  if (r.has("eras")) {
    r.each_object("eras", 4096, [&out](const Reader& e) { out.eras.push_back({e.small("n"), hex_128(e, "id")}); });
  }
  if (r.has("applied")) out.applied = applied(r.object("applied"));
  if (r.has("safe")) out.safe = r.count("safe");
  r.each_object("heads", streams_max, [&out](const Reader& h) { out.heads.push_back(head_of(h)); });
  if (r.has("digest_key")) out.digest_key = r.text("digest_key");
  out.clock = r.time("clock");
  if (r.has("page_bytes")) out.page_bytes = r.count("page_bytes");
  if (r.has("ask_again_s")) out.ask_again_s = static_cast<std::int64_t>(r.small("ask_again_s"));
  if (r.has("incarnation")) out.incarnation = IncarnationId{hex_128(r, "incarnation")};
  if (r.has("part")) out.part = r.flag("part");
  return out;
}

PageEntry page_entry(const Reader& r) {
  PageEntry out;
  out.key = {std::string(r.text("c", 64)), std::string(r.text("i", 256))};
  out.lineage.now = version(r.list("v", 2), r.at("v"));
  if (r.has("past")) {
    for (const dom::element item : r.list("past", 4096)) {
      dom::array pair;
      if (item.get(pair) != simdjson::SUCCESS) throw Wrong{r.at("past")};
      out.lineage.past.push_back(version(pair, r.at("past")));
    }
  }
  if (r.has("gone")) out.removal = r.flag("gone");
  const bool dead = r.has("dead") && r.flag("dead");
  if (!out.removal && !dead) static_cast<void>(r.object("b"));
  return out;
}

// Walks the entries once more and cuts each body out as it stands.
void take_bodies(const simdjson::padded_string& text, std::vector<PageEntry>& entries) {
  simdjson::ondemand::parser parser;
  auto document = parser.iterate(text);
  std::size_t index = 0;
  for (auto item : document.get_object().find_field_unordered("entries").get_array()) {
    if (index == entries.size()) throw Wrong{"entries"};  // a key written in two ways: two readers, two lists
    PageEntry& entry = entries[index++];
    simdjson::ondemand::object body;
    if (item.get_object().find_field_unordered("b").get_object().get(body) != simdjson::SUCCESS) continue;
    std::string_view raw = body.raw_json();
    while (!raw.empty() && raw.back() != '}') raw.remove_suffix(1);
    if (!entry.removal) entry.body = raw;
  }
}

Page page(const Reader& r) {
  Page out;
  out.stream = stream(r, "stream");
  out.era = era(r, "era");
  out.from = r.count("from");
  out.to = r.count("to");
  out.head = r.count("head");
  out.more = r.flag("more");
  if (r.has("fill")) out.fill = fill(r);
  if (r.has("applied")) r.each_object("applied", 4096, [&out](const Reader& a) { out.applied.push_back(applied(a)); });
  out.digest = digest(r);
  r.each_object("entries", 1'000'000, [&out](const Reader& e) { out.entries.push_back(page_entry(e)); });
  return out;
}

AskAnswer ask_answer(const Reader& r) {
  AskAnswer out{era(r, "era"), TransactionId{hex_128(r, "id")}, std::string(r.text("code", 64)), {}, r.time("until"), {}};
  for (const dom::element item : r.list("documents", 64)) {
    dom::array pair;
    if (item.get(pair) != simdjson::SUCCESS) throw Wrong{r.at("documents")};
    out.documents.push_back(document_key(pair, r.at("documents")));
  }
  out.own = head_of(r.object("own"));
  return out;
}

HubMessage hub_message(const Reader& r, const simdjson::padded_string& text) {
  const std::string_view kind = r.text("kind");
  if (kind == "welcome") return welcome(r);
  if (kind == "beat") return BeatAnswer{era(r, "era"), head_of(r.object("own")), r.time("clock")};
  if (kind == "page") {
    Page out = page(r);
    take_bodies(text, out.entries);
    return out;
  }
  if (kind == "applied") {
    return OpsApplied{era(r, "era"), IncarnationId{hex_128(r, "incarnation")}, r.count("n"), hash(r, "hash")};
  }
  if (kind == "refused") return OpsRefused{era(r, "era"), std::string(r.text("code")), r.count("expected")};
  if (kind == "chain") return chain_answer(r);
  if (kind == "stale") return StaleCursor{era(r, "era"), stream(r, "stream")};
  if (kind == "answer") return ask_answer(r);
  if (kind == "buckets") return DifferingBuckets{era(r, "era"), stream(r, "stream"), r.count("head"), bucket_set(r, "buckets")};
  if (kind == "heads") {
    Heads out{era(r, "era"), {}, r.time("clock")};
    r.each_object("heads", streams_max, [&out](const Reader& h) { out.heads.push_back(head_of(h)); });
    return out;
  }
  throw Wrong{"kind"};
}

template <class Message, class Decode>
Result<Message> decode_text(std::string_view json, Decode&& decode) {
  if (json.size() > tuning::message_unpacked_bytes_max) return fail("message_too_large", "above 4 MiB");
  try {
    const simdjson::padded_string text(json);
    dom::parser parser(tuning::message_unpacked_bytes_max);
    if (parser.allocate(std::max<std::size_t>(json.size(), 64), 64) != simdjson::SUCCESS) {
      return fail("message_malformed", "no memory to read it");
    }
    dom::object object;
    if (const auto error = parser.parse(text).get(object); error != simdjson::SUCCESS) {
      return fail("message_malformed", std::string("not a JSON object: ") + simdjson::error_message(error));
    }
    return decode(Reader{object, ""}, text);
  } catch (const Wrong& wrong) {
    if (wrong.where == "kind") return fail("message_unknown", "a kind of message that this version does not know");
    return fail("message_malformed", "field '" + wrong.where + "' is missing or of the wrong shape");
  } catch (const simdjson::simdjson_error& error) {
    return fail("message_malformed", error.what());
  }
}

}  // namespace

Result<StoreMessage> decode_store_message(std::string_view kind, std::string_view json) {
  return decode_text<StoreMessage>(json, [kind](const Reader& r, const simdjson::padded_string&) -> StoreMessage {
    if (kind == "hello") return hello(r);
    if (kind == "beat") return beat(r);
    if (kind == "pull") return pull(r);
    if (kind == "ops") return ops(r);
    if (kind == "ask") return ask(r);
    if (kind == "chain") return chain(r);
    if (kind == "digest") return digest_question(r);
    throw Wrong{"kind"};
  });
}

Result<HubMessage> decode_hub_message(std::string_view json) {
  return decode_text<HubMessage>(json, [](const Reader& r, const simdjson::padded_string& text) { return hub_message(r, text); });
}

Result<Transaction> decode_transaction(std::string_view json) {
  return decode_text<Transaction>(json, [](const Reader& r, const simdjson::padded_string&) { return transaction(r); });
}

std::optional<Hash> hash_from_hex(std::string_view hex) {
  Hash out{};
  if (hex.size() != 2 * out.size()) return std::nullopt;
  const auto value_of = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
  };
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = value_of(hex[2 * i]);
    const int low = value_of(hex[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return out;
}

}  // namespace vitrine::sync::protocol
