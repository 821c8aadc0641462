// SPDX-License-Identifier: BSL-1.0
// A ledger's document from standard input, as a program of a later format would write it.
#include <shearpin/detail/ledger_encode.hpp>

#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>

int main() {
    std::string bytes{std::istreambuf_iterator<char>(std::cin), {}};
    if (bytes.size() < 20) return 1;
    // The name (8 bytes), the checksum of all that follows (4), the number of the format (4).
    ++bytes[12];
    std::uint32_t sum = shearpin::detail::checksum_of({bytes.data() + 12, bytes.size() - 12});
    for (std::size_t at = 8; at != 12; ++at, sum >>= 8) bytes[at] = static_cast<char>(sum & 255);
    std::cout << bytes;
    return std::cout.good() ? 0 : 1;
}
