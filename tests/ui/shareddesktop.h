// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/replicasession.h"
#include "tests/server/serverworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/inboxpane.h"
#include "ui/shell/appearance.h"
#include "ui/window/mainwindow.h"

#include <QPlainTextEdit>
#include <QTableView>
#include <QTest>

namespace Earshot {

/// One agent's desktop on a server's workspace: replica, session and the real window.
class SharedDesktop final
{
public:
    /// @param port of what stands before the server; 0 = nothing does
    SharedDesktop(ServerWorld &world, AgentId agent, Appearance &appearance, quint16 port = 0,
                  Duration longestPause = std::chrono::milliseconds(100))
        : m_world(world)
        , m_agent(agent)
        , m_appearance(appearance)
        , m_port(port)
        , m_longestPause(longestPause)
    {
        start();
    }
    /// As after quit(): the same replica again. @param first so it stands with the server when the window opens
    void start(DeskStatus::Kind first = DeskStatus::Kind::current)
    {
        ReplicaSession::Options options;
        options.path = m_folder.filePath(QStringLiteral("replica.earshot"));
        options.token = Secret(m_world.token(m_agent));
        options.pauses = {std::chrono::milliseconds(20), m_longestPause};
        const QString server =
            QStringLiteral("http://127.0.0.1:%1").arg(m_port == 0 ? m_world.server().port() : m_port);
        if (!QFile::exists(options.path) &&
            !ReplicaFile::create(options.path, {server, m_world.account(), m_agent}, m_world.clock()))
            return;
        m_session = std::move(ReplicaSession::open(options, m_world.clock()).value());
        [this, first] { QTRY_COMPARE(m_session->desk().status().kind, first); }();
        MainWindow::Options window;
        window.title = QStringLiteral("desk.example");
        window.asksBeforeClosing = m_session->isOwner();
        m_window = std::make_unique<MainWindow>(m_session->desk(), m_session->channels(), m_appearance, window);
        m_window->show();
        [this] { QTRY_COMPARE(list().state(), ConversationListModel::State::ready); }();
    }

    [[nodiscard]] Desk &desk() { return m_session->desk(); }
    [[nodiscard]] MainWindow &window() { return *m_window; }
    [[nodiscard]] ConversationPane &pane() { return *m_window->findChild<ConversationPane *>(); }
    [[nodiscard]] ConversationListModel &list() { return m_window->findChild<InboxPane *>()->model(); }
    void open(ConversationId id)
    {
        // Whoever was through with the last one of a list finds none there.
        if (list().rowOf(id) < 0)
            static_cast<void>(m_window->commands().trigger(QStringLiteral("go.all")));
        [&] { QTRY_VERIFY(list().rowOf(id) >= 0); }();
        auto *table = m_window->findChild<QTableView *>(QStringLiteral("conversations"));
        table->setCurrentIndex(list().index(list().rowOf(id)));
        [&] { QTRY_COMPARE(pane().record().id, id); }();
    }
    void type(const QString &text)
    {
        m_window->activateWindow();
        m_window->commands().trigger(QStringLiteral("conversation.reply"));
        auto *edit = m_window->findChild<QPlainTextEdit *>(QStringLiteral("composerText"));
        [&] { QTRY_VERIFY(edit->hasFocus()); }();
        QTest::keyClicks(edit, text);
    }
    /// What a label says; empty while it is hidden.
    [[nodiscard]] QString said(const char *name)
    {
        const auto *label = m_window->findChild<QWidget *>(QString::fromLatin1(name));
        return label->isHidden() ? QString() : plain(label->accessibleName());
    }
    [[nodiscard]] QString row(ConversationId id, int role = Qt::AccessibleTextRole)
    {
        return plain(list().index(list().rowOf(id)).data(role).toString());
    }
    void close() { m_window.reset(); }
    void quit()
    {
        m_window.reset();
        m_session.reset();
    }

private:
    /// Without the marks around names.
    static QString plain(QString text) { return text.remove(QChar(0x2068)).remove(QChar(0x2069)); }

    ServerWorld &m_world;
    const AgentId m_agent;
    Appearance &m_appearance;
    const quint16 m_port;
    const Duration m_longestPause;
    QTemporaryDir m_folder;
    std::unique_ptr<ReplicaSession> m_session;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace Earshot
