// SPDX-License-Identifier: Apache-2.0
// The code on the phone: a signed pass as a QR symbol, drawn as one SVG path of whole modules.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "sync/model/cart.hpp"
#include "sync/protocol/pass.hpp"

namespace vitrine::hub::api {

inline constexpr int code_version_max = 20;  // 97 modules: larger ones are hard for cameras

struct CodeDrawing {
  std::string svg_path;  // black modules; one unit a module, from 0,0, without a quiet zone
  int modules = 0;       // of one side
  int version = 0;
};

// None: the text does not fit version 20 at error correction M.
std::optional<CodeDrawing> draw_code(const std::string& link_base, const std::string& digits);

struct PassCode {
  std::string text;
  CodeDrawing drawing;
  bool has_lines = false;  // else the reference form, which names the cart only
};

// The lines form when it fits, else the reference form. Errors: those of sign_pass.
Result<PassCode> make_pass_code(sync::protocol::CartPass pass, const sync::protocol::SecretKey& key,
                                const std::string& link_base);

}  // namespace vitrine::hub::api
