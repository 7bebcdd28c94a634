// SPDX-License-Identifier: Apache-2.0
#include "sync/ends/presence.hpp"

#include <algorithm>

#include "sync/protocol/message_codec.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

// A hello has every field of a beat too.
std::uint64_t cursor_in(const std::string& presence, const StreamName& stream, const Era& era) {
  const auto said = decode_store_message("beat", presence);
  const auto* beat = said ? std::get_if<Beat>(&*said) : nullptr;
  if (beat == nullptr) return 0;
  const auto found = std::ranges::find(beat->cursors, stream, &StreamCursor::stream);
  return found != beat->cursors.end() && found->cursor.era == era ? found->cursor.seq : 0;
}

}  // namespace vitrine::sync::ends
