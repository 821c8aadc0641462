// SPDX-License-Identifier: BSL-1.0
// VERDICT there is no CASE
int control;
