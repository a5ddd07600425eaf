// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "testrows.h"
#include "workspace/changes.h"

#include <QDirIterator>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace Earshot;

namespace {

/// Which large table a name in a statement's plan stands for: its own, or one that the statement gives it. Empty for
/// small ones, subqueries and a slice's own tables, which are as large as a slice.
QString largeTableOf(const QString &name, const QString &sql)
{
    static const QStringList large{QStringLiteral("conversation"),
                                   QStringLiteral("message"),
                                   QStringLiteral("identity"),
                                   QStringLiteral("contact"),
                                   QStringLiteral("thread"),
                                   QStringLiteral("journal"),
                                   QStringLiteral("media"),
                                   QStringLiteral("delivery"),
                                   QStringLiteral("outcome"),
                                   QStringLiteral("outgoing"),
                                   QStringLiteral("attempt"),
                                   QStringLiteral("message_version"),
                                   QStringLiteral("message_index"),
                                   QStringLiteral("conversation_tag"),
                                   QStringLiteral("note_mention"),
                                   QStringLiteral("tombstone"),
                                   QStringLiteral("seen"),
                                   QStringLiteral("draft"),
                                   QStringLiteral("unindexed"),
                                   QStringLiteral("identity_index"),
                                   QStringLiteral("unindexed_identity")};
    for (const QString &table : large) {
        const QRegularExpression alias(
            QStringLiteral("(?<!slice\\.)\\b%1\\s+(AS\\s+)?%2\\b").arg(table, QRegularExpression::escape(name)));
        const QRegularExpression plain(QStringLiteral("\\b(FROM|JOIN|UPDATE|,)\\s*(main\\.)?%1\\b").arg(table));
        if (name == QLatin1StringView("main.") + table || (name == table && plain.match(sql).hasMatch()) ||
            alias.match(sql).hasMatch())
            return table;
    }
    return {};
}

} // namespace

/// No statement's cost may grow with the history: none walks a large table or sorts what it read of one, unless it says
/// which, how much and why.
class QueryPlansTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyStatementUsesAnIndex_data();
    void everyStatementUsesAnIndex();
    void aWalkIsNoticed();
    void aSortIsNoticed();
    void synchronisedStatementsMatchTheSchema();

private:
    [[nodiscard]] QStringList planOf(const QString &sql);
    [[nodiscard]] QStringList walksIn(const QString &sql);
    [[nodiscard]] QStringList sortsIn(const QString &sql);
    TestRows m_rows;
};

/// Those that make and read slices name tables of an attached file.
void QueryPlansTest::initTestCase()
{
    m_rows.run(QStringLiteral("ATTACH ':memory:' AS slice"));
    for (const QByteArray &table : synchronisedTables()) {
        const QByteArray name = "slice_create_" + table;
        m_rows.database().statement(name.constData()).run();
    }
    QVERIFY(m_rows.database().done());
}

QStringList QueryPlansTest::planOf(const QString &sql)
{
    QStringList plan = m_rows.rows(QStringLiteral("EXPLAIN QUERY PLAN ") + sql);
    for (QString &step : plan)
        step = step.section(u'|', 3);
    return plan;
}

/// The large tables that a statement walks, unless it says so: `-- scans TABLE, TABLE: why`.
QStringList QueryPlansTest::walksIn(const QString &sql)
{
    static const QRegularExpression said(QStringLiteral("^-- scans ([a-z_, ]+): ."),
                                         QRegularExpression::MultilineOption);
    const QStringList allowed = said.match(sql).captured(1).split(QStringLiteral(", "), Qt::SkipEmptyParts);
    QStringList walks;
    const QStringList plan = planOf(sql);
    for (const QString &step : plan) {
        if (!step.startsWith(QLatin1StringView("SCAN ")))
            continue;
        const QString table = largeTableOf(step.section(u' ', 1, 1), sql);
        if (!table.isEmpty() && !allowed.contains(table))
            walks.append(step);
    }
    return walks;
}

/// The sorts of a statement that reads a large table, unless it says how much it sorts: `-- sorts: at most N ...`.
QStringList QueryPlansTest::sortsIn(const QString &sql)
{
    static const QRegularExpression said(QStringLiteral("^-- sorts: at most .*\\w"),
                                         QRegularExpression::MultilineOption);
    const QStringList plan = planOf(sql);
    const bool readsLarge = std::any_of(plan.cbegin(), plan.cend(), [&sql](const QString &step) {
        const bool isRead =
            step.startsWith(QLatin1StringView("SCAN ")) || step.startsWith(QLatin1StringView("SEARCH "));
        return isRead && !largeTableOf(step.section(u' ', 1, 1), sql).isEmpty();
    });
    if (!readsLarge || said.match(sql).hasMatch())
        return {};
    return plan.filter(QRegularExpression(QStringLiteral("^USE TEMP B-TREE FOR .*ORDER BY")));
}

