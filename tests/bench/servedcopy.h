// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QProcess>
#include <QTemporaryDir>

namespace Earshot {

/// earshotd in a process of its own, with no courier, on a workspace in a folder of its own: a copy of one that there
/// is, or a small one. Ends with this.
class ServedCopy
{
public:
    /// @param workspace of which a copy is served, from beside it, where there is room; empty = a new one with one
    /// conversation. Ends the program where it cannot be made.
    explicit ServedCopy(const QString &workspace);
    ~ServedCopy();

    /// For so many more devices of the first agent. Before start().
    [[nodiscard]] QList<QByteArray> makeTokens(int devices);
    /// @return false: it does not listen
    [[nodiscard]] bool start();
    [[nodiscard]] bool isRunning() const { return m_server.state() == QProcess::Running; }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QString account() const { return m_account; }
    [[nodiscard]] qint64 process() const { return m_server.processId(); }
    /// Of the copy, and of what else is measured.
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("d.earshot")); }

private:
    QTemporaryDir m_folder;
    QProcess m_server;
    QString m_account;
    quint16 m_port = 0;
};

} // namespace Earshot
