# SPDX-License-Identifier: BSL-1.0
# Tests of what must not compile: which error comes first, and at which line.
#
# One file *.fail.cpp is one topic: a control that compiles, and cases that do not.
#
#   // CASE zero_batch: max_batch must be at least 1          the regex that the first error must match
#   guard<limits{3, 5}> good;                                 the control; #ifdef CONTROL holds what no case needs
#   #if defined(CASE_zero_batch)
#   guard<limits{3, 0}> bad;  // HERE zero_batch              the line that the first error must name
#   #endif
#
# The error itself must stand at the line HERE. Where the language puts it into the library's header, write
# `// CASE name @context: regex`, and the line need only occur in what belongs to the first error ("required from here").
# Where compilers differ, `[gcc]` or `[clang]` after the name in CASE or in HERE makes a line hold for one of them, and
# there must be one for each. One line can be the place of several cases: `// HERE one, two [clang]`.
# Where a first error that the library makes must say where to look, `// CASE name @own: regex` is one that the compiler
# makes on its own. (Before `@context`, where both stand there.)
# A line `// FLAGS: -fno-exceptions` gives the compiler these flags too, for the control and for all cases.
# The regex is CMake's; `.` also matches the end of a line, so `rule.*6 <= 5` can join an error with its note.
#
#   include(must_not_compile.cmake) gives  add_must_not_compile_tests(<file> <include folder> [<where to look>])
#     where the third is a regex that each first error or an excerpt below it must match, and
#     add_must_not_compile_test_at_once(<file> <include folder> [CONTROL]): one test that defines all CASE_name together,
#     so that no error may hide another, and looks for each error at its line; and one of the control, where not
#     something else compiles it;
#     precompile_for_must_not_compile_tests(<header> <include folder> <standard header>...): a header that is compiled
#     once, after the standard ones, for all files that include it first, "as this", unless they have FLAGS of their own.
#   cmake -D SOURCE=… -D CASE=… -D COMPILER=… -D FAMILY=gcc|clang -D INCLUDE=…[;…] -D PRECOMPILED=… -D LOOK=…
#       -P must_not_compile.cmake
#     runs one case; without CASE it runs the control, and with -D AT_ONCE=ON all cases together. It writes nothing, so
#     ctest -j is safe.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/first_error.cmake)
set(must_not_compile_script ${CMAKE_CURRENT_LIST_FILE})

# Reads a file's cases and sets, for the caller: cases, and per family and case
# <family>_regex_<case>, <family>_own_<case> and <family>_context_<case> (true or false), <family>_line_<case>; and flags.
# Whatever is written wrongly is an error here, that is when CMake configures.
function(read_cases source)
    file(READ ${source} rest)
    string(APPEND rest "\n")
    set(cases "")
    set(conditions "")
    unset(flags)
    set(number 0)
    while(NOT rest STREQUAL "")
        # Not file(STRINGS) and foreach(): CMake's lists trip over the brackets and semicolons of C++.
        string(FIND "${rest}" "\n" end)
        string(SUBSTRING "${rest}" 0 ${end} line)
        math(EXPR end "${end} + 1")
        string(SUBSTRING "${rest}" ${end} -1 rest)
        math(EXPR number "${number} + 1")
        set(here "${source}:${number}")

        if(line MATCHES "^// CASE ([a-z][a-z0-9_]*)( \\[(gcc|clang)\\])?( @own)?( @context)?: (.+)$")
            set(name ${CMAKE_MATCH_1})
            set(families "${CMAKE_MATCH_3}")
            string(COMPARE NOTEQUAL "${CMAKE_MATCH_4}" "" own)
            string(COMPARE NOTEQUAL "${CMAKE_MATCH_5}" "" context)
            set(regex "${CMAKE_MATCH_6}")
            if("" MATCHES "${regex}")
                message(FATAL_ERROR "${here}: the regex of ${name} matches everything")
            endif()
            list(APPEND cases ${name})
            set_for_families(regex "${regex}")
            set_for_families(own ${own})
            set_for_families(context ${context})
        elseif(line MATCHES "^// FLAGS: ([^ ].*)$")
            if(DEFINED flags)
                message(FATAL_ERROR "${here}: there is a FLAGS line already")
            endif()
            separate_arguments(flags UNIX_COMMAND "${CMAKE_MATCH_1}")
        elseif(line MATCHES "^ *# *(if|ifdef|ifndef|elif) ")
            string(REGEX MATCHALL "CASE_[A-Za-z0-9_]+" names "${line}")
            list(TRANSFORM names REPLACE "^CASE_" "")
            list(APPEND conditions ${names})
        elseif(line MATCHES "[^ ].*// HERE ([a-z][a-z0-9_]*( \\[(gcc|clang)\\])?(, [a-z][a-z0-9_]*( \\[(gcc|clang)\\])?)*)$")
            string(REPLACE ", " ";" marks "${CMAKE_MATCH_1}")
            foreach(mark IN LISTS marks)
                string(REGEX MATCH "^([^ ]+)( \\[(gcc|clang)\\])?$" mark "${mark}")
                set(name ${CMAKE_MATCH_1})
                set(families "${CMAKE_MATCH_3}")
                list(APPEND places ${name})
                set_for_families(line ${number})
            endforeach()
        elseif(line MATCHES "// *(CASE|HERE|FLAGS)")
            message(FATAL_ERROR "${here}: this is no CASE, HERE or FLAGS line: ${line}")
        endif()
    endwhile()

    list(REMOVE_DUPLICATES cases)
    if(NOT cases)
        message(FATAL_ERROR "${source}: there is no CASE")
    endif()
    foreach(name IN LISTS conditions places)
        if(NOT name IN_LIST cases)
            message(FATAL_ERROR "${source}: there is no CASE line for ${name}")
        endif()
    endforeach()
    foreach(name IN LISTS cases)
        if(NOT name IN_LIST conditions)
            message(FATAL_ERROR "${source}: nothing depends on defined(CASE_${name})")
        endif()
        foreach(family IN ITEMS gcc clang)
            if(NOT DEFINED ${family}_regex_${name})
                message(FATAL_ERROR "${source}: CASE ${name} does not say what ${family} prints")
            endif()
            if(NOT DEFINED ${family}_line_${name})
                message(FATAL_ERROR "${source}: no line is marked `// HERE ${name}` for ${family}")
            endif()
            foreach(what IN ITEMS regex own context line)
                set(${family}_${what}_${name} "${${family}_${what}_${name}}" PARENT_SCOPE)
            endforeach()
        endforeach()
    endforeach()
    set(cases ${cases} PARENT_SCOPE)
    set(flags ${flags} PARENT_SCOPE)
