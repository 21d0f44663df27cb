// SPDX-License-Identifier: Apache-2.0
// Signals. Ctrl-C sets the flag that jobs poll; a second one ends at once. A closed pipe and a file-size
// quota (ulimit -f) become errors of the write.
#pragma once
#include <atomic>

namespace panelist::cli {

const std::atomic<bool>* install_signal_handlers();

}  // namespace panelist::cli
