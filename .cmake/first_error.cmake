# SPDX-License-Identifier: BSL-1.0
# What a compiler says first. Everything after the first error may only follow from it, and proves nothing:
# clang, for one, corrects a misspelt name, goes on, and then prints the error that a test was waiting for.

set(first_error_flags_all -fdiagnostics-color=never -ftemplate-backtrace-limit=10)  # 10: what users see by default
set(first_error_flags_gcc ${first_error_flags_all})
set(first_error_flags_clang ${first_error_flags_all})
set(ENV{LC_ALL} C)  # plain quotes, English words

# first_error(<the output of the compiler> <prefix>) sets
#   <prefix>_text   the block of the first error: its context, the error, its notes; without places, since the name
#                   of a file would match where its contents should, and without excerpts, since they repeat the source
#                   with its comments, and a test would find its own words in them
#   <prefix>_excerpts  those excerpts
#   <prefix>_place  file:line of the error itself
#   <prefix>_lines  all lines in the block that lie in <stdin>
#   <prefix>_rest   the output behind the block, for whoever wants the next error
# g++ prints the context ("required from here") before the error and clang prints it after, as notes. So the block is
# everything before the error back to the last diagnostic, and after it up to the last note before the next one.
function(first_error output prefix)
    set(rest "${output}\n")
    set(text "")
    set(excerpts "")
    set(place "")
    set(lines "")
    set(pending_text "")  # context whose diagnostic has not come yet
    set(pending_lines "")
    set(pending_output "")
    while(NOT rest STREQUAL "")
        string(FIND "${rest}" "\n" end)
        string(SUBSTRING "${rest}" 0 ${end} line)
        math(EXPR end "${end} + 1")
        string(SUBSTRING "${rest}" ${end} -1 rest)
        string(APPEND pending_output "${line}\n")

        if(line MATCHES "^(In file included| +from) ")
            continue()
        endif()
        set(line_place "")
        if(line MATCHES "^([^:]+):([0-9]+):[0-9]*:? *(.*)$")
            set(line_place "${CMAKE_MATCH_1}:${CMAKE_MATCH_2}")
            if(CMAKE_MATCH_1 STREQUAL "<stdin>")
                list(APPEND pending_lines ${CMAKE_MATCH_2})
            endif()
            set(line "${CMAKE_MATCH_3}")
        elseif(line MATCHES "^[^:']+: ((In|At) .*)$")
            set(line "${CMAKE_MATCH_1}")
        else()
            if(place AND pending_text STREQUAL "")  # else it belongs to what comes next
                string(APPEND excerpts "${line}\n")
            endif()
            continue()
        endif()
        string(APPEND pending_text "${line}\n")

        if(line MATCHES "^(fatal )?error: ")
            if(place)
                break()
            endif()
            set(place "${line_place}")
        elseif(line MATCHES "^warning: " AND place)
            break()
        elseif(NOT line MATCHES "^(note|warning): ")
            continue()
        endif()
        if(place)
            string(APPEND text "${pending_text}")
            list(APPEND lines ${pending_lines})
        endif()
        set(pending_text "")
        set(pending_lines "")
        set(pending_output "")
    endwhile()
    set(${prefix}_text "${text}" PARENT_SCOPE)
    set(${prefix}_excerpts "${excerpts}" PARENT_SCOPE)
    set(${prefix}_place "${place}" PARENT_SCOPE)
    set(${prefix}_lines "${lines}" PARENT_SCOPE)
    set(${prefix}_rest "${pending_output}${rest}" PARENT_SCOPE)
endfunction()
