# SPDX-License-Identifier: Apache-2.0
# How every target of the house is built: language, warnings, sanitizers, ccache; and the one way to declare a test.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Debug)
endif()
# Debug is for tests: little debug information, quick to compile and link.
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")

find_program(VITRINE_CCACHE ccache)
if(VITRINE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${VITRINE_CCACHE}")
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

add_library(vitrine_flags INTERFACE)
target_include_directories(vitrine_flags INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(vitrine_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor
  -fstack-protector-strong)
# A warning ends the builds that tests are made of. It does not end the build of somebody with a newer compiler, and g++ 12 with
# optimisation sees uninitialised members in every std::variant that moves (its own bug list has it as a false alarm).
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_compile_options(vitrine_flags INTERFACE -Werror)
else()
  target_compile_options(vitrine_flags INTERFACE -Wno-maybe-uninitialized)
endif()
if(VITRINE_SANITIZE)
  target_compile_options(vitrine_flags INTERFACE -fsanitize=${VITRINE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(vitrine_flags INTERFACE -fsanitize=${VITRINE_SANITIZE})
endif()

# vitrine_system_library(<name> <module>): a system library by its pkg-config module, as target PkgConfig::<name>.
function(vitrine_system_library target module)
  if(NOT TARGET PkgConfig::${target})
    pkg_check_modules(${target} REQUIRED IMPORTED_TARGET GLOBAL ${module})
  endif()
endfunction()

# vitrine_library(<name> SOURCES … LINK … [PRIVATE_LINK …]): a folder's static library.
function(vitrine_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC vitrine_flags ${arg_LINK} PRIVATE ${arg_PRIVATE_LINK})
endfunction()

# vitrine_test(<name> SOURCES … LINK … [LABELS …] [TIMEOUT s]): a doctest program that ctest runs. Its folder below tests/ is a
# label (ctest -L '^edge$'); the label `threads` also has it run under the thread sanitizer, so every threaded test carries it.
function(vitrine_test name)
  cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(test_${name} ${arg_SOURCES})
  target_link_libraries(test_${name} PRIVATE vitrine_flags vitrine_test_main ${arg_LINK})
  add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY "${CMAKE_SOURCE_DIR}/tests" OUTPUT_VARIABLE folder)
  string(REGEX REPLACE "/.*" "" folder "${folder}")
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${folder};${arg_LABELS}")
  # The programs of a label as one target, so that a sanitizer's build makes only what it will run: tests_edge, tests_threads.
  foreach(label IN LISTS folder arg_LABELS)
    if(NOT TARGET tests_${label})
      add_custom_target(tests_${label})
    endif()
    add_dependencies(tests_${label} test_${name})
  endforeach()
endfunction()
