// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/doer.h"

#include "model/keptversion.h"
#include "tests/replica/blogbeside.h"
#include "tests/replica/networkbeside.h"
#include "workspace/mediafolder.h"

#include <algorithm>
#include <array>

namespace Earshot {

namespace {

using namespace std::chrono_literals;

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

Time Doer::clientTime()
{
    return m_world.clock().now() + std::chrono::seconds(m_random.bounded(-86'400, 86'400));
}

Seq Doer::seen(Colleague &colleague, ConversationId conversation)
{
    return colleague.mortal ? MortalDesktop::asSeen : colleague.desktop->conversation(conversation).seq;
}

void Doer::perform(Colleague &colleague, QList<Wish> wishes)
{
    QList<Action> actions;
    QList<ConversationId> conversations;
    const int list = wishes.size() > 1 ? ++m_lists : 0;
    for (Wish &wish : wishes) {
        wish.deed.action = makeAction(wish.arguments, clientTime(), wish.basedOn);
        wish.deed.list = list;
        wish.deed.place = actions.size();
        actions.append(wish.deed.action);
        conversations.append(wish.deed.conversation);
    }
    const auto told = colleague.mortal ? colleague.mortal->perform(actions, conversations)
                                       : colleague.desktop->desk().perform(actions);
    for (Wish &wish : wishes) {
        wish.deed.told = told;
        colleague.deeds.append(wish.deed);
    }
}

void Doer::bury(Colleague &colleague)
{
    colleague.mortal->kill();
    for (DeskDeed &deed : colleague.deeds) {
        if (deed.action.basedOn == MortalDesktop::asSeen)
            deed.action.basedOn = colleague.mortal->basedOn(deed.action.id);
    }
    colleague.mortal.reset();
}

QString Doer::newWords(bool isLikeAttack)
{
    return str("text %1%2.").arg(++m_texts).arg(isLikeAttack ? u' ' + m_attack : QString());
}

void Doer::type(Colleague &colleague, ConversationId conversation, const QString &words)
{
    DeskDeed deed;
    deed.conversation = conversation;
    deed.text = words;
    const QList<ConversationId> published = m_network.conversations();
    deed.isReply = published.contains(conversation) && m_random.bounded(3) != 0;
    ActionArguments arguments = Act::AddNote{conversation, deed.text};
    if (deed.isReply) {
        Act::SendReply reply;
        reply.conversation = conversation;
        reply.text = deed.text;
        if (m_random.bounded(3) == 0) {
            const QString folder = colleague.desktop->mediaFolder();
            deed.file = keepMediaBytes(folder, "GIF89a of " + deed.text.toUtf8()).value();
            reply.media = {{deed.file, str("image/gif"), str("a picture")}};
        }
        arguments = reply;
    }
    perform(colleague, {{deed, arguments, seen(colleague, conversation)}});
}

void Doer::takeBack(Colleague &colleague)
{
    for (DeskDeed &deed : colleague.deeds) {
        if (!deed.isReply || deed.isTakenBack || !deed.isPromised() || !deed.anew.isEmpty() || deed.isGivenUp ||
            m_random.bounded(3) != 0)
            continue;
        deed.isTakenBack = true;
        const DeliveryId delivery(deed.outcome()->created);
        perform(colleague, {{{}, Act::CancelDelivery{delivery}}});
        return;
    }
}

/// Half of them can be answered; of the others the even ones are of the team's channel.
ConversationId Doer::anyConversation(Colleague &colleague)
{
    const QList<ConversationId> published = m_network.conversations();
    if (m_random.bounded(2) == 0)
        return published.at(m_random.bounded(int(published.size())));
    const ConversationId any(m_random.bounded(1, 7));
    // What is not in sight the desktop refuses.
    const bool isInSight = colleague.mortal || colleague.desktop->conversation(any).id.isValid();
    return isInSight ? any : ConversationId(1);
}

Doer::Wish Doer::change(ConversationId conversation, Seq seen, const QString &tag, int kind)
{
    const char *const groups[] = {"assignee", "assignee", "status", "status", "", "", "priority"};
    DeskDeed deed;
    deed.conversation = conversation;
    deed.group = kind == 4 || kind == 5 ? tag : str(groups[kind]);
    switch (kind) {
    case 0:
        return {deed, Act::Claim{conversation}, seen};
    case 1:
        return {deed, Act::Unassign{conversation}, seen};
    case 2:
        return {deed, Act::SetStatus{conversation, Status::resolved, Reason::answered, {}}, seen};
    case 3:
        return {deed, Act::SetStatus{conversation, Status::open, Reason::none, {}}, seen};
    case 4:
        return {deed, Act::AddTag{conversation, tag}};
    case 5:
        return {deed, Act::RemoveTag{conversation, tag}};
    default:
        return {deed, Act::SetPriority{conversation, Priority(m_random.bounded(4))}, seen};
    }
}

Doer::Wish Doer::note(ConversationId conversation)
{
    DeskDeed deed;
    deed.conversation = conversation;
    deed.text = newWords();
    return {deed, Act::AddNote{conversation, deed.text}};
}

Doer::Wish Doer::reply(ConversationId conversation, Seq seen, int parts)
{
    DeskDeed deed;
    deed.conversation = conversation;
    deed.isReply = true;
    deed.text = newWords();
    for (int part = 0; part < parts; ++part)
        deed.parts.append(newWords());
    Act::SendReply reply;
    reply.conversation = conversation;
    reply.text = deed.text;
    reply.furtherParts = deed.parts;
    return {deed, reply, seen};
}

void Doer::act(Colleague &colleague)
{
    const ConversationId conversation = anyConversation(colleague);
    const QString tag = str("tag%1").arg(m_random.bounded(3));
    const int kind = m_random.bounded(m_isVersatile ? 16 : 10);
    if (kind < 7)
        perform(colleague, {change(conversation, seen(colleague, conversation), tag, kind)});
    else if (kind == 7)
        takeBack(colleague);
    else if (kind < 10)
        type(colleague, conversation, newWords(m_isVersatile && m_random.bounded(3) == 0));
    else if (kind < 13)
        actOtherwise(colleague, conversation);
    else if (kind == 13)
        actTogether(colleague, conversation);
    else if (kind == 14)
        actOnMessage(colleague);
    else
        undo(colleague);
}

/// A note of one's own, or, for an admin, anybody's, as it stands here.
void Doer::editNote(Colleague &colleague)
{
    if (colleague.mortal)
        return;
    const AgentId me = colleague.desktop->agent();
    const QString mine = me == ServerWorld::ana ? QString() : str(" AND agent = %1").arg(me.value);
    const QStringList notes = colleague.desktop->rows(
        str("SELECT id || ' ' || conversation || ' ' || text FROM message WHERE kind = 2%1 ORDER BY id").arg(mine));
    if (notes.isEmpty())
        return;
    const QString note = notes.at(m_random.bounded(int(notes.size())));
    DeskDeed deed;
    deed.conversation = ConversationId(note.section(u' ', 1, 1).toLongLong());
    deed.saw = note.section(u' ', 2);
    deed.text = newWords();
    const MessageId message(note.section(u' ', 0, 0).toLongLong());
    perform(colleague, {{deed, Act::EditNote{message, deed.text, versionOfNote(deed.saw)}}});
}

/// What is done more seldom.
void Doer::actOtherwise(Colleague &colleague, ConversationId conversation)
{
    const Seq before = seen(colleague, conversation);
    DeskDeed deed;
    deed.conversation = conversation;
    switch (m_random.bounded(4)) {
    case 0:
        deed.group = str("assignee");
        return perform(colleague, {{deed, Act::Assign{conversation, AgentId(m_random.bounded(1, 4))}, before}});
    case 1:
        deed.group = str("status");
        return perform(colleague, {{deed, Act::Snooze{conversation, m_world.clock().now() + 48h}, before}});
    case 2:
        return editNote(colleague);
    default:
        break;
    }
    if (m_network.conversations().contains(conversation))
        perform(colleague, {reply(conversation, before, 2)});
}

/// As by a macro, as for what is selected, or as what is sent and done with.
void Doer::actTogether(Colleague &colleague, ConversationId conversation)
{
    QList<Wish> wishes;
    const int kind = m_random.bounded(3);
    const QString tag = str("tag%1").arg(m_random.bounded(3));
    const Seq before = seen(colleague, conversation);
    if (kind == 0) {
        const int same = m_random.bounded(7);
        for (int number = 1; number <= 3; ++number) {
            const ConversationId one(number * 2 - 1);
            wishes.append(change(one, seen(colleague, one), tag, same));
        }
        return perform(colleague, wishes);
    }
    if (kind == 1 && m_network.conversations().contains(conversation)) {
        Wish sent = reply(conversation, before, m_random.bounded(2));
        std::get<Act::SendReply>(sent.arguments).thenResolve = m_random.bounded(2) == 0;
        wishes.append(sent);
    }
    const int more = m_random.bounded(1, 4);
    for (int i = 0; i < more; ++i)
        wishes.append(change(conversation, before, tag, m_random.bounded(7)));
    wishes.append(note(conversation));
    perform(colleague, wishes);
}

/// Likes or passes on what somebody asked, or takes that back.
void Doer::actOnMessage(Colleague &colleague)
{
    constexpr std::array effects{Effect::like, Effect::unlike, Effect::boost, Effect::unboost};
    const int question = m_random.bounded(questions);
    const Effect effect = effects.at(size_t(m_random.bounded(int(effects.size()))));
    DeskDeed deed;
    deed.conversation = m_network.conversations().at(question);
    deed.group = effect == Effect::like || effect == Effect::unlike ? str("like") : str("boost");
    perform(colleague, {{deed, Act::PerformEffect{m_network.messageOf(question), effect}}});
}

void Doer::moderate(Colleague &colleague, const BlogBeside &blog)
{
    const int comment = m_random.bounded(BlogBeside::comments);
    const Effect effect = m_random.bounded(2) == 0 ? Effect::hide : Effect::approve;
    DeskDeed deed;
    deed.conversation = blog.conversationOf(comment);
    deed.group = str("hiding");
    perform(colleague, {{deed, Act::PerformEffect{blog.messageOf(comment), effect}}});
}

/// What was done last and can be undone: all of its list, from its end on.
void Doer::undo(Colleague &colleague)
{
    const auto mayBeUndone = [](const DeskDeed &deed) {
        // The words of a note that are put back would be typed twice.
        return !deed.isUndone && !deed.isBeforeRestore && deed.text.isEmpty() && deed.isPromised() &&
               deed.outcome()->inverse.has_value();
    };
    const auto last = std::find_if(colleague.deeds.crbegin(), colleague.deeds.crend(), mayBeUndone);
    if (last == colleague.deeds.crend())
        return;
    const int list = last->list;
    const QUuid id = last->action.id;
    QList<Wish> wishes;
    for (auto deed = colleague.deeds.rbegin(); deed != colleague.deeds.rend(); ++deed) {
        const bool isOfIt = list > 0 ? deed->list == list : deed->action.id == id;
        if (!isOfIt || !mayBeUndone(*deed))
            continue;
        deed->isUndone = true;
        DeskDeed undoing;
        undoing.conversation = deed->conversation;
        undoing.group = deed->group;
        wishes.append({undoing, *deed->outcome()->inverse, deed->outcome()->undoBasedOn});
    }
    perform(colleague, wishes);
}

} // namespace Earshot
