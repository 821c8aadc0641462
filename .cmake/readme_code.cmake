# SPDX-License-Identifier: BSL-1.0
# Every ```cpp block of a Markdown file is compiled as it stands, with warnings as errors; one that has `int main` is
# also linked and run. Two comments, each on the last line before a block, say more:
#
#   <!-- does not compile: regex -->    before a cpp block: its first error must match the regex
#   <!-- output -->                     before a text block: exactly what the program of the cpp block before it prints
#
# Each block becomes <out>/<number>/main.cpp and is compiled in its own folder, so that messages of the library that
# name the caller's file say main.cpp.
#
#   cmake -D README=… -D OUT=… -D COMPILER=… -D FAMILY=gcc|clang -D INCLUDE=… -D FLAGS=… -P readme_code.cmake
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/first_error.cmake)

# The blocks: code_<n>, line_<n>, and where they are stated error_<n>, output_<n>.
file(READ ${README} rest)
string(APPEND rest "\n")
set(blocks 0)
set(number 0)
set(fence "")    # the language of the block we are in
set(mark "")     # the comment on the last line that was not empty
while(NOT rest STREQUAL "")
    string(FIND "${rest}" "\n" end)
    string(SUBSTRING "${rest}" 0 ${end} line)
    math(EXPR end "${end} + 1")
    string(SUBSTRING "${rest}" ${end} -1 rest)
    math(EXPR number "${number} + 1")

    if(fence AND line STREQUAL "```")
        if(fence STREQUAL "cpp")
            math(EXPR blocks "${blocks} + 1")
            set(code_${blocks} "${block}")
            set(line_${blocks} ${first_line})
            if(block_mark MATCHES "^does not compile: (.+)$")
                set(error_${blocks} "${CMAKE_MATCH_1}")
            endif()
        elseif(block_mark STREQUAL "output")
            set(output_${blocks} "${block}")
        endif()
        set(fence "")
    elseif(fence)
        string(APPEND block "${line}\n")
    elseif(line MATCHES "^ *```(.*)$")
        set(fence "${CMAKE_MATCH_1} ")
        string(STRIP "${fence}" fence)
        if(fence STREQUAL "")
            set(fence "text")
        elseif(fence MATCHES "^(c\\+\\+|C\\+\\+|cxx|cc|CPP)" OR (fence MATCHES "^cpp." ))
            message(FATAL_ERROR "${README}:${number}: write ```cpp, so that this code is tested")
        endif()
        set(block "")
        set(block_mark "${mark}")
        set(mark "")
        math(EXPR first_line "${number} + 1")
    elseif(line MATCHES "^<!-- (output|does not compile: .+) -->$")
        set(mark "${CMAKE_MATCH_1}")
    elseif(NOT line STREQUAL "")
        if(mark)
            message(FATAL_ERROR "${README}:${number}: no block follows after <!-- ${mark} -->")
        endif()
    endif()
endwhile()
if(fence OR mark)
    message(FATAL_ERROR "${README}: a block or a mark is left open at the end")
endif()
if(blocks EQUAL 0)
    message(FATAL_ERROR "${README}: there is no cpp block")
endif()

# stdout and stderr go into one pipe; line by line, they mix there as they do in a terminal.
find_program(stdbuf stdbuf)
if(stdbuf)
    set(line_by_line ${stdbuf} -oL)
endif()

file(REMOVE_RECURSE ${OUT})
foreach(n RANGE 1 ${blocks})
    set(here "${README}:${line_${n}}")
    set(folder ${OUT}/${n})
    file(WRITE ${folder}/main.cpp "${code_${n}}")
    set(what -fsyntax-only)
    if(code_${n} MATCHES "int main" AND NOT DEFINED error_${n})
        set(what -o main -pthread)
    elseif(DEFINED output_${n})
        message(FATAL_ERROR "${here}: this block has an output, but it is no program")
    endif()
    execute_process(
        COMMAND ${COMPILER} -std=c++20 ${FLAGS} ${first_error_flags_${FAMILY}} -I${INCLUDE} main.cpp ${what}
        WORKING_DIRECTORY ${folder} RESULT_VARIABLE status OUTPUT_VARIABLE printed ERROR_VARIABLE printed)

    if(DEFINED error_${n})
        first_error("${printed}" error)
        if(status EQUAL 0 OR NOT error_text MATCHES "${error_${n}}")
            message("${printed}")
            message(FATAL_ERROR "${here}: the first error should match: ${error_${n}}")
        endif()
    elseif(NOT status EQUAL 0)
        message("${printed}")
        message(FATAL_ERROR "${here}: this does not compile")
    elseif(what MATCHES "main")
        execute_process(COMMAND ${line_by_line} ./main
            WORKING_DIRECTORY ${folder} RESULT_VARIABLE status OUTPUT_VARIABLE printed ERROR_VARIABLE printed)
        if(NOT status EQUAL 0)
            message("${printed}")
            message(FATAL_ERROR "${here}: this program ends with ${status}")
        elseif(DEFINED output_${n} AND NOT printed STREQUAL output_${n})
            message("It prints:\n${printed}\nand should print:\n${output_${n}}")
            message(FATAL_ERROR "${here}: this program prints something else")
        endif()
    endif()
    message("${here}: as it says")
endforeach()
