// SPDX-License-Identifier: Apache-2.0
// Whose outbox it is that came on a stick: the signature under it, judged by the retailer's authority.
#pragma once

#include <string>

#include "base/result.hpp"
#include "sync/protocol/outbox_file.hpp"

namespace vitrine::hub {

// The common name of the certificate that signed. Errors: "outbox_forged", when the certificate is not of this authority or the
// signature is not over this text. The certificate's end is not looked at: what waited may be older than it.
Result<std::string> signer_of(const sync::protocol::SealedOutbox& sealed, const std::string& authority_certificate);

}  // namespace vitrine::hub
