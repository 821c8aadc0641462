// SPDX-License-Identifier: BSL-1.0
// A guard over several pools, beside core.hpp: policies by pool, and an inventory that says which
// pools a target serves.
#pragma once

#include <shearpin/core.hpp>
#include <shearpin/detail/several_pools.hpp>
#include <shearpin/policies.hpp>
