// SPDX-License-Identifier: Apache-2.0
// The hub's pictures of products: a folder of files named by the hash of their bytes.
#pragma once

#include <string>

#include "base/result.hpp"

namespace vitrine::hub {

struct PictureFile {
  std::string bytes;
  std::string content_type;
};

// Takes a file in, and answers its hash; one that is there already stays. Errors: "picture_unreadable", "picture_refused",
// "picture_unwritable".
Result<std::string> add_picture(const std::string& folder, const std::string& file);
// Error "picture_unknown": no such name, or what lies there is not of that name.
Result<PictureFile> read_picture(const std::string& folder, const std::string& hash);

}  // namespace vitrine::hub
