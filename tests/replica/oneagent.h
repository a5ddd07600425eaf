// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/replica/desktop.h"
#include "tests/server/cuttingproxy.h"

namespace Earshot {

/// A server with some conversations a channel, and the desktop of Kim behind a proxy: what many tests of a replica
/// begin with. begin() and end() belong into a test's init() and cleanup().
class OneAgent
{
protected:
    // Members, as other tests of this folder have functions of these names.
    [[nodiscard]] static QString str(const char *text) { return QString::fromUtf8(text); }
    [[nodiscard]] static Act::SendReply replyTo(ConversationId conversation, const QString &text);
    [[nodiscard]] static Act::AddNote note(qint64 conversation, const char *text);

    void begin(const ServerLimits &limits = {}, int conversations = 6);
    void end();
    /// Until the desktop knows.
    void stop();
    void start() { m_world->start({}, m_port); }

    [[nodiscard]] QStringList there(const QString &sql) { return firstColumn(m_world->workspace(), sql); }
    /// Nothing waits, and the replica is what its agent may see.
    [[nodiscard]] bool isEqual();
    [[nodiscard]] int timesSaid(const QString &text);
    [[nodiscard]] bool does(const ActionArguments &arguments, Seq basedOn = 0)
    {
        return m_kim->perform({arguments}, basedOn).constFirst().isApplied();
    }
    /// What was said of the first action, as soon as it was.
    [[nodiscard]] static Outcome outcomeOf(const QFuture<QList<Outcome>> &done);
    /// What a person is to decide: the words or the kind of each, and why.
    [[nodiscard]] QStringList trouble();

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<CuttingProxy> m_proxy;
    std::unique_ptr<Desktop> m_kim;
    quint16 m_port = 0;
};

} // namespace Earshot
