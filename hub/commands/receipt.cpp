// SPDX-License-Identifier: Apache-2.0
// `receipt`: what a till sold and what of it came back; and what a person decided where more came back than was bought.
#include <ostream>

#include "hub/commands/commands.hpp"
#include "hub/database/receipt_questions.hpp"
#include "sync/protocol/receipt_codec.hpp"

namespace vitrine::hub {

namespace {

using namespace sync;

constexpr const char* usage =
    "vitrine-hub receipt questioned --config hub.toml\n"
    "vitrine-hub receipt show <receipt> --config hub.toml\n"
    "vitrine-hub receipt resolve <receipt> <return> <refund|no_refund> --config hub.toml";

void tell(std::ostream& out, const std::string& id, const Receipt& receipt) {
  out << id << "  " << (receipt.sale ? "sold by " + receipt.sale->store.text : "of a sale that is not known here") << "\n";
  if (receipt.sale) {
    for (const ReceiptLine& line : receipt.sale->lines) {
      out << "  line " << line.number << ": " << line.sku.text << ", bought " << line.units << ", back "
          << rules::returned_units(receipt, line.number) << ", paid " << line.paid_minor << " (minor units of "
          << receipt.sale->currency << ")\n";
    }
  }
  for (const ReceiptReturn& back : receipt.returns) {
    out << "  return " << back.stamp.by.substr(0, back.stamp.by.find('.')) << " at " << back.store.text << ", " << back.reason
        << ":";
    for (const auto& [line, units] : back.lines) out << " " << line << "x" << units;
    if (back.decided) out << "; decided: " << back.decided->how;
    if (rules::is_questioned(receipt, back)) out << "; needs a person: more than was left";
    out << "\n";
  }
}

std::optional<Receipt> read_receipt(const std::optional<Document>& document) {
  auto receipt = document && document->body ? protocol::decode_receipt(*document->body) : fail("", "");
  return receipt ? std::optional(std::move(*receipt)) : std::nullopt;
}

Result<int> tell_questioned(const Command& command) {
  const auto looked = write_once(command, [&](CommandDesk& desk) {
    for (const ReceiptId& id : database::questioned_receipts(desk.authority.connection())) {
      if (const auto receipt = read_receipt(desk.authority.document(protocol::receipt_key(id))))
        tell(command.out, id.text, *receipt);
    }
  });
  if (!looked) return std::unexpected(looked.error());
  return 0;
}

}  // namespace

Result<int> receipt(const Command& command) {
  const auto& words = command.words;
  if (words.size() == 1 && words[0] == "questioned") return tell_questioned(command);
  const bool resolves = words.size() == 4 && words[0] == "resolve";
  if (!resolves && !(words.size() == 2 && words[0] == "show")) return fail("usage", usage);
  const ReceiptId id{words[1]};
  Operation operation;
  if (resolves) {
    operation = protocol::encode_receipt_operation(id, rules::ReceiptResolve{TransactionId{words[2]}, words[3]});
    operation.salt = command.chance.hex_128();
    // What the border would refuse from outside is refused here too.
    if (auto good = protocol::decode_receipt_operation(operation.kind, operation.body); !good)
      return std::unexpected(good.error());
  }
  std::string refused;
  std::optional<Receipt> after;
  const auto committed = write_once(command, [&](CommandDesk& desk) {
    after = read_receipt(desk.authority.document(protocol::receipt_key(id)));
    if (!after || !resolves) return;
    const auto done = desk.end.perform({TransactionId{command.chance.hex_128()}, "operator", {operation}}, desk.now);
    if (done.what == ends::HubPerformed::What::refused) refused = done.reason;
    after = read_receipt(desk.authority.document(protocol::receipt_key(id)));
  });
  if (!committed) return std::unexpected(committed.error());
  if (!after) return fail("receipt_unknown", "there is no receipt " + id.text);
  if (!refused.empty()) return fail(refused, "receipt " + id.text + " is as it was");
  tell(command.out, id.text, *after);
  return 0;
}

}  // namespace vitrine::hub