endfunction()

# Part of read_cases: sets <family>_<what>_<name> for the families of a line, which are both when none is named.
function(set_for_families what value)
    if(NOT families)
        set(families gcc clang)
    endif()
    foreach(family IN LISTS families)
        if(DEFINED ${family}_${what}_${name})
            message(FATAL_ERROR "${here}: ${name} has this twice for ${family}")
        endif()
        set(${family}_${what}_${name} "${value}" PARENT_SCOPE)
    endforeach()
endfunction()

function(add_must_not_compile_tests source include)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
    read_cases(${source})
    cmake_path(GET source FILENAME topic)
    string(REPLACE ".fail.cpp" "" topic ${topic})
    set(family clang)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        set(family gcc)
    endif()
    set(run ${CMAKE_COMMAND} -D SOURCE=${source} -D COMPILER=${CMAKE_CXX_COMPILER} -D FAMILY=${family} -D INCLUDE=${include}
        -D PRECOMPILED=${CMAKE_CURRENT_BINARY_DIR}/precompiled -D LOOK=${ARGN})

    # The control is a fixture: when it does not compile, no case can pass.
    set(control must_not_compile.${topic})
    add_test(NAME ${control} COMMAND ${run} -P ${must_not_compile_script})
    set_tests_properties(${control} PROPERTIES LABELS must_not_compile FIXTURES_SETUP ${control})
    set(labels must_not_compile)
    foreach(case IN LISTS cases)
        add_test(NAME ${control}.${case} COMMAND ${run} -D CASE=${case} -P ${must_not_compile_script})
        set_tests_properties(${control}.${case} PROPERTIES LABELS "${labels}" FIXTURES_REQUIRED ${control})
        set(labels must_not_compile further_case)  # all but the first of a topic
    endforeach()
endfunction()

function(add_must_not_compile_test_at_once source include)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
    read_cases(${source})
    cmake_path(GET source STEM topic)
    set(family clang)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        set(family gcc)
    endif()
    set(run ${CMAKE_COMMAND} -D SOURCE=${source} -D COMPILER=${CMAKE_CXX_COMPILER} -D FAMILY=${family}
        -D INCLUDE=${include})
    add_test(NAME must_not_compile.${topic} COMMAND ${run} -D AT_ONCE=ON -P ${must_not_compile_script})
    set_tests_properties(must_not_compile.${topic} PROPERTIES LABELS must_not_compile)
    if(ARGN STREQUAL "CONTROL")
        add_test(NAME must_not_compile.${topic}.control COMMAND ${run} -P ${must_not_compile_script})
        set_tests_properties(must_not_compile.${topic}.control PROPERTIES LABELS must_not_compile)
    endif()
endfunction()

function(precompile_for_must_not_compile_tests header include)
    cmake_path(GET header FILENAME name)
    set(folder ${CMAKE_CURRENT_BINARY_DIR}/precompiled)
    set(result ${folder}/${name}.gch)  # where each compiler looks for it that is told to include ${name}
    set(all "")
    foreach(each IN ITEMS ${ARGN})
        string(APPEND all "#include <${each}>\n")
    endforeach()
    file(CONFIGURE OUTPUT ${folder}/${name} CONTENT "${all}#include \"${header}\"\n" @ONLY)
    add_custom_command(OUTPUT ${result} DEPENDS ${folder}/${name} ${header} DEPFILE ${folder}/${name}.d
        COMMAND ${CMAKE_CXX_COMPILER} -std=c++20 -w -I${include} -MD -MF ${folder}/${name}.d -MT ${result}
            -x c++-header ${folder}/${name} -o ${result})
    add_custom_target(must_not_compile_${name} ALL DEPENDS ${result})
