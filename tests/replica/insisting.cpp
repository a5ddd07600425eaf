// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/insisting.h"

#include "tests/replica/networkbeside.h"

#include <algorithm>

namespace Earshot {

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// The newest change that a desktop has.
Seq newestAt(Desktop &desktop)
{
    return desktop
        .rows(
            str("SELECT max(seq) FROM (SELECT seq FROM journal UNION ALL SELECT seq FROM message UNION ALL SELECT seq "
                "FROM conversation UNION ALL SELECT seq FROM delivery)"))
        .value(0)
        .toLongLong();
}

} // namespace

void Insisting::perform(Colleague &colleague, DeskDeed deed, ActionArguments arguments, bool isForced)
{
    deed.action = makeAction(std::move(arguments), m_world.clock().now());
    deed.action.force = isForced;
    deed.seenAtMost = newestAt(*colleague.desktop);
    deed.told = colleague.desktop->desk().perform({deed.action});
    colleague.deeds.append(deed);
}

void Insisting::act(Colleague &colleague)
{
    m_random.bounded(3) == 0 ? lookOutside(colleague) : insist(colleague);
}

void Insisting::insist(Colleague &colleague)
{
    DeskDeed deed;
    deed.conversation = m_chooser.anyConversation(colleague);
    switch (m_random.bounded(3)) {
    case 0:
        deed.group = str("assignee");
        return perform(colleague, deed, Act::Claim{deed.conversation}, true);
    case 1:
        deed.group = str("priority");
        return perform(colleague, deed, Act::SetPriority{deed.conversation, Priority(m_random.bounded(4))}, true);
    default:
        break;
    }
    const QList<ConversationId> published = m_network.conversations();
    Act::SendReply reply;
    reply.conversation = deed.conversation = published.at(m_random.bounded(int(published.size())));
    reply.text = deed.text = m_doer.newWords();
    deed.isReply = true;
    perform(colleague, deed, reply, true);
}

/// One that failed is sent again; of one that may have arrived a person looks first.
void Insisting::lookOutside(Colleague &colleague)
{
    const QStringList found =
        colleague.desktop->rows(str("SELECT d.id || ' ' || d.state || ' ' || d.attempts || ' ' || d.conversation || "
                                    "' ' || m.text FROM delivery d JOIN message m ON m.id = d.message WHERE d.effect = "
                                    "0 AND d.state IN (7, 8) ORDER BY d.id"));
    if (found.isEmpty())
        return;
    const QStringList parts = found.at(m_random.bounded(int(found.size()))).split(u' ');
    const DeliveryId delivery(parts.at(0).toLongLong());
    const bool isUnsure = parts.at(1).toInt() == int(DeliveryState::unsure);
    DeskDeed deed;
    deed.conversation = ConversationId(parts.at(3).toLongLong());
    if (isUnsure && m_network.published(parts.mid(4).join(u' ')) > 0)
        return perform(colleague, deed, Act::SettleDelivery{delivery}, false);
    perform(colleague, deed, Act::RetryDelivery{delivery, parts.at(2).toInt()}, isUnsure);
}

void Insisting::noteSeen(Colleague &colleague)
{
    if (!colleague.desktop->isOpen())
        return;
    Seq newest = 0;
    for (DeskDeed &deed : colleague.deeds) {
        const bool isOfAll = deed.action.force || isBasedOnAll(deed.action.arguments);
        if (!isOfAll || deed.isSeenKnown)
            continue;
        // All the while: what is fetched anew is not all there for a moment.
        newest = newest > 0 ? newest : newestAt(*colleague.desktop);
        deed.seenAtMost = std::max(deed.seenAtMost, newest);
        deed.isSeenKnown = deed.told.isFinished();
    }
}

} // namespace Earshot
