// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/cli/controlprogram.h"
#include "tests/server/cuttingproxy.h"

#include <QUrl>

#include <memory>

namespace Earshot {

/// What rounds with the real program against a real server share: a workspace of its own, and a proxy before the server
/// that can lose answers and go away. Lives on the test's thread.
class PeerRound
{
protected:
    /// Makes the workspace.
    /// @param program the file of earshotctl
    /// @return the channel's server as the program is to know it; empty when that failed
    [[nodiscard]] QUrl start(const QString &program, const QUrl &server);
    [[nodiscard]] ControlAnswer run(const QStringList &arguments) const;
    [[nodiscard]] ControlAnswer run(const char *line) const;
    /// The number of the first conversation whose field has this value; empty when there is none.
    [[nodiscard]] QString numberOf(const char *field, const QString &value) const;
    /// The last message of a kind in a conversation.
    [[nodiscard]] QJsonObject message(const QString &conversation, const char *kind) const;
    void reply(const QString &conversation, const QString &text) const;
    /// Nothing that the program shows holds one of these.
    void checkNowhere(const QByteArrayList &secrets) const;
    void goDown() { m_proxy.reset(); }
    void comeBack();

    std::unique_ptr<ControlProgram> m_program;
    std::unique_ptr<CuttingProxy> m_proxy;

private:
    QUrl m_server;
    quint16 m_port = 0;
};

} // namespace Earshot
