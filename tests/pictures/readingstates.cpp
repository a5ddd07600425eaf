// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/localdesk.h"
#include "tests/pictures/photographer.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/roster.h"

#include <QApplication>
#include <QTableView>
#include <QTableWidget>

namespace Earshot {

// What those see who may not change anything: of a file that can only be read, and without the role.

void Photographer::readOnly()
{
    MainWindow::Options options;
    options.title = QStringLiteral("desk");
    options.whyReadOnly = MainWindow::tr("This file cannot be written to here: it can only be read.");
    options.asOf = m_world->clock().now();
    m_world->reopen(options);
    if (hasDisplay())
        m_world->window().showMaximized();
    else
        m_world->window().resize(1280, 720);
    until("the list", [this] { return m_world->list().rowCount() > 5; });
    photograph(QStringLiteral("read-only"));
    showMention();
    press(QStringLiteral("R"));
    until("why not", [this] { return !m_world->textOf("messageBar").isEmpty(); });
    photograph(QStringLiteral("read-only-key-that-cannot"));
    // In the way of the menu that says what is left.
    press(QStringLiteral("/"));
    m_world->type(QStringLiteral("resolve"));
    photograph(QStringLiteral("read-only-search"));
    press(QStringLiteral("Esc Esc"));
    for (const auto &[command, dialog] :
         {std::pair("channels.show", "channelsDialog"), std::pair("replies.show", "savedReplies"),
          std::pair("settings.show", "settingsDialog"), std::pair("outbox.show", "outboxDialog")}) {
        open(dialog, QString::fromLatin1(command));
        photograph(QStringLiteral("read-only-") + QString::fromLatin1(command).section(QLatin1Char('.'), 0, 0));
        close(dialog);
    }
}

void Photographer::viewer()
{
    start();
    (void)m_world->act(Act::KeepSavedReply{{}, named("Thanks"), QStringLiteral("Thank you, {name}!")});
    (void)m_world->act(Act::KeepMacro{{}, named("Away"), QStringLiteral("M"), {{MacroStepKind::claim, {}}}});
    const AgentId me = m_world->desk().me();
    const AgentId boss(m_world->act(Act::AddAgent{named("Boss"), Role::admin}).created);
    (void)m_world->act(Act::EditAgent{me, {}, Role::agent, {}});
    until("the other role", [this] { return !m_world->window().roster().isLead(); });
    open("viewDialog", QStringLiteral("view.new"));
    photograph(QStringLiteral("agent-view-builder"));
    close("viewDialog");
    auto &desk = dynamic_cast<LocalDesk &>(m_world->desk());
    (void)desk.performAs(boss, {makeAction(Act::EditAgent{me, {}, Role::viewer, {}}, m_world->clock().now())}).result();
    until("the other role", [this] { return !m_world->window().roster().canAct(); });
    showMention();
    photograph(QStringLiteral("viewer"));
    press(QStringLiteral("R"));
    photograph(QStringLiteral("viewer-key-that-cannot"));
    press(QStringLiteral("D"));
    photograph(QStringLiteral("viewer-contact-side"));
    press(QStringLiteral("D Return V"));
    photograph(QStringLiteral("viewer-thread"));
    press(QStringLiteral("V Esc"));
    for (const auto &[command, dialog] :
         {std::pair("agents.show", "agents"), std::pair("teams.show", "teams"),
          std::pair("replies.show", "savedReplies"), std::pair("macros.show", "macros"),
          std::pair("channels.show", "channelsDialog"), std::pair("settings.show", "settingsDialog"),
          std::pair("outbox.show", "outboxDialog")}) {
        open(dialog, QString::fromLatin1(command));
        photograph(QStringLiteral("viewer-") + QString::fromLatin1(command).section(QLatin1Char('.'), 0, 0));
        close(dialog);
    }
    showMention();
    open("conversationWindow", QStringLiteral("conversation.window"));
    photograph(QStringLiteral("viewer-own-window"));
    close("conversationWindow");
    open("contactWindow", QStringLiteral("contact.show"));
    until("whose it is", [this] { return !m_world->textOf("contactCounts").isEmpty(); });
    photograph(QStringLiteral("viewer-contact-window"));
    close("contactWindow");
}

} // namespace Earshot
