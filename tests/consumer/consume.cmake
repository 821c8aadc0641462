# SPDX-License-Identifier: BSL-1.0
# Builds and runs the stranger's project from nothing.
#   cmake -D WAY=installed|subdirectory|plain -D SHEARPIN=… -D SHEARPIN_BUILD=… -D OUT=… -D COMPILER=… -P consume.cmake
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${OUT})
file(MAKE_DIRECTORY ${OUT}/build)

if(WAY STREQUAL "plain")
    execute_process(
        COMMAND ${COMPILER} -std=c++20 -Wall -Wextra -Wpedantic -Werror -I${SHEARPIN}/include
            ${CMAKE_CURRENT_LIST_DIR}/main.cpp -o ${OUT}/build/consumer
        COMMAND_ERROR_IS_FATAL ANY)
else()
    if(WAY STREQUAL "installed")
        execute_process(
            COMMAND ${CMAKE_COMMAND} --install ${SHEARPIN_BUILD} --prefix ${OUT}/prefix COMMAND_ERROR_IS_FATAL ANY)
        set(where -D CMAKE_PREFIX_PATH=${OUT}/prefix)
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
