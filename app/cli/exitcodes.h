// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/outcome.h"

#include <QList>

namespace Earshot {

/// How the command line ends. Told in `earshotctl --help`; scripts build on the numbers.
enum class ExitCode {
    ok = 0,
    failed = 1, ///< a network failed or refused, or something unexpected
    usage = 2,
    notFound = 3,
    refused = 4,
    busy = 5, ///< locked, not reachable, not stored: try again
    damaged = 6,
    signIn = 7,
    disk = 8,
    secrets = 9,
    unsupported = 10,
    interrupted = 130,
};

struct ExitCodeHelp
{
    ExitCode code;
    const char *meaning;
};
/// All of them in their order.
[[nodiscard]] const QList<ExitCodeHelp> &exitCodes();

[[nodiscard]] ExitCode exitCodeOf(const Error &error);

/// What went wrong as a sentence without a full stop, from the kind and the detail.
[[nodiscard]] QString sentenceOf(const Error &error);

/// A refusal as the error that a command ends with; the detail begins with the refusal's word.
[[nodiscard]] Error errorOf(const Refusal &refusal);

} // namespace Earshot
