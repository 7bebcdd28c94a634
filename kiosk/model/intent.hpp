// SPDX-License-Identifier: Apache-2.0
// What a person wants, as screens return it. A screen never acts: the window hands intents to apply() as PersonWished.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "kiosk/model/counter_wish.hpp"
#include "kiosk/model/ease.hpp"
#include "kiosk/model/paper.hpp"
#include "kiosk/model/product_view.hpp"
#include "kiosk/model/route.hpp"
#include "kiosk/model/typed_text.hpp"

namespace vitrine::kiosk {

struct Navigate {
  Route to = Route::welcome;
  bool operator==(const Navigate&) const = default;
};
struct GoBack {
  bool operator==(const GoBack&) const = default;
};
// More (delta > 0) or fewer of a line. Going to nothing is RemoveLine.
struct ChangeQuantity {
  std::string line;
  std::int64_t delta = 0;
  bool operator==(const ChangeQuantity&) const = default;
};
struct RemoveLine {
  std::string line;
  bool operator==(const RemoveLine&) const = default;
};
struct RemoveCoupon {
  std::string code;
  bool operator==(const RemoveCoupon&) const = default;
};
struct UndoRemove {
  bool operator==(const UndoRemove&) const = default;
};
// Leave at once and leave nothing behind. StartOver is the utility bar's word for it, Finish the cart's and the dialog's.
struct StartOver {
  bool operator==(const StartOver&) const = default;
};
struct Finish {
  bool operator==(const Finish&) const = default;
};
struct StillHere {
  bool operator==(const StillHere&) const = default;
};
struct OpenLanguages {
  bool operator==(const OpenLanguages&) const = default;
};
struct CloseLanguages {
  bool operator==(const CloseLanguages&) const = default;
};
struct ChooseLanguage {
  std::string language;
  bool operator==(const ChooseLanguage&) const = default;
};
struct OpenEase {
  bool operator==(const OpenEase&) const = default;
};
struct CloseEase {
  bool operator==(const CloseEase&) const = default;
};
// All of it as it is to be.
struct ChooseEase {
  Ease ease;
  bool operator==(const ChooseEase&) const = default;
};

// A key of the on-screen keyboard or keypad, on the screen that is shown.
struct TypeKey {
  KeyTouch touch;
  bool operator==(const TypeKey&) const = default;
};
struct ShowKeyboard {
  bool shown = true;
  bool operator==(const ShowKeyboard&) const = default;
};
// All of it as it is to be.
struct ChooseFilter {
  SearchFilter filter;
  bool operator==(const ChooseFilter&) const = default;
};
// What failed is asked for again.
struct AskAgain {
  bool operator==(const AskAgain&) const = default;
};
struct OpenProduct {
  sync::Sku sku;
  bool operator==(const OpenProduct&) const = default;
};
// How many of the product on the screen are to go into the cart.
struct ChangeUnits {
  std::int64_t delta = 0;
  bool operator==(const ChangeUnits&) const = default;
};
// What was typed, the digits of an order or a coupon, is sent, or sent again.
struct Submit {
  bool operator==(const Submit&) const = default;
};
// Without a cart the person is asked for their code first; the product goes into the cart that opens.
struct AddToCart {
  sync::Sku sku;
  Words title;
  std::int64_t units = 1;
  bool operator==(const AddToCart&) const = default;
};

// The other store is to keep as many of the product on the screen as are chosen, for the cart that is open.
struct KeepAtStore {
  std::string store;
  bool operator==(const KeepAtStore&) const = default;
};

// A person, from any screen; on the screen of help itself, back.
struct AskForHelp {
  bool operator==(const AskForHelp&) const = default;
};
// What it is about.
struct SayTopic {
  std::string about;
  bool operator==(const SayTopic&) const = default;
};
struct CancelHelp {
  bool operator==(const CancelHelp&) const = default;
};
// A ticket of the cart is made, or made anew.
struct PayAtTill {
  bool operator==(const PayAtTill&) const = default;
};

// The cart on the person's phone: a code for its camera.
struct KeepOnPhone {
  bool operator==(const KeepOnPhone&) const = default;
};

// The cart sent home: what it would be, and that it is ordered.
struct DeliverHome {
  bool operator==(const DeliverHome&) const = default;
};
struct OrderDelivery {
  bool operator==(const OrderDelivery&) const = default;
};

// What they agreed to; one of it, to be as it is said; the last change back; the receipt of what was changed.
struct SeeChoices {
  bool operator==(const SeeChoices&) const = default;
};
struct ChooseForMyself {
  std::string purpose;
  bool granted = false;
  bool operator==(const ChooseForMyself&) const = default;
};
struct UndoChoice {
  bool operator==(const UndoChoice&) const = default;
};
struct ShowChoiceReceipt {
  bool operator==(const ShowChoiceReceipt&) const = default;
};

// On the kiosk's printer.
struct PrintPaper {
  Paper paper;
  bool operator==(const PrintPaper&) const = default;
};

using Intent = std::variant<Navigate, GoBack, ChangeQuantity, RemoveLine, RemoveCoupon, UndoRemove, StartOver, Finish, StillHere,
                            OpenLanguages, CloseLanguages, ChooseLanguage, OpenEase, CloseEase, ChooseEase, TypeKey, ShowKeyboard,
                            ChooseFilter, AskAgain, OpenProduct, ChangeUnits, AddToCart, KeepAtStore, Submit, AskForHelp,
                            SayTopic, CancelHelp, PayAtTill, KeepOnPhone, SeeChoices, ChooseForMyself, UndoChoice,
                            ShowChoiceReceipt, PrintPaper, DeliverHome, OrderDelivery, CounterWish>;

}  // namespace vitrine::kiosk