endfunction()

# Part of run_case: sets `precompiled` to the flags that bring in what its first include would.
function(find_precompiled source)
    set(precompiled "" PARENT_SCOPE)
    file(STRINGS ${source} first REGEX "^#include" LIMIT_COUNT 1)
    if(flags OR NOT first MATCHES "\"([a-z_]+\\.hpp)\"")
        return()
    endif()
    set(name ${CMAKE_MATCH_1})
    if(EXISTS ${PRECOMPILED}/${name}.gch)
        # One that it cannot take would be left aside in silence.
        set(precompiled -include ${PRECOMPILED}/${name} -Werror=invalid-pch PARENT_SCOPE)
    endif()
endfunction()

# Sets, for the caller: status and output of the compiler with these definitions.
function(compile_source)
    # The source comes in by stdin, so that no message can hold its name. A discarded result is an error here, as
    # [[nodiscard]] alone is only a warning; no other warning is asked for, as it could come first.
    cmake_path(GET SOURCE PARENT_PATH folder)
    find_precompiled(${SOURCE})
    list(TRANSFORM INCLUDE PREPEND -I OUTPUT_VARIABLE includes)
    execute_process(
        COMMAND ${COMPILER} -std=c++20 -fsyntax-only -Werror=unused-result ${first_error_flags_${FAMILY}}
            ${includes} ${precompiled} -iquote ${folder} ${flags} ${ARGN} -x c++ -
        INPUT_FILE ${SOURCE} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    set(status "${status}" PARENT_SCOPE)
    set(output "${output}" PARENT_SCOPE)
endfunction()

# Part of the functions below: fails where there is a complaint.
function(judge line)
    if(complaint)
        string(REPLACE "<stdin>" "${SOURCE}" output "${output}")
        message("${output}")
        message(FATAL_ERROR "${SOURCE}:${line}: ${complaint}")
    endif()
endfunction()

function(run_case)
    read_cases(${SOURCE})
    if(CASE)
        if(NOT CASE IN_LIST cases)
            message(FATAL_ERROR "${SOURCE}: there is no CASE line for ${CASE}")
        endif()
        set(define -DCASE_${CASE})
        if(FAMILY STREQUAL "gcc")
            list(APPEND define -fmax-errors=1)  # what comes after it costs a third of the time, and nobody looks at it
        endif()
    else()
        set(define -DCONTROL)
    endif()
    compile_source(${define})
    first_error("${output}" error)

    set(regex "${${FAMILY}_regex_${CASE}}")
    set(line "${${FAMILY}_line_${CASE}}")
    set(complaint "")
    if(NOT CASE)
        if(NOT status EQUAL 0)
            set(complaint "the control does not compile")
        endif()
    elseif(status EQUAL 0)
        set(complaint "${CASE} compiles")
    elseif(NOT error_text MATCHES "${regex}")
        set(complaint "the first error of ${CASE} is another one; expected: ${regex}")
    elseif(NOT line IN_LIST error_lines)
        set(complaint "the first error of ${CASE} does not name this line")
    elseif(NOT ${FAMILY}_context_${CASE} AND NOT error_place STREQUAL "<stdin>:${line}")
        set(complaint "the first error of ${CASE} names this line, but stands elsewhere; is it @context?")
    elseif(LOOK AND NOT ${FAMILY}_own_${CASE} AND NOT "${error_text}${error_excerpts}" MATCHES "${LOOK}")
        set(complaint "the first error of ${CASE} does not say where to look: ${LOOK}")
    endif()
    judge("${line}")
    message("${error_text}")
endfunction()

function(run_all_at_once)
    read_cases(${SOURCE})
    list(TRANSFORM cases PREPEND -DCASE_ OUTPUT_VARIABLE defines)
    if(FAMILY STREQUAL "clang")
        list(APPEND defines -ferror-limit=0)
    endif()
    compile_source(${defines})
    set(missed ${cases})
    set(rest "${output}")
    while(NOT rest STREQUAL "")
        first_error("${rest}" error)
        if(NOT error_place)
            break()
        endif()
        foreach(case IN LISTS missed)
            if("${${FAMILY}_line_${case}}" IN_LIST error_lines AND error_text MATCHES "${${FAMILY}_regex_${case}}")
                list(REMOVE_ITEM missed ${case})
            endif()
        endforeach()
        string(STRIP "${error_rest}" rest)
    endwhile()
    set(complaint "")
    if(missed)
        list(GET missed 0 case)
        set(complaint "no error of ${case} names this line; expected: ${${FAMILY}_regex_${case}}")
    endif()
    judge("${${FAMILY}_line_${case}}")
    list(LENGTH cases number)
    message("${number} errors, each at its line")
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL must_not_compile_script)
    if(AT_ONCE)
        run_all_at_once()
    else()
        run_case()
    endif()
endif()
