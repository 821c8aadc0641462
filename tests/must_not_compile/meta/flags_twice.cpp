// SPDX-License-Identifier: BSL-1.0
// VERDICT there is a FLAGS line already
// FLAGS: -fno-exceptions
// FLAGS: -fno-rtti
// CASE it: the batch is too small
#if defined(CASE_it)
static_assert(false, "the batch is too small");  // HERE it
#endif
