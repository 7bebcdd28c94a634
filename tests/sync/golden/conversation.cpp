// SPDX-License-Identifier: Apache-2.0
// The verbs of a conversation. "x{300}" in a body stands for that many x; long runs are written down like that too.
#include "tests/sync/golden/conversation.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/topics.hpp"

namespace vitrine::sync::ends {

namespace {

// "… puts SAVE10 on c1", "… takes SAVE10 off c1"
std::optional<rules::CartCoupon> coupon_in(const std::vector<std::string>& words) {
  if (words.size() != 5 || (words[3] != "on" && words[3] != "off")) return std::nullopt;
  return rules::CartCoupon{words[2], words[3] == "on"};
}

const StoreId the_store{"harbour-street"};
const std::vector<StreamName> followed = {StreamName{"catalog"}, StreamName{"content"}, StreamName{"prices.uk"},
                                          StreamName{"promotions.uk"}, StreamName{"settings"}};
constexpr std::size_t width = 124;
constexpr std::size_t run_written_out_max = 24;

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// Behind the n-th word.
std::string rest_of(const std::string& line, std::size_t n) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < n; ++i) at = line.find_first_not_of(' ', line.find(' ', at));
  return at == std::string::npos ? "" : line.substr(at);
}

std::string lengthened(const std::string& text) {
  const std::size_t at = text.find("x{");
  if (at == std::string::npos) return text;
  const std::size_t end = text.find('}', at);
  return text.substr(0, at) + std::string(std::stoul(text.substr(at + 2, end - at - 2)), 'x') + lengthened(text.substr(end + 1));
}

// "{hash 1}": the hash of the store's transaction 1.
std::string with_hashes(std::string text, Replica& replica) {
  for (std::size_t at = text.find("{hash "); at != std::string::npos; at = text.find("{hash ")) {
    const std::size_t end = text.find('}', at);
    const auto hash = replica.hash_at(std::stoul(text.substr(at + 6, end - at - 6)));
    text.replace(at, end - at + 1, protocol::to_hex(hash.value()));
  }
  return text;
}

std::string shortened(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = std::min(text.find_first_not_of(text[i], i), text.size());
    const bool long_run = text[i] == 'x' && end - i > run_written_out_max;
    out += long_run ? "x{" + std::to_string(end - i) + "}" : text.substr(i, end - i);
    i = end;
  }
  return out;
}

// Over several lines where it is long, broken after commas.
std::string laid_out(const std::string& head, const std::string& text) {
  std::string out;
  std::string line = head;
  std::string_view left = text;
  while (!left.empty()) {
    const std::size_t comma = left.find(',');
    const std::string_view piece = left.substr(0, comma == std::string_view::npos ? left.size() : comma + 1);
    if (line.size() + piece.size() > width && line.find_first_not_of(' ') != std::string::npos) {
      out += line + "\n";
      line = "          ";
    }
    line += piece;
    left.remove_prefix(piece.size());
  }
  return out + line + "\n";
}

std::string stamp(const Lineage& lineage) {
  return "[" + std::to_string(lineage.now.era) + "," + std::to_string(lineage.now.number) + "]";
}

// A cart as people see it; other bodies as they are.
std::string told(const DocumentKey& key, const std::optional<std::string>& body) {
  if (!body) return "tombstone";
  if (key.collection != "cart") return shortened(*body);
  const auto cart = protocol::decode_cart(CartId{key.id}, *body);
  if (!cart) return *body;
  std::string text;
  for (const CartLine& line : cart->lines) text += (text.empty() ? "" : ", ") + std::to_string(line.units()) + " × " + line.key;
  for (const std::string& code : cart->coupons) text += ", " + code;
  return text.empty() ? "nothing in it" : text;
}

// Carts have long names; in a conversation they are "c1", "c2".
CartId cart_named(const std::string& name) {
  if (name.size() < 2 || name[0] != 'c') throw std::runtime_error("a cart is called c1, c2 …");
  const std::string digits = name.substr(1);
  return CartId{"c" + std::string(31 - digits.size(), '0') + digits};
}

}  // namespace

Conversation::Conversation() {
  new_hub();
  StoreState state;
  state.store = the_store;
  state.incarnation = IncarnationId{std::string(31, '0') + "a"};
  replica_ = std::make_unique<MemoryReplica>(state);
  new_store_end();
}

// Counts, so that a conversation reads the same each time.
Chance Conversation::chance() {
  return {[this] { return ++drawn_; }};
}

void Conversation::new_hub() {
  authority_ = std::make_unique<MemoryAuthority>(std::vector<StoreId>{the_store});
  hub_ = std::make_unique<HubEnd>(*authority_, chance());
  hub_->put({"content", "store/" + the_store.text}, R"({"zone":"uk"})", now());
  hub_->finish(now());
}

