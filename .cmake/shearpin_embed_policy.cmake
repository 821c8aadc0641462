# SPDX-License-Identifier: BSL-1.0
# Policy files that become part of a program, checked when it is built:
#
#   shearpin_embed_policy(<target> <file>... [NAMESPACE <name>])
#
#   shearpin_embed_policy(fleet index.policy)        # in CMakeLists.txt
#   #include "index.policy.hpp"                      // in the program
#   auto remove = shearpin::guard<embedded::index>(decommission, state);
#
# The policy is a constant of the same type as if it were written in code; a file whose first word is pool, other_pools or
# every_pool gives the policies of several pools. What is named after a file is its name up to the first dot, with _ for
# what no identifier can have. A mistake in the file fails the build, with the file's own name and line in the error:
#
#   index.policy:3:…: error: … policy_text_error<at_line<3>, at_column<1>, "there is no rule "max_bach"; did you mean max_batch?">
#
# It is checked whether or not the program includes it. A change of the file builds the target anew. What is generated lies
# in the build tree.
cmake_minimum_required(VERSION 3.25)

function(shearpin_embed_policy target)
    cmake_parse_arguments(PARSE_ARGV 1 given "" "NAMESPACE" "")
    if(NOT TARGET ${target})
        message(FATAL_ERROR "shearpin_embed_policy: there is no target ${target}")
    endif()
    if(NOT given_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "shearpin_embed_policy(${target}): which policy file?")
    endif()
    if(NOT given_NAMESPACE)
        set(given_NAMESPACE embedded)
    endif()
    set(folder ${CMAKE_CURRENT_BINARY_DIR}/shearpin_policies/${target})
    target_link_libraries(${target} PRIVATE shearpin::shearpin)
    target_include_directories(${target} PRIVATE ${folder})
    foreach(file IN LISTS given_UNPARSED_ARGUMENTS)
        cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
        cmake_path(GET file FILENAME name)
        cmake_path(GET file STEM identifier)
        string(MAKE_C_IDENTIFIER "${identifier}" identifier)
        set(header ${folder}/${name}.hpp)
        # The file as it is, so that a name with a blank or a sign in it stays one argument.
        add_custom_command(
            OUTPUT ${header} ${folder}/${name}.cpp
            COMMAND ${CMAKE_COMMAND} -D "POLICY=${file}" -D "HEADER=${header}" -D "IDENTIFIER=${identifier}"
                -D "NAMESPACE=${given_NAMESPACE}" -P "${CMAKE_CURRENT_FUNCTION_LIST_FILE}"
            DEPENDS ${file} ${CMAKE_CURRENT_FUNCTION_LIST_FILE}
            COMMENT "Embedding the policy ${name}" VERBATIM)
        target_sources(${target} PRIVATE ${header} ${folder}/${name}.cpp)
    endforeach()
endfunction()

if(NOT CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
    return()
endif()

# --- As a script: one header of one policy file, and a source that does nothing but include it ---
file(READ "${POLICY}" text)
string(FIND "${text}" ")shearpin\"" end_of_literal)
if(NOT end_of_literal EQUAL -1)
    message(FATAL_ERROR "${POLICY}: )shearpin\" cannot stand in a policy")
endif()
string(REGEX MATCHALL "\n" breaks "${text}")
list(LENGTH breaks last_line)
math(EXPR last_line "${last_line} + 1")
string(REPLACE "\\" "\\\\" place "${POLICY}")
string(REPLACE "\"" "\\\"" place "${place}")
cmake_path(GET HEADER FILENAME header_name)

# A check for each line of the file, at that line of the file as far as the compiler knows.
set(checks "")
foreach(line RANGE 1 ${last_line})
    string(APPEND checks "#line ${line} \"${place}\"\n"
        "static_assert(shearpin::check_policy_line<text_of_${IDENTIFIER}, ${line}>());\n")
endforeach()
file(WRITE "${HEADER}" "\
// Made of ${POLICY} by shearpin_embed_policy.
#pragma once

#include <shearpin/embedded_policy.hpp>

namespace ${NAMESPACE} {

struct text_of_${IDENTIFIER} {
    static constexpr char letters[] = R\"shearpin(${text})shearpin\";
    static constexpr shearpin::text_view text{letters, sizeof letters - 1};
};
${checks}\
#line 1 \"${header_name}, after the policy\"
inline constexpr auto ${IDENTIFIER} = shearpin::embedded_policy<text_of_${IDENTIFIER}>();

}  // namespace ${NAMESPACE}
")
cmake_path(REMOVE_EXTENSION HEADER LAST_ONLY OUTPUT_VARIABLE source)
file(WRITE "${source}.cpp" "// The policy is checked here even where nobody includes it.\n#include \"${header_name}\"\n")
