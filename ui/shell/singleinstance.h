// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QLocalServer>
#include <QObject>
#include <QStringList>

namespace Earshot {

/// Sees to it that a workspace file has one window: who comes second hands over its arguments and the right to raise
/// the window, and ends. The socket is this user's only, named by the hash of the file's canonical path.
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    explicit SingleInstance(const QString &file, QObject *parent = nullptr);

    /// Gives the arguments to the running window, if there is one, waiting at most a second: call before the window's
    /// event loop. @param activationToken XDG_ACTIVATION_TOKEN or DESKTOP_STARTUP_ID, may be empty
    [[nodiscard]] bool handOver(const QStringList &arguments, const QString &activationToken);
    /// Becomes the one that others hand over to.
    [[nodiscard]] Done listen();

    [[nodiscard]] static QString socketName(const QString &file);

Q_SIGNALS:
    /// A later start wants this window to show itself.
    void handedOver(const QStringList &arguments, const QString &activationToken);

private:
    void onConnection();

    QString m_name;
    QLocalServer m_server;
};

} // namespace Earshot
