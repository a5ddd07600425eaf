// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/workspace.h"

#include <QTemporaryDir>

namespace Earshot {

/// A new workspace in a folder of its own, filled by plain SQL with its change numbers kept right: for tests of
/// reading. Agent 1 is Ana. Lives on the test's thread.
class TestRows
{
public:
    TestRows();

    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("desk.earshot")); }
    [[nodiscard]] Database &database() { return *m_database; }
    /// Runs SQL; a failure is fatal to the test.
    void run(const QString &sql);
    /// Every row of an answer, columns joined by "|", null as "-".
    [[nodiscard]] QStringList rows(const QString &sql);
    [[nodiscard]] qint64 number(const QString &sql);
    [[nodiscard]] Seq nextSeq() { return ++m_seq; }
    [[nodiscard]] Seq lastSeq() const { return m_seq; }
    /// Records the numbers handed out so far, as a commit does.
    void commitNumbers();

    void addAgent(qint64 id, const QString &name);
    void addChannel(qint64 id, const QString &name, Network network = Network::mastodon);
    void addIdentity(qint64 id, const QString &name, const QString &handle);
    void addTag(qint64 id, const QString &name);
    void tagConversation(qint64 conversation, qint64 tag);

    struct Conversation
    {
        qint64 id = 0;
        qint64 channel = 1;
        qint64 thread = 0; ///< 0 = one of its own
        qint64 identity = 1;
        Status status = Status::open;
        qint64 snoozedUntil = 0;
        qint64 assignee = 0;
        qint64 at = 0;
        qint64 waitingSince = 0; ///< not 0: it needs an answer
        int trouble = 0;
        bool isImported = false;
        bool isPrivate = false;
        int followers = 0;
    };
    void addConversation(const Conversation &conversation);

    struct Message
    {
        qint64 id = 0;
        qint64 conversation = 0; ///< 0 = only in `thread`
        qint64 thread = 0;
        qint64 channel = 1;
        MessageKind kind = MessageKind::inbound;
        qint64 identity = 1;
        qint64 agent = 0;
        qint64 at = 0;
        QString text{};
        QString uri{};
        Visibility visibility = Visibility::everyone;
    };
    void addMessage(const Message &message);

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::unique_ptr<Database> m_database;
    Seq m_seq = 1;
};

} // namespace Earshot
