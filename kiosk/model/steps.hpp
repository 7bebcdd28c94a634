// SPDX-License-Identifier: Apache-2.0
// The steps that apply() is made of; only the model's own files and none outside include this.
#pragma once

#include <vector>

#include "kiosk/model/model.hpp"

namespace vitrine::kiosk::steps {

using Requests = std::vector<Request>;

// Forgets the person: a new visit at the welcome screen, in the store's language.
void end_visit(Model& model);
// The person is there: the idle time starts again, and a countdown too.
void notice_person(Model& model);

// Pass and cart.
void read_code(Model& model, const ScanSeen& event, Requests& out);
void take_cart(Model& model, const CartArrived& event, Requests& out);
void refuse_pass(Model& model, const PassRefused& event);
void take_failure(Model& model, const RequestFailed& event, Requests& out);
void hear_of_cart(Model& model, const CartNews& event, Requests& out);
void ask_for_cart(Model& model, Requests& out);
void give_up_opening(Model& model);

// Changes of the cart.
void change_quantity(Model& model, const ChangeQuantity& wish, Requests& out);
void remove_line(Model& model, const RemoveLine& wish, Requests& out);
void undo_remove(Model& model, Requests& out);
void send_next_change(Model& model, Requests& out);

// What time alone does.
void let_time_pass(Model& model, Requests& out);
void ask_for_store(Model& model, Requests& out);

}  // namespace vitrine::kiosk::steps
