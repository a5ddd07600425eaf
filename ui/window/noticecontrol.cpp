// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/noticecontrol.h"

#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationactions.h"
#include "ui/inbox/inboxpane.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/noticebar.h"
#include "ui/shell/queues.h"
#include "ui/shell/roster.h"
#include "ui/window/noticedialog.h"

#include <algorithm>

namespace Earshot {

NoticeControl::NoticeControl(Desk &desk, const Roster &roster, InboxPane *inbox, ConversationPane &conversation,
                             ConversationActions &actions, QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_roster(roster)
    , m_inbox(inbox)
    , m_conversation(conversation)
    , m_actions(actions)
    , m_window(window)
{
    m_conversation.notices().setObjectName(QStringLiteral("composerNotices"));
    connect(&roster, &Roster::rosterChanged, this, &NoticeControl::update);
    connect(&conversation, &ConversationPane::conversationShown, this, &NoticeControl::update);
    connect(&m_conversation.notices(), &NoticeBar::removeAsked, this, &NoticeControl::unpin);
    if (!m_inbox)
        return;
    m_inbox->notices().setObjectName(QStringLiteral("listNotices"));
    connect(m_inbox, &InboxPane::shown, this, &NoticeControl::update);
    connect(&m_inbox->notices(), &NoticeBar::removeAsked, this, &NoticeControl::unpin);
}

void NoticeControl::addCommands(CommandRegistry &commands)
{
    Command command;
    command.id = QStringLiteral("notice.pin");
    command.text = tr("Pin a &notice…");
    command.icon = QStringLiteral("pin");
    command.needsRight = true;
    command.isEnabled = [this] { return m_roster.isLead(); };
    command.whyNot = [this] { return m_roster.whyNoLead(); };
    command.run = [this] { pin(); };
    commands.add(std::move(command));
}

bool NoticeControl::isOfList(const NoticeRecord &notice) const
{
    const Act::PinNotice &where = notice.pinned;
    if (!m_inbox)
        return !where.channel.isValid() && !where.tag.isValid() && !where.view.isValid() && !where.list;
    const ListQuery &shown = m_inbox->query();
    if (where.channel.isValid()) {
        const QList<ChannelId> ofTeam = Queues::teamChannelsOf(shown);
        if (ofTeam.isEmpty())
            return shown.view == View::channel && shown.channel == where.channel;
        // One speaks for all: only what stands at every channel is for the team.
        const QList<NoticeRecord> twins = twinsOf(notice);
        return where.channel == ofTeam.constFirst() &&
               std::all_of(ofTeam.cbegin(), ofTeam.cend(), [&twins](ChannelId channel) {
                   return std::any_of(twins.cbegin(), twins.cend(),
                                      [channel](const NoticeRecord &one) { return one.pinned.channel == channel; });
               });
    }
    if (where.tag.isValid())
        return shown.view == View::tag && shown.tag == where.tag;
    if (where.view.isValid()) {
        const ViewRecord *view = m_roster.view(shown.uuid);
        return view && view->id == where.view;
    }
    return !where.list || shown.view == *where.list;
}

QList<NoticeRecord> NoticeControl::twinsOf(const NoticeRecord &notice) const
{
    QList<NoticeRecord> twins;
    for (const NoticeRecord &one : m_roster.notices()) {
        const bool isSame =
            one.by == notice.by && one.pinned.text == notice.pinned.text && one.pinned.until == notice.pinned.until;
        if (one.id == notice.id || (isSame && one.pinned.channel.isValid() && notice.pinned.channel.isValid()))
            twins.append(one);
    }
    return twins;
}

bool NoticeControl::isOfConversation(const NoticeRecord &notice) const
{
    if (!m_conversation.conversation().isValid())
        return false;
    const ConversationRecord &record = m_conversation.record();
    const Act::PinNotice &where = notice.pinned;
    if (where.channel.isValid())
        return record.channel == where.channel;
    if (where.tag.isValid()) {
        const auto tag = std::find_if(m_roster.tags().cbegin(), m_roster.tags().cend(),
                                      [&where](const TagRecord &one) { return one.id == where.tag; });
        return tag != m_roster.tags().cend() && record.tags.contains(tag->name, Qt::CaseInsensitive);
    }
    // One for a list is meant for who works from it.
    return isOfList(notice);
}

void NoticeControl::update()
{
    QList<NoticeRecord> ofList;
    QList<NoticeRecord> ofConversation;
    for (const NoticeRecord &notice : m_roster.notices()) {
        if (isOfList(notice))
            ofList.append(notice);
        if (isOfConversation(notice))
            ofConversation.append(notice);
    }
    if (m_inbox)
        m_inbox->notices().show(ofList, m_roster.isLead());
    m_conversation.notices().show(ofConversation, m_roster.isLead());
}

void NoticeControl::pin()
{
    auto *dialog =
        new NoticeDialog(m_roster, m_inbox->query(), m_inbox->title(), m_desk.workspace().clock().now(), m_window);
    connect(dialog, &NoticeDialog::decided, this, [this](const QList<Act::PinNotice> &notices) {
        QList<Action> actions;
        for (const Act::PinNotice &notice : notices)
            actions.append(makeAction(notice, m_desk.workspace().clock().now()));
        m_actions.perform(tr("The notice is pinned"), actions);
    });
    dialog->open();
}

void NoticeControl::unpin(const NoticeRecord &notice)
{
    QList<Action> actions;
    for (const NoticeRecord &one : twinsOf(notice))
        actions.append(makeAction(Act::UnpinNotice{one.id}, m_desk.workspace().clock().now()));
    m_actions.perform(tr("Took the notice off"), actions);
}

} // namespace Earshot
