// SPDX-License-Identifier: BSL-1.0
#pragma once
template <int> struct never_admitted;  // see the dictionary
template <int> struct unmarked;
template <class T> T made();
