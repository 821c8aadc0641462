# SPDX-License-Identifier: BSL-1.0
# The warnings for our own tests and examples; never for those who use the library.
# SHEARPIN_WARNINGS is a plain list, so that the scripts that call the compiler themselves can have it too.
set(SHEARPIN_WARNINGS
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Wcast-qual -Wformat=2
    -Wundef -Wnon-virtual-dtor -Woverloaded-virtual -Wextra-semi -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND SHEARPIN_WARNINGS -Wuseless-cast -Wduplicated-branches -Wduplicated-cond -Wlogical-op)
else()
    list(APPEND SHEARPIN_WARNINGS -Wnewline-eof -Wunreachable-code -Wimplicit-fallthrough -Wdeprecated)
endif()

add_library(shearpin_warnings INTERFACE)
target_compile_options(shearpin_warnings INTERFACE ${SHEARPIN_WARNINGS})
