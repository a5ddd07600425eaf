// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/channelrunner.h"
#include "fakes/fakemastodon.h"
#include "tests/server/serverworld.h"

#include <QRandomGenerator>

namespace Earshot {

class BlogBeside;

/// A network that the first channel of a world stands on, and what pulls from it and publishes to it, on the test's
/// thread: people ask there, answers are lost there, and it tells what was really published.
class NetworkBeside
{
public:
    explicit NetworkBeside(ServerWorld &world);

    /// As long as the world has another workspace put in its place, or ends as by a crash, nothing is joined with it.
    void part();
    void join();
    /// Somebody asks; it is a conversation of its own once it was pulled.
    void ask(const QString &text);
    /// The same person asks again below the n-th question.
    void askAgain(int question, const QString &text);
    void pull();
    /// What is due. @param skipUndoWindow also what could still be taken back
    void deliver(bool skipUndoWindow = false);
    /// What is due, but one of the first few requests is on its way when this ends, and arrives, or is lost, at part():
    /// then nobody hears the answer.
    void beginToDeliver(QRandomGenerator &random);
    /// One of the next few requests fails in some way.
    void disturb(QRandomGenerator &random);
    /// The conversations of what was asked and pulled, oldest first.
    [[nodiscard]] QList<ConversationId> conversations() const;
    [[nodiscard]] int questions() const { return int(m_questions.size()); }
    /// What the n-th question is here.
    [[nodiscard]] MessageId messageOf(int question) const;
    /// What is to be seen of it outside: whether we like it, and how often we passed it on.
    [[nodiscard]] bool isLiked(int question) const { return m_server->likes(m_questions.at(question)) > 0; }
    [[nodiscard]] int boosts(int question) const { return m_server->boosts(m_questions.at(question)); }
    /// How many posts of ours hold these words.
    [[nodiscard]] int published(const QString &text) const;
    /// How many files hang on those.
    [[nodiscard]] int publishedFiles(const QString &text) const;
    /// Time passes, what is due goes out, and a person says of each that is unsure what became of it, and tries each
    /// that failed again; until nothing is under way.
    /// @param blog the same of it; null = there is none
    /// @return whether that ended
    [[nodiscard]] bool settle(BlogBeside *blog = nullptr);
    /// What is not at its end, in words.
    [[nodiscard]] QString unsettled();

private:
    void mend();
    [[nodiscard]] QStringList deliveries(const QString &states);
    void answerUnsure(const QString &delivery);

    ServerWorld &m_world;
    std::shared_ptr<FakeMastodon> m_server;
    FakeTransport m_transport;
    std::unique_ptr<SecretStore> m_secrets;
    std::unique_ptr<Intake> m_intake;
    std::unique_ptr<ChannelRunner> m_runner;
    QStringList m_questions;
    QStringList m_failures; ///< what failed in the last round of settle()
};

} // namespace Earshot
