// SPDX-License-Identifier: Apache-2.0
// Pictures of products, by the hash of their bytes: open to everyone, as the products are. Stores fetch them here.
#include "hub/api/api_impl.hpp"
#include "hub/api/picture_folder.hpp"

namespace vitrine::hub::api {

Answer Api::Impl::picture(const Call& call) {
  auto read = read_picture(setup.pictures_folder, call.path_value);
  if (!read) return problem(404, "picture_unknown");
  Answer answer;
  answer.content_type = read->content_type;
  answer.headers.emplace_back("ETag", "\"" + call.path_value + "\"");
  if (call.request.if_none_match.find(call.path_value) != std::string::npos) {
    answer.status = 304;
  } else {
    answer.body = std::move(read->bytes);
  }
  return answer;
}

}  // namespace vitrine::hub::api
