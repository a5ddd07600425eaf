// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/panecommands.h"

#include "ui/composer/composer.h"
#include "ui/conversation/contactside.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/findbar.h"
#include "ui/inbox/conversationactions.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/keydispatcher.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/roster.h"
#include "ui/window/cheatsheet.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QWidget>

namespace Earshot {

PaneCommands::PaneCommands(ConversationPane &pane, const Roster &roster, CommandRegistry &commands, KeyDispatcher &keys,
                           QWidget *window)
    : QObject(window)
    , m_pane(pane)
    , m_roster(roster)
    , m_commands(commands)
    , m_keys(keys)
    , m_window(window)
{
}

void PaneCommands::add(const char *id, const QString &text, const char *icon, const char *key,
                       const QKeySequence &shortcut, std::function<void()> run, std::function<bool()> isEnabled)
{
    Command command;
    command.id = QString::fromLatin1(id);
    command.text = text;
    command.icon = QString::fromLatin1(icon);
    command.key = QString::fromLatin1(key);
    command.shortcut = shortcut;
    command.run = std::move(run);
    command.isEnabled = std::move(isEnabled);
    m_commands.add(std::move(command));
}

void PaneCommands::compose(DraftRecord::Mode mode)
{
    m_pane.openComposer(mode);
    // It opens when the conversation was read: until then nothing is meant as a command.
    if (!m_pane.composer().isOpen())
        m_keys.holdBack();
}

void PaneCommands::addCommands()
{
    using Mode = DraftRecord::Mode;
    const auto isShown = [this] { return m_pane.conversation().isValid(); };
    const auto canWrite = [this, isShown] { return isShown() && m_roster.canAct(); };
    const auto writing = [this](Mode mode) { return [this, mode] { compose(mode); }; };
    const auto stepping = [this](int by) { return [this, by] { m_pane.findBar().step(by); }; };
    const auto isFinding = [this] { return m_pane.findBar().isOpen(); };
    const QKeySequence find(Qt::CTRL | Qt::Key_F);
    const QKeySequence findPrevious(Qt::SHIFT | Qt::Key_F3);
    add("conversation.reply", tr("&Reply"), "reply", "R", {}, writing(Mode::reply), canWrite);
    add("conversation.note", tr("&Note"), "note", "N", {}, writing(Mode::note), canWrite);
    add("conversation.privateReply", tr("Reply pri&vately"), "lock", "Shift+R", {}, writing(Mode::privateReply),
        canWrite);
    m_pane.composer().addCommands(m_commands);
    add(
        "conversation.thread", tr("The whole &thread"), "all", "V", {},
        [this] { m_pane.showThread(!m_pane.isThreadShown()); }, isShown);
    add(
        "conversation.find", tr("&Find in this conversation"), "search", "", find,
        [this] {
            m_pane.findBar().open();
            m_commands.refresh();
        },
        [this, isShown] { return isShown() && !m_pane.isThreadShown(); });
    add("conversation.findPrevious", tr("Previous match"), "up", "", findPrevious, stepping(-1), isFinding);
    add("conversation.findNext", tr("Next match"), "down", "", QKeySequence(Qt::Key_F3), stepping(1), isFinding);
    add("conversation.contact", tr("Contact si&de"), "mine", "D", {},
        [this] { m_pane.showContactSide(!m_pane.isContactSideShown()); }, {});
    m_commands.needRight({QStringLiteral("conversation.reply"), QStringLiteral("conversation.note"),
                          QStringLiteral("conversation.privateReply")});
    const auto isMissing = [this] {
        return m_pane.conversation().isValid() ? QString() : tr("Choose a conversation first.");
    };
    for (const char *id :
         {"conversation.reply", "conversation.note", "conversation.privateReply", "conversation.thread"})
        m_commands.explain(QString::fromLatin1(id), isMissing);
    m_commands.explain(QStringLiteral("conversation.find"), [this, isMissing] {
        return m_pane.isThreadShown() ? tr("The whole thread is shown here: leave it first.") : isMissing();
    });
    addContactCommands();
    add("menu.show", tr("&Menu for the selection"), "", "", QKeySequence(Qt::SHIFT | Qt::Key_F10),
        [this] { showMenu(); }, {});
    add("help.keys", tr("&Keyboard"), "", "?", QKeySequence(Qt::Key_F1),
        [this] { (new CheatSheet(m_commands, m_window))->open(); }, {});
}

/// What the header and the contact's side have buttons for.
void PaneCommands::addContactCommands()
{
    const auto canAct = [this] { return m_pane.basedOn() > 0 && m_roster.canAct(); };
    const auto hasOthers = [this, canAct] { return canAct() && m_pane.hasOthersOfContact(); };
    add(
        "contact.takeAll", tr("Take all of this contact"), "claim", "", {}, [this] { m_pane.claimAllOfContact(); },
        hasOthers);
    add(
        "contact.resolveAll", tr("Resolve all of this contact"), "resolve", "", {},
        [this] { m_pane.resolveAllOfContact(); }, hasOthers);
    add(
        "contact.merge", tr("This contact is the same person as…"), "mine", "", {},
        [this] { m_pane.contactSide().askForOther(); }, canAct);
    // To be read by everybody.
    const auto isRead = [this] { return m_pane.basedOn() > 0; };
    add(
        "contact.show", tr("All con&versations of this contact…"), "mine", "Shift+D", {},
        [this] { Q_EMIT contactAsked(m_pane.record()); }, isRead);
    m_commands.explain(QStringLiteral("contact.show"), [] { return tr("Choose a conversation first."); });
    add(
        "contact.split", tr("The account chosen at the contact's side is somebody else"), "mine", "", {},
        [this] { m_pane.contactSide().split(); },
        [this, canAct] { return canAct() && m_pane.contactSide().canSplit(); });
    add(
        "conversation.pull", tr("Ask the network of this conversation for news"), "pull", "", {},
        [this] { m_pane.pull(); }, canAct);
    const QStringList all{QStringLiteral("contact.takeAll"), QStringLiteral("contact.resolveAll"),
                          QStringLiteral("contact.merge"), QStringLiteral("contact.split"),
                          QStringLiteral("conversation.pull")};
    m_commands.needRight(all);
    for (const QString &id : all) {
        m_commands.explain(id, [this, id, canAct] {
            if (!canAct())
                return tr("Choose a conversation first.");
            if (id == QLatin1StringView("contact.split"))
                return tr("Open the contact's side, and choose an account there that was merged with another.");
            return tr("This contact has nothing else that is not resolved.");
        });
    }
}

void PaneCommands::addKeysOfWindow(const std::function<void(int step)> &cycle, MessageBar &message)
{
    const auto stepping = [cycle](int by) { return [cycle, by] { cycle(by); }; };
    const auto answer = [&message] {
        if (!message.act())
            message.show(MessageBar::Kind::hint, tr("No message offers anything."));
    };
    add("panes.next", tr("Next &pane"), "", "", QKeySequence(Qt::Key_F6), stepping(1), {});
    add("panes.previous", tr("Previous p&ane"), "", "", QKeySequence(Qt::SHIFT | Qt::Key_F6), stepping(-1), {});
    add("message.answer", tr("Do what the &message below offers"), "", "", QKeySequence(Qt::Key_F8), answer, {});
}

void PaneCommands::letKeysWait(ConversationActions &actions, MessageBar &message, std::function<QList<qint64>()> seen)
{
    Composer &composer = m_pane.composer();
    KeyDispatcher::Waiting waiting;
    waiting.isBusy = [this, &actions] { return actions.isBrieflyBusy() || !m_roster.isLoaded(); };
    waiting.isHandingOver = [&composer] {
        return composer.isSending() && composer.isAncestorOf(QApplication::focusWidget());
    };
    waiting.seen = std::move(seen);
    m_keys.setWaiting(std::move(waiting));
    m_keys.watch(&composer.editor());
    m_keys.watch(&m_pane.statePage());
    const auto goOn = [this] { m_keys.goOn(); };
    connect(&actions, &ConversationActions::stateChanged, this, goOn);
    connect(&m_roster, &Roster::rosterChanged, this, goOn);
    connect(&composer, &Composer::sendingChanged, this, goOn);
    connect(&composer, &Composer::openChanged, this, [this](bool isOpen) {
        if (isOpen)
            m_keys.letGo();
    });
    connect(&m_keys, &KeyDispatcher::givenUp, this, [this, &message](const QString &id) {
        message.add(id.isEmpty()
                        ? tr("What you pressed meanwhile was not done.")
                        : tr("“%1” was not done: the screen was not ready for it.").arg(m_commands.plainText(id)));
    });
}

/// Not every keyboard has a key for it, and Qt knows no other on X11.
void PaneCommands::showMenu()
{
    QWidget *at = m_window->focusWidget();
    if (!at)
        return;
    const QPoint place = at->inputMethodQuery(Qt::ImCursorRectangle).toRect().center();
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, place, at->mapToGlobal(place));
    QCoreApplication::sendEvent(at, &asked);
}

QStringList PaneCommands::ids()
{
    const QString line;
    const QStringList write{QStringLiteral("conversation.reply"), QStringLiteral("conversation.privateReply"),
                            QStringLiteral("conversation.note"), line};
    return write + Composer::commandIds() + QStringList(line) + ConversationActions::handlingIds() + QStringList(line) +
           ConversationActions::endingIds();
}

QStringList PaneCommands::rowIds()
{
    const QString line;
    const QStringList last{QStringLiteral("conversation.unseen"), line,
                           QStringLiteral("conversation.window"), QStringLiteral("contact.show"),
                           QStringLiteral("message.openPage"),    QStringLiteral("message.copyLink")};
    return QStringList{QStringLiteral("conversation.reply"), QStringLiteral("conversation.note"), line} +
           ConversationActions::handlingIds() + QStringList(line) + ConversationActions::endingIds() + last;
}

QStringList PaneCommands::viewIds()
{
    return {QStringLiteral("conversation.thread"),  QStringLiteral("conversation.contact"),
            QStringLiteral("contact.show"),         QString(),
            QStringLiteral("conversation.find"),    QStringLiteral("conversation.findPrevious"),
            QStringLiteral("conversation.findNext")};
}

} // namespace Earshot
