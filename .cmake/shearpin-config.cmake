# SPDX-License-Identifier: BSL-1.0
# What find_package(shearpin CONFIG) takes in: the headers, which depend on nothing, and a function.
include(${CMAKE_CURRENT_LIST_DIR}/shearpin-targets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/shearpin_embed_policy.cmake)
