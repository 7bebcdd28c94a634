# SPDX-License-Identifier: Apache-2.0
# Writes the English texts into a source, so that the kiosk has words when its files are gone or broken: -DOUT= -DFILE=
file(READ "${FILE}" text)
# A literal of its own for each line: compilers limit how long one may be, and what several together come to.
string(REPLACE "\n" "\\n)text\",\n    R\"text(" text "${text}")
string(REPLACE "\\n)text\"" "\n)text\"" text "${text}")
file(WRITE "${OUT}.new" "// Generated from ${FILE}.\n#include \"kiosk/text/built_in.hpp\"\n\nnamespace vitrine::kiosk {\n\n"
  "std::string built_in_english() {\n  static constexpr const char* lines[] = {\n    R\"text(${text})text\"};\n"
  "  std::string all;\n  for (const char* const line : lines) all += line;\n  return all;\n}\n\n}  // namespace vitrine::kiosk\n")
execute_process(COMMAND "${CMAKE_COMMAND}" -E copy_if_different "${OUT}.new" "${OUT}")
