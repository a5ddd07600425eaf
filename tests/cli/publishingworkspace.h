// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakemastodon.h"
#include "tests/cli/controlprogram.h"
#include "tests/cli/networkserver.h"
#include "workspace/workspace.h"

namespace Earshot {

/// The file of a server that publishes, as an administrator makes it: Ana, who has it; Kim (2) and Bo (3), who have a
/// token each; a channel with six questions, on a network that is a server in this process.
class PublishingWorkspace
{
public:
    /// @param inside words that each program is begun with, as `ip netns exec NAME`
    explicit PublishingWorkspace(QStringList inside = {});

    /// Makes all of it. @param networkServer where such programs reach it
    void begin(std::unique_ptr<NetworkServer> networkServer);
    [[nodiscard]] QString desk() const { return file(QStringLiteral("desk.earshot")); }
    [[nodiscard]] QString key() const { return file(QStringLiteral("key")); }
    [[nodiscard]] QString file(const QString &name) const { return m_program.file(name); }
    /// Of the workspace, as its server names it.
    [[nodiscard]] QString account() const;
    [[nodiscard]] QByteArray token(const QString &agent) const { return m_program.readFile(agent + tokenEnding()); }
    [[nodiscard]] QString tokenFile(const QString &agent) const { return file(agent + tokenEnding()); }
    /// A program in its home, and of earshotctl one run.
    [[nodiscard]] std::unique_ptr<QProcess> start(const QString &program, const QStringList &arguments) const;
    [[nodiscard]] ControlAnswer run(const QStringList &words) const;
    /// Somebody writes. @param person 0 to 5
    void post(int person, const QString &text);
    /// Without the server, until nothing is left to be sent: a person looks at the network for those of which nobody
    /// can know, and has the rest tried again.
    void publish();
    /// In words; empty = each of these ("text N") is published once, and nothing else. After publish().
    [[nodiscard]] QString troubleWithReplies(const QStringList &replies) const;

private:
    static QString tokenEnding() { return QStringLiteral(".token"); }
    /// By who owns the file: no server runs.
    [[nodiscard]] ControlAnswer runHere(const QStringList &words) const;
    void letTimePass() const;
    void answer(const QJsonObject &delivery) const;
    [[nodiscard]] QHash<int, int> published() const;

    SystemClock m_clock;
    const QStringList m_inside;
    ControlProgram m_program;
    std::unique_ptr<NetworkServer> m_networkServer;
    std::shared_ptr<FakeMastodon> m_network;
};

} // namespace Earshot
