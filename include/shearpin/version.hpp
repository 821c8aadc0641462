// SPDX-License-Identifier: BSL-1.0
#pragma once

/// The library's version; CMake and the package files read it from here.
#define SHEARPIN_VERSION_MAJOR 0
#define SHEARPIN_VERSION_MINOR 1
#define SHEARPIN_VERSION_PATCH 0
