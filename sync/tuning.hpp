// SPDX-License-Identifier: Apache-2.0
// Every limit and delay of the engine, unit last, reason beside it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vitrine::sync::tuning {

// The simulator's own build: with few documents and actions there are runs of several pages and batches all the same.
#ifdef VITRINE_SMALL_LIMITS
inline constexpr bool small_limits = true;
#else
inline constexpr bool small_limits = false;
#endif

// Protocol versions spoken.
inline constexpr std::uint32_t protocol_version = 1;
inline constexpr std::uint32_t protocol_version_min = 1;  // with 2 it stays 1, with 3 it becomes 2: N and N−1

// Messages.
inline constexpr std::size_t message_sent_bytes_max = 256UL * 1024;  // as sent; keeps one slow store from filling a broker
inline constexpr std::size_t message_unpacked_bytes_max = 4UL * 1024 * 1024;  // a small message cannot unpack into a large memory
inline constexpr std::size_t compress_above_bytes = 1024;                     // below, zstd's frame costs more than it saves
inline constexpr std::size_t page_bytes =
    small_limits ? 2048 : 384UL * 1024;  // bodies in a page: about 60 KiB as sent, far below the limit even for poor ratios
inline constexpr std::size_t page_bytes_min = small_limits ? 512 : 16UL * 1024;
inline constexpr std::size_t pages_per_pull = 4;  // the store commits one while the next are on their way
inline constexpr std::size_t pages_per_pull_max = 8;

inline constexpr std::size_t staged_at_once = small_limits ? 3 : 500;        // a store's first fill may be hundreds of thousands
inline constexpr std::size_t changed_named_max = small_limits ? 40 : 2'000;  // of one commit; more: everything is read anew

// Up.
inline constexpr std::size_t ops_transactions_max =
    small_limits ? 5 : 200;                                    // one batch in flight: some hundreds amortise the hub's commit
inline constexpr std::size_t ops_bytes_max = 192UL * 1024;     // below the message limit with JSON's escapes
inline constexpr std::size_t transaction_operations_max = 64;  // one action of one person
inline constexpr std::size_t operation_body_bytes_max = 96UL * 1024;  // emptying a line may name every dot a cart can hold
inline constexpr std::size_t actor_bytes_max = 64;
inline constexpr std::size_t chain_numbers_max = 32;        // of one `chain` question: 200,000 numbers are searched in four
inline constexpr std::int64_t forks_within_ms = 3'600'000;  // a second fork within this: two boxes answer for one store
inline constexpr std::size_t line_lives_max = 64;           // lives that one continues; older ones have nothing left to send

// Peers that misbehave, and transactions that the rules cannot take.
inline constexpr std::uint64_t poison_tries = 3;            // then it is kept raw and passed over
inline constexpr std::uint64_t offences_max = 3;            // then the store is not heard …
inline constexpr std::int64_t quarantine_ms = 10 * 60'000;  // … for this long; a good while without one and the count begins anew

// Time.
inline constexpr std::int64_t beat_every_ms = 15'000;        // a silent cut shows within beat + answer = 25 s
inline constexpr std::int64_t answer_within_ms = 10'000;     // no answer for this long: the hub is not there
inline constexpr std::int64_t hello_base_ms = 1'000;         // full jitter below this, doubled with each silence
inline constexpr std::int64_t heads_every_ms = 15'000;       // a lost push is noticed within two of these
inline constexpr std::int64_t push_pull_jitter_ms = 5'000;   // stores do not all pull a shared stream at once
inline constexpr std::int64_t clock_ahead_max_ms = 120'000;  // further ahead than this a stamp is not believed
inline constexpr std::int64_t clock_set_ms = 1'000;          // a wall clock that moves so much by itself was set by somebody

// First fills.
inline constexpr std::size_t fills_at_once = 8;         // at one hub: its disk is read by these, and by everyday pulls
inline constexpr std::int64_t fill_silent_ms = 30'000;  // a place that nobody uses is another's
inline constexpr std::int64_t fill_ask_again_s = 10;    // a fill of 100,000 documents takes about so long
inline constexpr std::int64_t ask_again_s_max = 300;    // whatever a hub says, a store asks again after this

