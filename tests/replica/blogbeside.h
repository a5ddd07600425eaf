// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/channelrunner.h"
#include "fakes/fakewordpress.h"
#include "tests/server/serverworld.h"

#include <QRandomGenerator>

namespace Earshot {

/// A blog that one more channel of a world stands on, for everybody, and what pulls from it and moderates there, on the
/// test's thread: visitors have commented there, answers are lost there, and it tells what is really hidden. Mastodon
/// hides nothing.
class BlogBeside
{
public:
    /// So many comments, all of which are pulled.
    static constexpr int comments = 3;

    explicit BlogBeside(ServerWorld &world);

    /// As long as the world has another workspace put in its place, or ends as by a crash, nothing is joined with it.
    void part();
    void join();
    void pull();
    /// What is due. @param skipUndoWindow also what could still be taken back
    void deliver(bool skipUndoWindow = false);
    /// What is due, but one of the first few requests is on its way when this ends, and arrives, or is lost, at part():
    /// then nobody hears the answer.
    void beginToDeliver(QRandomGenerator &random);
    /// One of the next few requests fails in a way that nobody can take for another.
    void disturb(QRandomGenerator &random);
    /// None fails any more.
    void mend();
    /// What the n-th comment is here.
    [[nodiscard]] MessageId messageOf(int comment) const;
    [[nodiscard]] ConversationId conversationOf(int comment) const;
    /// Whether visitors do not see it.
    [[nodiscard]] bool isHidden(int comment) const;

private:
    [[nodiscard]] qint64 numberOf(const char *column, int comment) const;

    ServerWorld &m_world;
    std::shared_ptr<FakeWordPress> m_site;
    FakeTransport m_transport;
    std::unique_ptr<SecretStore> m_secrets;
    std::unique_ptr<Intake> m_intake;
    std::unique_ptr<ChannelRunner> m_runner;
    ChannelId m_channel;
    QList<qint64> m_comments; ///< what they are there
};

} // namespace Earshot
