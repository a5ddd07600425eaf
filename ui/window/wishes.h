// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

class QCoreApplication;

namespace Earshot {

/// What the program was started with.
struct Wishes
{
    QString file;
    QString agent;
    QString keyFile;
    QString server; ///< to be joined
    QString caFile;
    bool isSample = false;
    bool isAnother = false; ///< begin with another workspace, whichever are known
    bool isForReading = false;
};

/// Whether the command line asks for nothing but words (--help, --version): those need no display.
[[nodiscard]] bool asksForWords(int count, char **arguments);

/// Reads the command line. Ends the program for --help, --version and what makes no sense.
[[nodiscard]] Wishes wishesOf(const QCoreApplication &application);

} // namespace Earshot
