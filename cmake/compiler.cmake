# SPDX-License-Identifier: Apache-2.0
# Language level, warnings, floating-point contract, sanitizers, cache, linker.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DEIGEN_NO_DEBUG")
# Debug is for the sanitizers: optimised a little so that tests stay quick, lines kept for their reports.
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")

add_library(panelist_flags INTERFACE)
target_compile_definitions(panelist_flags INTERFACE PANELIST_VERSION="${PROJECT_VERSION}")
target_compile_options(panelist_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wno-ignored-attributes
  # g++ 12 reports these falsely in inlined std::string and Eigen code; clang does not know them.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-restrict;-Wno-stringop-overflow;-Wno-maybe-uninitialized>
  # The float contract: baseline x86-64, no contraction, no reassociation: the same digits on every machine.
  -ffp-contract=off)
option(PANELIST_WERROR "Treat warnings as errors" ON)
if(PANELIST_WERROR)
  target_compile_options(panelist_flags INTERFACE -Werror)
endif()

set(PANELIST_SANITIZE "none" CACHE STRING "none, address (with undefined behaviour), thread, or fuzzer (clang)")
set(sanitizers_of_address address,undefined)
set(sanitizers_of_thread thread)
set(sanitizers_of_fuzzer fuzzer-no-link,address,undefined)
if(DEFINED sanitizers_of_${PANELIST_SANITIZE})
  set(sanitizers ${sanitizers_of_${PANELIST_SANITIZE}})
  target_compile_options(panelist_flags INTERFACE
    -fsanitize=${sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(panelist_flags INTERFACE -fsanitize=${sanitizers})
elseif(PANELIST_SANITIZE)
  if(NOT PANELIST_SANITIZE STREQUAL "none")
    message(FATAL_ERROR "PANELIST_SANITIZE is none, address, thread or fuzzer, not '${PANELIST_SANITIZE}'")
  endif()
endif()

option(PANELIST_BUILD_TOOLS "Use ccache and lld where the machine has them" ON)
if(PANELIST_BUILD_TOOLS)
  find_program(CCACHE ccache)
  find_program(LLD ld.lld)
endif()
if(CCACHE)
  # Two clones share their objects: paths below the source folder are hashed relative to it (BASEDIR, NOHASHDIR)
  # and the precompiled header counts by what it is made from (the slopes and checksum in rooms.cmake).
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_ctime,include_file_mtime
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_PCH_EXTSUM=1 ${CCACHE})
endif()
if(LLD)
  add_link_options(-fuse-ld=lld)
endif()
