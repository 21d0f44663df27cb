# Language level, warnings, floating-point contract, cache.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DEIGEN_NO_DEBUG")

add_library(panelist_flags INTERFACE)
target_compile_options(panelist_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wno-ignored-attributes
  # The float contract: baseline x86-64, no contraction, no reassociation: the same digits on every machine.
  -ffp-contract=off)
option(PANELIST_WERROR "Treat warnings as errors" ON)
if(PANELIST_WERROR)
  target_compile_options(panelist_flags INTERFACE -Werror)
endif()
option(PANELIST_SANITIZE "Address and undefined-behaviour sanitizers" OFF)
if(PANELIST_SANITIZE)
  target_compile_options(panelist_flags INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  target_link_options(panelist_flags INTERFACE -fsanitize=address,undefined)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_ctime,include_file_mtime
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()
find_program(LLD ld.lld)
if(LLD)
  add_link_options(-fuse-ld=lld)
endif()
