// SPDX-License-Identifier: BSL-1.0
// The checks that no policy has to ask for. Each is shaped like a rule of limit zero, so that a
// refusal tells it like one: a name, and the words that explain it.
#pragma once

#include <shearpin/checks/inventory.hpp>
#include <shearpin/checks/ledger.hpp>
#include <shearpin/checks/permit.hpp>
#include <shearpin/checks/request.hpp>
#include <shearpin/checks/selection.hpp>
