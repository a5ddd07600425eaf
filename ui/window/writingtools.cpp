// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/writingtools.h"

#include "ui/composer/composer.h"
#include "ui/composer/speller.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/claimchoice.h"
#include "ui/inbox/conversationactions.h"
#include "ui/settings/macrodialog.h"
#include "ui/settings/savedreplydialog.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/roster.h"
#include "ui/window/workspacetools.h"

#include <QPointer>

namespace Earshot {

WritingTools::WritingTools(Desk &desk, const Roster &roster, CommandRegistry &commands, ConversationActions &actions,
                           ConversationPane &pane, QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_roster(roster)
    , m_commands(commands)
    , m_actions(actions)
    , m_pane(pane)
    , m_window(window)
    , m_speller(new Speller(WorkspaceTools::ownWordsFolder(), this))
{
    connect(&roster, &Roster::rosterChanged, this, &WritingTools::onRosterChanged);
    connect(&actions, &ConversationActions::replyWanted, this, &WritingTools::beginReply);
    connect(&actions, &ConversationActions::macrosAsked, this, &WritingTools::showMacros);
    connect(&pane.composer(), &Composer::replyBegun, this, &WritingTools::claimIfWished);
    equip(pane.composer());
}

WritingTools::~WritingTools() = default;

void WritingTools::equip(Composer &composer)
{
    composer.setSpeller(m_speller);
    composer.setSavedReplies(m_roster.savedReplies());
    connect(&m_roster, &Roster::rosterChanged, &composer,
            [this, &composer] { composer.setSavedReplies(m_roster.savedReplies()); });
}

void WritingTools::addCommands()
{
    const auto add = [this](const char *id, const QString &text, const char *icon, std::function<void()> run) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.icon = QString::fromLatin1(icon);
        command.run = std::move(run);
        m_commands.add(std::move(command));
    };
    add("replies.show", tr("Saved re&plies…"), "reply", [this] { showSavedReplies(); });
    add("macros.show", tr("&Macros…"), "claim", [this] { showMacros(); });
    onRosterChanged();
}

void WritingTools::onRosterChanged()
{
    if (m_macros == m_roster.macros())
        return;
    m_macros = m_roster.macros();
    for (const QString &id : std::as_const(m_ids))
        m_commands.remove(id);
    m_ids.clear();
    for (const MacroRecord &macro : std::as_const(m_macros)) {
        Command command;
        command.id = QStringLiteral("macro.run.%1").arg(macro.id.value);
        command.text = tr("Macro: %1").arg(QString(macro.name).replace(QLatin1Char('&'), QStringLiteral("&&")));
        command.icon = QStringLiteral("claim");
        command.needsRight = true;
        command.isEnabled = [this] { return m_commands.action(QStringLiteral("macro.pick"))->isEnabled(); };
        command.run = [this, macro] { m_actions.runMacro(macro); };
        m_ids.append(command.id);
        m_commands.add(command);
        m_window->addAction(m_commands.action(command.id));
    }
    m_commands.restoreKeys();
    m_commands.refresh();
}

void WritingTools::showSavedReplies()
{
    auto *dialog = new SavedReplyDialog(m_desk, m_roster, m_window);
    connect(dialog, &KeepDialog::undoable, &m_actions, &ConversationActions::rememberDeeds);
    dialog->open();
}

void WritingTools::showMacros()
{
    auto *dialog = new MacroDialog(m_desk, m_roster, m_window);
    connect(dialog, &KeepDialog::undoable, &m_actions, &ConversationActions::rememberDeeds);
    dialog->open();
}

void WritingTools::claimIfWished()
{
    const ConversationRecord &record = m_pane.record();
    if (!ClaimChoice::byWriting() || !record.id.isValid() || record.assignee.isValid() || !m_roster.canAct())
        return;
    m_actions.perform(tr("Assigned to you, as you began to answer"),
                      {makeAction(Act::Claim{record.id}, m_desk.workspace().clock().now(), m_pane.basedOn())});
}

void WritingTools::beginReply(ConversationId conversation, const QString &text)
{
    // A marked row may be another one than the one shown.
    m_pane.showConversation(conversation);
    m_pane.beginReply(text);
}

} // namespace Earshot
