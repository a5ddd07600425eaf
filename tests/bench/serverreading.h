// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/server/wireclient.h"

namespace Earshot {

/// What one more client asks of a server that has a large workspace: rows, searches, a day's changes, slices. Prints
/// rows of a table.
class ServerReading
{
public:
    ServerReading(quint16 port, const QByteArray &token, const QString &account, int conversations);

    void measureGets();
    void measureQueries();
    /// The last so many changes, with all rows, into a file as a replica does it.
    void measureCatchingUp(qint64 changes);
    /// Waits for the slices to be made, for at most so long, ms.
    void measureSlices(qint64 longest);

private:
    [[nodiscard]] QJsonArray call(const char *method, QJsonObject arguments, const char *id) const;
    [[nodiscard]] QJsonArray post(const QJsonArray &calls);
    void fetchSlices(const QJsonArray &slices);

    WireClient m_client;
    QString m_account;
    QStringList m_ids;   ///< of conversations, from all over the workspace
    QStringList m_words; ///< that were read, the most frequent first
    int m_failed = 0;
};

} // namespace Earshot