void Conversation::new_store_end() {
  store_ = std::make_unique<StoreEnd>(*replica_, followed, "store", chance(), now());
  wake_.reset();
}

std::string Conversation::play(const std::string& file) {
  told_ = rows();
  std::istringstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(" ")) continue;
    write(line);
    if (line.empty() || line.starts_with("#")) continue;
    try {
      happen(line);
    } catch (const std::exception& error) {
      throw std::runtime_error("\"" + line + "\": " + error.what());
    }
    tell_rows();
  }
  return transcript_;
}

void Conversation::happen(const std::string& line) {
  const std::vector<std::string> words = words_of(line);
  const auto is = [&](std::size_t i, const char* word) { return words.size() > i && words[i] == word; };
  const auto count = [&] { return words.size() > 1 ? std::stoul(words[1]) : letters_.size(); };
  if (is(0, "hub") && is(1, "puts")) {
    hub_->put({words.at(2), words.at(3)}, lengthened(rest_of(line, 4)), now());
    carry(hub_->finish(now()));
  } else if (is(0, "hub") && is(1, "removes")) {
    hub_->remove({words.at(2), words.at(3)}, now());
    carry(hub_->finish(now()));
  } else if (is(0, "hub") && is(1, "erases")) {
    hub_->erase(CustomerId{words.at(2)}, now());
    carry(hub_->finish(now()));
  } else if (line == "hub purges") {
    hub_->purge({}, now());
    carry(hub_->finish(now()));
  } else if (line == "hub ends carts") {
    hub_->expire(now());
    carry(hub_->finish(now()));
  } else if (line == "hub says heads") {
    carry({hub_->heads(now())});
  } else if (line == "hub starts anew, without its rows") {
    new_hub();
  } else if (is(0, "hub") && is(1, "says")) {
    letters_.push_back({false, "", "store/harbour-street/" + words.at(2), with_hashes(rest_of(line, 3), *replica_)});
  } else if (is(0, "store") && is(1, "says")) {
    letters_.push_back({true, words.at(2), "hub/harbour-street/" + words.at(2), lengthened(rest_of(line, 3))});
  } else if (line == "store connects") {
    connected_ = true;
    carry(store_->connected(now()));
  } else if (line == "store connects, and all is quiet") {
    // A greeting and what it leads to, as in first-fill.txt; nothing of it is written down.
    const std::string so_far = transcript_;
    happen("store connects");
    happen("deliver");
    transcript_ = so_far;
    told_ = rows();
  } else if (line == "the line is cut") {
    connected_ = false;
    letters_.clear();
    carry(store_->disconnected(now()));
  } else if (line == "store dies and starts again") {
    connected_ = false;
    letters_.clear();
    new_store_end();
  } else if (is(0, "kiosk")) {
    kiosk(words);
  } else if (is(0, "phone")) {
    phone(words);
  } else if (is(0, "counter")) {
    counter(words);
  } else if (is(0, "deliver") && is(1, "until")) {
    // Up to and with the message that has this text.
    const std::string text = rest_of(line, 2);
    for (bool found = false; !found;) {
      if (letters_.empty()) throw std::runtime_error("no such message");
      found = letters_.front().json.find(text) != std::string::npos;
      deliver(false);
    }
  } else if (is(0, "deliver")) {
    // Without a number: until nobody has anything to say.
    for (std::size_t left = words.size() > 1 ? count() : SIZE_MAX; left > 0 && !letters_.empty(); --left) deliver(false);
  } else if (is(0, "repeat")) {
    deliver(true);
  } else if (is(0, "lose")) {
    for (std::size_t left = count(); left > 0 && !letters_.empty(); --left) {
      say(letters_.front(), "lost: ");
      letters_.pop_front();
    }
  } else if (is(0, "delay")) {
    letters_.push_back(letters_.front());
    letters_.pop_front();
  } else if (is(0, "wait")) {
    wait(std::stoll(words.at(1)));
  } else {
    throw std::runtime_error("no such verb");
  }
}

// All that the store shows of it leaves the cart for an order.
LocalAction Conversation::order_of(const CartId& cart, const std::string& sku, const OrderId& number) {
  rules::CartOrder takes{number, {}, std::nullopt};
  std::int64_t units = 0;
  const auto seen = protocol::decode_cart(cart, replica_->seen({"cart", cart.text}).value());
  for (const CartLine& line : seen.value().lines) {
    for (const Dot& dot : line.dots) {
      if (line.key != sku || dot.left() == 0) continue;
      takes.units.push_back({line.key, dot.id, dot.left()});
      units += dot.left();
    }
  }
  const rules::OrderAsk asks{the_store, cart, now().utc, "kiosk", "GBP", units * 100, {{1, Sku{sku}, units, 100}}};
  return {TransactionId{chance().hex_128()},
          Nature::intent,
          "kiosk-1",
          {protocol::encode_cart_operation(cart, takes), protocol::encode_order_operation(number, asks)}};
}

