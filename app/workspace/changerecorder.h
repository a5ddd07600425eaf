// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

#include <QByteArray>
#include <QList>

struct sqlite3_session;

namespace Earshot {

/// Writes down what the statements between its making and take() change in the synchronised tables and in
/// `delivery_wish` (SQLite's session extension, https://sqlite.org/sessionintro.html), so that revertChanges() can take
/// it back. Derived tables are left out: triggers keep those both ways. Lives inside one writing task; nothing else
/// records on that connection meanwhile.
class ChangeRecorder final
{
public:
    /// A failure is the database's.
    explicit ChangeRecorder(Database &database);
    ~ChangeRecorder();
    Q_DISABLE_COPY_MOVE(ChangeRecorder)

    /// What has changed since; empty = nothing has. A failure is the database's.
    [[nodiscard]] QByteArray take();

private:
    Database &m_database;
    sqlite3_session *m_session = nullptr;
};

/// Takes back what recorders wrote down one after another, the oldest first, in the caller's savepoint: what they did
/// together, so that a row that each of a thousand changed is written once. Every row must be as the last one left it:
/// otherwise the database fails with `damaged`, and the savepoint is to be rolled back.
void revertChanges(Database &database, const QList<QByteArray> &changes);

} // namespace Earshot
