// SPDX-License-Identifier: Apache-2.0
// The routes of what comes back.
#include <sodium.h>

#include <algorithm>
#include <array>

#include "edge/local_api/api.hpp"
#include "edge/local_api/purchases.hpp"
#include "edge/local_api/returns.hpp"
#include "edge/local_api/tickets.hpp"

namespace vitrine::edge::local_api {

namespace {

sync::TransactionId new_request() {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<unsigned char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  sync::TransactionId id;
  for (const unsigned char byte : bytes) id.text.append({digits[byte >> 4U], digits[byte & 15U]});
  return id;
}

}  // namespace

Reply Api::get_purchase(const Call& call, const std::vector<std::string>& in_path) {
  const std::string& name = in_path[0];
  if (name.size() > purchase_name_bytes_max) return problem({"invalid_request", "that is no order and no receipt"});
  auto readers = readers_.borrow();
  if (!readers) return problem(readers.error());
  auto seen = purchase_view(*readers->store, surroundings(), name);
  readers_.give_back(std::move(*readers));
  if (seen) return ok(to_json(*seen));
  const NamedReceipt receipt = receipt_named(setup_.store, name);
  const bool by_receipt = !receipt.id.empty();
  // One that says itself that it is this store's would be here.
  const bool to_ask = by_receipt ? receipt.store != NamedReceipt::Of::here : sync::is_order_id(name);
  if (seen.error().code != "purchase_unknown" || !to_ask) return problem(seen.error());
  const FetchPurchase asked{new_request(), call.caller.device, by_receipt ? "receipt" : "order",
                            by_receipt ? receipt.id.text : name, receipt.store == NamedReceipt::Of::elsewhere};
  const auto fetched = perform<bool>(Call{}, [asked](Desk& desk) { return fetch_purchase(desk, asked); });
  if (!fetched) return problem(fetched.error());
  return read([&](Readers& readers) { return purchase_view(*readers.store, surroundings(), name); });
}

Reply Api::return_reply(const std::string& id) {
  return read([&](Readers& readers) { return return_view(*readers.store, surroundings(), id); });
}

Reply Api::get_return(const Call&, const std::vector<std::string>& in_path) { return return_reply(in_path[0]); }

Result<bool> Api::is_permitted(const Call& call, std::string_view permission) {
  auto readers = readers_.borrow();
  if (!readers) return std::unexpected(readers.error());
  const auto rules = readers->store->staff_rules();
  const auto staff = readers->store->staff(setup_.store, call.acting ? call.acting->staff : std::string());
  readers_.give_back(std::move(*readers));
  const auto role = staff ? rules.roles.find(staff->role) : rules.roles.end();
  return role != rules.roles.end() && std::ranges::find(role->second, permission) != role->second.end();
}

Reply Api::post_return(const Call& call, const std::vector<std::string>& in_path) {
  auto request = decode_take_back(in_path[0], call.body);
  if (!request) return problem(request.error());
  const auto permitted = is_permitted(call, "late_returns");
  if (!permitted) return problem(permitted.error());
  request->may_overrule = *permitted;
  request->staff = call.acting ? call.acting->staff : std::string();
  const auto id = perform<std::string>(
      call, [asked = std::move(*request), around = surroundings()](Desk& desk) { return take_back(desk, around, asked); });
  if (!id) return problem(id.error());
  returns_taken_.fetch_add(1, std::memory_order_relaxed);
  return return_reply(*id);
}

}  // namespace vitrine::edge::local_api
