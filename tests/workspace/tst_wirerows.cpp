// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/workspace/testrows.h"
#include "workspace/changes.h"
#include "workspace/wirerows.h"
#include "workspace/workspace.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Earshot;

/// The columns of the synchronised tables, as every thread of a program asks for them.
class WireRowsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingIsLearntOfAFailure();
    void whatWasReadStaysWhereItIs();
    void textIsTheObject_data();
    void textIsTheObject();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Database> m_database;
};

void WireRowsTest::initTestCase()
{
    const QString path = m_folder.filePath(QStringLiteral("desk.earshot"));
    QVERIFY(Workspace::create(path, QStringLiteral("Ana"), SystemClock()));
    m_database = std::move(Database::open(path, Database::Mode::readOnly).value());
}

void WireRowsTest::nothingIsLearntOfAFailure()
{
    m_database->setFailure({ErrorKind::io, QStringLiteral("no disk"), {}});
    QVERIFY(wireColumns(*m_database, "agent").isEmpty());
    QVERIFY(m_database->takeFailure());
    QVERIFY(!wireColumns(*m_database, "agent").isEmpty());
}

/// Other threads still read it while the rest is learnt.
void WireRowsTest::whatWasReadStaysWhereItIs()
{
    QList<const QList<WireColumn> *> places;
    QList<const WireColumn *> first;
    for (const QByteArray &table : synchronisedTables()) {
        places.append(&wireColumns(*m_database, table));
        first.append(places.last()->constData());
    }
    for (qsizetype i = 0; i < places.size(); ++i) {
        QCOMPARE(&wireColumns(*m_database, synchronisedTables().at(i)), places.at(i));
        QCOMPARE(places.at(i)->constData(), first.at(i));
    }
}

void WireRowsTest::textIsTheObject_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << QStringLiteral("Bo");
    QTest::newRow("empty") << QString();
    QTest::newRow("quotes") << QStringLiteral("a \"b\" \\ c / d");
    QTest::newRow("lines") << QStringLiteral("a\nb\n\nc\n");
    QTest::newRow("other letters") << QStringLiteral("Grüße, Ζωή, 日本, 👋🏽 \u2028\u202e");
    QString all;
    for (ushort code = 1; code < 0x100; ++code)
        all += QChar(code);
    QTest::newRow("every letter of the first page") << all;
}

/// Rows of every table, written at once, are what is built up.
void WireRowsTest::textIsTheObject()
{
    QFETCH(const QString, text);
    TestRows rows;
    rows.addAgent(2, text);
    rows.addChannel(1, text);
    rows.addIdentity(1, text, text);
    rows.addTag(1, QStringLiteral("t"));
    TestRows::Conversation conversation;
    conversation.id = 1;
    conversation.at = 1'700'000'000'123;
    conversation.waitingSince = -5;
    rows.addConversation(conversation);
    rows.tagConversation(1, 1);
    TestRows::Message message;
    message.id = 1;
    message.conversation = 1;
    message.at = 253'402'300'799'999;
    message.text = text;
    rows.addMessage(message);
    QString quoted = text;
    quoted.replace(u'\'', QStringLiteral("\'\'"));
    rows.run(QStringLiteral("UPDATE message SET mentions = '%1'").arg(quoted));
    int compared = 0;
    for (const QByteArray &table : synchronisedTables()) {
        const QByteArray name = "changes_" + table;
        Statement changes = rows.database().statement(name.constData());
        changes.bind("since", qint64(-1)).bind("limit", qint64(1000));
        while (changes.next()) {
            const auto &columns = wireColumns(rows.database(), table);
            QByteArray written("[");
            appendWireRow(written, changes, columns);
            written += ']';
            QJsonParseError error;
            const QJsonArray read = QJsonDocument::fromJson(written, &error).array();
            QVERIFY2(error.error == QJsonParseError::NoError, written.constData());
            QCOMPARE(read, QJsonArray{wireRow(changes, columns)});
            ++compared;
        }
    }
    QVERIFY(compared >= 7);
}

QTEST_GUILESS_MAIN(WireRowsTest)
#include "tst_wirerows.moc"
