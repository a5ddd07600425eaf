// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/deciding.h"
#include "deskworld.h"
#include "workspace/changerecorder.h"
#include "workspace/searchindex.h"

#include <QRandomGenerator>

#include <sqlite3.h>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

QStringList rowsOf(Database &database, const QString &sql)
{
    sqlite3_stmt *handle = nullptr;
    const int code = sqlite3_prepare_v2(database.handle(), sql.toUtf8().constData(), -1, &handle, nullptr);
    Q_ASSERT_X(code == SQLITE_OK, "rowsOf", sqlite3_errmsg(database.handle()));
    QStringList rows;
    while (sqlite3_step(handle) == SQLITE_ROW) {
        QStringList row;
        for (int i = 0; i < sqlite3_column_count(handle); ++i)
            row.append(QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(handle, i))));
        rows.append(row.join(u'|'));
    }
    sqlite3_finalize(handle);
    rows.sort();
    return rows;
}

/// Every row of every plain table, and what each word of interest finds.
QStringList everything(Database &database)
{
    indexWaiting(database);
    QStringList all;
    const QStringList tables =
        rowsOf(database, str("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND "
                             "name NOT LIKE 'message_index%' AND name NOT LIKE 'identity_index%' ORDER BY name"));
    for (const QString &table : tables) {
        for (const QString &row : rowsOf(database, str("SELECT * FROM \"%1\"").arg(table))) {
            // A counter that came back to nought says the same as none.
            if ((table.endsWith(str("tally")) || table == str("view_count")) && row.endsWith(str("|0")))
                continue;
            all.append(table + str(": ") + row);
        }
    }
    for (const char *word : {"hello", "noted", "answer", "better"})
        all += rowsOf(
            database,
            str("SELECT '%1', rowid FROM message_index WHERE message_index MATCH '%1' ORDER BY rowid").arg(str(word)));
    return all;
}

} // namespace

/// What is decided ahead of a server is taken back without a trace.
class ChangeRecorderTest final : public DeskWorld
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { end(); }
    void takenBackWithoutATrace();
    void theSameWishHasTheSameIds();
    void anothersChangeIsNotOverwritten();

private:
    [[nodiscard]] ActionArguments anything(QRandomGenerator &random, qint64 firstId);
    void inWriter(const std::function<void(Writing &)> &work);
    [[nodiscard]] Outcome forecast(Writing &writing, const Action &action, qint64 firstId);
};

void ChangeRecorderTest::init()
{
    begin();
    for (int i = 0; i < 4; ++i)
        ingest({mention(str("m%1").arg(i), str("hello number %1").arg(i), str("author%1").arg(i))});
    QVERIFY(act(Act::AddTag{ConversationId(1), str("hardware")}).isApplied());
    QVERIFY(act(Act::AddNote{ConversationId(2), str("noted long ago")}).isApplied());
    ViewContent view;
    view.name = str("Hardware");
    view.filter.tags = {TagId(1)};
    QVERIFY(act(Act::SaveView{{}, view}).isApplied());
    QVERIFY(act(Act::KeepSavedReply{{}, str("Sorry"), str("We are sorry")}).isApplied());
}

void ChangeRecorderTest::inWriter(const std::function<void(Writing &)> &work)
{
    const auto done = m_workspace->write<void>(Urgency::interactive, [&work](Writing &writing) -> Done {
        work(writing);
        return writing.database().done();
    });
    const Done result = done.result();
    QVERIFY2(result, qPrintable(result ? QString() : result.error().detail));
}

Outcome ChangeRecorderTest::forecast(Writing &writing, const Action &action, qint64 firstId)
{
    Writing ahead = writing.forecasting(firstId);
    const ActingParty party{*loadActor(writing.database(), AgentId(1)), str("a device"), 0};
    return decideAndApply(ahead, action, party);
}

