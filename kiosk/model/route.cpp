// SPDX-License-Identifier: Apache-2.0
// The screens' stable names.
#include "kiosk/model/route.hpp"

#include "kiosk/model/delivery_view.hpp"
#include "kiosk/model/ticket_view.hpp"

namespace vitrine::kiosk {

std::string_view name_of(Route route) {
  switch (route) {
    case Route::resting:
      return "resting";
    case Route::starting:
      return "starting";
    case Route::welcome:
      return "welcome";
    case Route::scan:
      return "scan";
    case Route::cart:
      return "cart";
    case Route::search:
      return "search";
    case Route::product:
      return "product";
    case Route::collect:
      return "collect";
    case Route::pickup:
      return "pickup";
    case Route::help:
      return "help";
    case Route::till:
      return "till";
    case Route::keep:
      return "keep";
    case Route::choices:
      return "choices";
    case Route::coupon:
      return "coupon";
    case Route::deliver:
      return "deliver";
    case Route::problem:
      return "problem";
    case Route::sign_in:
      return "sign_in";
    case Route::queue:
      return "queue";
    case Route::order:
      return "order";
    case Route::customer:
      return "customer";
    case Route::take_back:
      return "take_back";
    case Route::stock:
      return "stock";
    case Route::status:
      return "status";
    case Route::board:
      return "board";
    case Route::picking:
      return "picking";
    case Route::audit:
      return "audit";
  }
  return "";
}

std::string_view name_of(Problem problem) {
  switch (problem) {
    case Problem::code_timed_out:
      return "code_timed_out";
    case Problem::code_unknown:
      return "code_unknown";
    case Problem::code_foreign:
      return "code_foreign";
    case Problem::needs_internet:
      return "needs_internet";
    case Problem::not_ready:
      return "not_ready";
    case Problem::no_answer:
      return "no_answer";
  }
  return "";
}

std::string_view name_of(PayStep step) {
  switch (step) {
    case PayStep::waiting:
      return "waiting";
    case PayStep::refused:
      return "refused";
    case PayStep::open:
      return "open";
    case PayStep::taken:
      return "taken";
    case PayStep::paid:
      return "paid";
    case PayStep::returned:
      return "returned";
    case PayStep::cancelled:
      return "cancelled";
    case PayStep::expired:
      return "expired";
    case PayStep::stale:
      return "stale";
  }
  return "";
}

std::string_view name_of(DeliverStep step) {
  switch (step) {
    case DeliverStep::ask:
      return "ask";
    case DeliverStep::nobody:
      return "nobody";
    case DeliverStep::waiting:
      return "waiting";
    case DeliverStep::done:
      return "done";
    case DeliverStep::cancelled:
      return "cancelled";
    case DeliverStep::refused:
      return "refused";
    case DeliverStep::failed:
      return "failed";
  }
  return "";
}

}  // namespace vitrine::kiosk
