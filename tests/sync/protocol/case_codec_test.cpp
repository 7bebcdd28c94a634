// SPDX-License-Identifier: Apache-2.0
// Conversations as JSON: what is written is read back, what is newer is kept, what is wrong is named.
#include <doctest/doctest.h>

#include "sync/protocol/case_codec.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::protocol;

namespace {

const std::string hex(32, 'a');
const std::string full =
    R"({"answered":[{"at":2,"by":")" + hex + R"(.1"}],"closed":{"at":5,"by":")" + hex +
    R"(.4","how":"answered","name":"Nadia K."},"customer":"12348","expires_at":7776000005,"head":{"at":1,"by":")" + hex +
    R"(.0","channel":"chat","reference":"C-1","store":"harbour-street","summary":"Cake stand"},"messages":[{"at":2,"by":")" +
    hex + R"(.1","from":"customer","text":"Is it dishwasher safe?"},{"at":3,"by":")" + hex +
    R"(.2","from":"staff","name":"Nadia K.","store":"harbour-street","text":"No, by hand."}],"newer":[1],"owner":{"at":4,"by":")" +
    hex + R"(.3","name":"Nadia K.","store":"harbour-street","who":"1001"},"since":1,"until":5})";

std::string changed(std::string_view from, std::string_view to) {
  std::string text = full;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a conversation is written as it was read, with what a newer version added") {
  const auto one = decode_case(full);
  REQUIRE(one.has_value());
  CHECK(one->head->summary == "Cake stand");
  CHECK(one->messages.at(0).by_customer);
  CHECK(one->messages.at(1).name == "Nadia K.");
  CHECK(one->owner->who == "1001");
  CHECK(rules::state_of(*one) == rules::CaseState::closed);
  CHECK(encode_case(*one) == full);
}

TEST_CASE("a conversation that cannot be one is refused with the field") {
  const auto mistake = [](const std::string& text) {
    const auto one = decode_case(text);
    return one ? "none" : one.error().code + ": " + one.error().message;
  };
  CHECK(mistake(changed("\"chat\"", "\"a chat\"")).find("case_malformed: head.channel") == 0);
  CHECK(mistake(changed("\"customer\",\"text\"", "\"somebody\",\"text\"")).find("case_malformed: messages[0].from") == 0);
  CHECK(mistake(changed("Is it dishwasher safe?", std::string(501, 'x'))).find("case_malformed: messages[0].text") == 0);
  CHECK(mistake(changed("Is it dishwasher safe?", "two\\nlines")).find("case_malformed: messages[0].text") == 0);
  CHECK(mistake(changed("Cake stand", std::string(201, 'x'))).find("case_malformed: head.summary") == 0);
  CHECK(mistake(changed("\"at\":3", "\"at\":1")).find("case_malformed: messages") == 0);
  CHECK(mistake(changed("\"at\":2", "\"at\":\"2\"")).find("case_malformed: answered[0].at") == 0);
  CHECK(mistake(changed("\"12348\"", "\"\"")).find("case_malformed: customer") == 0);
  CHECK(mistake("[]").find("case_malformed") == 0);
}

TEST_CASE("what is done to a conversation is written and read; other kinds are another version's") {
  const CustomerId customer{"a/b"};
  const CaseId id{hex};
  const StoreId store{"harbour-street"};
  for (const rules::CaseOperation& operation :
       {rules::CaseOperation{rules::CaseOpen{"chat", "Cake stand", store}},
        rules::CaseOperation{rules::CaseOpen{"counter", "", {}}},
        rules::CaseOperation{rules::CaseNote{true, "", {}, "Is it dishwasher safe?"}},
        rules::CaseOperation{rules::CaseNote{false, "Nadia K.", store, "No."}},
        rules::CaseOperation{rules::CaseTake{"1001", "Nadia K.", store}}, rules::CaseOperation{rules::CaseTake{"", "", store}},
        rules::CaseOperation{rules::CaseClose{"answered", "Nadia K.", store, {{UtcMs{2}, hex + ".1"}}}}}) {
    const Operation written = encode_case_operation(customer, id, operation);
    CHECK(written.document == DocumentKey{"case", "a/b/" + hex});
    CHECK(case_id(written.document.id) == std::pair{customer, id});
    const auto read = decode_case_operation(written.kind, written.body);
    REQUIRE(read.has_value());
    CHECK(encode_case_operation(customer, id, *read).body == written.body);
  }
  CHECK(decode_case_operation("case.sing", "{}").error().code == "operation_unknown");
  CHECK(decode_case_operation("case.note", R"({"from":"staff","text":""})").error().code == "operation_malformed");
  CHECK(decode_case_operation("case.close", R"({"how":"answered"})").error().code == "operation_malformed");
}
