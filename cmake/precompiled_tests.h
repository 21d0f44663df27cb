// SPDX-License-Identifier: Apache-2.0
// Headers that nearly every test reads.
#pragma once
#include "precompiled.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
