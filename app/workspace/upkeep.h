// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/knownsentence.h"
#include "workspace/database.h"

#include <QStringList>

#include <functional>

namespace Earshot {

/// What verify() looked at and found. No problem = sound.
struct VerifyReport
{
    QStringList problems;       ///< in plain English, each with what can be done
    QList<KnownSentence> found; ///< the same, to be said in another language
    qint64 conversations = 0;
    qint64 messages = 0;
    qint64 lastSeq = 0;
    [[nodiscard]] bool isSound() const { return problems.isEmpty(); }
};

/// Checks SQLite's integrity, change numbers, foreign keys, the tally, unique network addresses, media files and the
/// full-text indexes against the content. Reads by key range. @param progress told a share 0..1; may be empty.
/// @param isCancelled looked at on the caller's thread; true = it ends soon with `cancelled`
[[nodiscard]] Result<VerifyReport> verifyWorkspace(const QString &path,
                                                   const std::function<void(double)> &progress = {},
                                                   const std::function<bool()> &isCancelled = {});

/// A consistent online copy of a workspace, whoever owns it, with its media. That of a replica is frozen: it is for
/// reading only, without what waits for the server and what is one person's alone: drafts, own views and settings.
/// Errors: invalid (target exists), io, diskFull, cancelled (then nothing of it is left).
[[nodiscard]] Done backupWorkspace(const QString &path, const QString &target,
                                   const std::function<void(double)> &progress = {},
                                   const std::function<bool()> &isCancelled = {});

} // namespace Earshot
