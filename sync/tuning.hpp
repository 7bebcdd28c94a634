// SPDX-License-Identifier: Apache-2.0
// Every limit and delay of the engine, unit last, reason beside it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vitrine::sync::tuning {

// Protocol versions spoken.
inline constexpr std::uint32_t protocol_version = 1;

// Messages.
inline constexpr std::size_t message_sent_bytes_max = 256UL * 1024;  // as sent; keeps one slow store from filling a broker
inline constexpr std::size_t message_unpacked_bytes_max = 4UL * 1024 * 1024;  // a small message cannot unpack into a large memory
inline constexpr std::size_t compress_above_bytes = 1024;                     // below, zstd's frame costs more than it saves
inline constexpr std::size_t page_bytes =
    384UL * 1024;  // bodies in a page: about 60 KiB as sent, far below the limit even for poor ratios
inline constexpr std::size_t page_bytes_min = 16UL * 1024;
inline constexpr std::size_t pages_per_pull = 4;  // the store commits one while the next are on their way
inline constexpr std::size_t pages_per_pull_max = 8;

// Up.
inline constexpr std::size_t ops_transactions_max = 200;       // one batch in flight: some hundreds amortise the hub's commit
inline constexpr std::size_t ops_bytes_max = 192UL * 1024;     // below the message limit with JSON's escapes
inline constexpr std::size_t transaction_operations_max = 64;  // one action of one person
inline constexpr std::size_t operation_body_bytes_max = 96UL * 1024;  // emptying a line may name every dot a cart can hold
inline constexpr std::size_t actor_bytes_max = 64;

// Time.
inline constexpr std::int64_t beat_every_ms = 15'000;        // a silent cut shows within beat + answer = 25 s
inline constexpr std::int64_t answer_within_ms = 10'000;     // no answer for this long: the hub is not there
inline constexpr std::int64_t heads_every_ms = 15'000;       // a lost push is noticed within two of these
inline constexpr std::int64_t push_pull_jitter_ms = 5'000;   // stores do not all pull a shared stream at once
inline constexpr std::int64_t clock_ahead_max_ms = 120'000;  // further ahead than this a stamp is not believed

// Bounds.
inline constexpr std::size_t pushes_held_max = 8;  // out-of-order pushes of one stream; then the store pulls

}  // namespace vitrine::sync::tuning
