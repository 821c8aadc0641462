# SPDX-License-Identifier: BSL-1.0
# Tests the harness itself: each file here says in `// VERDICT regex` what the harness must say of its case `it`, and may
# say in `// LOOK regex` what the harness is told that the error must say of where to look.
#   cmake -D HARNESS=… -D SOURCE=… -D COMPILER=… -D FAMILY=… -P meta.cmake
cmake_minimum_required(VERSION 3.25)
file(STRINGS ${SOURCE} verdict REGEX "^// VERDICT ")
if(NOT verdict MATCHES "^// VERDICT (.+)$")
    message(FATAL_ERROR "${SOURCE} has no VERDICT")
endif()
set(verdict "${CMAKE_MATCH_1}")

file(STRINGS ${SOURCE} look REGEX "^// LOOK ")
string(REGEX REPLACE "^// LOOK " "" look "${look}")

set(run ${CMAKE_COMMAND} -D SOURCE=${SOURCE} -D COMPILER=${COMPILER} -D FAMILY=${FAMILY} -D INCLUDE=. -D LOOK=${look})
execute_process(COMMAND ${run} -P ${HARNESS} RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(status EQUAL 0)
    execute_process(COMMAND ${run} -D CASE=it -P ${HARNESS} RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
endif()
string(REGEX REPLACE "[ \n]+" " " said "${said}")  # CMake breaks long lines of its messages
if(verdict STREQUAL "accepted")
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "this should be accepted: ${said}")
    endif()
elseif(status EQUAL 0 OR NOT said MATCHES "${verdict}")
    message(FATAL_ERROR "expected: ${verdict}; status ${status}: ${said}")
endif()
