// SPDX-License-Identifier: BSL-1.0
// Every rule.
#pragma once

#include <shearpin/rules/approvals.hpp>
#include <shearpin/rules/cooldown.hpp>
#include <shearpin/rules/freeze.hpp>
#include <shearpin/rules/fresh_within.hpp>
#include <shearpin/rules/max_batch.hpp>
#include <shearpin/rules/max_in_flight.hpp>
#include <shearpin/rules/max_pools.hpp>
#include <shearpin/rules/max_rate.hpp>
#include <shearpin/rules/max_targets.hpp>
#include <shearpin/rules/max_unavailable.hpp>
#include <shearpin/rules/min_remaining.hpp>
#include <shearpin/rules/needs_expected.hpp>
#include <shearpin/rules/of_peak.hpp>
#include <shearpin/rules/overridable.hpp>
#include <shearpin/rules/quorum.hpp>
#include <shearpin/rules/unlimited.hpp>
