// SPDX-License-Identifier: Apache-2.0
// The cards of the queue. Each draws itself from the top of its place and returns the height it used; hidden ones only measure.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::counter {

float draw_here(Stage& stage, const Model& model, const OrderCard& card, const Box& at, bool first, bool hidden);
float draw_prepare(Stage& stage, const Model& model, const OrderCard& card, const Box& at, bool hidden);
// On one card for all of them: ready_card. `last`: no line below it.
float draw_ready(Stage& stage, const Model& model, const OrderCard& card, const Box& at, bool last, bool hidden);
void ready_card(Stage& stage, const Box& at, std::size_t rows);
inline constexpr float ready_gap = 14;
// alerts.cpp: what needs somebody, of one kind.
float draw_alert(Stage& stage, const Model& model, const AlertGroup& group, const Box& at, bool hidden);
std::string alert_words(Stage& stage, const AlertGroup& group);
// A card of the counter.
void card_of(Stage& stage, const Box& box);

float draw_call(Stage& stage, const Model& model, const HelpCall& call, const Box& at, bool first, bool hidden);

// A conversation that waits for this store.
float draw_waiting_case(Stage& stage, const Model& model, const CaseCard& one, const Box& at, bool hidden);

}  // namespace vitrine::kiosk::counter
