// SPDX-License-Identifier: Apache-2.0
// Reads a folder of plain files; what has no known ending is left out.
#include "hub/io/web_files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "sync/protocol/entity_tag.hpp"

namespace vitrine::hub {

namespace {

constexpr std::size_t files_bytes_max = 32UL * 1024 * 1024;  // the page is small; a wrong folder is noticed

struct Kind {
  std::string_view ending;
  std::string_view content_type;
};
constexpr std::array kinds = {
    Kind{".html", "text/html; charset=utf-8"},
    Kind{".js", "text/javascript; charset=utf-8"},
    Kind{".css", "text/css; charset=utf-8"},
    Kind{".json", "application/json"},
    Kind{".svg", "image/svg+xml"},
    Kind{".woff2", "font/woff2"},
    Kind{".png", "image/png"},
    Kind{".webp", "image/webp"},
    Kind{".webmanifest", "application/manifest+json"},
};

}  // namespace

Result<std::map<std::string, WebFile>> read_web_files(const std::string& folder) {
  namespace fs = std::filesystem;
  std::map<std::string, WebFile> files;
  std::error_code failed;
  std::size_t total = 0;
  for (fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    if (!at->is_regular_file()) continue;
    const std::string ending = at->path().extension().string();
    const auto* kind = std::ranges::find(kinds, std::string_view(ending), &Kind::ending);
    if (kind == kinds.end()) continue;
    std::ifstream file(at->path(), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return fail("web_folder_unusable", "cannot read " + at->path().string());
    WebFile read{text.str(), std::string(kind->content_type), ""};
    total += read.bytes.size();
    if (total > files_bytes_max) return fail("web_folder_unusable", folder + " holds more than a page's files");
    read.tag = sync::protocol::entity_tag(read.bytes);
    files.emplace("/web/" + fs::relative(at->path(), folder).generic_string(), std::move(read));
  }
  if (failed) return fail("web_folder_unusable", "cannot read the phone page's folder " + folder + ": " + failed.message());
  const auto index = files.find("/web/index.html");
  if (index == files.end()) return fail("web_folder_unusable", "there is no index.html in " + folder + "; set http.web");
  files.emplace("/", index->second);
  files.emplace("/k", index->second);
  return files;
}

}  // namespace vitrine::hub
