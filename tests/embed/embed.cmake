# SPDX-License-Identifier: BSL-1.0
# Builds programs with policies from files: what is right is built and run, and what is wrong fails the build with the
# file's own name and line.
#   cmake -D SHEARPIN=… -D OUT=… -D COMPILER=… -P embed.cmake
cmake_minimum_required(VERSION 3.25)
set(ENV{LC_ALL} C)
file(REMOVE_RECURSE ${OUT})
file(COPY ${CMAKE_CURRENT_LIST_DIR}/ DESTINATION ${OUT}/source)
file(GLOB before ${OUT}/source/*)
execute_process(
    COMMAND ${CMAKE_COMMAND} -S ${OUT}/source -B ${OUT}/build -G Ninja -D CMAKE_CXX_COMPILER=${COMPILER}
        -D SHEARPIN_SOURCE=${SHEARPIN} -D CMAKE_CXX_FLAGS=-fno-diagnostics-color
    COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)

# build(<target> <ok>) sets output, and fails where the build ends otherwise.
function(build target ok)
    execute_process(COMMAND ${CMAKE_COMMAND} --build ${OUT}/build --target ${target}
        RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said)
    if(ok AND NOT result EQUAL 0 OR NOT ok AND result EQUAL 0)
        message(FATAL_ERROR "${target} ends with ${result}:\n${said}")
    endif()
    set(output "${said}" PARENT_SCOPE)
endfunction()
function(expect regex)
    if(NOT output MATCHES "${regex}")
        message(FATAL_ERROR "this is missing: ${regex}\nin\n${output}")
    endif()
endfunction()

build(good TRUE)
execute_process(COMMAND ${OUT}/build/good COMMAND_ERROR_IS_FATAL ANY)

build(misspelt FALSE)
# clang 14 prints no text in a type: see policy_text_error.
expect("/misspelt\\.policy:4:[0-9]+: error: [^\n]*policy_text_error<[^\n]*at_line<4>[^\n]*at_column<5>[^\n]*(did you mean max_batch|did\"}, policy_text<[0-9]+>{\" you mean max_batch|did_you_mean<'m', 'a', 'x', '_', 'b', 'a', 't', 'c', 'h'>)")
if(output MATCHES "misspelt\\.policy:[1235]:[0-9]+: error")
    message(FATAL_ERROR "a line without a mistake is told as well:\n${output}")
endif()

build(several FALSE)
expect("/several\\.policy:1:[0-9]+: error: [^\n]*at_line<1>[^\n]*at_column<20>[^\n]*(a cap of zero removes|a_cap_of_zero_removes_nothing)")
expect("/several\\.policy:3:[0-9]+: error: [^\n]*at_line<3>[^\n]*(is no length of time|this_is_no_length_of_time)")
expect("/several\\.policy:5:[0-9]+: error: [^\n]*at_line<5>[^\n]*(expected } after the rules|something_else_is_expected_here)")

# A file that was put right is built; one that was broken is not.
file(COPY_FILE ${OUT}/source/index.policy ${OUT}/source/misspelt.policy)
build(misspelt TRUE)
file(APPEND ${OUT}/source/index.policy "max_targets(5")
build(good FALSE)
expect("/index\\.policy:6:[0-9]+: error: ")

file(GLOB after ${OUT}/source/*)
if(NOT before STREQUAL after)
    message(FATAL_ERROR "the build made files beside the sources:\n${after}")
endif()
