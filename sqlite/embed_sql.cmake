# SPDX-License-Identifier: Apache-2.0
# cmake -DOUT=<file.cpp> -DROOT=<folder> -DNAMESPACE=<a::b> -P embed_sql.cmake: writes every .sql file below ROOT into one C++
# table, as `const vitrine::sqlite::SqlBook& <NAMESPACE>::sql_book()`.
file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/*.sql")
list(SORT files)
set(rows "")
foreach(file IN LISTS files)
  file(READ "${ROOT}/${file}" text)
  string(APPEND rows "    {\"${file}\", R\"sql(${text})sql\"},\n")
endforeach()
file(WRITE "${OUT}" "// Made by sqlite/embed_sql.cmake.
#include \"sqlite/sql_files.hpp\"

namespace ${NAMESPACE} {
namespace {
constexpr vitrine::sqlite::SqlFile files[] = {
${rows}};
}  // namespace
const vitrine::sqlite::SqlBook& sql_book();
const vitrine::sqlite::SqlBook& sql_book() {
  static const vitrine::sqlite::SqlBook book(files);
  return book;
}
}  // namespace ${NAMESPACE}
")
