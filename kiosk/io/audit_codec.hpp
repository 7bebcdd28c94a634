// SPDX-License-Identifier: Apache-2.0
// Who did and saw what, in a counter's half of the local API; for counter_codec.cpp alone. Throws answer::Misshapen at what is
// not agreed.
#pragma once

#include "kiosk/io/answer_fields.hpp"
#include "kiosk/model/audit_view.hpp"

namespace vitrine::kiosk::answer {

std::string audit_path(const AuditQuestion& question);
AuditPage audit_page(const json& object);

}  // namespace vitrine::kiosk::answer
