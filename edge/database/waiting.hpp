// SPDX-License-Identifier: Apache-2.0
// What a store has to say to the hub and has not been told that the hub has: for a stick.
#pragma once

#include <string>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "sync/protocol/outbox_file.hpp"

namespace vitrine::edge::database {

// Reads the file beside a daemon that may be running, up to what the disk may have damaged. No batch: nothing waits. Errors:
// SQLite's; "database_empty".
Result<sync::protocol::OutboxText> waiting_outbox(const std::string& path, UtcMs now);

}  // namespace vitrine::edge::database
