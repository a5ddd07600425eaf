// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/pictures/photographer.h"

#include "tests/ui/markup.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/messagebar.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScreen>
#include <QTableView>
#include <QTest>

#include <utility>

namespace Earshot {

namespace {

/// Everybody is called as an attacker would be.
QString hostileNames()
{
    return QStringLiteral(
               "UPDATE agent SET name = '%1' || name; UPDATE team SET name = '%1' || name;"
               "UPDATE tag SET name = '%1' || name; UPDATE channel SET name = '%1' || name, account_name = '%1';"
               "UPDATE identity SET name = '%1' || name, handle = '%1' || handle; UPDATE thread SET title = '%1' || "
               "title;"
               "UPDATE conversation SET subject = '%1' || subject, snippet = '%1' || snippet;"
               "UPDATE message SET text = '%1' || text;")
        .arg(hostileName().replace(QLatin1Char('\''), QStringLiteral("''")));
}

} // namespace

Photographer::Photographer(Camera &camera)
    : m_camera(camera)
{
}

void Photographer::photograph(const QString &name)
{
    if (m_camera.isWanted(name) && m_world && m_world->window().isVisible())
        (void)QTest::qWaitFor([this] { return m_world->list().state() == ConversationListModel::State::ready; }, 3000);
    letMessagesLapse();
    m_camera.photograph(name);
}

void Photographer::letMessagesLapse()
{
    const QHash<const QObject *, QString> before = std::exchange(m_said, {});
    for (const QWidget *window : QApplication::topLevelWidgets()) {
        for (MessageBar *bar : window->findChildren<MessageBar *>()) {
            if (bar->lapses() && before.value(bar) == bar->text())
                bar->clear();
            m_said.insert(bar, bar->text());
        }
    }
}

void Photographer::press(const QString &keys)
{
    if (until("the keyboard", [this] { return m_world->focus() != nullptr; }))
        m_world->press(keys);
}

void Photographer::open(const char *dialog, const QString &keysOrCommand)
{
    // A window manager gives it the keyboard a moment after it is there: until then keys go elsewhere.
    const auto isThere = [this, dialog] {
        const QWidget *shown = m_world->widget(dialog);
        return shown && shown->isVisible() && shown->isActiveWindow();
    };
    if (keysOrCommand.contains(QLatin1Char('.'))) {
        (void)m_world->window().commands().trigger(keysOrCommand);
    } else {
        press(keysOrCommand);
        // Where the machine was too slow for it, the window has said so, and who reads that presses it again.
        if (!QTest::qWaitFor(isThere, 10'000))
            press(keysOrCommand);
    }
    until(dialog, isThere);
}

void Photographer::close(const char *dialog)
{
    if (QWidget *shown = m_world->widget(dialog))
        shown->close();
    goBack();
}

void Photographer::goBack()
{
    // Without a window manager nobody gives the keyboard back.
    m_world->window().activateWindow();
    until("the window again", [this] { return QApplication::activeWindow() == &m_world->window(); });
}

void Photographer::closePopup()
{
    if (QWidget *popup = QApplication::activePopupWidget())
        popup->close();
}

void Photographer::showMention()
{
    const ConversationId id = m_world->showMention();
    if (!id.isValid())
        m_camera.fail();
}

void Photographer::goToList()
{
    m_world->find<QTableView>("conversations")->setFocus();
    press(QStringLiteral("G U"));
    until("the list", [this] { return m_world->list().rowCount() > 5; });
}

void Photographer::start(const QString &change)
{
    m_world = std::make_unique<WindowWorld>(2000, change);
    // A platform without a display has one of 800 points, which nobody works at: it keeps the size of a small laptop.
    if (hasDisplay())
        m_world->window().showMaximized();
    else if (m_camera.look() == Camera::Look::forRoom)
        m_world->window().resize(m_world->window().screen()->availableSize());
    until("the window", [this] { return QApplication::activeWindow() == &m_world->window(); });
    until("the list", [this] { return m_world->list().rowCount() > 5; });
}

void Photographer::runForReadme()
{
    start({});
    MainWindow::Options options;
    options.title = QStringLiteral("ACME");
    m_world->reopen(options);
    m_world->window().showMaximized();
    until("the window", [this] { return QApplication::activeWindow() == &m_world->window(); });
    until("the list", [this] { return m_world->list().rowCount() > 5; });
    press(QStringLiteral("G O"));
    until("all that is open", [this] { return m_world->textOf("viewTitle") == QStringLiteral("All open"); });
    const ConversationId id = m_world->show([this](const ConversationRecord &one) {
        const QList<MessageRecord> messages = m_world->messages(one.id);
        return one.needsAnswer && !one.tags.isEmpty() && !one.isPrivate && one.network != Network::feed &&
               messages.size() > 2 && messages.constLast().language.startsWith(QStringLiteral("en"));
    });
    if (!id.isValid())
        m_camera.fail();
    press(QStringLiteral("R"));
    until("the composer", [this] { return m_world->find<QPlainTextEdit>("composerText")->hasFocus(); });
    m_world->type(QStringLiteral(
        "Thank you for telling us! Could you send us a photo of the label? Then we look it up at once."));
    photograph(QStringLiteral("answering"));
    press(QStringLiteral("Escape"));
    press(QStringLiteral("/"));
    m_world->type(QStringLiteral("power"));
    until("hits", [this] { return m_world->find<QAbstractItemView>("searchResults")->model()->rowCount() > 3; });
    press(QStringLiteral("Down"));
    photograph(QStringLiteral("search"));
    m_world.reset();
}

void Photographer::run()
{
    start(WindowWorld::withoutSavedReplies() +
          (m_camera.look() == Camera::Look::forMarkup ? hostileNames() : QString()));
    inbox();
    conversation();
    composer();
    dialogs();
    writing();
    composingByHelp();
    windows();
    channels();
    mediaViewer();
    search();
    manyRows();
    lead();
    handing();
    finding();
    rare();
    connecting();
    outbox();
    waiting();
    failing();
    troubles();
    workspaces();
    readOnly();
    beginnings();
    joining();
    noChannel();
    viewer();
    m_world.reset();
}

} // namespace Earshot
