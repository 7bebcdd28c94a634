// SPDX-License-Identifier: Apache-2.0
// Receipts as JSON: what is written is read back, what is newer is kept, what is wrong is named.
#include <doctest/doctest.h>

#include "sync/protocol/receipt_codec.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::protocol;

namespace {

const std::string hex(32, 'a');
const std::string full = R"({"expires_at":9,"newer":[1],"returns":[{"at":3,"by":")" + hex +
                         R"(.0","condition":"resell","decided":{"at":4,"by":")" + hex +
                         R"(.1","how":"refund"},"lines":[{"line":1,"n":1}],"reason":"damaged","store":"quay-square"}],)" +
                         R"("sale":{"at":2,"by":")" + hex + R"(.2","currency":"GBP","kept_until":9,)" +
                         R"("lines":[{"line":1,"n":2,"paid":590,"sku":"85123A"}],"store":"harbour-street"},"since":1})";

std::string changed(std::string_view from, std::string_view to) {
  std::string text = full;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a receipt is written as it was read, with what a newer version added") {
  const auto receipt = decode_receipt(full);
  REQUIRE_MESSAGE(receipt.has_value(), receipt.error().message);
  CHECK(receipt->sale->lines.front().paid_minor == 590);
  CHECK(receipt->returns.front().decided->how == "refund");
  CHECK(encode_receipt(*receipt) == full);
}

TEST_CASE("a receipt that cannot be one is refused with the field") {
  const auto mistake = [](const std::string& text) {
    const auto receipt = decode_receipt(text);
    return receipt ? "none" : receipt.error().code + ": " + receipt.error().message;
  };
  CHECK(mistake(changed("harbour-street", "Harbour Street")).find("receipt_malformed: sale.store") == 0);
  CHECK(mistake(changed("\"paid\":590", "\"paid\":-1")).find("receipt_malformed: sale.lines[0].paid") == 0);
  CHECK(mistake(changed("\"how\":\"refund\"", "\"how\":\"perhaps\"")).find("receipt_malformed: returns[0].decided.how") == 0);
  CHECK(mistake(changed("\"n\":1", "\"n\":0")).find("receipt_malformed: returns[0].lines[0].n") == 0);
  CHECK(mistake(changed("\"GBP\"", "\"pounds\"")).find("receipt_malformed: sale.currency") == 0);
  CHECK(mistake("[]").find("receipt_malformed") == 0);
}

TEST_CASE("what is done to a receipt is written and read; other kinds are another version's") {
  const ReceiptId id{"BCDFGHJKMNPQ"};
  const StoreId store{"harbour-street"};
  for (const rules::ReceiptOperation& operation :
       {rules::ReceiptOperation{rules::ReceiptSell{store, "GBP", UtcMs{9}, {{1, Sku{"A"}, 2, 590}, {2, Sku{"A"}, 1, 0}}}},
        rules::ReceiptOperation{rules::ReceiptBack{store, {{1, 1}, {2, 1}}, "damaged", "resell"}},
        rules::ReceiptOperation{rules::ReceiptResolve{TransactionId{hex}, "no_refund"}}}) {
    const Operation written = encode_receipt_operation(id, operation);
    CHECK(written.document == receipt_key(id));
    const auto read = decode_receipt_operation(written.kind, written.body);
    REQUIRE_MESSAGE(read.has_value(), read.error().message);
    CHECK(encode_receipt_operation(id, *read).body == written.body);
  }
  CHECK(decode_receipt_operation("receipt.sing", "{}").error().code == "operation_unknown");
  const auto twice =
      R"({"condition":"resell","lines":[{"line":1,"n":1},{"line":1,"n":1}],"reason":"damaged","store":"quay-square"})";
  CHECK(decode_receipt_operation("receipt.return", twice).error().code == "operation_malformed");
  CHECK(is_receipt_id("BCDFGHJKMNPQ"));
  CHECK_FALSE(is_receipt_id("BCDFGHJKMNP"));
  CHECK_FALSE(is_receipt_id("BCDFGHJKMNPA"));
}
