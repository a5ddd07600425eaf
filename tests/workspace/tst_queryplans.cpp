// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "testrows.h"
#include "workspace/changes.h"

#include <QDirIterator>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

/// No statement's cost may grow with the history: none walks a large table, unless its first line says why.
class QueryPlansTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyStatementUsesAnIndex_data();
    void everyStatementUsesAnIndex();
    void aWalkIsNoticed();
    void synchronisedStatementsMatchTheSchema();

private:
    [[nodiscard]] QStringList walksIn(const QString &sql);
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

/// The steps of a statement's plan that walk a large table, by its own name or its name in the statement.
QStringList QueryPlansTest::walksIn(const QString &sql)
{
    static const QStringList large{QStringLiteral("conversation"),  QStringLiteral("message"),
                                   QStringLiteral("identity"),      QStringLiteral("contact"),
                                   QStringLiteral("thread"),        QStringLiteral("journal"),
                                   QStringLiteral("media"),         QStringLiteral("delivery"),
                                   QStringLiteral("outcome"),       QStringLiteral("outgoing"),
                                   QStringLiteral("attempt"),       QStringLiteral("message_version"),
                                   QStringLiteral("message_index"), QStringLiteral("conversation_tag"),
                                   QStringLiteral("note_mention"),  QStringLiteral("tombstone"),
                                   QStringLiteral("seen"),          QStringLiteral("draft")};
    QStringList walks;
    const QStringList plan = m_rows.rows(QStringLiteral("EXPLAIN QUERY PLAN ") + sql);
    for (const QString &step : plan) {
        const QString detail = step.section(u'|', 3);
        if (!detail.startsWith(QLatin1StringView("SCAN ")))
            continue;
        const QString name = detail.section(u' ', 1, 1);
        for (const QString &table : large) {
            // A slice's own tables are as large as a slice.
            const QRegularExpression alias(QStringLiteral("(?<!slice\\.)\\b%1 (AS )?%2\\b").arg(table, name));
            const QRegularExpression plain(QStringLiteral("\\b(FROM|JOIN) (main\\.)?%1\\b").arg(table));
            if ((name == table && plain.match(sql).hasMatch()) || (name.size() <= 2 && alias.match(sql).hasMatch()))
                walks.append(detail);
        }
    }
    return walks;
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
    if (text.startsWith(QLatin1StringView("CREATE TABLE slice.")) && text.trimmed().endsWith(u"LIMIT 0;"))
        return;
    const QStringList walks = walksIn(text);
    if (text.startsWith(QLatin1StringView("-- scans: ")))
        return;
    QVERIFY2(walks.isEmpty(), qPrintable(walks.join(u'\n')));
}

void QueryPlansTest::aWalkIsNoticed()
{
    QCOMPARE(walksIn(QStringLiteral("SELECT count(*) FROM message AS m WHERE m.text = 'x'")).size(), 1);
    QCOMPARE(walksIn(QStringLiteral("SELECT * FROM conversation WHERE subject = 'x'")).size(), 1);
    QVERIFY(walksIn(QStringLiteral("SELECT * FROM conversation WHERE id = 3")).isEmpty());
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
