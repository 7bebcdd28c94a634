// SPDX-License-Identifier: Apache-2.0
// The rows of kinds of documents that operations change, one file each, and what several of them need.
#pragma once

#include <string>

#include "sync/ends/collections.hpp"

namespace vitrine::sync::ends::collections {

extern const Collection activity;
extern const Collection audit;
extern const Collection cart;
extern const Collection cases;
extern const Collection consent;
extern const Collection measures;
extern const Collection offer;
extern const Collection order;
extern const Collection receipt;
extern const Collection request;
extern const Collection stock;

// An operation's answer where it has no effect.
std::unexpected<rules::Refusal> refuse(std::string reason);

// The rules version that this program has of every kind.
inline constexpr std::uint32_t rules_version = 1;

// In this stream and no other.
Placement in(std::string stream);
// Ids of the shape "<zone or store>/<what>": in that zone's or store's stream.
Placement by_first_part(const char* family, const DocumentKey& key);

}  // namespace vitrine::sync::ends::collections
