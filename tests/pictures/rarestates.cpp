// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/pictures/gate.h"
#include "tests/pictures/photographer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationactions.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/roster.h"

#include <QFileDialog>
#include <QPushButton>
#include <QTableView>
#include <QTest>

#include <memory>

namespace Earshot {

// What is seen seldom: long work, what went wrong, what cannot be done.

void Photographer::rare()
{
    goToList();
    open("settingsDialog", QStringLiteral("settings.show"));
    photograph(QStringLiteral("settings"));
    close("settingsDialog");
    (void)m_world->show([](const ConversationRecord &one) { return one.network == Network::feed; });
    press(QStringLiteral("L"));
    photograph(QStringLiteral("key-that-cannot"));
    press(QStringLiteral("J E"));
    until("the deed", [this] { return !m_world->textOf("messageBarButton").isEmpty(); });
    photograph(QStringLiteral("resolved-with-undo"));
    press(QStringLiteral("F8"));
    bulk();
    goToList();
    small();
    (void)m_world->window().commands().trigger(QStringLiteral("list.export"));
    until("the export", [this] { return m_world->widget("exportDialog") != nullptr; });
    photograph(QStringLiteral("export"));
    close("exportDialog");
}

void Photographer::small()
{
    MainWindow &window = m_world->window();
    const QSize before = window.size();
    const bool isWhole = window.isMaximized();
    window.showNormal();
    for (const QSize size : {QSize(960, 500), QSize(720, 450)}) {
        window.resize(size);
        until("the size", [&window, size] { return window.size() == size; });
        m_world->find<QTableView>("conversations")->setFocus();
        press(QStringLiteral("J"));
        const auto *pane = window.findChild<ConversationPane *>();
        until("the conversation",
              [pane] { return pane->conversation().isValid() && pane->record().id == pane->conversation(); });
        photograph(QStringLiteral("small-%1-list").arg(size.width()));
        press(QStringLiteral("Return R"));
        until("the composer", [this] { return m_world->widget("composer")->isVisible(); });
        photograph(QStringLiteral("small-%1-answer").arg(size.width()));
        press(QStringLiteral("Escape Escape"));
    }
    if (isWhole)
        window.showMaximized();
    else
        window.resize(before);
}

void Photographer::bulk()
{
    press(QStringLiteral("G R"));
    until("the resolved", [this] {
        return m_world->textOf("viewTitle") == m_world->window().commands().plainText(QStringLiteral("go.resolved")) ||
               m_world->list().rowCount() >= ConversationListModel::pageSize;
    });
    press(QStringLiteral("Ctrl+A"));
    until("the marks", [this] { return m_world->list().markedCount() > 500; });
    auto *stop = m_world->find<QPushButton>("bulkStop");
    (void)m_world->window().commands().trigger(QStringLiteral("conversation.spam"));
    // It would be done before the picture is taken.
    std::unique_ptr<Gate> gate;
    until("the progress", [this, stop, &gate] {
        // Something is to be there that can be undone.
        if (stop->isVisible() && !gate && !m_world->textOf("bulkText").startsWith(QLatin1Char('0')))
            gate = std::make_unique<Gate>();
        return gate != nullptr;
    });
    photograph(QStringLiteral("bulk-progress"));
    stop->click();
    gate.reset();
    until("the end", [stop] { return !stop->isVisible(); });
    photograph(QStringLiteral("bulk-stopped"));
    (void)m_world->window().commands().trigger(QStringLiteral("edit.undo"));
    const auto *actions = m_world->window().findChild<ConversationActions *>();
    until("the end of the undo", [stop, actions] { return !actions->isBusy() && !stop->isVisible(); });
    (void)m_world->window().commands().trigger(QStringLiteral("mark.none"));
}

} // namespace Earshot