// kiosk adds 2 × A to c1 | kiosk takes 1 × A from c1 | kiosk puts SAVE10 on c1 | kiosk takes SAVE10 off c1 |
// kiosk orders all × A of c1 as K7Q2 | kiosk repeats
void Conversation::kiosk(const std::vector<std::string>& words) {
  if (words.at(1) == "orders") {
    last_action_ = order_of(cart_named(words.at(6)), words.at(4), OrderId{words.at(8)});
  } else if (words.at(1) != "repeats") {
    const auto coupon = coupon_in(words);
    const CartId cart = cart_named(words.at(coupon ? 4 : 6));
    const std::int64_t units = coupon ? 0 : std::stoll(words.at(2));
    rules::CartOperation operation = rules::CartAdd{Sku{words.at(coupon ? 2 : 4)}, units, "kiosk", the_store, std::nullopt};
    if (coupon) {
      operation = *coupon;
    } else if (words.at(1) == "takes") {
      std::vector<DotId> shown;
      const auto seen = protocol::decode_cart(cart, replica_->seen({"cart", cart.text}).value());
      for (const CartLine& line : seen.value().lines) {
        for (const Dot& dot : line.dots) {
          if (line.key == words.at(4) && dot.left() > 0) shown.push_back(dot.id);
        }
      }
      operation = rules::CartDecrease{words.at(4), shown, units, std::nullopt};
    }
    last_action_ = LocalAction{
        TransactionId{chance().hex_128()}, Nature::intent, "kiosk-1", {protocol::encode_cart_operation(cart, operation)}};
  }
  Performed performed = store_->perform(last_action_.value(), now());
  const char* what = performed.what == Performance::done       ? "done"
                     : performed.what == Performance::repeated ? "done before"
                                                               : "refused";
  write("  kiosk   is told: " + std::string(what) + (performed.reason.empty() ? "" : ", " + performed.reason));
  // Only what is done makes the engine look at its clocks.
  if (performed.what == Performance::done) carry(std::move(performed.effects));
}

// counter withdraws history of 17850
void Conversation::counter(const std::vector<std::string>& words) {
  const rules::ConsentOperation operation = rules::ConsentWithdraw{words.at(2), "counter"};
  Performed performed = store_->perform({TransactionId{chance().hex_128()},
                                         Nature::fact,
                                         "counter-1",
                                         {protocol::encode_consent_operation(CustomerId{words.at(4)}, operation)}},
                                        now());
  write("  counter is told: " + std::string(performed.what == Performance::done ? "done" : "refused, " + performed.reason));
  if (performed.what == Performance::done) carry(std::move(performed.effects));
}

// What the hub has of it.
rules::CartOperation Conversation::takes_all(const CartId& cart, const std::string& sku) {
  rules::CartRemove remove{sku, {}, std::nullopt};
  const auto held = protocol::decode_cart(cart, authority_->document({"cart", cart.text}).value().body.value());
  for (const CartLine& line : held.value().lines) {
    for (const Dot& dot : line.dots) {
      if (line.key == sku) remove.shown.push_back(dot.id);
    }
  }
  return remove;
}

// phone adds 2 × A to c1 | phone gives c1 to 17850 | phone puts SAVE10 on c1 | phone takes SAVE10 off c1 |
// phone takes all × A of c1
void Conversation::phone(const std::vector<std::string>& words) {
  const bool gives = words.at(1) == "gives";
  const auto coupon = coupon_in(words);
  const CartId cart = cart_named(words.at(coupon ? 4 : gives ? 2 : 6));
  const rules::CartOperation operation =
      coupon                   ? rules::CartOperation(*coupon)
      : words.at(1) == "takes" ? takes_all(cart, words.at(4))
      : gives                  ? rules::CartOperation(rules::CartAssign{CustomerId{words.at(4)}, std::nullopt})
              : rules::CartOperation(rules::CartAdd{Sku{words.at(4)}, std::stoll(words.at(2)), "phone", the_store, std::nullopt});
  const HubPerformed performed =
      hub_->perform({TransactionId{chance().hex_128()}, "phone", {protocol::encode_cart_operation(cart, operation)}}, now());
  if (performed.what == HubPerformed::What::refused) write("  phone   is told: refused, " + performed.reason);
  carry(hub_->finish(now()));
}

