// SPDX-License-Identifier: Apache-2.0
// Which key acts on what: function keys lead to places, Enter is the main action, Escape the way back, and Alt with a letter is
// everything else, by name, so that no action lacks one (held by tests/kiosk/screens/commands_test.cpp). Of several with one key
// it is the row that has the focus, else the next.
#include <array>
#include <string>

#include "kiosk/screens/counter/screens.hpp"

namespace vitrine::kiosk::counter {
namespace {

// The name begins and, behind that, contains.
struct Named {
  std::string_view begins;
  std::string_view has;
  Key key;
};
constexpr auto named = std::to_array<Named>({
    {"desk.search", "", Key::search},
    {"desk.keys", "", Key::keys},
    {"desk.alert", "", alt('z')},
    {"rail.status", "", Key::status},
    // signing in
    {"who.", "", alt('w')},
    {"language.", "", Key::down},
    {"language", "", alt('l')},
    // the queue
    {"here.", ".open", alt('h')},
    {"prepare.", ".open", alt('p')},
    {"ready.", ".open", alt('r')},
    {"call.", ".take", alt('g')},
    {"call.", ".in_", alt('m')},
    {"call.", ".put_back", alt('b')},
    {"call.", ".end", alt('d')},
    {"waiting.", ".open", alt('c')},
    {"alert.", ".open", alt('o')},
    {"alert.", ".see_to", alt('s')},
    // an order
    {"line.", ".found", alt('f')},
    {"line.", ".more", alt('m')},
    {"line.", ".fewer", alt('n')},
    {"line.", ".tick", alt('t')},
    {"line.", ".decide", alt('c')},
    {"order.tick_all", "", alt('a')},
    {"order.print", "", alt('p')},
    {"order.person", "", alt('i')},
    {"order.kiosk", "", alt('k')},
    {"order.settled", "", alt('y')},
    {"shelf.", "", alt('s')},
    {"desk.receipt", "", alt('q')},
    {"sign_in.other", "", alt('b')},
    // what is to be fetched
    {"pick.by_", "", alt('v')},
    {"pick.print", "", alt('p')},
    {"pick.", ".take", alt('t')},
    {"pick.", ".open", alt('o')},
    {"pick.", ".order", alt('d')},
    {"picked.units.more", "", alt('m')},
    {"picked.units.fewer", "", alt('n')},
    {"picked.none", "", alt('x')},
    {"picked.put_back", "", alt('b')},
    // who did and saw what
    {"audit.line.", "", alt('o')},
    {"audit.span.", "", alt('w')},
    {"audit.what.", "", alt('a')},
    {"audit.who", "", alt('p')},
    {"audit.whom", "", alt('i')},
    {"audit.words.clear", "", alt('x')},
    {"audit.words", "", alt('k')},
    {"audit.all", "", alt('r')},
    {"audit.older", "", alt('b')},
    {"audit.newer", "", alt('n')},
    {"picking.stop", "", alt('b')},
    {"decide.units.more", "", alt('m')},
    {"decide.units.fewer", "", alt('n')},
    {"decide.", "", alt('d')},
    {"refusal.", "", alt('r')},
    // what comes back
    {"back.undo", "", alt('u')},
    {"back.name.clear", "", alt('x')},
    {"back.name", "", alt('k')},
    {"back.line.", ".more", alt('m')},
    {"back.line.", ".fewer", alt('n')},
    {"back.line.", "", alt('t')},
    {"back.swap.", "", alt('x')},
    {"back.money_back", "", alt('b')},
    {"back.swap", "", alt('s')},
    {"back.next", "", alt('n')},
    {"return_reason.", "", alt('r')},
    {"return_condition.", "", alt('c')},
    {"return_overrule.", "", alt('o')},
    // a customer
    {"why.", "", alt('w')},
    {"customer.key", "", alt('k')},
    {"customer.stop", "", alt('s')},
    {"customer.name", "", alt('n')},
    {"customer.share", "", alt('g')},
    {"customer.hand_over", "", alt('h')},
    {"orders.", "", alt('o')},
    {"doings.", "", alt('v')},
    {"timeline.older", "", alt('m')},
    {"offer.taken", "", alt('y')},
    {"offer.not_now", "", alt('l')},
    {"offer.declined", "", alt('q')},
    {"case.answer", "", alt('a')},
    {"case.close", "", alt('d')},
    {"case.take", "", alt('t')},
    {"case.put_back", "", alt('b')},
    {"case.not_needed", "", alt('x')},
    {"case.", "", alt('c')},
    // stock
    {"stock.undo", "", alt('u')},
    {"stock.words.clear", "", alt('x')},
    {"stock.words", "", alt('k')},
    {"stock.product.", "", alt('p')},
    {"stock.check.", "", alt('c')},
    {"stock.settle", "", alt('s')},
    {"stock.give_back.", "", alt('g')},
    {"stock.units.more", "", alt('m')},
    {"stock.units.fewer", "", alt('n')},
    {"stock.save", "", Key::enter},
    {"loss.", "", alt('r')},
    {"work.", "", alt('w')},
    // a customer's cart
    {"cart.change", "", alt('r')},
    {"their.close", "", alt('c')},
    {"their.undo", "", alt('u')},
    {"their.back", "", alt('e')},
    {"their.find", "", alt('k')},
    {"their.till", "", alt('i')},
    {"their.phone", "", alt('p')},
    {"their.coupon", "", alt('o')},
    {"their.words", "", alt('k')},
    {"their.", ".more", alt('m')},
    {"their.", ".fewer", alt('n')},
    {"their.", ".remove", alt('x')},
    {"found.", "", alt('f')},
    // what the store measures
    {"board.today", "", alt('t')},
    {"board.week", "", alt('w')},
    {"board.print", "", alt('p')},
    {"board.", "", alt('f')},
    // how the store stands
    {"decision.", ".open", alt('o')},
    {"drill.offer", "", alt('d')},
    {"drill.end", "", alt('d')},
    {"drill.start.", "", alt('m')},
    {"decision.", ".let", alt('u')},
    // over the screens
    {"find.words.clear", "", alt('x')},
    {"find.keyboard", "", alt('k')},
    {"find.", "", Key::down},
    {"back", "", alt('e')},  // where Escape does something else first
});

}  // namespace

std::optional<Key> key_of(std::string_view id) {
  for (const Named& one : named) {
    if (id.starts_with(one.begins) && (one.has.empty() || id.find(one.has, one.begins.size()) != std::string_view::npos))
      return one.key;
  }
  return std::nullopt;
}

std::string key_words(Stage& stage, Key key) {
  struct Plain {
    Key key;
    const char* words;
  };
  constexpr auto plain = std::to_array<Plain>({{Key::keys, "F1"},
                                               {Key::search, "F2"},
                                               {Key::queue, "F3"},
                                               {Key::customer, "F4"},
                                               {Key::stock, "F5"},
                                               {Key::take_back, "F6"},
                                               {Key::status, "F7"},
                                               {Key::lock, "F8"},
                                               {Key::filter, "F9"},
                                               {Key::note, "F10"},
                                               {Key::board, "F11"},
                                               {Key::picking, "F12"}});
  for (const Plain& one : plain) {
    if (one.key == key) return one.words;
  }
  if (is_alt(key)) {
    const auto letter = static_cast<char>('A' + (static_cast<int>(key) - static_cast<int>(Key::alt_a)));
    return stage.texts.say("keys.alt", {{"letter", std::string(1, letter)}});
  }
  if (key == Key::enter) return stage.texts.say("keys.enter");
  if (key == Key::escape) return "Esc";
  return stage.texts.say("keys.arrows");
}

float key_cap(Stage& stage, Point right_middle, const std::string& words) {
  const Theme& theme = stage.theme;
  const float wide = stage.canvas.width_of(Type::desk_badge, words) + 24;
  const Box box{right_middle.x - wide, right_middle.y - 18, wide, 36};
  stage.canvas.fill(box, theme.surface, 10);
  stage.canvas.outline(box, theme.line_strong, 2, 10);
  stage.canvas.text(Type::desk_badge, {box.centre().x, box.centre().y - stage.line(Type::desk_badge) / 2}, theme.ink_2, words,
                    Align::centre);
  return wide;
}

}  // namespace vitrine::kiosk::counter
