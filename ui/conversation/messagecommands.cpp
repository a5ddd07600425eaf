// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/messagecommands.h"

#include "desk/desk.h"
#include "ui/composer/composer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/links.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationactions.h"
#include "ui/inbox/pickdialog.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/errortext.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QClipboard>
#include <QGuiApplication>

#include <limits>

namespace Earshot {

namespace {

bool isModerated(Moderation moderation)
{
    return moderation != Moderation::none && moderation != Moderation::approved;
}

} // namespace

MessageCommands::MessageCommands(Desk &desk, const Roster &roster, ConversationPane &pane, ConversationActions &actions)
    : QObject(&pane)
    , m_desk(desk)
    , m_roster(roster)
    , m_pane(pane)
    , m_actions(actions)
{
    // A log-in that ended, or a role that was taken away, ends what is offered.
    const auto offer = [this] { m_pane.setCanAct(m_roster.canAct()); };
    connect(&roster, &Roster::rosterChanged, this, offer);
    connect(&desk, &Desk::statusChanged, this, offer);
    offer();
}

QStringList MessageCommands::ids()
{
    return {QStringLiteral("message.like"),     QStringLiteral("message.boost"),
            QStringLiteral("message.hide"),     QStringLiteral("message.approve"),
            QStringLiteral("message.spam"),     QStringLiteral("message.trash"),
            QStringLiteral("message.delete"),   {},
            QStringLiteral("message.edit"),     QStringLiteral("message.media"),
            QStringLiteral("message.profile"),  QStringLiteral("message.copy"),
            QStringLiteral("message.openLink"), QStringLiteral("message.openPage"),
            QStringLiteral("message.copyLink")};
}

QStringList MessageCommands::menuIds() const
{
    QStringList inMenu = ids();
    // The timeline's own menu has them, for what is selected and for what the pointer is on as well.
    inMenu.removeAll(QStringLiteral("message.copy"));
    inMenu.removeAll(QStringLiteral("message.openLink"));
    const MessageRecord *message = m_pane.targetMessage();
    // Which note the key means is not seen on another message.
    if (!message || message->kind != MessageKind::note)
        inMenu.removeAll(QStringLiteral("message.edit"));
    return inMenu;
}

void MessageCommands::addCommands(CommandRegistry &commands)
{
    const auto add = [&](const char *id, const QString &text, const char *icon, const char *key,
                         std::function<void()> run, std::function<bool()> isEnabled) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.icon = QString::fromLatin1(icon);
        command.key = QString::fromLatin1(key);
        command.run = std::move(run);
        command.isEnabled = std::move(isEnabled);
        commands.add(std::move(command));
    };
    const auto addEffect = [&](const char *id, const QString &text, const char *icon, Effect effect) {
        add(
            id, text, icon, "", [this, effect] { perform(effect); }, [this, effect] { return canPerform(effect); });
    };
    add(
        "message.like", tr("&Like, or take it back"), "like", "L", [this] { toggleLike(); },
        [this] { return canPerform(Effect::like); });
    add(
        "message.boost", tr("&Boost, or take it back"), "up", "", [this] { toggleBoost(); },
        [this] { return canPerform(Effect::boost); });
    add(
        "message.hide", tr("&Hide on the network, or show again"), "hide", "H", [this] { toggleHidden(); },
        [this] { return canPerform(Effect::hide); });
    addEffect("message.approve", tr("Ap&prove on the network"), "check", Effect::approve);
    addEffect("message.spam", tr("Mark as &spam on the network"), "spam", Effect::spam);
    addEffect("message.trash", tr("Move to the network's &trash"), "close", Effect::trash);
    addEffect("message.delete", tr("&Delete our message on the network"), "close", Effect::deleteOwn);
    addNoteCommand(commands);
    add(
        "message.media", tr("Show &attachments"), "external", "I",
        [this] {
            if (const MessageRecord *message = m_pane.targetMessage())
                m_pane.showMedia(*message);
        },
        [this] {
            const MessageRecord *message = m_pane.targetMessage();
            return message && !message->media.isEmpty();
        });
    add(
        "message.copy", tr("Copy the &message"), "copy", "",
        [this] {
            if (const MessageRecord *one = m_pane.targetMessage()) {
                QGuiApplication::clipboard()->setText(one->text);
                Q_EMIT message(tr("The message is copied."));
            }
        },
        [this] { return m_pane.targetMessage() != nullptr; });
    add(
        "message.profile", tr("Open the writer's p&rofile"), "external", "", [this] { openOutside(profile()); },
        [this] { return !profile().isEmpty(); });
    addLinkCommand(commands);
    add(
        "message.openPage", tr("&Open on the network"), "external", "O", [this] { openOutside(link()); },
        [this] { return !link().isEmpty(); });
    add(
        "message.copyLink", tr("&Copy link"), "copy", "C", [this] { copyLink(); },
        [this] { return !link().isEmpty(); });
    add(
        "conversation.unseen", tr("Mark as &unseen"), "open", "U", [this] { markUnseen(); },
        [this] { return (m_pane.targetMessage() || areOthersMeant()) && m_roster.canAct(); });
    QStringList deeds = ids() + QStringList{QStringLiteral("conversation.unseen")};
    for (const char *reads : {"message.media", "message.profile", "message.copy", "message.openLink",
                              "message.openPage", "message.copyLink"})
        deeds.removeAll(QString::fromLatin1(reads));
    commands.needRight(deeds);
    for (const QString &id : ids() + QStringList{QStringLiteral("conversation.unseen")}) {
        commands.explain(id, [this, id] {
            if (m_pane.isReading())
                return tr("This conversation has not been read yet. Try again in a moment.");
            if (id == QLatin1StringView("message.edit"))
                return whyNoNote();
            if (!m_pane.targetMessage())
                return tr("Choose a message first.");
            if (id == QLatin1StringView("message.media"))
                return tr("This message has no attachments.");
            if (id == QLatin1StringView("message.profile"))
                return tr("Who wrote this has no page of their own.");
            if (id == QLatin1StringView("message.openLink"))
                return tr("There is no link in this message.");
            if (id == QLatin1StringView("message.openPage") || id == QLatin1StringView("message.copyLink"))
                return tr("This message has no page of its own.");
            return tr("This network offers no such thing for this message.");
        });
    }
}

