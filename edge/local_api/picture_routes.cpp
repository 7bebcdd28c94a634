// SPDX-License-Identifier: Apache-2.0
// The route of products' pictures.
#include "edge/local_api/api.hpp"
#include "sync/model/picture.hpp"

namespace vitrine::edge::local_api {

Reply Api::get_picture(const Call&, const std::vector<std::string>& in_path) {
  if (!sync::is_picture_hash(in_path.front())) return problem({"invalid_request", "a picture is named by 64 hexadecimal digits"});
  if (!setup_.picture) return problem({"picture_absent", "this store is not told where pictures come from"});
  auto bytes = setup_.picture(in_path.front());
  if (!bytes) return problem(bytes.error());
  const auto judged = sync::judge_picture(*bytes);
  if (!judged) return problem({"picture_absent", judged.error().message});
  return {200, std::string(sync::content_type_of(judged->kind)), std::move(*bytes)};
}

}  // namespace vitrine::edge::local_api
