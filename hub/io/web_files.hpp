// SPDX-License-Identifier: Apache-2.0
// The phone page's files, read once at start: what is served is what was there then, and no path of a request reaches the disk.
#pragma once

#include <map>
#include <string>

#include "base/result.hpp"

namespace vitrine::hub {

struct WebFile {
  std::string bytes;
  std::string content_type;
  std::string tag;  // ETag, with its quotes
};

// By path as asked for: "/", "/k" and "/web/…". Error: "web_folder_unusable".
Result<std::map<std::string, WebFile>> read_web_files(const std::string& folder);

}  // namespace vitrine::hub
