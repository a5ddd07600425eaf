// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

/// @file
/// Included before every test: what is waited for without a time of its own has 30 s. Qt's 5 s are too few on a machine
/// that builds beside the tests or writes its pages to disk. A wait that ends well is no slower.

#include "tests/together.h"

#include <QTest>

#undef QTRY_VERIFY
#undef QTRY_COMPARE
#define QTRY_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, 30'000)
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, 30'000)
