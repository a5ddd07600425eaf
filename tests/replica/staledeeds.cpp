// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/deliveryrules.h"
#include "tests/replica/deed.h"

#include <algorithm>
#include <iterator>

namespace Earshot {

// What a judge says of deeds that went over something newer.

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

QString idOf(const DeskDeed &deed)
{
    return deed.action.id.toString(QUuid::WithoutBraces);
}

} // namespace

/// No older intent won: of what it changed, nobody else had changed anything between what it was based on and itself.
QString DeedJudge::staleWins(const DeskDeed &deed)
{
    const QString id = idOf(deed);
    const QString conversation = QString::number(deed.conversation.value);
    const bool isOfAll = deed.action.force || isBasedOnAll(deed.action.arguments);
    const Seq basedOn = isOfAll ? deed.seenAtMost : deed.action.basedOn;
    // Of numbers that mean something else by now nothing can be said.
    if (basedOn == 0 || deed.isBeforeRestore || !deed.anew.isEmpty())
        return {};
    QStringList newer;
    if (deed.isReply) {
        newer = there(
            str("SELECT o.text || ' (' || o.created_seq || ' of kind ' || o.kind || ', mine ' || m.created_seq || ', "
                "delivered over ' || (SELECT based_on FROM delivery WHERE message = m.id) || ')' FROM message o JOIN "
                "message m ON m.text = '%1' AND m.kind = 1 WHERE "
                "o.conversation = %2 AND o.created_seq < m.created_seq AND o.created_seq > %3 AND (o.kind = 0 "
                "OR (o.kind = 1 AND o.agent <> %4))")
                .arg(deed.text, conversation, QString::number(basedOn))
                .arg(m_agent.value));
    } else if (deed.group == str("assignee") || deed.group == str("status") || deed.group == str("priority")) {
        // Who insists on having it has it all the more where its owner let go of it meanwhile.
        const QString insisted = deed.action.force ? str(" AND kind <> 'unassign'") : QString();
        // The journal's line has the number after that of the conversation, which is what a person had seen.
        // Only the latest before: what was overwritten by the same person was decided on then.
        newer = there(str("SELECT kind || ' by ' || agent || ' (' || seq || ')' FROM (SELECT * FROM journal WHERE "
                          "conversation = %1 AND %2 AND seq < (SELECT seq FROM journal WHERE action = '%3') ORDER BY "
                          "seq DESC LIMIT 1) "
                          "WHERE seq > %4 + 1 AND agent <> %5%6")
                          .arg(conversation, DeskDeed::linesOf(deed.group, id), id, QString::number(basedOn),
                               QString::number(m_agent.value), insisted));
    }
    newer += newerWishes(deed, basedOn);
    return newer.isEmpty() ? QString()
                           : str("of %1%2 won over the newer %3")
                                 .arg(QString::number(basedOn), deed.action.force ? str(" by force") : QString(),
                                      newer.join(str(", ")));
}

/// What another wished since of the same matter of a message.
QStringList DeedJudge::newerWishes(const DeskDeed &deed, Seq basedOn)
{
    const auto *wish = std::get_if<Act::PerformEffect>(&deed.action.arguments);
    if (!wish)
        return {};
    const QStringList all =
        there(str("SELECT after || ' by ' || agent || ' (' || seq || ')' FROM journal WHERE kind = 'performEffect' AND "
                  "message = %1 AND created_seq > %2 AND seq < (SELECT seq FROM journal WHERE action = '%3') AND agent "
                  "<> %4 ORDER BY seq")
                  .arg(wish->message.value)
                  .arg(basedOn)
                  .arg(idOf(deed))
                  .arg(m_agent.value));
    QStringList same;
    std::ranges::copy_if(all, std::back_inserter(same), [wish](const QString &line) {
        const auto effect = fromWord<Effect>(line.section(u' ', 0, 0));
        return effect && isSameMatter(*effect, wish->effect);
    });
    return same;
}

/// The words that an edit took the place of were those before its writer's eyes.
QString DeedJudge::staleEditWins(const DeskDeed &deed)
{
    if (deed.isBeforeRestore || !isDone(deed))
        return {};
    const QString note =
        str("(SELECT id FROM message WHERE text = '%1' UNION SELECT message FROM message_version WHERE "
            "text = '%1')")
            .arg(deed.text);
    const QStringList versions =
        there(str("SELECT text FROM message_version WHERE message = %1 ORDER BY id").arg(note)) +
        there(str("SELECT text FROM message WHERE id = %1").arg(note));
    const auto place = versions.indexOf(deed.text);
    const QString before = place > 0 ? versions.at(place - 1) : QString();
    return before == deed.saw ? QString() : str("of %1 won over %2").arg(deed.saw, before);
}

} // namespace Earshot
