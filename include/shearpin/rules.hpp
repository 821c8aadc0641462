// SPDX-License-Identifier: BSL-1.0
// Every rule that needs neither history nor a person.
#pragma once

#include <shearpin/rules/freeze.hpp>
#include <shearpin/rules/fresh_within.hpp>
#include <shearpin/rules/max_batch.hpp>
#include <shearpin/rules/max_targets.hpp>
#include <shearpin/rules/max_unavailable.hpp>
#include <shearpin/rules/min_remaining.hpp>
#include <shearpin/rules/quorum.hpp>
#include <shearpin/rules/unlimited.hpp>