void QueryPlansTest::everyStatementUsesAnIndex_data()
{
    QTest::addColumn<QString>("file");
    QDirIterator files(QStringLiteral(":/queries"), {QStringLiteral("*.sql")}, QDir::Files);
    while (files.hasNext()) {
        const QString file = files.next();
        QTest::newRow(qPrintable(QFileInfo(file).baseName())) << file;
    }
}

void QueryPlansTest::everyStatementUsesAnIndex()
{
    QFETCH(QString, file);
    QFile sql(file);
    QVERIFY(sql.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(sql.readAll());
    // Made already, and takes no row along.
    if (text.startsWith(QLatin1StringView("CREATE TABLE slice.")))
        return;
    const QStringList walks = walksIn(text);
    QVERIFY2(walks.isEmpty(), qPrintable(walks.join(u'\n') + QStringLiteral(" wants: -- scans TABLE: why")));
    const QStringList sorts = sortsIn(text);
    QVERIFY2(sorts.isEmpty(), qPrintable(sorts.join(u'\n') + QStringLiteral(" wants: -- sorts: at most ...")));
}

void QueryPlansTest::aWalkIsNoticed()
{
    const auto walks = [this](const char *sql) { return walksIn(QString::fromLatin1(sql)).size(); };
    QCOMPARE(walks("SELECT count(*) FROM message AS m WHERE m.text = 'x'"), 1);
    QCOMPARE(walks("SELECT count(*) FROM message AS everything WHERE everything.text = 'x'"), 1);
    QCOMPARE(walks("SELECT count(*) FROM message everything WHERE everything.text = 'x'"), 1);
    QCOMPARE(walks("SELECT * FROM agent, conversation WHERE subject = agent.name"), 1);
    QCOMPARE(walks("SELECT * FROM main.conversation WHERE subject = 'x'"), 1);
    QCOMPARE(walks("SELECT * FROM conversation WHERE subject = 'x'"), 1);
    QCOMPARE(walks("UPDATE conversation SET subject = 'y' WHERE subject = 'x'"), 1);
    QCOMPARE(walks("-- scans conversation: for this test\nSELECT * FROM conversation WHERE subject = 'x'"), 0);
    QCOMPARE(walks("-- scans message: another one\nSELECT * FROM conversation WHERE subject = 'x'"), 1);
    QCOMPARE(walks("-- scans: something\nSELECT * FROM conversation WHERE subject = 'x'"), 1);
    QCOMPARE(walks("SELECT * FROM conversation WHERE id = 3"), 0);
}

void QueryPlansTest::aSortIsNoticed()
{
    const auto sorts = [this](const char *sql) { return sortsIn(QString::fromLatin1(sql)).size(); };
    QCOMPARE(sorts("SELECT id FROM message AS talk WHERE talk.conversation = 3 ORDER BY talk.text"), 1);
    QCOMPARE(sorts("-- sorts: at most 5,000 rows, a conversation\n"
                   "SELECT id FROM message WHERE conversation = 3 ORDER BY text"),
             0);
    QCOMPARE(sorts("-- sorts: \nSELECT id FROM message WHERE conversation = 3 ORDER BY text"), 1);
    QCOMPARE(sorts("SELECT id FROM message WHERE conversation = 3 ORDER BY sort_at DESC, id DESC"), 0);
    QCOMPARE(sorts("SELECT id FROM agent ORDER BY name COLLATE NOCASE"), 0);
}

void QueryPlansTest::synchronisedStatementsMatchTheSchema()
{
    const QString python = QStandardPaths::findExecutable(QStringLiteral("python3"));
    if (python.isEmpty())
        QSKIP("python3 is not installed");
    QProcess check;
    check.start(python,
                {QStringLiteral(EARSHOT_SOURCE_DIR "/tests/workspace/sync_queries.py"), QStringLiteral("--check")});
    QVERIFY(check.waitForFinished());
    QVERIFY2(check.exitCode() == 0, check.readAllStandardOutput().constData());
}

QTEST_GUILESS_MAIN(QueryPlansTest)
#include "tst_queryplans.moc"
