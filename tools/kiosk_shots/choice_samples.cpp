// SPDX-License-Identifier: Apache-2.0
// What a person agreed to, in states worth looking at.
#include "sync/model/consent.hpp"
#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

CartView own_cart() {
  CartView own = cart();
  own.has_choices = true;
  return own;
}

Scene opened(Scene scene) {
  scene.wish(SeeChoices{});
  return scene;
}

Asked newest(const Scene& scene) { return {scene.model.visit.number, scene.model.visit.choices->asked}; }

Scene shown(Scene scene = with_cart(own_cart())) {
  scene = opened(std::move(scene));
  scene.event(ChoicesArrived{newest(scene), some_choices(), std::nullopt});
  return scene;
}

Scene failed(const char* code) {
  Scene scene = opened(with_cart(own_cart()));
  scene.event(RequestFailed{newest(scene), code});
  return scene;
}

Scene refused(const char* code) {
  Scene scene = shown();
  scene.wish(ChooseForMyself{"marketing_post", true});
  scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.choices->pending.front().number}, code});
  return scene;
}

// All seven were changed.
Scene many() {
  Scene scene = shown();
  for (const std::string_view each : sync::consent_purposes) {
    const std::string purpose(each);
    const bool was = is_granted(*scene.model.visit.choices, purpose);
    scene = changed_choice(std::move(scene), purpose, !was);
    scene.wait(undo_ms);
    scene.event(PersonDid{});
  }
  scene.wish(ShowChoiceReceipt{});
  return scene;
}

Scene receipt(Scene scene) {
  scene.wish(ShowChoiceReceipt{});
  return scene;
}

}  // namespace

std::vector<Choice> some_choices() {
  std::vector<Choice> all;
  for (const std::string_view purpose : sync::consent_purposes)
    all.push_back({std::string(purpose), purpose == "history" || purpose == "marketing_email", {}});
  return all;
}

Scene with_choices() { return shown(); }

Scene changed_choice(Scene scene, const std::string& purpose, bool granted) {
  scene.wish(ChooseForMyself{purpose, granted});
  Choices& choices = *scene.model.visit.choices;
  std::vector<Choice> all = choices.all;
  for (Choice& one : all) {
    if (one.purpose != purpose) continue;
    one.granted = granted;
    if (!granted) one.withdrawals.push_back("0123456789abcdef0123456789abcdef.0");
  }
  ChoiceReceipt receipt{"4f9a21c07b3e58d60f1124ac9be07d35", purpose, granted, scene.now.utc};
  receipt.number[0] = static_cast<char>('0' + choices.receipts.size());
  scene.event(ChoicesArrived{{scene.model.visit.number, choices.pending.front().number}, all, receipt});
  return scene;
}

std::vector<Named> choice_scenes() {
  return {
      {"cart-choices", [] { return with_cart(own_cart()); }},
      {"cart-empty-choices",
       [] {
         CartView empty = own_cart();
         empty.lines.clear();
         empty.savings.clear();
         empty.totals = {.currency = "GBP"};
         return with_cart(empty);
       }},
      {"choices-waiting", [] { return opened(with_cart(own_cart())); }},
      {"choices", [] { return shown(); }},
      {"choices-offline", [] { return shown(offline(with_cart(own_cart()))); }},
      {"choices-focus", [] { return shown(); }, 3},
      {"choices-saved", [] { return changed_choice(shown(), "marketing_email", false); }},
      {"choices-not-saved", [] { return refused("no_answer"); }},
      {"choices-elsewhere", [] { return refused("consent_withdrawn"); }},
      {"choices-full", [] { return refused("consent_full"); }},
      {"choices-pass-needed", [] { return failed("pass_needed"); }},
      {"choices-unknown", [] { return failed("customer_unknown"); }},
      {"choices-failed", [] { return failed("no_answer"); }},
      {"choices-receipt", [] { return receipt(changed_choice(shown(), "marketing_email", false)); }},
      {"choices-receipt-many", many},
      {"choices-receipt-printer",
       [] {
         Scene scene = receipt(changed_choice(shown(), "marketing_email", false));
         scene.model.printer = PrinterAbility{true};
         return scene;
       }},
      {"choices-receipt-no-paper",
       [] {
         Scene scene = receipt(changed_choice(shown(), "marketing_email", false));
         scene.model.printer = PrinterAbility{true};
         scene.wish(PrintPaper{});
         scene.event(PaperPrinted{scene.model.visit.printing->number, "printer_paper"});
         return scene;
       }},
      {"choices-still-there",
       [] {
         Scene scene = shown();
         scene.wait(idle_cart_ms + 4'000);
         return scene;
       }},
  };
}

}  // namespace vitrine::kiosk::samples
