// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "testrows.h"

#include "workspace/searchindex.h"

#include <QStandardPaths>
#include <QUuid>

#include <sqlite3.h>

namespace Earshot {

namespace {

QString quote(QString text)
{
    return u'\'' + text.replace(u'\'', QStringLiteral("''")) + u'\'';
}

QString idOrNull(qint64 id)
{
    return id == 0 ? QStringLiteral("NULL") : QString::number(id);
}

QString uuid()
{
    return quote(QUuid::createUuid().toString(QUuid::WithoutBraces));
}

} // namespace

TestRows::TestRows()
{
    QStandardPaths::setTestModeEnabled(true);
    if (Done done = Workspace::create(path(), QStringLiteral("Ana"), m_clock); !done)
        qFatal("%s", qPrintable(done.error().detail));
    m_database = std::move(*Database::open(path(), Database::Mode::readWrite));
    run(QStringLiteral("PRAGMA synchronous = OFF"));
}

void TestRows::run(const QString &sql)
{
    m_database->execute(sql);
    indexWaiting(*m_database);
    if (const auto failure = m_database->takeFailure())
        qFatal("%s: %s", qPrintable(failure->detail), qPrintable(sql));
}

QStringList TestRows::rows(const QString &sql)
{
    QStringList all;
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(m_database->handle(), sql.toUtf8().constData(), -1, &statement, nullptr) != SQLITE_OK)
        qFatal("%s: %s", sqlite3_errmsg(m_database->handle()), qPrintable(sql));
    while (sqlite3_step(statement) == SQLITE_ROW) {
        QStringList row;
        for (int i = 0; i < sqlite3_column_count(statement); ++i) {
            const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(statement, i));
            row.append(text ? QString::fromUtf8(text) : QStringLiteral("-"));
        }
        all.append(row.join(u'|'));
    }
    sqlite3_finalize(statement);
    return all;
}

qint64 TestRows::number(const QString &sql)
{
    return rows(sql).value(0).toLongLong();
}

void TestRows::commitNumbers()
{
    const qint64 last = number(QStringLiteral("SELECT max(last_seq) FROM commit_log"));
    if (last < m_seq)
        run(QStringLiteral("INSERT INTO commit_log VALUES (%1, %2, 0)").arg(last + 1).arg(m_seq));
}

void TestRows::addAgent(qint64 id, const QString &name)
{
    run(QStringLiteral("INSERT INTO agent (id, seq, created_seq, uuid, name, role) VALUES (%1, %2, %2, ")
            .arg(id)
            .arg(nextSeq()) +
        uuid() + QStringLiteral(", ") + quote(name) + QStringLiteral(", 1)"));
}

void TestRows::addChannel(qint64 id, const QString &name, Network network)
{
    run(QStringLiteral("INSERT INTO channel (id, seq, created_seq, channel, uuid, network, address, name, base_url, "
                       "account_id, account_handle, account_name, login, purpose, pull_every, horizon, work_since, "
                       "created_at) VALUES (%1, %2, %2, %1, %3, %4, '', %5, '', '', '', '', '', 0, 60, 0, 0, 0)")
            .arg(QString::number(id), QString::number(nextSeq()), uuid(), QString::number(int(network)), quote(name)));
}

void TestRows::addIdentity(qint64 id, const QString &name, const QString &handle)
{
    run(QStringLiteral("INSERT INTO contact (id, seq, created_seq) VALUES (%1, %2, %2)").arg(id).arg(nextSeq()));
    run(QStringLiteral("INSERT INTO identity VALUES (%1, %2, %2, 1, %1, 'r%1', %3, %4, '')")
            .arg(QString::number(id), QString::number(nextSeq()), quote(handle), quote(name)));
}

void TestRows::addTag(qint64 id, const QString &name)
{
    run(QStringLiteral("INSERT INTO tag VALUES (%1, %2, %2, NULL, %3, %4)")
            .arg(QString::number(id), QString::number(nextSeq()), uuid(), quote(name)));
}

void TestRows::tagConversation(qint64 conversation, qint64 tag)
{
    run(QStringLiteral("INSERT INTO conversation_tag (seq, created_seq, channel, conversation, tag) "
                       "SELECT %1, %1, channel, id, %3 FROM conversation WHERE id = %2")
            .arg(nextSeq())
            .arg(conversation)
            .arg(tag));
}

void TestRows::addConversation(const Conversation &c)
{
    qint64 thread = c.thread;
    if (thread == 0) {
        thread = 1'000'000 + c.id;
        run(QStringLiteral("INSERT INTO thread VALUES (%1, %2, %2, %3, 'thread:%1', 'A thread', '', NULL, 0)")
                .arg(thread)
                .arg(nextSeq())
                .arg(c.channel));
    }
    run(QStringLiteral("INSERT INTO conversation (id, seq, created_seq, channel, number, thread, identity, contact, "
                       "subject, snippet, status, snoozed_until, assignee, needs_answer, is_imported, is_private, "
                       "trouble, created_at, last_message_at, waiting_since, public_seq, followers) "
                       "VALUES (%1, %2, %2, %3, %1, %4, %5, %5, '', '', %6, %7, %8, %9, ")
            .arg(c.id)
            .arg(nextSeq())
            .arg(c.channel)
            .arg(thread)
            .arg(c.identity)
            .arg(int(c.status))
            .arg(c.snoozedUntil)
            .arg(idOrNull(c.assignee))
            .arg(int(c.waitingSince != 0)) +
        QStringLiteral("%1, %2, %3, %4, %4, %5, %6, %7)")
            .arg(int(c.isImported))
            .arg(int(c.isPrivate))
            .arg(c.trouble)
            .arg(c.at)
            .arg(c.waitingSince)
            .arg(lastSeq())
            .arg(c.followers));
}

void TestRows::addMessage(const Message &m)
{
    run(QStringLiteral("INSERT INTO message (id, seq, created_seq, channel, conversation, thread, kind, identity, "
                       "agent, uri, remote_id, url, parent_uri, sort_at, sent_at, arrived_at, text, visibility) "
                       "VALUES (%1, %2, %2, %3, %4, %5, %6, %7, %8, ")
            .arg(m.id)
            .arg(nextSeq())
            .arg(m.channel)
            .arg(idOrNull(m.conversation), idOrNull(m.thread))
            .arg(int(m.kind))
            .arg(idOrNull(m.identity), idOrNull(m.agent)) +
        quote(m.uri) + QStringLiteral(", '', '', '', %1, %1, %1, ").arg(m.at) + quote(m.text) +
        QStringLiteral(", %1)").arg(int(m.visibility)));
    run(QStringLiteral("UPDATE conversation SET seq = %1, message_count = message_count + 1, newest_message = "
                       "CASE WHEN %2 = 0 THEN max(newest_message, %3) ELSE newest_message END WHERE id = %4")
            .arg(nextSeq())
            .arg(int(m.kind))
            .arg(m.id)
            .arg(m.conversation));
}

} // namespace Earshot
