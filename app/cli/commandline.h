// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

namespace Earshot {

/// Parses, carries out and answers one command. Needs a QCoreApplication.
/// @param words the arguments without the program's name
/// @return the process's exit code
[[nodiscard]] int runCommandLine(const QStringList &words);

} // namespace Earshot
