// SPDX-License-Identifier: Apache-2.0
// What stands on a receipt, and the document behind it: written with the sale, placed where it was bought, known to every other
// store that is asked for its goods.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "edge/database/projections/reader.hpp"
#include "edge/database/tickets.hpp"
#include "edge/local_api/commands.hpp"
#include "sync/model/receipt.hpp"

namespace vitrine::edge::local_api {

// What is in a receipt's QR: "VR1:<STORE>:<RECEIPT>".
std::string receipt_text(const sync::StoreId& store, std::string_view receipt);

// The receipt that a scan or a person's typing names.
struct NamedReceipt {
  sync::ReceiptId id;  // empty: it is none
  enum class Of { nobody_said, here, elsewhere } store = Of::nobody_said;
};
NamedReceipt receipt_named(const sync::StoreId& here, std::string_view text);

// Of what stands on it the last four: enough to find the paper by, and not to use it.
std::string end_of(std::string_view receipt);
// A purchase as the audit names it, which was asked for by this.
std::string audited_name(const sync::StoreId& here, std::string_view text);

// Letters that nobody guesses.
std::string new_receipt();
// The receipt's document, of what the ticket sold: at least one line.
void add_receipt(Desk& desk, sync::ends::LocalAction& action, const database::Ticket& ticket);
// As this store sees it; none: not here, or its sale is not.
std::optional<sync::Receipt> receipt_of(database::Reader& reader, const sync::ReceiptId& id);

}  // namespace vitrine::edge::local_api
