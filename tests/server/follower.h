// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/server/wireclient.h"
#include "workspace/workspace.h"

#include <QSet>
#include <QTemporaryDir>

namespace Earshot {

/// A file that follows a server over the wire, as a replica does: slices first, then what changed.
class Follower
{
public:
    explicit Follower(WireClient &client, const QString &account);

    /// Asks for the slices once and fetches those that it does not have yet, a piece at a time. @return whether there
    /// are all of them
    bool fetchSlices(qint64 pieceSize = 3000);
    /// Xxx/changes and Xxx/get of every type until nothing more follows. @return false: cannotCalculateChanges
    bool follow(int maxChanges = 2000);
    /// A Delta object. @return false: it does not begin where this file is
    bool apply(const QJsonObject &delta);

    [[nodiscard]] Database &database() { return *m_database; }
    /// All that is known up to: the lowest state of the slices, then the newest that was followed to.
    [[nodiscard]] QString state() const { return m_state; }
    void setState(const QString &state) { m_state = state; }
    /// The unpacked slices, one after another.
    [[nodiscard]] const QByteArray &sliceBytes() const { return m_sliceBytes; }
    [[nodiscard]] const QStringList &kinds() const { return m_kinds; }
    QStringList blobs; ///< the slices' names

private:
    void fetch(const QJsonObject &slice, qint64 pieceSize);
    void applyRows(const QList<QPair<qint64, QJsonObject>> &rows);

    WireClient &m_client;
    QString m_account;
    SystemClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<Database> m_database;
    QSet<QString> m_fetched;
    QStringList m_kinds;
    QByteArray m_sliceBytes;
    QString m_state;
};

[[nodiscard]] Seq seqOfState(const QString &state);

/// Every row of a table in a file, columns joined by "|".
[[nodiscard]] QStringList tableRows(Database &database, const QByteArray &table);
/// Those of them that may be seen by somebody from whom these channels are hidden.
[[nodiscard]] QStringList visibleRows(Database &database, const QByteArray &table, const QSet<qint64> &hidden);

} // namespace Earshot
