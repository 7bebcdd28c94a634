// SPDX-License-Identifier: Apache-2.0
// The contract, clause by clause.
#include "tests/hub/database/authority_contract.hpp"

#include <doctest/doctest.h>

#include <string>

#include "sync/ends/digest.hpp"
#include "sync/ends/erasure.hpp"
#include "sync/protocol/identity.hpp"

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

void documents_are_found_by_how_their_ids_begin(AuthorityUnderTest& it) {
  Authority& authority = it.authority();
  it.begin();
  for (const char* id : {"17850/b", "17850/a", "17850", "17850/2/c", "178501/a", "1785"})
    put(authority, {"activity", id}, 1, "{}");
  put(authority, {"activity", "17850/dead"}, 1, std::nullopt);
  put(authority, {"cart", "17850/a"}, 1, "{}");
  std::vector<std::string> ids;
  for (const Document& one : authority.live_under("activity", "17850/")) ids.push_back(one.key.id);
  CHECK(ids == std::vector<std::string>{"17850/2/c", "17850/a", "17850/b"});
  CHECK(authority.live_under("activity", "9/").empty());
  ids.clear();
  for (const Document& one : authority.live_of("activity", "17850", 3)) ids.push_back(one.key.id);
  CHECK(ids == std::vector<std::string>{"17850/2/c", "17850/a", "17850/b"});
  CHECK(authority.live_of("activity", "178501/a", 9).empty());
  CHECK(authority.live_of("activity", "", 9).size() == 6);
  it.rollback();
}

