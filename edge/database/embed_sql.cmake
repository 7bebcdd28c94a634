# SPDX-License-Identifier: Apache-2.0
# cmake -DOUT=<file.cpp> -DROOT=<folder> -P embed_sql.cmake: writes every .sql file below ROOT into one C++ table.
file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/*.sql")
list(SORT files)
set(rows "")
foreach(file IN LISTS files)
  file(READ "${ROOT}/${file}" text)
  string(APPEND rows "    {\"${file}\", R\"sql(${text})sql\"},\n")
endforeach()
file(WRITE "${OUT}" "// Made from edge/database/sql by embed_sql.cmake.
#include \"edge/database/sql_files.hpp\"

namespace vitrine::edge::database {
namespace {
constexpr SqlFile files[] = {
${rows}};
}  // namespace
std::span<const SqlFile> sql_files() { return files; }
}  // namespace vitrine::edge::database
")