// Questions.
inline constexpr std::int64_t lent_for_ms = 24LL * 3'600'000;             // since it was asked for or used last
inline constexpr std::size_t lent_taken_back_max = 200;                   // in one transaction
inline constexpr std::uint64_t look_ups_max = 60;                         // of one store …
inline constexpr std::int64_t look_ups_within_ms = 60'000;                // … within this: a person scans, nobody browses
inline constexpr std::uint64_t customer_look_ups_max = 30;                // of one store …
inline constexpr std::int64_t customer_look_ups_within_ms = 3'600'000;    // … within this: people who stand at a counter
inline constexpr std::int64_t look_ups_kept_ms = 400LL * 24 * 3'600'000;  // the record, a year and more
inline constexpr std::int64_t ask_again_ms = 1'500;                       // a question or its answer may be lost
inline constexpr std::int64_t ask_for_ms = 4'000;                         // a person waits in front of the screen
inline constexpr std::size_t asks_max = 32;                               // under way at one store
inline constexpr std::int64_t scan_age_max_ms = 10 * 60'000;              // an older scan is judged as if it were made now

// Eras.
inline constexpr std::uint32_t era_number_max = 1U << 30;           // a store that shows more than this shows nonsense
inline constexpr std::size_t eras_believed_max = 3;                 // new ones from one store …
inline constexpr std::int64_t eras_believed_ms = 24LL * 3'600'000;  // … within this: each makes every store compare again
inline constexpr std::size_t eras_told_max = 1000;                  // the latest, in a welcome

// Kept after the acknowledgement, for a hub that comes back from an older backup.
inline constexpr std::int64_t outbox_keep_days = 14;  // as long as dead ids are kept in carts
inline constexpr std::uint64_t outbox_keep_bytes = 256ULL * 1024 * 1024;
inline constexpr std::size_t forgotten_per_beat = 200;  // 13 a second: more than a store makes, less than people notice
inline constexpr std::int64_t hub_keeps_days = 90;      // ids and hashes at the hub; an older copy of a store asks a person
inline constexpr std::int64_t gone_told_ms = small_limits ? 25'000 : hub_keeps_days * 86'400'000;  // of shared streams: removals
inline constexpr std::int64_t gone_marked_every_ms = small_limits ? 5'000 : 86'400'000;            // so exact is the former
inline constexpr std::int64_t dead_kept_ms =
    small_limits ? 30'000 : hub_keeps_days * 86'400'000;  // tombstones that stand nowhere
inline constexpr std::size_t hub_sweep_rows = 500;        // of them, looked at in one step

// What is gone, and what is to be forgotten.
inline constexpr std::size_t purged_entries_max = 1'000;     // in one step: some tens of ms, so that no store waits for it
inline constexpr std::size_t purged_streams_max = 500;       // looked at in one step
inline constexpr std::size_t purged_documents_max = 500;     // the same of tombstones
inline constexpr std::size_t expired_at_once = 200;          // documents forgotten in one transaction
inline constexpr std::int64_t expiry_wake_max_ms = 600'000;  // a wall clock that was put forward is noticed within this
inline constexpr std::int64_t tombstone_kept_ms =
    small_limits ? 20'000 : 48LL * 3'600'000;  // at a store: a pass of a deleted cart, 24 h at most, is known

// Erasure.
inline constexpr std::size_t erasure_documents = 500;  // looked at in one read, while a hub looks for all that is theirs
inline constexpr std::int64_t silent_max_ms =
    30LL * 86'400'000;  // a store without a line for longer shows nobody before it was told

// Bounds.
inline constexpr std::size_t pushes_held_max = 8;  // out-of-order pushes of one stream; then the store pulls
inline constexpr std::size_t pushes_held_bytes_max = 2UL * 1024 * 1024;  // of bodies, all streams of a store together
inline constexpr std::size_t repair_keys_max =
    5'000;                                           // looked at for one page of a repair: a store looks at as many in one commit
inline constexpr std::size_t base_check_rows = 400;  // bodies read against their leaves at each beat
inline constexpr std::int64_t repair_again_ms = 60'000;         // a repair that did not help is tried again after this,
inline constexpr std::int64_t repair_again_max_ms = 3'600'000;  // doubled each time, at most this

}  // namespace vitrine::sync::tuning
