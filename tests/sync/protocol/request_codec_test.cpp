// SPDX-License-Identifier: Apache-2.0
// Requests as JSON: what is written is read back, what is newer is kept, what is wrong is named.
#include <doctest/doctest.h>

#include "sync/protocol/request_codec.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::protocol;

namespace {

const std::string hex(32, 'a');
const std::string full =
    R"({"ended":{"at":4,"by":")" + hex + R"(.0","how":"helped"},"expires_at":172800001,"newer":[1],"raised":{"at":1,"by":")" +
    hex + R"(.0","context":"cart/)" + hex + R"(","device":"kiosk-1","language":"en","where":"by the stairs"},"since":1,)" +
    R"("store":"harbour-street","taken":{"at":3,"by":")" + hex + R"(.0","minutes":1,"who":"nadia"},)" +
    R"("topic":{"about":"finding","at":2,"by":")" + hex + R"(.0"}})";

std::string changed(std::string_view from, std::string_view to) {
  std::string text = full;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a request is written as it was read, with what a newer version added") {
  const auto request = decode_request_document(full);
  REQUIRE(request.has_value());
  CHECK(request->raised->where == "by the stairs");
  CHECK(request->topic->about == "finding");
  CHECK(request->taken->who == "nadia");
  CHECK(request->ended->how == "helped");
  CHECK(encode_request_document(*request) == full);
}

TEST_CASE("a request that cannot be one is refused with the field") {
  const auto mistake = [](const std::string& text) {
    const auto request = decode_request_document(text);
    return request ? "none" : request.error().code + ": " + request.error().message;
  };
  CHECK(mistake(changed("harbour-street", "Harbour Street")).find("request_malformed: store") == 0);
  CHECK(mistake(changed(R"("device":"kiosk-1")", R"("device":7)")).find("request_malformed: raised.device") == 0);
  CHECK(mistake(changed("\"minutes\":1", "\"minutes\":61")).find("request_malformed: taken.minutes") == 0);
  CHECK(mistake(changed("cart/" + hex, "person/" + hex)).find("request_malformed: raised.context") == 0);
  CHECK(mistake(changed("\"about\":\"finding\"", "\"about\":\"a name\"")).find("request_malformed: topic.about") == 0);
  CHECK(mistake("[]").find("request_malformed") == 0);
}

TEST_CASE("what is done to a request is written and read; other kinds are another version's") {
  const StoreId store{"harbour-street"};
  const RequestId id{hex};
  for (const rules::RequestOperation& operation :
       {rules::RequestOperation{rules::RequestRaise{"kiosk-1", "by the stairs", "en", "product/85123A"}},
        rules::RequestOperation{rules::RequestSay{"reach"}}, rules::RequestOperation{rules::RequestTake{"tom", 3}},
        rules::RequestOperation{rules::RequestTake{"", 0}}, rules::RequestOperation{rules::RequestEnd{"gone"}}}) {
    const Operation written = encode_request_operation(store, id, operation);
    CHECK(written.document.id == "harbour-street/" + hex);
    const auto read = decode_request_operation(written.kind, written.body);
    REQUIRE(read.has_value());
    CHECK(encode_request_operation(store, id, *read).body == written.body);
  }
  CHECK(decode_request_operation("request.sing", "{}").error().code == "operation_unknown");
  CHECK(decode_request_operation("request.end", R"({"how":""})").error().code == "operation_malformed");
}
