# SPDX-License-Identifier: BSL-1.0
# Builds and runs the stranger's project from nothing.
#   cmake -D WAY=installed|subdirectory|fetched|pkg_config|plain -D SHEARPIN=… -D SHEARPIN_BUILD=… -D OUT=… -D COMPILER=…
#     -P consume.cmake
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${OUT})
file(MAKE_DIRECTORY ${OUT}/build)
set(program ${CMAKE_CURRENT_LIST_DIR}/main.cpp -o ${OUT}/build/consumer)

if(WAY MATCHES "^(installed|pkg_config)$")
    execute_process(
        COMMAND ${CMAKE_COMMAND} --install ${SHEARPIN_BUILD} --prefix ${OUT}/prefix COMMAND_ERROR_IS_FATAL ANY)
    # What was installed can be moved.
    file(RENAME ${OUT}/prefix ${OUT}/moved)
    # Where compile errors say to look.
    if(NOT EXISTS ${OUT}/moved/share/doc/shearpin/examples/errors.md)
        message(FATAL_ERROR "examples/errors.md is not installed")
    endif()
endif()
if(WAY STREQUAL "plain")
    execute_process(
        COMMAND ${COMPILER} -std=c++20 -Wall -Wextra -Wpedantic -Werror -I${SHEARPIN}/include
            ${program}
        COMMAND_ERROR_IS_FATAL ANY)
elseif(WAY STREQUAL "pkg_config")
    set(ENV{PKG_CONFIG_PATH} ${OUT}/moved/share/pkgconfig)
    execute_process(COMMAND pkg-config --modversion shearpin OUTPUT_VARIABLE version OUTPUT_STRIP_TRAILING_WHITESPACE
        COMMAND_ERROR_IS_FATAL ANY)
    if(NOT version STREQUAL VERSION)
        message(FATAL_ERROR "pkg-config says version ${version}, and it is ${VERSION}")
    endif()
    execute_process(COMMAND pkg-config --cflags --libs shearpin OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE
        COMMAND_ERROR_IS_FATAL ANY)
    separate_arguments(flags UNIX_COMMAND "${flags}")
    execute_process(COMMAND ${COMPILER} -std=c++20 -Wall -Wextra -Wpedantic -Werror ${flags} ${program}
        COMMAND_ERROR_IS_FATAL ANY)
else()
    if(WAY STREQUAL "installed")
        set(where -D CMAKE_PREFIX_PATH=${OUT}/moved)
    elseif(WAY STREQUAL "fetched")
        # A clone that holds what lies here now, committed or not.
        set(where -D SHEARPIN_REPOSITORY=${OUT}/repository -D SHEARPIN_TAG=here)
        foreach(name IN ITEMS CMakeLists.txt LICENSE .cmake include)
            file(COPY ${SHEARPIN}/${name} DESTINATION ${OUT}/repository)
        endforeach()
        foreach(arguments IN ITEMS "init;-q;-b;here" "add;-A" "-c;user.name=consumer;-c;user.email=;commit;-q;-m;all")
            execute_process(COMMAND git ${arguments} WORKING_DIRECTORY ${OUT}/repository COMMAND_ERROR_IS_FATAL ANY)
        endforeach()
    else()
        set(where -D SHEARPIN_SOURCE=${SHEARPIN})
    endif()
    # From a copy, so that no path leads back into this repository by chance.
    foreach(name IN ITEMS CMakeLists.txt main.cpp embedding.cpp volumes.policy)
        file(COPY ${CMAKE_CURRENT_LIST_DIR}/${name} DESTINATION ${OUT}/source)
    endforeach()
    execute_process(
        COMMAND ${CMAKE_COMMAND} -S ${OUT}/source -B ${OUT}/build -G Ninja -D CMAKE_CXX_COMPILER=${COMPILER} ${where}
        COMMAND_ERROR_IS_FATAL ANY)
    execute_process(COMMAND ${CMAKE_COMMAND} --build ${OUT}/build COMMAND_ERROR_IS_FATAL ANY)
    execute_process(COMMAND ${OUT}/build/embedding COMMAND_ERROR_IS_FATAL ANY)
endif()
execute_process(COMMAND ${OUT}/build/consumer COMMAND_ERROR_IS_FATAL ANY)
