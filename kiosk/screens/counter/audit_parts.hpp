// SPDX-License-Identifier: Apache-2.0
// The auditor's screen: how the chain stands, and one line closely.
#pragma once

#include <string>

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::counter {

// "Tom B.", else their number; nobody was signed in: the device alone acted.
std::string audit_who(Stage& stage, const Model& model, const std::string& staff);
// What was done, in words where there are some, else as it is written.
std::string audit_action(Stage& stage, const std::string& action);
std::string audit_when(Stage& stage, UtcMs at);
// Nothing is wrong with the chain that nobody has seen to.
bool is_whole(const AuditPage& page);
// The same in words, with what is wrong; returns the height.
float draw_chain(Stage& stage, const AuditPage& page, const Box& place);
// The line that was chosen, and what may be asked from there.
void draw_audit_line(Stage& stage, const Model& model, const AuditLine& line, const Box& place);

}  // namespace vitrine::kiosk::counter
