// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

namespace Earshot {

/// Commits do not wait for the disk while this lives. A power failure may take the last ones back, the newest first: so
/// only for what is done again then (rows that can be fetched, words of rows that are there). Whoever commits
/// afterwards waits until the log is on the disk up to its own end, hence for these, too: what a person did is never
/// there without what it was done on. A checkpoint by another connection waits for the log before it writes into the
/// file. No transaction may be open when it begins; one that is when it ends has failed, and is rolled back.
class QuickCommits
{
public:
    explicit QuickCommits(Database &database);
    ~QuickCommits();
    Q_DISABLE_COPY_MOVE(QuickCommits)

private:
    Database &m_database;
    int m_before = 0; ///< as PRAGMA synchronous has it
};

} // namespace Earshot