void MessageCommands::addNoteCommand(CommandRegistry &commands)
{
    Command command;
    command.id = QStringLiteral("message.edit");
    command.text = tr("&Edit note");
    command.icon = QStringLiteral("pen");
    command.key = QStringLiteral("Shift+N");
    command.isEnabled = [this] { return canEditNote(); };
    command.run = [this] {
        if (const MessageRecord *note = m_pane.noteToEdit())
            m_pane.composer().editNote(*note);
    };
    commands.add(std::move(command));
}

void MessageCommands::addLinkCommand(CommandRegistry &commands)
{
    Command command;
    command.id = QStringLiteral("message.openLink");
    command.text = tr("Open a lin&k in the message");
    command.icon = QStringLiteral("external");
    command.isEnabled = [this] { return !linksInText().isEmpty(); };
    command.run = [this] { openLinkInText(); };
    commands.add(std::move(command));
}

QList<QUrl> MessageCommands::linksInText() const
{
    const MessageRecord *message = m_pane.targetMessage();
    if (!message)
        return {};
    const MessageRecord *current = m_pane.isThreadShown() ? nullptr : m_pane.timeline().current();
    const QUrl link = current && current->id == message->id ? m_pane.timeline().currentLink() : QUrl();
    if (!link.isEmpty())
        return {link};
    QList<QUrl> links;
    for (const Link &found : findLinks(message->text)) {
        if (!links.contains(found.url))
            links.append(found.url);
    }
    return links;
}

void MessageCommands::openLinkInText()
{
    const QList<QUrl> links = linksInText();
    if (links.size() == 1)
        openOutside(links.constFirst());
    if (links.size() <= 1)
        return;
    QList<PickDialog::Choice> choices;
    for (const QUrl &link : links)
        choices.append({QString::fromUtf8(link.toEncoded()), {}, {}});
    auto *dialog = new PickDialog(tr("Which link?"), choices, m_pane.window());
    connect(dialog, &PickDialog::picked, this, [links](int index) { openOutside(links.at(index)); });
    dialog->open();
}

QString MessageCommands::whyNoNote() const
{
    const MessageRecord *note = m_pane.noteToEdit();
    if (!note)
        return tr("You have written no note here.");
    return isForecast(note->id) ? tr("The server does not have this note yet.")
                                : tr("Only leads and whoever wrote a note can edit it.");
}

bool MessageCommands::canEditNote() const
{
    const MessageRecord *note = m_pane.noteToEdit();
    return note && !isForecast(note->id) && m_roster.canAct() && (note->agent == m_roster.me() || m_roster.isLead());
}

bool MessageCommands::canPerform(Effect effect) const
{
    const MessageRecord *message = m_pane.targetMessage();
    if (!message || message->uri.isEmpty() || message->kind == MessageKind::note || !m_roster.canAct())
        return false;
    const Capabilities &can = m_pane.channel().capabilities;
    const bool isInbound = message->kind == MessageKind::inbound;
    // Below our own posts others' talk among themselves can be hidden as well; its root is ours and never meant.
    const bool canHideHere = can.canHideBelowOwn && m_pane.record().isThreadOurs && message->kind != MessageKind::reply;
    switch (effect) {
    case Effect::like:
        return can.canLike && isInbound;
    case Effect::boost:
        return can.canBoost && isInbound;
    case Effect::hide:
        return (can.canHide && isInbound) || canHideHere;
    case Effect::approve:
        return (can.canHide || canHideHere) && isModerated(message->moderation);
    case Effect::deleteOwn:
        return can.canDeleteOwn && !isInbound && message->presence == Presence::live;
    default:
        return can.canHide && isInbound;
    }
}

