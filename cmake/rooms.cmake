# SPDX-License-Identifier: Apache-2.0
# One call makes a room: src/NAME/** becomes a library, tests/NAME/*_test.cpp its tests.
# OPENS is the whole list of rooms whose doors it may include (tools/check enforces it).
set(PANELIST_ROOMS "")

# The compiled header's bytes differ from clone to clone. ccache takes this checksum instead (CCACHE_PCH_EXTSUM): of
# what it is made from.
function(panelist_precompiled_checksum target header)
  file(SHA256 ${CMAKE_SOURCE_DIR}/cmake/precompiled.h common)
  file(SHA256 ${CMAKE_SOURCE_DIR}/${header} checksum)
  string(SHA256 checksum "${common} ${checksum} ${CMAKE_CXX_COMPILER} ${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_BUILD_TYPE} \
${CMAKE_CXX_FLAGS} ${PANELIST_SANITIZE}")
  set(file ${CMAKE_BINARY_DIR}/CMakeFiles/${target}.dir/cmake_pch.hxx.gch.sum)
  if(EXISTS ${file})
    file(READ ${file} before)
  endif()
  if(NOT before STREQUAL checksum)
    file(WRITE ${file} ${checksum})
  endif()
endfunction()

# The precompiled header is built once, by the first target given here, and shared by all the others.
function(panelist_precompile target header)
  get_property(owner GLOBAL PROPERTY precompiled_${header})
  if(owner)
    target_precompile_headers(${target} REUSE_FROM ${owner})
  else()
    target_precompile_headers(${target} PRIVATE ${CMAKE_SOURCE_DIR}/${header})
    set_property(GLOBAL PROPERTY precompiled_${header} ${target})
    panelist_precompiled_checksum(${target} ${header})
  endif()
  # What ccache needs to see through a precompiled header.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -fpch-preprocess)
  else()
    target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  endif()
endfunction()

function(panelist_room name)
  cmake_parse_arguments(ROOM "" "" "OPENS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  set(target panelist_${name})
  if(sources)
    add_library(${target} STATIC ${sources})
    set(scope PUBLIC)
    panelist_precompile(${target} cmake/precompiled.h)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(${target} ${scope} panelist_flags Eigen3::Eigen fmt::fmt-header-only
    nlohmann_json::nlohmann_json pugixml::static Threads::Threads ${CMAKE_DL_LIBS})
  foreach(opened IN LISTS ROOM_OPENS)
    target_link_libraries(${target} ${scope} panelist_${opened})
  endforeach()
  set(PANELIST_ROOMS ${PANELIST_ROOMS} ${name} PARENT_SCOPE)
endfunction()

# A program under apps/FOLDER.
function(panelist_program folder name)
  cmake_parse_arguments(PROGRAM "" "" "OPENS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/apps/${folder}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/apps)
  panelist_precompile(${name} cmake/precompiled.h)
  # Static runtime: the loader maps little, so a small job starts in a few milliseconds.
  target_link_options(${name} PRIVATE -static-libstdc++ -static-libgcc)
  foreach(opened IN LISTS PROGRAM_OPENS)
    target_link_libraries(${name} PRIVATE panelist_${opened})
  endforeach()
endfunction()
