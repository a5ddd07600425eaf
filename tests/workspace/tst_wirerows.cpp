// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/changes.h"
#include "workspace/wirerows.h"
#include "workspace/workspace.h"

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

QTEST_GUILESS_MAIN(WireRowsTest)
#include "tst_wirerows.moc"
