// SPDX-License-Identifier: BSL-1.0
// What a guard over one pool needs, and nothing that is dear to include.
#pragma once

#include <shearpin/guard.hpp>
#include <shearpin/rules.hpp>
#include <shearpin/version.hpp>
