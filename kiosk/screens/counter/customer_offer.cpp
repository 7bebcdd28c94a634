// SPDX-License-Identifier: Apache-2.0
// What may please the customer next, why, and what came of it.
#include <algorithm>
#include <array>

#include "kiosk/screens/counter/customer_parts.hpp"
#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/shopper/stock_words.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = part_pad;
constexpr float tile = 84;

const OfferSeen* offer_on(const CustomerOnScreen& screen) {
  if (!screen.offers || screen.offers->offers.empty()) return nullptr;
  return &screen.offers->offers.front();
}

struct OfferWords {
  std::string title, why, goods;
};
OfferWords words_of(Stage& stage, const Model& model, const OfferSeen& offer) {
  Texts& t = stage.texts;
  OfferWords words{t.pick(offer.title), t.pick(offer.why), {}};
  if (!offer.product) return words;
  words.title = t.say("offer.show", {{"title", words.title}});
  words.goods = shopper::offer_words(stage, model, offer.product->stock).text;
  if (offer.product->price) words.goods += (words.goods.empty() ? "" : ", ") + t.money(*offer.product->price);
  return words;
}

float words_height(const Stage& stage, const OfferWords& words, float room) {
  float tall = stage.height_of(words.title, Type::desk_label, room) + 6 + stage.height_of(words.why, Type::desk_body, room);
  if (!words.goods.empty()) tall += 4 + stage.height_of(words.goods, Type::desk_caption, room);
  return tall;
}

// What may come of it, beside one another where the language allows.
struct Outcome {
  const char* id;
  const char* code;
  const char* words;
  ButtonKind kind;
};
constexpr auto outcomes = std::to_array<Outcome>({{"offer.taken", "taken", "offer.taken", ButtonKind::secondary},
                                                  {"offer.not_now", "not_now", "offer.not_now", ButtonKind::tertiary},
                                                  {"offer.declined", "declined", "offer.declined", ButtonKind::tertiary}});
constexpr float outcome_gap = 16;
constexpr float outcome_side = 40;  // of a button, what its words do not take

std::array<float, outcomes.size()> outcome_widths(Stage& stage, float room) {
  std::array<float, outcomes.size()> wide{};
  float sum = 0;
  for (std::size_t i = 0; i < wide.size(); ++i)
    sum += wide[i] = stage.canvas.width_of(Type::desk_button, stage.texts.say(outcomes[i].words)) + outcome_side + 2;
  const float spare = room - 2 * outcome_gap - sum;
  if (spare < 0) return {room, (room - outcome_gap) / 2, (room - outcome_gap) / 2};
  for (float& each : wide) each += spare / static_cast<float>(wide.size());
  return wide;
}
float outcomes_height(Stage& stage, float room) {
  return outcome_widths(stage, room).front() < room ? 72 : 72 + outcome_gap + 72;
}

}  // namespace

float offer_height(Stage& stage, const Model& model, const CustomerOnScreen& screen, float width) {
  const OfferSeen* offer = offer_on(screen);
  if (offer == nullptr) return 0;
  const float room = width - 2 * pad - (offer->product ? tile + 20 : 0);
  return 22 + 36 + std::max(offer->product ? tile : 0.0F, words_height(stage, words_of(stage, model, *offer), room)) + 20 +
         outcomes_height(stage, width - 2 * pad) + 20;
}

void draw_offer(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box) {
  const OfferSeen* offer = offer_on(screen);
  if (offer == nullptr) return;
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  stage.canvas.fill(box, theme.night, 24 * theme.corner_scale);
  stage.canvas.icon(Icon::lightbulb, 32, {box.x + pad + 16, box.y + 22 + 14}, theme.on_dark_2);
  stage.write({box.x + pad + 42, box.y + 22, box.w - 2 * pad - 42, 0}, t.say("offer.next"),
              {.role = Role::heading, .type = Type::desk_label, .colour = theme.on_dark_2, .id = "offer.title"});
  const OfferWords words = words_of(stage, model, *offer);
  float y = box.y + 22 + 36;
  float x = box.x + pad;
  if (offer->product) {
    product_tile(stage, {x, y + 2, tile, tile}, offer->product->pictogram, offer->product->tile);
    x += tile + 20;
  }
  const float room = box.right() - pad - x;
  y += 6 + stage.write({x, y, room, 0}, words.title,
                       {.type = Type::desk_label, .colour = theme.on_dark, .lines_max = 6, .id = "offer.what", .personal = true});
  y += 4 + stage.write({x, y, room, 0}, words.why,
                       {.type = Type::desk_body, .colour = theme.on_dark, .lines_max = 5, .id = "offer.why", .personal = true});
  if (!words.goods.empty())
    stage.write({x, y, room, 0}, words.goods,
                {.type = Type::desk_caption, .colour = theme.on_dark_2, .lines_max = 3, .id = "offer.goods"});
  const float all = box.w - 2 * pad;
  const auto wide = outcome_widths(stage, all);
  Box place{box.x + pad, box.bottom() - 20 - outcomes_height(stage, all), 0, 72};
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const Outcome& one = outcomes[i];
    place.w = wide[i];
    const ButtonSpec spec{
        .id = one.id, .label = t.say(one.words), .kind = one.kind, .desk = true, .enabled = screen.telling == 0};
    if (button(stage, place, spec)) stage.want(CounterWish{OfferCameTo{one.code}});
    place.x += place.w + outcome_gap;
    if (place.w >= all) place = {box.x + pad, place.bottom() + outcome_gap, 0, 72};
  }
}

}  // namespace vitrine::kiosk::counter
