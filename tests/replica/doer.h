// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/replica/colleague.h"

#include <QRandomGenerator>

namespace Earshot {

class BlogBeside;
class NetworkBeside;

/// What colleagues of a random history do at their desktops, also where those are processes that will be killed.
class Doer
{
public:
    /// So many questions are asked beside the server.
    static constexpr int questions = 3;

    Doer(ServerWorld &world, const NetworkBeside &network, QRandomGenerator &random)
        : m_world(world)
        , m_network(network)
        , m_random(random)
    {
    }

    /// Some typed words hold this.
    void setAttack(const QByteArray &words) { m_attack = QString::fromLatin1(words); }
    /// Also what is done more seldom, and words that are turned away.
    void setVersatile(bool isVersatile) { m_isVersatile = isVersatile; }

    /// Something, at a desktop that is there.
    void act(Colleague &colleague);
    void type(Colleague &colleague, ConversationId conversation, const QString &words);
    /// Hides a comment, or shows it again.
    void moderate(Colleague &colleague, const BlogBeside &blog);
    /// Of one that was killed: what its deeds were based on is known as far as it said that.
    static void bury(Colleague &colleague);
    /// No text begins another.
    [[nodiscard]] QString newWords(bool isLikeAttack = false);
    [[nodiscard]] int nextNumber() { return ++m_texts; }
    [[nodiscard]] ConversationId anyConversation(Colleague &colleague);

private:
    struct Wish
    {
        DeskDeed deed;
        ActionArguments arguments;
        Seq basedOn = 0;
    };
    /// One changes something of a conversation. @param kind 0 to 6
    [[nodiscard]] Wish change(ConversationId conversation, Seq seen, const QString &tag, int kind);
    [[nodiscard]] Wish note(ConversationId conversation);
    [[nodiscard]] Wish reply(ConversationId conversation, Seq seen, int parts);
    void actOtherwise(Colleague &colleague, ConversationId conversation);
    void actTogether(Colleague &colleague, ConversationId conversation);
    void actOnMessage(Colleague &colleague);
    void undo(Colleague &colleague);
    void editNote(Colleague &colleague);
    void takeBack(Colleague &colleague);
    void perform(Colleague &colleague, QList<Wish> wishes);
    /// The number of what is before the colleague's eyes.
    [[nodiscard]] static Seq seen(Colleague &colleague, ConversationId conversation);
    /// What the client's own clock says: up to a day off, and it jumps.
    [[nodiscard]] Time clientTime();

    ServerWorld &m_world;
    const NetworkBeside &m_network;
    QRandomGenerator &m_random;
    QString m_attack;
    bool m_isVersatile = true;
    int m_texts = 0;
    int m_lists = 0;
};

} // namespace Earshot
