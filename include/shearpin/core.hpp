// SPDX-License-Identifier: BSL-1.0
// What a guard over one pool needs, and nothing that is dear to include: no clock, no permits, no
// response but throwing, and of the rules those that look at the pool alone.
#pragma once

#include <shearpin/guard.hpp>
#include <shearpin/rules/max_batch.hpp>
#include <shearpin/rules/max_targets.hpp>
#include <shearpin/rules/max_unavailable.hpp>
#include <shearpin/rules/min_remaining.hpp>
#include <shearpin/rules/unlimited.hpp>
#include <shearpin/version.hpp>
