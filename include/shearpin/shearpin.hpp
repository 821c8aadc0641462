// SPDX-License-Identifier: BSL-1.0
// All of the portable API.
#pragma once

#include <shearpin/asking.hpp>
#include <shearpin/bounds.hpp>
#include <shearpin/clocks.hpp>
#include <shearpin/core.hpp>
#include <shearpin/detail/distinct_by_hash.hpp>
#include <shearpin/detail/wave_run.hpp>
#include <shearpin/event.hpp>
#include <shearpin/ledger.hpp>
#include <shearpin/memory_store.hpp>
#include <shearpin/permit.hpp>
#include <shearpin/plan.hpp>
#include <shearpin/plan_text.hpp>
#include <shearpin/policies.hpp>
#include <shearpin/policy_table.hpp>
#include <shearpin/rules.hpp>
#include <shearpin/several_pools.hpp>
#include <shearpin/terminating.hpp>
#include <shearpin/waves.hpp>

/// All of the library. The inline namespace is its version's, so that two versions in one program
/// are two libraries; nobody writes it.
namespace shearpin::inline v1 {
/// The checks that are always on, with no rule; they are named in refusals, and not called.
namespace checks {}
/// What a store of one's own is tested with.
namespace testing {}
}  // namespace shearpin::inline v1