void MessageCommands::perform(Effect effect)
{
    const MessageRecord *message = m_pane.targetMessage();
    if (!message)
        return;
    const QString who = message->authorName.isEmpty() ? message->authorHandle : message->authorName;
    const Action action = makeAction(Act::PerformEffect{message->id, effect}, m_desk.workspace().clock().now());
    m_actions.perform(tr("%1: message of %2", "a like, a boost, ...").arg(Wording::of(effect), Wording::isolated(who)),
                      {action});
}

/// What is wished for the message and has not arrived there, or is not known to have, of these; else none.
std::optional<Effect> MessageCommands::underWay(const QList<Effect> &effects) const
{
    const MessageRecord *message = m_pane.targetMessage();
    std::optional<Effect> last;
    for (const DeliveryRecord &one : m_roster.outbox()) {
        const bool isUnderWay = one.state == DeliveryState::held || one.state == DeliveryState::queued ||
                                one.state == DeliveryState::sending || one.state == DeliveryState::unsure;
        if (message && one.message == message->id && isUnderWay && effects.contains(one.effect))
            last = one.effect;
    }
    return last;
}

// A key that is pressed again means the opposite of what was wished last, whether that has arrived or not.

void MessageCommands::toggleLike()
{
    const MessageRecord *message = m_pane.targetMessage();
    const Effect present = message && message->isLiked ? Effect::like : Effect::unlike;
    const bool isLiked = underWay({Effect::like, Effect::unlike}).value_or(present) == Effect::like;
    perform(isLiked ? Effect::unlike : Effect::like);
}

void MessageCommands::toggleBoost()
{
    const MessageRecord *message = m_pane.targetMessage();
    const Effect present = message && message->isBoosted ? Effect::boost : Effect::unboost;
    const bool isBoosted = underWay({Effect::boost, Effect::unboost}).value_or(present) == Effect::boost;
    perform(isBoosted ? Effect::unboost : Effect::boost);
}

void MessageCommands::toggleHidden()
{
    const MessageRecord *message = m_pane.targetMessage();
    const Effect present = message && isModerated(message->moderation) ? Effect::hide : Effect::approve;
    const bool isHidden = underWay({Effect::hide, Effect::approve}).value_or(present) == Effect::hide;
    perform(isHidden ? Effect::approve : Effect::hide);
}

QUrl MessageCommands::link() const
{
    const MessageRecord *message = m_pane.targetMessage();
    const QString address = message && !message->url.isEmpty() ? message->url : m_pane.record().threadUrl;
    return QUrl(address);
}

QUrl MessageCommands::profile() const
{
    const MessageRecord *message = m_pane.targetMessage();
    return message ? QUrl(message->authorUrl) : QUrl();
}

void MessageCommands::copyLink()
{
    QGuiApplication::clipboard()->setText(link().toString(QUrl::FullyEncoded));
    Q_EMIT message(tr("The link is copied."));
}

/// Not, or not only, what is shown here: what is marked in the list.
bool MessageCommands::areOthersMeant() const
{
    const QList<ConversationRecord> few = m_actions.targets(2);
    return few.size() > 1 || (few.size() == 1 && few.constFirst().id != m_pane.conversation());
}

void MessageCommands::markAllUnseen()
{
    QList<ConversationId> ids;
    const QList<ConversationRecord> on = m_actions.targets(std::numeric_limits<int>::max());
    for (const ConversationRecord &record : on)
        ids.append(record.id);
    // What was looked at a moment ago counts as seen, and may not be written yet.
    whenDone(m_desk.flushPersonal(), this, [this, ids](const Done &) {
        using Places = QList<UnseenPlace>;
        const auto places = m_desk.workspace().read<Places>(
            [ids, me = m_desk.me()](Database &database) { return loadUnseenPlaces(database, me, ids); });
        whenDone(places, this, [this](const Result<Places> &read) {
            if (read)
                markUnseen(*read);
            else
                Q_EMIT message(ErrorText::of(read.error()));
        });
    });
}

void MessageCommands::markUnseen(const QList<UnseenPlace> &places)
{
    if (places.isEmpty()) {
        Q_EMIT message(tr("Nothing in these has been seen that could be marked as unseen."));
        return;
    }
    for (const UnseenPlace &place : places) {
        if (place.conversation != m_pane.conversation() || !m_pane.markUnseen().isValid())
            m_pane.markUnseen(place);
    }
    m_actions.tellDone(tr("%Ln conversation(s) marked as unseen", nullptr, int(places.size())), [this, places] {
        for (const UnseenPlace &place : places)
            m_pane.markSeenAgain(place.conversation, place.seen);
        return true;
    });
}

void MessageCommands::markUnseen()
{
    if (areOthersMeant()) {
        markAllUnseen();
        return;
    }
    const ConversationId conversation = m_pane.conversation();
    const MessageId newest = m_pane.markUnseen();
    if (!newest.isValid()) {
        Q_EMIT message(tr("The contact has written nothing here that could be marked as unseen."));
        return;
    }
    // Z means what was done last.
    m_actions.tellDone(tr("Marked as unseen"), [this, conversation, newest] {
        m_pane.markSeenAgain(conversation, newest);
        return true;
    });
}

} // namespace Earshot
