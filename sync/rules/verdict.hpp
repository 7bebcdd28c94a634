// SPDX-License-Identifier: Apache-2.0
// What a rule answers: the document after the operation, or a refusal that people can be shown.
#pragma once

#include <expected>
#include <string>

namespace vitrine::sync::rules {

// `reason` is a stable key ("cart_full"), worded for people where it is shown.
struct Refusal {
  std::string reason;
  bool operator==(const Refusal&) const = default;
};

template <class Document>
using Verdict = std::expected<Document, Refusal>;

}  // namespace vitrine::sync::rules
