// SPDX-License-Identifier: Apache-2.0
// The contract, clause by clause.
#include "tests/hub/database/authority_contract.hpp"

#include <doctest/doctest.h>

#include <string>

namespace vitrine::test {

using namespace sync;
using namespace sync::ends;

namespace {

const StreamName catalog{"catalog"};
const StoreId store{"harbour-street"};
const IncarnationId incarnation{"00000000000000000000000000000001"};

DocumentKey product(const std::string& id) { return {"product", id}; }

Document document(const DocumentKey& key, std::uint64_t number, std::optional<std::string> body) {
  return {key, {{1, number}, {}}, std::move(body)};
}

Hash hash_with(std::uint8_t first) {
  Hash hash{};
  hash[0] = first;
  hash[31] = 7;
  return hash;
}

// put + append, as the hub does it.
std::uint64_t put(Authority& authority, const DocumentKey& key, std::uint64_t number, std::optional<std::string> body,
                  const StreamName& stream = catalog, bool removal = false) {
  authority.put_document(document(key, number, std::move(body)));
  return authority.append(stream, key, removal);
}

void documents_keep_bytes_and_lineage(AuthorityUnderTest& it) {
  Authority& authority = it.authority();
  it.begin();
  const std::string body("{\"a\":\"\xc3\xa4\",\"b\":1.0,\"nul\":\"\\u0000\"}");
  authority.put_document({product("1"), {{3, 10}, {{1, 40}, {2, 7}}}, body});
  authority.put_document(document(product("2"), 5, std::nullopt));
  REQUIRE_FALSE(it.commit());
  it.reopen();
  it.begin();
  const auto read = it.authority().document(product("1"));
  REQUIRE(read);
  CHECK(read->body == body);
  CHECK(read->lineage.now == Version{3, 10});
  CHECK(read->lineage.past == std::vector<Version>{{1, 40}, {2, 7}});
  const auto tombstone = it.authority().document(product("2"));
  REQUIRE(tombstone);
  CHECK_FALSE(tombstone->body.has_value());
  CHECK_FALSE(it.authority().document(product("3")).has_value());
  CHECK_FALSE(it.authority().document({"price", "1"}).has_value());
  it.rollback();
}

void a_stream_lists_the_latest_change_of_each_document(AuthorityUnderTest& it) {
  Authority& authority = it.authority();
  it.begin();
  CHECK(authority.head(catalog) == 0);
  CHECK(authority.entries_after(catalog, 0, 1000).empty());
  CHECK(put(authority, product("a"), 1, "{}") == 1);
  CHECK(put(authority, product("b"), 1, "{}") == 2);
  CHECK(put(authority, product("a"), 2, "{\"n\":2}") == 3);
  CHECK(authority.head(catalog) == 3);
  CHECK(put(authority, product("x"), 1, "{}", StreamName{"store.harbour-street"}) == 1);
  const auto all = authority.entries_after(catalog, 0, 1000);
  REQUIRE(all.size() == 2);
  CHECK(all[0].seq == 2);
  CHECK(all[0].entry.key == product("b"));
  CHECK(all[1].seq == 3);
  CHECK(all[1].entry.body == "{\"n\":2}");
  CHECK(all[1].entry.lineage.now.number == 2);
  CHECK(authority.entries_after(catalog, 2, 1000).size() == 1);
  CHECK(authority.entries_after(catalog, 3, 1000).empty());
  const auto heads = authority.heads();
  REQUIRE(heads.size() == 2);
  CHECK(heads[0].stream == catalog);
  CHECK(heads[0].head == 3);
  CHECK(heads[1].head == 1);
  it.rollback();
}

void removals_and_tombstones_are_told_but_not_filled(AuthorityUnderTest& it) {
  Authority& authority = it.authority();
  it.begin();
  put(authority, product("a"), 1, "{\"secret\":1}");
  put(authority, product("b"), 1, "{}");
  put(authority, product("c"), 1, "{}");
  authority.append(catalog, product("a"), true);
  put(authority, product("b"), 2, std::nullopt);
  const auto entries = authority.entries_after(catalog, 0, 1000);
  REQUIRE(entries.size() == 3);
  CHECK(entries[0].entry.key == product("c"));
  CHECK(entries[1].entry.removal);
  CHECK_FALSE(entries[1].entry.body.has_value());  // a removed document's body is not for that store
  CHECK_FALSE(entries[2].entry.removal);
  CHECK_FALSE(entries[2].entry.body.has_value());
  const auto live = authority.live_after(catalog, {}, 1000);
  REQUIRE(live.size() == 1);
  CHECK(live[0].key == product("c"));
  CHECK(authority.streams_of(product("a")).empty());
  CHECK(authority.streams_of(product("c")) == std::vector<StreamName>{catalog});
  it.rollback();
}

void pages_end_by_bytes_and_have_one_entry_at_least(AuthorityUnderTest& it) {
  Authority& authority = it.authority();
  it.begin();
  for (const char* id : {"d", "b", "a", "c"}) put(authority, product(id), 1, "{\"filling\":\"0123456789\"}");
  put(authority, {"affinity", "z"}, 1, "{}");
  CHECK(authority.entries_after(catalog, 0, 1).size() == 1);
  CHECK(authority.entries_after(catalog, 0, 100).size() == 2);
  const auto first = authority.live_after(catalog, {}, 160);
  REQUIRE(first.size() == 3);  // key order: affinity/z, product/a, product/b
  CHECK(first[0].key == DocumentKey{"affinity", "z"});
  CHECK(first[1].key == product("a"));
  // An entry without a body weighs too, or a run of them would be too large to send.
  const StreamName bare{"content"};
  for (int i = 0; i < 100; ++i) put(authority, {"content", std::to_string(i)}, 1, std::nullopt, bare);
  CHECK(authority.entries_after(bare, 0, 1000).size() < 20);
  const auto rest = authority.live_after(catalog, first.back().key, 1000);
  REQUIRE(rest.size() == 2);
  CHECK(rest[0].key == product("c"));
  CHECK(authority.live_after(catalog, product("d"), 1000).empty());
  CHECK(authority.live_after(StreamName{"nowhere"}, {}, 1000).empty());
  it.rollback();
}

void stores_tokens_and_chain(AuthorityUnderTest& it) {
  Authority& authority = it.authority();
  it.begin();
  CHECK(authority.knows_store(store));
  CHECK_FALSE(authority.knows_store(StoreId{"elsewhere"}));
  CHECK(authority.stores() == std::vector<StoreId>{store});
  CHECK(authority.token(store).empty());
  authority.put_token(store, "t1");
  authority.put_token(store, "t2");
  authority.put_presence(store, "{\"last_n\":4}", UtcMs{5});
  authority.record_applied(store, incarnation, 1, hash_with(1));
  authority.record_applied(store, incarnation, 2, hash_with(2));
  authority.record_applied(store, IncarnationId{"00000000000000000000000000000002"}, 9, hash_with(9));
  REQUIRE_FALSE(it.commit());
  it.reopen();
  it.begin();
  Authority& again = it.authority();
  CHECK(again.token(store) == "t2");
  const auto applied = again.applied(store);
  REQUIRE(applied.size() == 2);
  CHECK(applied[0] == Applied{incarnation, 2, hash_with(2)});
  CHECK(applied[1].n == 9);
  CHECK(again.applied_hash(store, incarnation, 1) == hash_with(1));
  CHECK_FALSE(again.applied_hash(store, incarnation, 3).has_value());
  CHECK(again.applied(StoreId{"elsewhere"}).empty());
  it.rollback();
}

void transactions_are_known_after_their_commit_only(AuthorityUnderTest& it) {
  const TransactionId id{"0123456789abcdef0123456789abcdef"};
  it.begin();
  CHECK_FALSE(it.authority().transaction_known(id));
  it.authority().record_transaction(id, UtcMs{1});
  CHECK(it.authority().transaction_known(id));
  it.rollback();
  it.begin();
  CHECK_FALSE(it.authority().transaction_known(id));
  it.authority().record_transaction(id, UtcMs{1});
  REQUIRE_FALSE(it.commit());
  it.reopen();
  it.begin();
  CHECK(it.authority().transaction_known(id));
  it.rollback();
}

void a_rollback_takes_the_seqs_back(AuthorityUnderTest& it) {
  it.begin();
  put(it.authority(), product("a"), 1, "{}");
  REQUIRE_FALSE(it.commit());
  it.begin();
  put(it.authority(), product("b"), 1, "{}");
  it.rollback();
  it.begin();
  CHECK(it.authority().head(catalog) == 1);
  CHECK(put(it.authority(), product("c"), 1, "{}") == 2);
  REQUIRE_FALSE(it.commit());
}

void the_first_failure_is_latched_until_the_end(AuthorityUnderTest& it) {
  const TransactionId id{"0123456789abcdef0123456789abcdef"};
  it.begin();
  put(it.authority(), product("a"), 1, "{}");
  it.authority().record_transaction(id, UtcMs{1});
  CHECK_FALSE(it.authority().failure());
  it.authority().record_transaction(id, UtcMs{1});  // an id is recorded once
  REQUIRE(it.authority().failure());
  CHECK_FALSE(it.authority().document(product("a")).has_value());  // from now on nothing is there
  CHECK_FALSE(it.authority().knows_store(store));
  CHECK(it.commit());
  it.begin();
  CHECK_FALSE(it.authority().failure());
  CHECK_FALSE(it.authority().document(product("a")).has_value());
  CHECK_FALSE(it.authority().transaction_known(id));
  it.rollback();
}

void the_era_is_there_and_stays(AuthorityUnderTest& it) {
  it.begin();
  const Era era = it.authority().era();
  CHECK(era.number == 1);
  CHECK(is_hex_128(era.id));
  it.rollback();
  it.reopen();
  it.begin();
  CHECK(it.authority().era() == era);
  it.rollback();
}

}  // namespace

void check_authority_contract(const MakeAuthority& make) {
  struct Clause {
    const char* name;
    void (*check)(AuthorityUnderTest&);
  };
  const Clause clauses[] = {
      {"documents keep bytes and lineage", documents_keep_bytes_and_lineage},
      {"a stream lists the latest change of each document", a_stream_lists_the_latest_change_of_each_document},
      {"removals and tombstones are told but not filled", removals_and_tombstones_are_told_but_not_filled},
      {"pages end by bytes and have one entry at least", pages_end_by_bytes_and_have_one_entry_at_least},
      {"stores, tokens and chain", stores_tokens_and_chain},
      {"transactions are known after their commit only", transactions_are_known_after_their_commit_only},
      {"a rollback takes the seqs back", a_rollback_takes_the_seqs_back},
      {"the first failure is latched until the end", the_first_failure_is_latched_until_the_end},
      {"the era is there and stays", the_era_is_there_and_stays},
  };
  for (const Clause& clause : clauses) {
    CAPTURE(clause.name);
    const auto it = make();
    clause.check(*it);
  }
}

}  // namespace vitrine::test
