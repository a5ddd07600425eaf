// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/emptylist.h"

#include "ui/shell/commandregistry.h"
#include "ui/shell/queues.h"
#include "ui/shell/roster.h"
#include "ui/shell/wording.h"

#include <algorithm>
#include <array>

namespace Earshot {

namespace {

/// What a list of the house's own says: what is true for everybody, and what somebody who may do it does by a key.
struct Said
{
    View view;
    const char *icon;
    const char *title;
    const char *text;
    const char *command = nullptr;
    const char *key = nullptr; ///< a sentence with "%1" for the key of the command
};

constexpr std::array ofViews{
    Said{View::mine, "mine", QT_TRANSLATE_NOOP("Earshot::EmptyList", "Nothing is assigned to you"),
         QT_TRANSLATE_NOOP("Earshot::EmptyList", "What you take, and what is assigned to you, appears here."),
         "conversation.claim", QT_TRANSLATE_NOOP("Earshot::EmptyList", "Take something from “Unassigned” with %1.")},
    Said{View::unassigned, "check", QT_TRANSLATE_NOOP("Earshot::EmptyList", "Everything has an owner"),
         QT_TRANSLATE_NOOP(
             "Earshot::EmptyList",
             "What comes in and has not been taken yet appears here. “All open” has what colleagues are working on.")},
    Said{View::open, "check", QT_TRANSLATE_NOOP("Earshot::EmptyList", "Nothing is open"),
         QT_TRANSLATE_NOOP("Earshot::EmptyList",
                           "What needs an answer appears here by itself; what has one is in “Waiting”.")},
    Said{View::notesToMe, "note", QT_TRANSLATE_NOOP("Earshot::EmptyList", "No notes for you"),
         QT_TRANSLATE_NOOP("Earshot::EmptyList",
                           "When a colleague writes @ and your name in a note, the conversation appears here.")},
    Said{View::waiting, "waiting", QT_TRANSLATE_NOOP("Earshot::EmptyList", "Not waiting for anybody"),
         QT_TRANSLATE_NOOP("Earshot::EmptyList",
                           "What was answered stays here until the contact writes again or it is resolved.")},
    Said{View::snoozed, "snooze", QT_TRANSLATE_NOOP("Earshot::EmptyList", "Nothing is snoozed"),
         QT_TRANSLATE_NOOP("Earshot::EmptyList",
                           "What can wait is put off until a time; then it is open again by itself."),
         "conversation.snooze", QT_TRANSLATE_NOOP("Earshot::EmptyList", "%1 puts it off.")},
    Said{View::resolved, "resolve", QT_TRANSLATE_NOOP("Earshot::EmptyList", "Nothing is resolved yet"),
         QT_TRANSLATE_NOOP("Earshot::EmptyList", "What is resolved stays here, and can be searched."),
         "conversation.resolve", QT_TRANSLATE_NOOP("Earshot::EmptyList", "%1 resolves.")},
    Said{View::trouble, "check", QT_TRANSLATE_NOOP("Earshot::EmptyList", "No trouble"),
         QT_TRANSLATE_NOOP("Earshot::EmptyList", "Every reply was delivered.")},
};

} // namespace

EmptyList::Words EmptyList::of(const ListQuery &query) const
{
    if (query.view == View::contact)
        return ofContact();
    if (m_roster.isLoaded() && m_roster.channels().isEmpty())
        return withoutChannel();
    switch (query.view) {
    case View::all:
        return ofEverything();
    case View::trouble:
        return m_refused > 0 ? ofTrouble() : ofWork(query.view);
    case View::channel:
        return {QStringLiteral("check"), tr("Nothing to do on this channel"),
                tr("What people write there appears here by itself. Its page says how it is doing."),
                tr("Show the channel"), QStringLiteral("channels.show")};
    case View::tag: {
        const QString drag = m_roster.canAct() ? tr("Drag one onto the tag.") : QString();
        const QString key = byKey(QStringLiteral("conversation.tag"), tr("Drag one onto the tag, or press %1 on it."));
        return {QStringLiteral("tag"),
                tr("No conversation has this tag"),
                QStringList{tr("What is tagged so appears here."), key.isEmpty() ? drag : key}.join(u' ').trimmed(),
                {},
                {}};
    }
    case View::custom:
        return ofMade(query);
    default:
        return ofWork(query.view);
    }
}

QString EmptyList::byKey(const QString &command, const QString &sentence) const
{
    const QString key = m_commands && m_roster.canAct() ? m_commands->keyText(command) : QString();
    return key.isEmpty() ? QString() : sentence.arg(key);
}

EmptyList::Words EmptyList::withoutChannel() const
{
    const QString icon = QStringLiteral("channels");
    const QString title = tr("No channel is connected yet");
    if (!m_roster.isAdmin())
        return {icon, title, tr("An admin connects channels; what people write there arrives here."), {}, {}};
    return {icon, title,
            tr("Paste the address of a blog, a feed or an account, and what people write there arrives here."),
            tr("Connect a channel…"), QStringLiteral("channels.connect")};
}

/// There was one when somebody asked for them.
EmptyList::Words EmptyList::ofContact()
{
    return {QStringLiteral("mine"),
            tr("No conversations of this contact"),
            tr("What there was has been removed, or you may no longer see it."),
            {},
            {}};
}

EmptyList::Words EmptyList::ofWork(View view) const
{
    const auto said =
        std::find_if(ofViews.cbegin(), ofViews.cend(), [view](const Said &one) { return one.view == view; });
    if (said == ofViews.cend())
        return {
            QStringLiteral("check"), tr("Nothing here"), tr("What belongs in this view appears by itself."), {}, {}};
    QStringList text{tr(said->text)};
    if (said->key)
        text.append(byKey(QString::fromLatin1(said->command), tr(said->key)));
    return {QString::fromLatin1(said->icon), tr(said->title), text.join(u' ').trimmed(), {}, {}};
}

EmptyList::Words EmptyList::ofEverything() const
{
    const bool mayPull = m_roster.canAct();
    return {QStringLiteral("all"), tr("Nothing has come in yet"),
            tr("What people write on the connected channels arrives here by itself."),
            mayPull ? tr("Pull now") : QString(), mayPull ? QStringLiteral("channels.pull") : QString()};
}

/// What the server refused is of no list.
EmptyList::Words EmptyList::ofTrouble() const
{
    return {QStringLiteral("warning"), tr("What you did waits for a decision"),
            tr("%Ln action(s) of yours could not be done. All else was delivered.", nullptr, m_refused),
            tr("Outbox and trouble…"), QStringLiteral("outbox.show")};
}

EmptyList::Words EmptyList::ofMade(const ListQuery &query) const
{
    if (const AgentId agent = Queues::agentOf(query); agent.isValid()) {
        const QString drag = m_roster.canAct() ? tr("Drag conversations onto the name.") : QString();
        const QString key = byKey(QStringLiteral("conversation.assign"),
                                  tr("Drag conversations onto the name, or assign them with %1."));
        return {
            QStringLiteral("mine"),
            tr("%1 has nothing open").arg(Wording::isolated(m_roster.agentName(agent))),
            QStringList{tr("What is assigned to them appears here."), key.isEmpty() ? drag : key}.join(u' ').trimmed(),
            {},
            {}};
    }
    const ViewRecord *view = m_roster.view(query.uuid);
    const QString icon = QStringLiteral("check");
    if (!view)
        return {icon, tr("Nothing is open here"), tr("What comes in for this team appears here by itself."), {}, {}};
    const QString title = tr("Nothing matches this view");
    const QString text = tr("What matches later appears here by itself.");
    const bool mayEdit = view->isShared() ? m_roster.isLead() : m_roster.canAct();
    if (!mayEdit)
        return {icon, title, text, {}, {}};
    return {icon, title, text, tr("Edit this view…"), QStringLiteral("view.edit")};
}

} // namespace Earshot
