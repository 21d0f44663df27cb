// SPDX-License-Identifier: Apache-2.0
// Kernels are compiled from one text into two twins: for the machine the build is for, and for processors with AVX2.
//
// A file F.cpp with kernels defines PANELIST_KERNELS as the name of their text F.inc and includes twins.inc; each
// kernel is then called as PANELIST_TWIN(kernel, arguments). Lanes are added and multiplied one by one, never fused or
// reordered, so that both twins give the same bits.
#pragma once

namespace panelist::engine {

// The processor has AVX2, and nobody asked to do without.
bool wide_vectors();
// For tests: false does without.
void allow_wide_vectors(bool allowed);

}  // namespace panelist::engine

#if defined(__x86_64__)
#define PANELIST_TWIN(kernel, ...) (wide_vectors() ? wide::kernel(__VA_ARGS__) : plain::kernel(__VA_ARGS__))
#else
#define PANELIST_TWIN(kernel, ...) plain::kernel(__VA_ARGS__)
#endif