void Conversation::deliver(bool keep) {
  if (letters_.empty()) throw std::runtime_error("nothing is under way");
  time_ += 1;
  const Letter letter = letters_.front();
  if (!keep) letters_.pop_front();
  say(letter, keep ? "once: " : "");
  if (letter.up) {
    const auto message = protocol::decode_store_message(letter.kind, letter.json);
    if (!message) throw std::runtime_error(message.error().message);
    hub_->receive(the_store, *message, now());
    carry(hub_->finish(now()));
  } else if (connected_) {
    const auto message = protocol::decode_hub_message(letter.json);
    if (!message) throw std::runtime_error(message.error().message);
    carry(store_->received(*message, now()));
  }
  tell_rows();
}

void Conversation::wait(std::int64_t ms) {
  const std::int64_t until = time_ + ms;
  while (wake_ && wake_->value <= until) {
    time_ = std::max(time_, wake_->value);
    wake_.reset();
    carry(store_->woke(now()));
    tell_rows();
  }
  time_ = until;
}

void Conversation::carry(StoreEffects effects) {
  wake_ = effects.wake_at;
  for (const protocol::StoreMessage& message : effects.sends) {
    const std::string kind(protocol::kind_of(message));
    if (connected_) letters_.push_back({true, kind, "hub/harbour-street/" + kind, protocol::encode(message)});
  }
  if (effects.drop_connection) write("  store   drops the connection");
}

void Conversation::carry(const std::vector<HubSend>& sends) {
  for (const HubSend& send : sends) {
    std::string topic = "store/harbour-street/reply";
    if (send.to == HubSend::To::live) topic = "store/harbour-street/live";
    if (send.to == HubSend::To::stream) topic = "stream/" + send.stream.text;
    if (send.to == HubSend::To::heads) topic = "stream/heads";
    if (connected_) letters_.push_back({false, "", topic, protocol::encode(send.message)});
  }
}

void Conversation::say(const Letter& letter, const char* fate) {
  const std::string at = std::to_string(time_);
  const std::string head = "  " + std::string(7 - std::min<std::size_t>(7, at.size()), ' ') + at + " ";
  const std::string who = letter.up ? "store → " : "hub → ";
  transcript_ += laid_out(head + fate + who + letter.topic + " ", shortened(letter.json));
}

// What differs from what was told last.
void Conversation::tell_rows() {
  const Rows all = rows();
  for (const auto& [name, value] : all) {
    const auto before = told_.find(name);
    if (before == told_.end() || before->second != value) transcript_ += laid_out("          = " + name + ": ", value);
  }
  for (const auto& [name, value] : told_) {
    if (!all.contains(name)) write("          = " + name + ": gone");
  }
  told_ = all;
}

Conversation::Rows Conversation::rows() {
  Rows out;
  const Link& link = store_->link();
  out["store link"] = link.online ? "online" : "offline, " + link.reason;
  const StoreState state = replica_->state();
  out["store outbox"] = std::to_string(state.last_n) + " kept, " + std::to_string(state.applied_n) + " applied, " +
                        std::to_string(state.ack.n) + " in the base";
  const std::size_t staged = replica_->staged(0, 1'000).size();
  if (staged > 0) out["store staged"] = std::to_string(staged) + " entries";
  std::vector<StreamName> streams = followed;
  streams.push_back(protocol::own_stream(the_store));
  for (const StreamState& stream : replica_->streams()) {
    out["store cursor " + stream.stream.text] =
        stream.filled ? std::to_string(stream.cursor.seq) : "filling after " + stream.fill_after.id;
  }
  for (const StreamName& stream : streams) {
    for (const auto& [key, row] : replica_->base_rows(stream)) {
      const std::string name = key.collection + " " + key.id;
      out["store base " + name] = stamp({row.first, {}}) + " " + (row.second ? told(key, row.second) : "no body");
      if (const auto view = replica_->overlay(key)) out["store view " + name] = told(key, view->body);
    }
    if (const auto head = authority_->head(stream)) out["hub head " + stream.text] = std::to_string(head);
    if (const auto horizon = authority_->horizon(stream)) out["hub horizon " + stream.text] = std::to_string(horizon);
    for (const auto& [key, row] : authority_->placed(stream)) {
      out["hub " + stream.text + " " + key.collection + " " + key.id] = stamp({row.first, {}}) + " " + told(key, row.second);
    }
  }
  // Carts that the base does not have yet.
  for (int i = 1; i <= 3; ++i) {
    const CartId cart = cart_named("c" + std::to_string(i));
    if (const auto view = replica_->overlay({"cart", cart.text}))
      out["store view cart " + cart.text] = told({"cart", cart.text}, view->body);
  }
  for (const Applied& applied : authority_->applied(the_store)) {
    out["hub applied of " + applied.incarnation.text] = std::to_string(applied.n);
  }
  return out;
}

void Conversation::write(const std::string& text) { transcript_ += text + "\n"; }

}  // namespace vitrine::sync::ends
