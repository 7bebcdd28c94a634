// SPDX-License-Identifier: Apache-2.0
// A line's hash is of what was sent, byte by byte; the document and both operations are read as they were written.
#include "sync/protocol/audit_codec.hpp"

#include <doctest/doctest.h>

#include "sync/protocol/message_codec.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::protocol;

namespace {

const StoreId harbour{"harbour-street"};

AuditEntry line(std::uint64_t n, const Hash& before) {
  AuditEntry entry{n, UtcMs{1'764'000'000'000}, "1001", "counter-1", "orders.hand_over", "order/1 \"a\"", "done", "", {}};
  entry.hash = audit_hash(before, entry);
  return entry;
}

}  // namespace

TEST_CASE("lines arrive with the hashes that they make, and any other byte makes others") {
  rules::AuditAppend append;
  append.entries = {line(1, Hash{})};
  append.entries.push_back(line(2, append.entries[0].hash));
  append.said = append.entries[1].hash;
  append.found = AuditBreak{1, "altered", {}};
  const Operation operation = encode_audit_operation(harbour, append);
  CHECK(operation.document == DocumentKey{"audit", "harbour-street/chain"});
  CHECK(operation.kind == "audit.append");
  const auto read = decode_audit_operation(operation.kind, operation.body);
  REQUIRE(read.has_value());
  const auto& got = std::get<rules::AuditAppend>(*read);
  CHECK(got.entries == append.entries);
  CHECK(got.said == append.said);
  CHECK(got.before == append.before);
  CHECK(got.found->n == 1);
  // The bytes of the hash are fixed: other programs compute it too.
  CHECK(to_hex(append.entries[0].hash) == "3bc32182ffcd0b3fb8843a4f125fd083d6683ebfa59293881a6b7910784c8fb9");
  for (const char* what : {"1001", "counter-1", "hand_over", "order/1", "done"}) {
    std::string altered = operation.body;
    altered.replace(altered.find(what), 1, "x");
    const auto other = decode_audit_operation(operation.kind, altered);
    REQUIRE(other.has_value());
    CHECK(std::get<rules::AuditAppend>(*other).entries.back().hash != append.said);
  }
}

TEST_CASE("the document is read as it was written, with fields that this version does not know") {
  AuditChain chain;
  chain.last = {2, audit_hash(Hash{}, line(1, Hash{}))};
  chain.at = UtcMs{5};
  chain.marks = {{1, Hash{}}, chain.last};
  chain.breaks = {{2, "parted", {UtcMs{4}, std::string(32, 'a') + ".0"}}};
  chain.broken = 3;
  chain.settled = 2;
  CHECK(*decode_audit(encode_audit(chain)) == chain);
  auto later = decode_audit(R"({"later":1,)" + encode_audit(chain).substr(1));
  REQUIRE(later.has_value());
  CHECK(encode_audit(*later).find(R"("later":1)") != std::string::npos);
  const auto settle = decode_audit_operation("audit.settle", encode_audit_operation(harbour, rules::AuditSettle{7}).body);
  CHECK(std::get<rules::AuditSettle>(*settle).upto == 7);
}

TEST_CASE("what is no audit is refused by its field") {
  const auto code = [](const char* body) { return decode_audit_operation("audit.append", body).error().message; };
  CHECK(code(R"({"before":"x","hash":"y","lines":[]})").find("before") != std::string::npos);
  const std::string zeros(64, '0');
  const std::string start = R"({"before":")" + zeros + R"(","hash":")" + zeros + R"(","lines":)";
  CHECK(code((start + R"([{"n":0,"at":1}]})").c_str()).find("lines[0].n") != std::string::npos);
  CHECK(code((start + R"([{"n":1,"at":1,"staff":7}]})").c_str()).find("lines[0].staff") != std::string::npos);
  CHECK(decode_audit_operation("audit.drop", "{}").error().code == "operation_unknown");
  CHECK(audit_store("harbour-street/chain") == harbour);
  CHECK_FALSE(audit_store("harbour-street"));
  CHECK_FALSE(audit_store("Harbour/chain"));
}