void who_is_erased_leaves_no_number(AuthorityUnderTest& it) {
  Authority& authority = it.authority();
  it.begin();
  const CustomerId amelia{"amelia"};
  for (const char* who : {"amelia", "noah"}) {
    put(authority, {"customer", who}, 3, std::nullopt);
    put(authority, {"consent", who}, 4, std::nullopt);
    put(authority, {"activity", std::string(who) + "/" + std::string(32, '1')}, 5, std::nullopt);
  }
  authority.purge_gone(catalog, 8, 9);
  authority.put_document(
      document(erasure_key(protocol::customer_tag(authority.digest_key(), amelia)), 1, encode_erasure(UtcMs{5})));
  authority.put_lent({store, {"customer", "amelia"}, UtcMs{50}});
  authority.put_lent({store, {"customer", "noah"}, UtcMs{50}});
  Transaction odd;
  odd.id = TransactionId{std::string(32, 'd')};
  odd.operations = {{{"consent", "amelia"}, "consent.withdraw", 1, "{}", std::string(32, '5')}};
  authority.keep_poisoned({store, {}, odd, "odd"}, UtcMs{5});
  authority.forget_person(amelia, {{"loyalty", std::string(64, 'c')}});
  CHECK_FALSE(authority.lent_until(store, {"customer", "amelia"}));
  CHECK(authority.lent_until(store, {"customer", "noah"}));
  // Remembered by a hash, their number need not be.
  CHECK(authority.forget_dead(UtcMs{10}, UtcMs{0}, 99) == 3);
  CHECK_FALSE(authority.document({"customer", "amelia"}));
  CHECK(authority.document({"customer", "noah"}));
  CHECK(authority.number_floor("consent") == 4);
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

// Counted from what the entries show, without what the implementation kept.
BucketSums counted(Authority& authority, const StreamName& stream) {
  BucketSums sums;
  for (const StreamEntry& row : authority.entries_after(stream, 0, 1 << 20)) {
    if (!row.entry.removal) sums.add(leaf_of(authority.digest_key(), row.entry.key, row.entry.lineage.now, row.entry.body));
  }
  return sums;
}

void digests_follow_every_change(AuthorityUnderTest& it) {
  const StreamName own{"store.harbour-street"};
  it.begin();
  const DigestKey key = it.authority().digest_key();
  CHECK(key != DigestKey{});
  CHECK(it.authority().sums(catalog) == BucketSums{});
  for (int i = 0; i < 300; ++i) put(it.authority(), product(std::to_string(i)), 1, "{}");
  REQUIRE_FALSE(it.commit());
  it.reopen();
  it.begin();
  Authority& authority = it.authority();
  CHECK(authority.digest_key() == key);
  CHECK(authority.sums(catalog) == counted(authority, catalog));
  CHECK(authority.sums(catalog) != BucketSums{});
  const BucketSums before = authority.sums(catalog);
  put(authority, product("7"), 2, "{\"n\":2}");
  authority.append(own, product("7"), false);  // stands in two streams
  put(authority, product("8"), 2, std::nullopt);
  authority.append(catalog, product("9"), true);
  authority.append(catalog, product("10"), false);  // again, as it is
  for (const StreamName& stream : {catalog, own}) CHECK(authority.sums(stream) == counted(authority, stream));
  CHECK(authority.sums(own).total() == leaf_of(key, product("7"), {1, 2}, "{\"n\":2}")->hash);
  it.rollback();
  it.begin();
  CHECK(it.authority().sums(catalog) == before);
  CHECK(it.authority().sums(own) == BucketSums{});
  it.rollback();
}

void a_repair_brings_some_buckets(AuthorityUnderTest& it) {
  it.begin();
  Authority& authority = it.authority();
  for (int i = 0; i < 300; ++i) put(authority, product(std::to_string(i)), 1, "{}");
  put(authority, product("0"), 2, std::nullopt);
  BucketSet some;
  some.set(bucket_of(authority.digest_key(), product("0"))).set(bucket_of(authority.digest_key(), product("1")));
  std::vector<DocumentKey> expected;
  for (const PageEntry& entry : authority.live_after(catalog, {}, 1 << 20)) {
    if (some.test(bucket_of(authority.digest_key(), entry.key))) expected.push_back(entry.key);
  }
  REQUIRE_FALSE(expected.empty());
  std::vector<DocumentKey> found;
  Authority::BucketRun run;
  std::size_t runs = 0;
  do {
    run = authority.live_in(catalog, some, run.last, 1);
    for (const PageEntry& entry : run.entries) found.push_back(entry.key);
    REQUIRE(++runs <= 301);
  } while (run.more);
  CHECK(found == expected);
  CHECK(runs > 1);
  CHECK(authority.live_in(catalog, {}, {}, 1000).entries.empty());
  CHECK_FALSE(authority.live_in(catalog, {}, {}, 1000).more);
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
  authority.record_applied(store, incarnation, 1, hash_with(1), UtcMs{1});
  authority.record_applied(store, incarnation, 2, hash_with(2), UtcMs{1});
  authority.record_applied(store, IncarnationId{"00000000000000000000000000000002"}, 9, hash_with(9), UtcMs{1});
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

void lives_and_conduct_are_kept(AuthorityUnderTest& it) {
  const IncarnationId second{"00000000000000000000000000000002"};
  it.begin();
  CHECK_FALSE(it.authority().knows_life(store, incarnation));
  CHECK(it.authority().current_life(store).empty());
  it.authority().open_life(store, {incarnation, 0, {}}, {}, UtcMs{1});
  CHECK(it.authority().current_life(store) == incarnation);
  CHECK(it.authority().applied(store).empty());  // it has done nothing yet
  CHECK(it.authority().oldest_recorded(store, incarnation) == 0);
  for (std::uint8_t n = 1; n <= 3; ++n) it.authority().record_applied(store, incarnation, n, hash_with(n), UtcMs{1});
  CHECK(it.authority().oldest_recorded(store, incarnation) == 1);
  it.authority().open_life(store, {second, 2, hash_with(2)}, incarnation, UtcMs{2});
  it.authority().open_life(store, {second, 2, hash_with(2)}, incarnation, UtcMs{2});
  CHECK(it.authority().current_life(store) == second);
  CHECK(it.authority().oldest_recorded(store, second) == 2);
  it.authority().put_conduct(store, {2, UtcMs{5}, UtcMs{6}, 1, "malformed", UtcMs{7}, UtcMs{8}, 9});
  CHECK(it.authority().count_failure(TransactionId{"t"}, UtcMs{1}) == 1);
  CHECK(it.authority().count_failure(TransactionId{"t"}, UtcMs{1}) == 2);
  it.authority().keep_poisoned({store, second, {}, "why"}, UtcMs{1});
  REQUIRE_FALSE(it.commit());
  it.reopen();
  it.begin();
  CHECK(it.authority().knows_life(store, second));
  CHECK(it.authority().applied(store).size() == 2);
  CHECK(it.authority().applied_hash(store, second, 2) == hash_with(2));
  CHECK(it.authority().conduct(store).forks == 2);
  CHECK(it.authority().conduct(store).fork_at == UtcMs{5});
  CHECK(it.authority().conduct(store).frozen_at == UtcMs{6});
  CHECK(it.authority().conduct(store).offences == 1);
  CHECK(it.authority().conduct(store).offence == "malformed");
  CHECK(it.authority().conduct(store).offence_at == UtcMs{7});
  CHECK(it.authority().conduct(store).quarantined_until == UtcMs{8});
  CHECK(it.authority().conduct(store).offences_total == 9);
  CHECK(it.authority().conduct(StoreId{"quay-square"}).forks == 0);
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

void eras_are_listed_and_the_highest_holds(AuthorityUnderTest& it) {
  it.begin();
  const Era first = it.authority().era();
  it.authority().add_era({{3, std::string(32, 'c')}, UtcMs{5}, "began", false, {}});
  it.authority().add_era({{2, std::string(32, 'b')}, UtcMs{6}, "shown", true, store});
  REQUIRE_FALSE(it.commit());
  it.begin();
  CHECK(it.authority().era() == Era{3, std::string(32, 'c')});
  const auto eras = it.authority().eras();
  REQUIRE(eras.size() == 3);
  CHECK(eras[0].era == first);
  CHECK(eras[1].era.number == 2);
  CHECK(eras[1].lost);
  CHECK(eras[1].shown_by == store);
  CHECK(eras[1].began == UtcMs{6});
  CHECK(eras[2].why == "began");
  it.rollback();
}

void what_is_lent_is_known_until_its_time(AuthorityUnderTest& it) {
  it.begin();
  CHECK_FALSE(it.authority().lent_until(store, product("a")).has_value());
  it.authority().put_lent({store, product("a"), UtcMs{10}});
  it.authority().put_lent({store, product("b"), UtcMs{20}});
  it.authority().put_lent({store, product("a"), UtcMs{15}});
  REQUIRE_FALSE(it.commit());
  it.begin();
  CHECK(it.authority().lent_until(store, product("a")) == UtcMs{15});
  CHECK(it.authority().lent_over(UtcMs{14}, 9).empty());
  REQUIRE(it.authority().lent_over(UtcMs{15}, 9).size() == 1);
  CHECK(it.authority().lent_over(UtcMs{99}, 1).size() == 1);
  it.authority().drop_lent(store, product("a"));
  const auto over = it.authority().lent_over(UtcMs{99}, 9);
  REQUIRE(over.size() == 1);
  CHECK(over[0].key == product("b"));
  CHECK(over[0].store == store);
  it.rollback();
}

void a_look_up_is_recorded_once(AuthorityUnderTest& it) {
  it.begin();
  const LookUp one{TransactionId{std::string(32, 'a')}, store, "kiosk-1", "cart", "c", "", UtcMs{10}};
  it.authority().record_look_up(one);
  it.authority().record_look_up(one);
  LookUp other = one;
  other.id = TransactionId{std::string(32, 'b')};
  other.at = UtcMs{20};
  it.authority().record_look_up(other);
  CHECK_FALSE(it.authority().failure());
  CHECK(it.authority().look_ups_since(store, "", UtcMs{10}) == 2);
  CHECK(it.authority().look_ups_since(store, "", UtcMs{11}) == 1);
  CHECK(it.authority().look_ups_since(store, "cart", UtcMs{10}) == 2);
  CHECK(it.authority().look_ups_since(store, "customer", UtcMs{10}) == 0);
  it.authority().forget_look_ups_before(UtcMs{20});
  CHECK(it.authority().look_ups_since(store, "", UtcMs{0}) == 1);
  it.rollback();
}

// The catalog with the entries a … e at 1 … 5, of which b has left and d is a tombstone, at 6 and 7.
void some_that_are_gone(Authority& authority) {
  for (const char* id : {"a", "b", "c", "d", "e"}) put(authority, product(id), 1, "{}");
  authority.append(catalog, product("b"), true);
  put(authority, product("d"), 2, std::nullopt);
}

void what_is_gone_is_purged_and_the_horizon_says_so(AuthorityUnderTest& it) {
  it.begin();
  some_that_are_gone(it.authority());
  const BucketSums before = it.authority().sums(catalog);
  CHECK(it.authority().purge_gone(catalog, 5, 9) == 0);
  CHECK(it.authority().horizon(catalog) == 0);
  CHECK(it.authority().purge_gone(catalog, 7, 1) == 1);
  CHECK(it.authority().horizon(catalog) == 6);
  CHECK(it.authority().entries_after(catalog, 0, 1 << 20).size() == 4);
  REQUIRE_FALSE(it.commit());
  it.reopen();
  it.begin();
  CHECK(it.authority().horizon(catalog) == 6);
  CHECK(it.authority().purge_gone(catalog, 7, 9) == 1);
  CHECK(it.authority().purge_gone(catalog, 7, 9) == 0);
  CHECK(it.authority().horizon(catalog) == 7);
  CHECK(it.authority().head(catalog) == 7);
  CHECK(it.authority().sums(catalog) == before);
  CHECK(it.authority().live_after(catalog, {}, 1 << 20).size() == 3);
  CHECK(put(it.authority(), product("d"), 3, "{}") == 8);
  CHECK(it.authority().streams_of(product("d")).size() == 1);
  CHECK(it.authority().purge_gone(StreamName{"nowhere"}, 9, 9) == 0);
  it.rollback();
}

void heads_are_remembered_by_time(AuthorityUnderTest& it) {
  it.begin();
  Authority& authority = it.authority();
  CHECK_FALSE(authority.last_mark(catalog).has_value());
  CHECK(authority.marked_head(catalog, UtcMs{99}) == 0);
  put(authority, product("a"), 1, "{}");
  authority.mark_head(catalog, UtcMs{10});
  put(authority, product("b"), 1, "{}");
  authority.mark_head(catalog, UtcMs{20});
  put(authority, product("c"), 1, "{}");
  authority.mark_head(catalog, UtcMs{30});
  CHECK(authority.last_mark(catalog) == UtcMs{30});
  CHECK(authority.marked_head(catalog, UtcMs{9}) == 0);
  CHECK(authority.marked_head(catalog, UtcMs{10}) == 1);
  CHECK(authority.marked_head(catalog, UtcMs{29}) == 2);
  CHECK(authority.marked_head(catalog, UtcMs{19}) == 0);  // that mark is dropped
  CHECK(authority.marked_head(catalog, UtcMs{30}) == 3);
  CHECK_FALSE(authority.last_mark(StreamName{"content"}).has_value());
  it.rollback();
}

void dead_documents_are_forgotten_in_time(AuthorityUnderTest& it) {
  it.begin();
  some_that_are_gone(it.authority());
  put(it.authority(), {"customer", "amelia"}, 3, std::nullopt);
  CHECK(it.authority().forget_dead(UtcMs{10}, UtcMs{99}, 9) == 0);  // they stand in the stream
  it.authority().purge_gone(catalog, 8, 9);
  CHECK(it.authority().forget_dead(UtcMs{20}, UtcMs{0}, 9) == 0);
  REQUIRE_FALSE(it.commit());
  it.reopen();
  it.begin();
  // Whether a sweep begins anew or goes on, each document is come to in some calls.
  const auto sweep = [&](std::int64_t noted_by) {
    std::size_t forgotten = 0;
    for (int i = 0; i < 4; ++i) forgotten += it.authority().forget_dead(UtcMs{30}, UtcMs{noted_by}, 1);
    return forgotten;
  };
  CHECK(sweep(19) == 0);
  CHECK(it.authority().number_floor("product") == 0);
  it.authority().put_document(document(product("d"), 5, "{}"));
  it.authority().put_document(document(product("d"), 6, std::nullopt));
  CHECK(sweep(20) == 0);  // it was changed since, and has been noted at 30
  CHECK(sweep(30) == 1);
  CHECK_FALSE(it.authority().document(product("d")).has_value());
  CHECK(it.authority().document({"customer", "amelia"}).has_value());
  CHECK(it.authority().document(product("b"))->body.has_value());
  CHECK(it.authority().number_floor("product") == 6);
  CHECK(it.authority().number_floor("customer") == 0);
  it.authority().add_era({{it.authority().era().number + 1, std::string(32, 'c')}, UtcMs{5}, "began", false, {}});
  CHECK(it.authority().number_floor("product") == 0);
  it.rollback();
}

void documents_expire_by_time(AuthorityUnderTest& it) {
  it.begin();
  Authority& authority = it.authority();
  CHECK(authority.expired(UtcMs{1000}, 9).empty());
  authority.put_expiry({"cart", "b"}, UtcMs{20});
  authority.put_expiry({"cart", "a"}, UtcMs{10});
  authority.put_expiry({"cart", "c"}, UtcMs{15});
  authority.put_expiry({"cart", "a"}, UtcMs{30});
  authority.put_expiry({"cart", "c"}, std::nullopt);
  CHECK(authority.expired(UtcMs{19}, 9).empty());
  CHECK(authority.expired(UtcMs{20}, 9) == std::vector<DocumentKey>{{"cart", "b"}});
  CHECK(authority.expired(UtcMs{30}, 9).size() == 2);
  CHECK(authority.expired(UtcMs{30}, 1).size() == 1);
  CHECK(authority.presence(store).empty());
  authority.put_presence(store, "{\"last_n\":4}", UtcMs{5});
  CHECK(authority.presence(store) == "{\"last_n\":4}");
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
      {"documents are found by how their ids begin", documents_are_found_by_how_their_ids_begin},
      {"pages end by bytes and have one entry at least", pages_end_by_bytes_and_have_one_entry_at_least},
      {"digests follow every change", digests_follow_every_change},
      {"a repair brings some buckets", a_repair_brings_some_buckets},
      {"stores, tokens and chain", stores_tokens_and_chain},
      {"transactions are known after their commit only", transactions_are_known_after_their_commit_only},
      {"a rollback takes the seqs back", a_rollback_takes_the_seqs_back},
      {"the first failure is latched until the end", the_first_failure_is_latched_until_the_end},
      {"lives and conduct are kept", lives_and_conduct_are_kept},
      {"the era is there and stays", the_era_is_there_and_stays},
      {"eras are listed and the highest holds", eras_are_listed_and_the_highest_holds},
      {"what is lent is known until its time", what_is_lent_is_known_until_its_time},
      {"a look-up is recorded once", a_look_up_is_recorded_once},
      {"what is gone is purged, and the horizon says so", what_is_gone_is_purged_and_the_horizon_says_so},
      {"heads are remembered by time", heads_are_remembered_by_time},
      {"who is erased leaves no number", who_is_erased_leaves_no_number},
      {"dead documents are forgotten in time", dead_documents_are_forgotten_in_time},
      {"documents expire by time", documents_expire_by_time},
  };
  for (const Clause& clause : clauses) {
    CAPTURE(clause.name);
    const auto it = make();
    clause.check(*it);
  }
}

}  // namespace vitrine::test
