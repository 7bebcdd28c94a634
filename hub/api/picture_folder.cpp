// SPDX-License-Identifier: Apache-2.0
// See picture_folder.hpp.
#include "hub/api/picture_folder.hpp"

#include <filesystem>
#include <fstream>
#include <optional>

#include "sync/model/picture.hpp"
#include "sync/protocol/entity_tag.hpp"

namespace vitrine::hub {
namespace {

namespace fs = std::filesystem;

// None: it is no file, or longer than any picture.
std::optional<std::string> bytes_of(const std::string& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error) || fs::file_size(file, error) > sync::picture_bytes_max || error) return std::nullopt;
  std::string bytes(fs::file_size(file, error), '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (static_cast<std::size_t>(in.gcount()) != bytes.size()) return std::nullopt;
  return bytes;
}

}  // namespace

Result<std::string> add_picture(const std::string& folder, const std::string& file) {
  const auto bytes = bytes_of(file);
  if (!bytes) return fail("picture_unreadable", file + " is no file of at most 1 MiB");
  if (auto judged = sync::judge_picture(*bytes); !judged) return fail("picture_refused", file + ": " + judged.error().message);
  const std::string hash = sync::protocol::picture_hash(*bytes);
  const std::string name = folder + "/" + hash;
  std::error_code error;
  fs::create_directories(folder, error);
  if (fs::exists(name, error)) return hash;
  std::ofstream out(name + ".new", std::ios::binary);
  out << *bytes;
  out.close();
  if (out) fs::rename(name + ".new", name, error);
  if (!out || error) return fail("picture_unwritable", "cannot write " + name);
  return hash;
}

Result<PictureFile> read_picture(const std::string& folder, const std::string& hash) {
  const auto unknown = fail("picture_unknown", "no such picture is here");
  if (!sync::is_picture_hash(hash)) return unknown;
  auto bytes = bytes_of(folder + "/" + hash);
  if (!bytes || sync::protocol::picture_hash(*bytes) != hash) return unknown;
  const auto judged = sync::judge_picture(*bytes);
  if (!judged) return unknown;
  return PictureFile{std::move(*bytes), std::string(sync::content_type_of(judged->kind))};
}

}  // namespace vitrine::hub
