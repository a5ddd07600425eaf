// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/replica/desktop.h"

namespace Earshot {

class BlogBeside;
class NetworkBeside;

/// Something that was done at a desktop, and what became of it there.
struct DeskDeed
{
    Action action;
    ConversationId conversation;
    QString text;             ///< what was typed; each has words of its own
    QStringList before;       ///< what stood there until a person gave it other words
    QString file;             ///< that hangs on it, by its hash
    QStringList parts;        ///< of a reply, after the first
    QString saw;              ///< of an edited note: what stood there when it was written
    QString group;            ///< what it changes of the conversation: "assignee", "status", ... or a tag's name
    Seq seenAtMost = 0;       ///< of what is based on all that is there: the newest when that was kept; 0 = not known
    bool isSeenKnown = false; ///< seenAtMost will not grow any more
    QFuture<QList<Outcome>> told;
    qsizetype place = 0;                 ///< in what was told
    int list = 0;                        ///< of several actions, that it was done with; 0 = it was done alone
    QList<QFuture<QList<Outcome>>> anew; ///< what was said of it each time a person, who had looked at it, sent it anew
    bool isReply = false;
    bool isTakenBack = false;     ///< by who typed it
    bool isGivenUp = false;       ///< the same, when it had been refused
    bool isUndone = false;        ///< by who did it
    bool isFollowed = false;      ///< by something that may have undone it
    bool isBeforeRestore = false; ///< the server was put back to an earlier day since
    bool isUndoing = false;       ///< may be what takes back another one that was refused or never sent

    /// What was said where it was done; none = nothing was.
    [[nodiscard]] std::optional<Outcome> outcome() const
    {
        return told.isFinished() && told.resultCount() > 0 ? std::optional(told.result().at(place)) : std::nullopt;
    }
    [[nodiscard]] bool isPromised() const { return outcome() && outcome()->isApplied(); }
    /// A condition for the journal's lines that change this of a conversation. @param action an id: whose deed it is
    [[nodiscard]] static QString linesOf(const QString &group, const QString &action);
    [[nodiscard]] static bool isPromise(const QFuture<QList<Outcome>> &said);
    /// Also when it was sent anew.
    [[nodiscard]] bool isEverPromised() const;
    [[nodiscard]] QStringList words() const { return before + QStringList(text); }
};

/// Looks at a server, at a network beside it, and at what one desktop has left, for what must not be, once all have
/// come to rest.
class DeedJudge
{
public:
    DeedJudge(ServerWorld &world, const NetworkBeside &network, Desktop &desktop);

    /// In words; empty = all is well.
    [[nodiscard]] QString troubleWith(const QList<DeskDeed> &deeds);

private:
    [[nodiscard]] QString troubleWithWords(const DeskDeed &deed);
    [[nodiscard]] QString troubleWithFile(const QString &text, const QString &file);
    [[nodiscard]] QString troubleWithPublishing(const DeskDeed &deed);
    [[nodiscard]] QString troubleWithParts(const DeskDeed &deed);
    [[nodiscard]] QString troubleWithDelivery(const QString &text, bool isBeforeRestore);
    [[nodiscard]] QString troubleWithOutcome(const DeskDeed &deed);
    [[nodiscard]] QString staleWins(const DeskDeed &deed);
    [[nodiscard]] QStringList newerWishes(const DeskDeed &deed, Seq basedOn);
    [[nodiscard]] QString staleEditWins(const DeskDeed &deed);
    [[nodiscard]] bool isDone(const DeskDeed &deed);
    /// Though it could be known that it is done.
    [[nodiscard]] bool isTroubleInVain(const DeskDeed &deed) const;
    /// Under whatever id, in whatever words.
    [[nodiscard]] bool isKept(const DeskDeed &deed) const;
    [[nodiscard]] QString troubleWithOrder(const QList<DeskDeed> &deeds);
    [[nodiscard]] QString isGone(const QList<DeskDeed> &missing) const;
    [[nodiscard]] QStringList there(const QString &sql) { return firstColumn(m_world.workspace(), sql); }
    /// Which of these are there, also where a note was edited since.
    [[nodiscard]] QStringList said(const QStringList &texts);

    ServerWorld &m_world;
    const NetworkBeside &m_network;
    const AgentId m_agent;
    QSet<QUuid> m_kept;        ///< what a person at the desktop is to decide
    QSet<QString> m_keptTexts; ///< and in which words
    QSet<QUuid> m_untold; ///< of that what was out of sight when the server was restored: no row says whether it has it
};

/// What is liked and passed on outside is what was last wished of it, as a server has it and as its network does; in
/// words.
[[nodiscard]] QString troubleWithEffects(ServerWorld &world, const NetworkBeside &network);
/// The same of what is hidden.
[[nodiscard]] QString troubleWithHiding(ServerWorld &world, const BlogBeside &blog);

} // namespace Earshot
