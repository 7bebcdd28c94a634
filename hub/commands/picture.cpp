// SPDX-License-Identifier: Apache-2.0
// `picture add`: takes pictures of products in, and says by which names the tables call them.
#include <filesystem>
#include <ostream>

#include "hub/api/picture_folder.hpp"
#include "hub/commands/commands.hpp"

namespace vitrine::hub {

Result<int> picture(const Command& command) {
  if (command.words.size() < 2 || command.words.front() != "add")
    return fail("usage", "vitrine-hub picture add <file…> --config hub.toml");
  int refused = 0;
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const std::string& file = command.words[i];
    const auto hash = add_picture(command.config.pictures_folder(), file);
    if (!hash && hash.error().code == "picture_unwritable") return std::unexpected(hash.error());
    if (hash) {
      command.out << *hash << " " << std::filesystem::path(file).filename().string() << "\n";
    } else {
      command.err << "refused " << hash.error().message << "\n";
      ++refused;
    }
  }
  return refused > 0 ? 1 : 0;
}

}  // namespace vitrine::hub
