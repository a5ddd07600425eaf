// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationactions.h"
#include "ui/inbox/inboxpane.h"
#include "ui/settings/macrodialog.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/roster.h"
#include "ui/window/cheatsheet.h"
#include "ui/window/contactwindow.h"
#include "ui/window/focuscycle.h"
#include "ui/window/panecommands.h"

#include <QMenu>
#include <QMenuBar>

namespace Earshot {

// What can be done in a contact's window, and what its parts tell each other.

namespace {

constexpr int fewTargets = 50; ///< enough to tell whether they are the same

}

void ContactWindow::add(const char *id, const QString &text, const char *icon, const char *key,
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

void ContactWindow::addCommands()
{
    const auto hasCurrent = [this] { return m_inbox->hasCurrent(); };
    add(
        "conversation.open", tr("&Open in the main window"), "open", "", {},
        [this] { Q_EMIT conversationWanted(m_inbox->current()); }, hasCurrent);
    add(
        "conversation.window", tr("Open in its own &window"), "external", "Shift+O", {},
        [this] { Q_EMIT windowWanted(m_inbox->current()); }, hasCurrent);
    for (const char *id : {"conversation.open", "conversation.window"})
        m_commands.explain(QString::fromLatin1(id), [] { return tr("Choose a conversation first."); });
    m_actions->addCommands(m_commands);
    m_inbox->addCommands(m_commands);
    add(
        "contact.merge", tr("This contact is the same person as…"), "mine", "", {}, [this] { m_card->askForOther(); },
        [this] { return m_roster.canAct() && !m_card->identities().isEmpty(); });
    m_commands.needRight({QStringLiteral("contact.merge")});
    m_commands.explain(QStringLiteral("contact.merge"), [this] {
        return m_isGone ? tr("This contact is no longer here, or you may no longer see it.")
                        : tr("It is not known yet who this is.");
    });
    addWindowCommands();
    for (const QString &id : m_commands.ids())
        addAction(m_commands.action(id));
    m_commands.restoreKeys();
}

void ContactWindow::addWindowCommands()
{
    add("panes.next", tr("Next &pane"), "", "", QKeySequence(Qt::Key_F6), [this] { cycleFocus(1); });
    add("panes.previous", tr("Previous p&ane"), "", "", QKeySequence(Qt::SHIFT | Qt::Key_F6),
        [this] { cycleFocus(-1); });
    add("message.answer", tr("Do what the &message below offers"), "", "", QKeySequence(Qt::Key_F8), [this] {
        if (!m_message->act())
            m_message->show(MessageBar::Kind::hint, tr("No message offers anything."));
    });
    add("help.keys", tr("&Keyboard"), "", "?", QKeySequence(Qt::Key_F1),
        [this] { (new CheatSheet(m_commands, this))->open(); });
    add("window.close", tr("&Close"), "close", "", QKeySequence(Qt::CTRL | Qt::Key_W), [this] { close(); });
}

void ContactWindow::buildMenus()
{
    const QString line;
    const QStringList opening{QStringLiteral("conversation.open"), QStringLiteral("conversation.window"), line};
    const QStringList ending{line, QStringLiteral("contact.merge"), QStringLiteral("edit.undo"),
                             QStringLiteral("window.close")};
    m_commands.fill(*menuBar()->addMenu(tr("&Conversation")), opening + ConversationActions::handlingIds() +
                                                                  QStringList(line) + ConversationActions::endingIds() +
                                                                  ending);
    m_commands.fill(*menuBar()->addMenu(tr("&List")),
                    {QStringLiteral("list.next"), QStringLiteral("list.previous"), line, QStringLiteral("mark.toggle"),
                     QStringLiteral("list.extendNext"), QStringLiteral("list.extendPrevious"),
                     QStringLiteral("mark.all"), QStringLiteral("mark.none")});
    m_commands.fill(*menuBar()->addMenu(tr("&View")),
                    {QStringLiteral("panes.next"), QStringLiteral("panes.previous"), QStringLiteral("message.answer"),
                     line, QStringLiteral("help.keys")});
}

void ContactWindow::cycleFocus(int step)
{
    FocusCycle cycle({m_card, m_inbox->model().rowCount() > 0 ? m_inbox->list() : m_inbox->emptyPage()});
    cycle.addInner(*m_message);
    if (QWidget *entry = cycle.entry(step))
        entry->setFocus(Qt::ShortcutFocusReason);
}

void ContactWindow::showRowMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("contactRowMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_commands.fill(*menu,
                    QStringList{QStringLiteral("conversation.open"), QStringLiteral("conversation.window"), QString()} +
                        ConversationActions::handlingIds() + QStringList(QString()) + ConversationActions::endingIds());
    menu->popup(m_inbox->list()->mapToGlobal(at));
}

void ContactWindow::showMacros()
{
    auto *dialog = new MacroDialog(m_desk, m_roster, this);
    connect(dialog, &KeepDialog::undoable, m_actions, &ConversationActions::rememberDeeds);
    dialog->open();
}

QList<ConversationRecord> ContactWindow::targets(int most) const
{
    QList<ConversationRecord> records = m_inbox->targets(m_inbox->current(), most);
    // Of what is not read yet nothing was before the eyes.
    if (records.size() == 1 && records.constFirst().seq == 0)
        records.clear();
    return records;
}

void ContactWindow::connectList()
{
    const auto refresh = [this] { m_commands.refresh(); };
    const auto show = [this] {
        showPerson();
        m_commands.refresh();
    };
    for (QWidget *keys : {m_inbox->list(), m_inbox->emptyPage()})
        m_keys.watch(keys);
    connect(m_inbox, &InboxPane::conversationOpened, this, &ContactWindow::conversationWanted);
    connect(m_inbox, &InboxPane::targetsChanged, this, refresh);
    connect(m_inbox, &InboxPane::conversationChosen, this, refresh);
    connect(m_inbox, &InboxPane::pagingFailed, this,
            [this](const QString &sentence, const std::function<void()> &again) {
                m_message->show(MessageBar::Kind::trouble, sentence, tr("Try again"), again);
            });
    m_inbox->list()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_inbox->list(), &QWidget::customContextMenuRequested, this, &ContactWindow::showRowMenu);
    connect(m_card, &ContactCard::message, this,
            [this](const QString &text) { m_message->show(MessageBar::Kind::information, text); });
    connect(m_message, &MessageBar::focusLeft, this, [this] { m_inbox->takeFocus(); });
    m_message->forgetWithdrawn(m_desk);
    connect(&m_roster, &Roster::rosterChanged, this, show);
    connect(&m_desk, &Desk::statusChanged, this, &ContactWindow::showTitle);
}

