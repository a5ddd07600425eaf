// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/serverconnection.h"

#include <memory>
#include <optional>

namespace Earshot {

/// That a device erased what it kept, as long as its server has not heard it. No secret: with it that can be said, and
/// nothing else.
struct ErasedReport
{
    QUrl server;
    QString token;          ///< its id
    QString proof;          ///< erasedProof()
    QByteArray authorities; ///< certificates (PEM) that the server's is to be believed by
};

/// Beside where the replica was. Errors: io.
[[nodiscard]] Done keepErasedReport(const QString &path, const ErasedReport &report);
[[nodiscard]] std::optional<ErasedReport> erasedReportOf(const QString &path);
/// Those that are kept in a folder: the replicas' paths.
[[nodiscard]] QStringList erasedReportsIn(const QString &folder);

/// Tells the server of a replica that was erased, and forgets that once it has heard, or knows the device no more.
/// Lives on the thread that made it, with an event loop.
class ErasedReporting final : public QObject
{
    Q_OBJECT

public:
    ErasedReporting(QString path, const Clock &clock, QObject *parent = nullptr);

    /// Says what is kept.
    void run();
    /// Also where it could not be kept. @param token as long as it is there: older servers know no other way
    void say(const ErasedReport &report, const Secret &token);

Q_SIGNALS:
    /// Once, after some ten seconds at most. @param isOver false: a later start says it again
    void ended(bool isOver);

private:
    const QString m_path;
    const Clock &m_clock;
    std::unique_ptr<ServerConnection> m_connection;
};

} // namespace Earshot
