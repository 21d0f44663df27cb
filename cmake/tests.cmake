# SPDX-License-Identifier: Apache-2.0
# tests/ROOM/*_test.cpp: one test program a room, each test case one ctest entry.
# tests/studies/TOPIC/*.case, tests/documentation: whole runs of the program, each topic one ctest entry.

# tests/main.cpp alone knows where the tree is (it moves there first), so that every other test object is the
# same in any clone and comes from the cache.
function(panelist_test_main)
  find_package(GTest REQUIRED)
  add_library(panelist_test_main STATIC ${CMAKE_SOURCE_DIR}/tests/main.cpp)
  target_compile_definitions(panelist_test_main PRIVATE TREE="${CMAKE_SOURCE_DIR}")
  target_link_libraries(panelist_test_main PUBLIC panelist_flags GTest::gmock GTest::gtest)
endfunction()

function(panelist_room_tests room)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${room}/*_test.cpp)
  if(NOT sources)
    return()
  endif()
  set(target ${room}_tests)
  add_executable(${target} ${sources})
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_definitions(${target} PRIVATE PANELIST_SOURCE_DIR=".")
  target_link_libraries(${target} PRIVATE panelist_${room} panelist_test_main)
  panelist_precompile(${target} cmake/precompiled_tests.h)
  gtest_discover_tests(${target} DISCOVERY_MODE PRE_TEST TEST_PREFIX "${room}/" PROPERTIES TIMEOUT 300)
endfunction()

function(panelist_study_tests)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  set(runner ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tests/studies/run)
  file(GLOB_RECURSE cases CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/tests/studies
    ${CMAKE_SOURCE_DIR}/tests/studies/*.case)
  list(TRANSFORM cases REPLACE "/.*" "")
  list(REMOVE_DUPLICATES cases)
  foreach(topic IN LISTS cases)
    add_test(NAME studies/${topic} COMMAND ${runner} --program $<TARGET_FILE:panelist> ${topic})
  endforeach()
  add_test(NAME studies.runner COMMAND ${runner} --self-test)
endfunction()

# The commands and outputs that README.md, docs/ and the examples show.
function(panelist_documentation_tests)
  set(runner ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tests/documentation/run)
  add_test(NAME documentation COMMAND ${runner} --program $<TARGET_FILE:panelist>)
  add_test(NAME documentation.runner COMMAND ${runner} --self-test)
endfunction()

# Every number of the example studies against an independent computation.
function(panelist_oracle_tests)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  # Heavy tails (b is near zero in some draws): over ten runs of 50,000 replicates, in R and here, the worst percentile
  # has a standard deviation of 0.04 bootstrap_sd; 0.2 is three and a half of a difference of two such runs.
  set(replicates_resilience 50000 0.2)
  foreach(example digital-trade one-city resilience)
    add_test(NAME oracle/${example} COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tests/oracle/compare.py
      $<TARGET_FILE:panelist> ${CMAKE_SOURCE_DIR}/examples/${example}/study.toml
      ${CMAKE_SOURCE_DIR}/tests/reference/${example}/expected.csv ${replicates_${example}})
  endforeach()
  foreach(study environment environment-2022)
    add_test(NAME oracle/${study} COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tests/oracle/compare.py
      $<TARGET_FILE:panelist> ${CMAKE_SOURCE_DIR}/examples/digital-trade/${study}.toml
      ${CMAKE_SOURCE_DIR}/tests/reference/digital-trade/${study}.csv)
  endforeach()
  # Random tables through every writer, read back.
  add_executable(write_tables ${CMAKE_SOURCE_DIR}/tests/report/write_tables.cpp)
  target_link_libraries(write_tables PRIVATE panelist_report)
  panelist_precompile(write_tables cmake/precompiled.h)
  # The system's interpreter: Debian's python3-docx and python3-openpyxl (tools/packages.txt) serve that one alone.
  find_program(PANELIST_SYSTEM_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)
  add_test(NAME oracle/properties COMMAND ${PANELIST_SYSTEM_PYTHON} ${CMAKE_SOURCE_DIR}/tests/oracle/properties.py
    $<TARGET_FILE:panelist> ${CMAKE_SOURCE_DIR}/examples)
  add_test(NAME oracle/writers COMMAND ${PANELIST_SYSTEM_PYTHON} ${CMAKE_SOURCE_DIR}/tests/oracle/writers.py
    $<TARGET_FILE:write_tables>)
endfunction()

function(panelist_tests)
  include(GoogleTest)
  panelist_test_main()
  foreach(room IN LISTS PANELIST_ROOMS PANELIST_PROGRAMS)
    panelist_room_tests(${room})
  endforeach()
  if(TARGET panelist)
    panelist_study_tests()
    panelist_documentation_tests()
    panelist_oracle_tests()
  endif()
endfunction()