void ContactWindow::connectActions()
{
    m_actions->setTargets([this] { return targets(ConversationListModel::mostMarked); },
                          [this](int most) { return targets(most); },
                          [this] { return m_inbox->hasCurrent() && targets(1).isEmpty(); });
    connect(m_actions, &ConversationActions::done, this,
            [this](const QString &sentence, qint64 deed, const QList<ConversationId> &through) {
                m_message->show(MessageBar::Kind::information, sentence, deed > 0 ? tr("Undo") : QString(),
                                [this, deed] { m_actions->undo(deed); });
                m_inbox->goOnFrom(through);
            });
    connect(m_actions, &ConversationActions::refused, this,
            [this](const QString &sentence, const std::function<void()> &doAnyway, qint64 deed) {
                // Else nobody would be told that it was not done.
                m_closesWhenDone = false;
                const auto undo = [this, deed] { m_actions->undo(deed); };
                const QString offer = doAnyway ? tr("Do it anyway") : deed > 0 ? tr("Undo") : QString();
                m_message->show(MessageBar::Kind::trouble, sentence, offer, doAnyway ? doAnyway : undo);
            });
    connect(m_actions, &ConversationActions::dialogAwaited, &m_keys, &KeyDispatcher::holdWhile);
    connect(m_actions, &ConversationActions::progressed, m_inbox, &InboxPane::showProgress);
    connect(m_actions, &ConversationActions::begunBeside, m_inbox, &InboxPane::unmark);
    connect(m_actions, &ConversationActions::endedBeside, m_inbox, &InboxPane::markAgain);
    connect(m_actions, &ConversationActions::replyWanted, this, &ContactWindow::replyWanted);
    connect(m_actions, &ConversationActions::macrosAsked, this, &ContactWindow::showMacros);
    connect(m_actions, &ConversationActions::stateChanged, this, [this] {
        m_commands.refresh();
        if (m_actions->isBusy())
            return;
        m_inbox->endProgress();
        // Not from within it: the window dies, and it with it.
        if (std::exchange(m_closesWhenDone, false))
            QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
    });
    connect(m_inbox, &InboxPane::stopAsked, m_actions, &ConversationActions::stop);
    m_commands.refresh();
}

/// Whose key is quicker than what is done is not lost.
void ContactWindow::letKeysWait()
{
    KeyDispatcher::Waiting waiting;
    waiting.isBusy = [this] { return m_actions->isBrieflyBusy() || !m_roster.isLoaded(); };
    waiting.seen = [this] {
        QList<qint64> ids;
        for (const ConversationRecord &one : m_inbox->targets(m_inbox->current(), fewTargets))
            ids.append(one.id.value);
        return ids;
    };
    m_keys.setWaiting(std::move(waiting));
    const auto goOn = [this] { m_keys.goOn(); };
    connect(m_actions, &ConversationActions::stateChanged, this, goOn);
    connect(&m_roster, &Roster::rosterChanged, this, goOn);
    connect(&m_keys, &KeyDispatcher::givenUp, this,
            [this] { m_message->add(PaneCommands::tr("What you pressed meanwhile was not done.")); });
    connect(&m_keys, &KeyDispatcher::refused, this, [this](const QString &id) {
        const QString why = m_commands.whyNot(id);
        if (!why.isEmpty())
            m_message->show(MessageBar::Kind::hint, why);
    });
}

} // namespace Earshot
