# SPDX-License-Identifier: Apache-2.0
# How every target of the house is built: language, warnings, sanitizers, ccache; and the one way to declare a test.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Debug)
endif()
# Debug is for tests: little debug information, quick to compile and link. Sanitizers name functions without it; for lines,
# configure with -DCMAKE_CXX_FLAGS=-g1.
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
if(VITRINE_SANITIZE)
  set(CMAKE_CXX_FLAGS_DEBUG "-O0")
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")

# One precompiled header serves all targets only where all are compiled alike: position independence is then the compiler's choice.
if(NOT VITRINE_PCH)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()

find_program(VITRINE_CCACHE ccache)
if(VITRINE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # It goes by the compiler's own list of headers (CCACHE_DEPEND): with an empty cache no file is preprocessed before it is compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;CCACHE_DEPEND=1;${VITRINE_CCACHE}")
endif()
# Without it ccache takes a precompiled header that was made again for another one.
if(VITRINE_PCH)
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

add_library(vitrine_flags INTERFACE)
target_include_directories(vitrine_flags INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(vitrine_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wnon-virtual-dtor
  -fstack-protector-strong)
# Not where sources are compiled together: what one keeps to itself may have the name of something in a neighbour's function.
if(NOT VITRINE_UNITY)
  target_compile_options(vitrine_flags INTERFACE -Wshadow)
endif()
# A warning ends the builds that tests are made of; not the build of somebody with a newer compiler. g++ 12 with optimisation sees
# uninitialised members in every std::variant that moves and overlaps in string + string (its own bug list has both as false alarms);
# clang sees that libstdc++ itself uses what it calls deprecated.
if(VITRINE_WERROR)
  target_compile_options(vitrine_flags INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(vitrine_flags INTERFACE -Wno-deprecated-declarations)
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(vitrine_flags INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
endif()
if(VITRINE_SANITIZE)
  target_compile_options(vitrine_flags INTERFACE -fsanitize=${VITRINE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(vitrine_flags INTERFACE -fsanitize=${VITRINE_SANITIZE})
endif()
# A null pointer that is followed ends at the address sanitizer, and this processor minds no alignment: checks of each access for
# both were a quarter of the time that such a build took.
if(VITRINE_SANITIZE MATCHES "undefined")
  target_compile_options(vitrine_flags INTERFACE -fno-sanitize=null,alignment,vptr)
endif()

# Standard headers and the JSON library are most of what the compiler reads here, so it reads them once. The preset `gcc` does without:
# a file which forgets an include does not compile there.
# The house's own headers are in some of them (vitrine_own_headers): a warning in one is an error there too.
set(CMAKE_PCH_PROLOGUE "")
set(VITRINE_HEAVY_HEADERS <algorithm> <array> <charconv> <chrono> <cstdint> <filesystem> <fstream> <functional> <map> <memory> <mutex>
  <optional> <random> <set> <span> <sstream> <string> <string_view> <thread> <utility> <variant> <vector> <nlohmann/json.hpp>)
# CMake does not notice that a list of headers has changed: named on the command line it has everything compiled anew.
string(MD5 heavy_edition "${CMAKE_PCH_PROLOGUE}${VITRINE_HEAVY_HEADERS}")
add_compile_definitions("VITRINE_HEADERS=0x${heavy_edition}")
# What is tested is optimised a little, because tests spend their time in it; the tests themselves are not. Under a sanitizer nothing
# is: there the compiler takes longer than the tests.
add_library(vitrine_tested_flags INTERFACE)
if(CMAKE_BUILD_TYPE STREQUAL "Debug" AND NOT VITRINE_SANITIZE)
  target_compile_options(vitrine_tested_flags INTERFACE -O1)
endif()
# vitrine_headers(<name> [flags…]): the heavy headers as compiled with these flags, for vitrine_precompiled(<target> <name>).
function(vitrine_headers name)
  if(VITRINE_PCH)
    file(WRITE "${CMAKE_BINARY_DIR}/${name}.cpp" "")
    add_library(${name} OBJECT "${CMAKE_BINARY_DIR}/${name}.cpp")
    target_link_libraries(${name} PRIVATE vitrine_flags ${ARGN})
    target_precompile_headers(${name} PRIVATE ${VITRINE_HEAVY_HEADERS})
  endif()
endfunction()
function(vitrine_precompiled target headers)
  if(VITRINE_PCH)
    target_precompile_headers(${target} REUSE_FROM ${headers})
  endif()
endfunction()
vitrine_headers(vitrine_tested_headers vitrine_tested_flags)
vitrine_headers(vitrine_test_headers)

# vitrine_system_library(<name> <module>): a system library by its pkg-config module, as target PkgConfig::<name>.
function(vitrine_system_library target module)
  if(NOT TARGET PkgConfig::${target})
    pkg_check_modules(${target} REQUIRED IMPORTED_TARGET GLOBAL ${module})
  endif()
endfunction()

# vitrine_own_headers(<target> <header…>): a precompiled header of its own, with the heavy ones and these of the house (by their
# path from the root), which nearly all of its sources include: what takes longer to read than a source itself.
function(vitrine_own_headers target)
  if(VITRINE_PCH)
    string(MD5 edition "${ARGN}")
    target_compile_definitions(${target} PRIVATE "VITRINE_OWN_HEADERS=0x${edition}")
    list(TRANSFORM ARGN PREPEND "${CMAKE_SOURCE_DIR}/")
    target_precompile_headers(${target} PRIVATE ${VITRINE_HEAVY_HEADERS} ${ARGN})
  endif()
endfunction()

# vitrine_unity(<target>): with VITRINE_UNITY its sources are compiled several at a time (docs/decisions/0021-unity.md). Which, is found for
# all targets at once: vitrine_group_sources, at the end.
set(VITRINE_UNITY_MOST 10)
function(vitrine_unity target)
  set_property(GLOBAL APPEND PROPERTY vitrine_unity_targets ${target})
endfunction()
function(vitrine_group_sources)
  if(NOT VITRINE_UNITY)
    return()
  endif()
  get_property(targets GLOBAL PROPERTY vitrine_unity_targets)
  set(files "")
  foreach(target IN LISTS targets)
    get_target_property(sources ${target} SOURCES)
    get_target_property(folder ${target} SOURCE_DIR)
    list(APPEND files "=${target}")
    foreach(source IN LISTS sources)
      cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${folder}" NORMALIZE)
      if(EXISTS "${source}" AND source MATCHES "[.]cpp$")
        list(APPEND files "${source}")
      endif()
    endforeach()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  endforeach()
  list(JOIN files "\n" lines)
  file(WRITE "${CMAKE_BINARY_DIR}/unity_sources.txt" "${lines}\n")
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  execute_process(COMMAND "${Python3_EXECUTABLE}" -B "${CMAKE_SOURCE_DIR}/cmake/unity_groups.py" ${VITRINE_UNITY_MOST}
      "${CMAKE_BINARY_DIR}/unity_sources.txt"
    OUTPUT_VARIABLE groups OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ";" groups "${groups}")
  foreach(source group IN ZIP_LISTS files groups)
    if(source MATCHES "^=(.*)")
      set(target "${CMAKE_MATCH_1}")
    else()
      set_source_files_properties("${source}" TARGET_DIRECTORY ${target} PROPERTIES UNITY_GROUP "${target}_${group}")
    endif()
  endforeach()
endfunction()

# vitrine_library(<name> SOURCES … LINK … [PRIVATE_LINK …] [HEADERS …] [UNOPTIMISED]): a folder's static library. HEADERS:
# vitrine_own_headers. UNOPTIMISED: samples, which tests read and spend no time in.
function(vitrine_library name)
  cmake_parse_arguments(arg "UNOPTIMISED" "" "SOURCES;LINK;PRIVATE_LINK;HEADERS" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC vitrine_flags ${arg_LINK} PRIVATE ${arg_PRIVATE_LINK})
  if(NOT arg_UNOPTIMISED)
    target_link_libraries(${name} PRIVATE vitrine_tested_flags)
  endif()
  if(arg_HEADERS)
    vitrine_own_headers(${name} ${arg_HEADERS})
  elseif(arg_UNOPTIMISED)
    vitrine_precompiled(${name} vitrine_test_headers)
  else()
    vitrine_precompiled(${name} vitrine_tested_headers)
  endif()
  vitrine_unity(${name})
endfunction()

# vitrine_test(<name> SOURCES … LINK … [HEADERS …] [LABELS …] [TIMEOUT s]): a doctest program that ctest runs. Its folder below tests/ is a
# label (ctest -L '^edge$'); the label `threads` also has it run under the thread sanitizer, so every threaded test carries it.
function(vitrine_test name)
  cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LINK;LABELS;HEADERS" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  if(VITRINE_SANITIZE)
    math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 3")
  endif()
  add_executable(test_${name} ${arg_SOURCES})
  target_link_libraries(test_${name} PRIVATE vitrine_flags vitrine_test_main ${arg_LINK})
  if(arg_HEADERS)
    vitrine_own_headers(test_${name} ${arg_HEADERS})
  else()
    vitrine_precompiled(test_${name} vitrine_test_headers)
  endif()
  vitrine_unity(test_${name})
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY "${CMAKE_SOURCE_DIR}/tests" OUTPUT_VARIABLE folder)
  string(REGEX REPLACE "/.*" "" folder "${folder}")
  if(folder IN_LIST VITRINE_TESTED_ELSEWHERE)
    set_target_properties(test_${name} PROPERTIES EXCLUDE_FROM_ALL ON)
  else()
    add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${folder};${arg_LABELS}")
  endif()
  # The programs of a label as one target, so that a sanitizer's build makes only what it will run: tests_edge, tests_threads.
  foreach(label IN LISTS folder arg_LABELS)
    if(NOT TARGET tests_${label})
      add_custom_target(tests_${label})
    endif()
    add_dependencies(tests_${label} test_${name})
  endforeach()
endfunction()

# vitrine_postgres_test(<name> [SOURCES … LINK …]): the program of that test once more, or one of its own, with a PostgreSQL server that
# is started for it alone.
function(vitrine_postgres_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY "${CMAKE_SOURCE_DIR}/tests" OUTPUT_VARIABLE folder)
  string(REGEX REPLACE "/.*" "" folder "${folder}")
  if(arg_SOURCES)
    add_executable(test_${name} ${arg_SOURCES})
    target_link_libraries(test_${name} PRIVATE vitrine_flags vitrine_test_main ${arg_LINK})
    vitrine_precompiled(test_${name} vitrine_test_headers)
    add_dependencies(tests_${folder} test_${name})
  endif()
  if(folder IN_LIST VITRINE_TESTED_ELSEWHERE)
    set_target_properties(test_${name} PROPERTIES EXCLUDE_FROM_ALL ON)
    return()
  endif()
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  set(timeout 300)
  if(VITRINE_SANITIZE)
    set(timeout 900)
  endif()
  add_test(NAME ${name}_postgres COMMAND Python3::Interpreter -B "${CMAKE_SOURCE_DIR}/tests/postgres/with_server.py" "$<TARGET_FILE:test_${name}>"
    WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
  set_tests_properties(${name}_postgres PROPERTIES TIMEOUT ${timeout} LABELS "${folder}")
endfunction()
