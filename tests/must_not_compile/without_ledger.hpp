// SPDX-License-Identifier: BSL-1.0
// All that these cases need: they are compiled hundreds of times, and ledgers and plans would double that.
#pragma once

#include <shearpin/asking.hpp>
#include <shearpin/clocks.hpp>
#include <shearpin/core.hpp>
#include <shearpin/detail/distinct_by_hash.hpp>
#include <shearpin/detail/several_pools.hpp>
#include <shearpin/event.hpp>
#include <shearpin/permit.hpp>
#include <shearpin/policies.hpp>
#include <shearpin/policy_table.hpp>
#include <shearpin/rules.hpp>
#include <shearpin/terminating.hpp>
