// SPDX-License-Identifier: Apache-2.0
// Only goods_model's files include this.
#pragma once

#include "tests/sim/goods_model.hpp"
#include "tests/sim/json_eyes.hpp"

namespace vitrine::sim {

struct GoodsModel::Parser : JsonEyes {};

}  // namespace vitrine::sim
