// SPDX-License-Identifier: BSL-1.0
// All of the portable API.
#pragma once

#include <shearpin/core.hpp>
#include <shearpin/policies.hpp>
#include <shearpin/policy_table.hpp>
#include <shearpin/several_pools.hpp>