ActionArguments ChangeRecorderTest::anything(QRandomGenerator &random, qint64 firstId)
{
    const ConversationId conversation(1 + random.bounded(4));
    const QString tag = random.bounded(2) == 0 ? str("hardware") : str("fresh%1").arg(random.bounded(3));
    switch (random.bounded(14)) {
    case 0:
        return Act::Claim{conversation};
    case 1:
        return Act::Assign{conversation, AgentId(2)};
    case 2:
        return Act::Unassign{conversation};
    case 3:
        return Act::SetStatus{conversation, Status::resolved, Reason::answered, {}};
    case 4:
        return Act::SetStatus{conversation, Status::open, Reason::none, {}};
    case 5:
        return Act::Snooze{conversation, m_clock.now() + std::chrono::hours(1)};
    case 6:
        return Act::AddTag{conversation, tag};
    case 7:
        return Act::RemoveTag{conversation, tag};
    case 8:
        return Act::SetPriority{conversation, Priority(random.bounded(4))};
    case 9:
        return Act::AddNote{conversation, str("noted, @Kim")};
    case 10: {
        Act::SendReply reply;
        reply.conversation = conversation;
        reply.text = str("an answer");
        reply.furtherParts = {str("a better answer")};
        reply.media = {{str("%1").arg(7, 64, 16, QLatin1Char('0')), str("image/png"), str("a picture")}};
        return reply;
    }
    case 11:
        return Act::RemoveView{ViewId(1)};
    case 12:
        return Act::KeepSavedReply{SavedReplyId(random.bounded(2)), str("Sorry %1").arg(firstId), str("very")};
    default: {
        const auto notes = m_workspace->readNow<QStringList>([](Database &database) -> Result<QStringList> {
            return rowsOf(database, str("SELECT id FROM message WHERE kind = 2"));
        });
        return Act::EditNote{MessageId(notes->value(random.bounded(int(notes->size()))).toLongLong()), str("better")};
    }
    }
}

void ChangeRecorderTest::takenBackWithoutATrace()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    for (int round = 0; round < 60; ++round) {
        inWriter([&](Writing &writing) {
            Database &database = writing.database();
            const Seq position = writing.lastSeq();
            const QStringList before = everything(database);
            QList<QByteArray> recorded;
            int applied = 0;
            for (int i = 0; i < 12; ++i) {
                const qint64 firstId = firstForecastId + i * 65536;
                ChangeRecorder recorder(database);
                const Outcome outcome =
                    forecast(writing, makeAction(anything(random, firstId), m_clock.now()), firstId);
                applied += outcome.isApplied() && outcome.hadEffect ? 1 : 0;
                recorded.append(recorder.take());
                // Indexed in between, as it is after each commit.
                if (random.bounded(3) == 0)
                    indexWaiting(database);
            }
            QVERIFY(applied > 0);
            QVERIFY(everything(database) != before);
            QCOMPARE(writing.lastSeq(), position);
            // In one go, or in several.
            if (const qsizetype some = random.bounded(int(recorded.size()) + 1); some > 0) {
                revertChanges(database, recorded.last(some));
                recorded.resize(recorded.size() - some);
            }
            revertChanges(database, recorded);
            const QStringList after = everything(database);
            QVERIFY(!database.failure());
            for (qsizetype i = 0; i < std::max(before.size(), after.size()); ++i)
                QVERIFY2(before.value(i) == after.value(i),
                         qPrintable(str("seed %1: %2 was %3").arg(seed).arg(after.value(i), before.value(i))));
            rowsOf(database, str("INSERT INTO message_index (message_index) VALUES ('integrity-check')"));
        });
    }
}

void ChangeRecorderTest::theSameWishHasTheSameIds()
{
    Act::SendReply reply;
    reply.conversation = m_first;
    reply.text = str("an answer");
    const Action action = makeAction(reply, m_clock.now());
    QList<qint64> made;
    QStringList rows;
    for (int i = 0; i < 2; ++i) {
        inWriter([&](Writing &writing) {
            ChangeRecorder recorder(writing.database());
            made.append(forecast(writing, action, firstForecastId + 65536).created);
            rows.append(rowsOf(writing.database(), str("SELECT id FROM message WHERE id >= 1 << 62 UNION ALL SELECT id "
                                                       "FROM delivery WHERE id >= 1 << 62"))
                            .join(u' '));
            revertChanges(writing.database(), {recorder.take()});
        });
    }
    QVERIFY(isForecast(DeliveryId(made.at(0))));
    QCOMPARE(made.at(1), made.at(0));
    QCOMPARE(rows.at(1), rows.at(0));
    // And those of the record are given as ever.
    QVERIFY(!isForecast(sendReply(str("an answer"))));
}

void ChangeRecorderTest::anothersChangeIsNotOverwritten()
{
    QByteArray recorded;
    inWriter([&](Writing &writing) {
        ChangeRecorder recorder(writing.database());
        QVERIFY(forecast(writing, makeAction(Act::Claim{m_first}, m_clock.now()), firstForecastId).isApplied());
        recorded = recorder.take();
    });
    QVERIFY(actAs(AgentId(2), Act::SetPriority{m_first, Priority::high}).isApplied());
    const auto done = m_workspace->write<void>(Urgency::interactive, [&recorded](Writing &writing) -> Done {
        revertChanges(writing.database(), {recorded});
        return writing.database().done();
    });
    QCOMPARE(done.result().error().kind, ErrorKind::damaged);
    QCOMPARE(conversation(m_first).assignee, AgentId(1));
}

QTEST_GUILESS_MAIN(ChangeRecorderTest)
#include "tst_changerecorder.moc"
