// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/generator.h"
#include "workspace/changes.h"
#include "workspace/wirerows.h"
#include "workspace/workspace.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <limits>

using namespace Earshot;

namespace {

class FixedClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return timeFromMs(1'800'000'000'000); }
};

} // namespace

/// The reference workspace is the same on every machine, and has the shares that the benchmarks speak of.
class GeneratorTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void sameSeedMakesTheSameRows();
    void sharesAreThose();

private:
    using Rows = QMap<QByteArray, QJsonArray>; ///< by table
    [[nodiscard]] static Rows make(qint64 conversations, quint32 seed);
};

GeneratorTest::Rows GeneratorTest::make(qint64 conversations, quint32 seed)
{
    const QTemporaryDir folder;
    const FixedClock clock;
    const QString path = folder.filePath(QStringLiteral("r.earshot"));
    Rows rows;
    if (!generateWorkspace(path, conversations, conversations * 5, seed, clock, {}))
        return rows;
    const auto workspace = Workspace::open(path, Workspace::Access::readOnly, clock);
    const auto read = (*workspace)->readNow<bool>([&rows](Database &database) -> Result<bool> {
        for (const QByteArray &table : synchronisedTables()) {
            const QByteArray name = "changes_" + table;
            Statement changes = database.statement(name.constData());
            changes.bind("since", 0).bind("limit", std::numeric_limits<qint64>::max());
            while (changes.next()) {
                QJsonObject row = wireRow(changes, wireColumns(database, table));
                // Every file has an owner of its own.
                if (table == "agent" && rows[table].isEmpty())
                    row.remove(QStringLiteral("uuid"));
                rows[table].append(row);
            }
        }
        return true;
    });
    return read ? rows : Rows();
}

void GeneratorTest::sameSeedMakesTheSameRows()
{
    const Rows one = make(400, 1);
    const Rows same = make(400, 1);
    QVERIFY(one.value("message").size() == 2000 && one.value("conversation").size() == 400);
    for (const QByteArray &table : one.keys()) {
        for (qsizetype i = 0; i < std::max(one.value(table).size(), same.value(table).size()); ++i)
            QCOMPARE(same.value(table).at(i).toObject(), one.value(table).at(i).toObject());
    }
    QVERIFY(make(400, 2).value("message") != one.value("message"));
}

void GeneratorTest::sharesAreThose()
{
    const Rows rows = make(4000, 1);
    const auto share = [](const QJsonArray &all, const char *member, const QJsonValue &value) {
        const auto has = [&](const QJsonValue &row) {
            return row.toObject().value(QLatin1StringView(member)) == value;
        };
        return double(std::count_if(all.cbegin(), all.cend(), has)) / double(all.size());
    };
    const QJsonArray conversations = rows.value("conversation");
    const QJsonArray messages = rows.value("message");
    QCOMPARE(conversations.size(), 4000);
    QCOMPARE(messages.size(), 20'000);
    QCOMPARE(rows.value("channel").size(), 30);
    const double unresolved = 1 - share(conversations, "status", QStringLiteral("resolved"));
    QVERIFY2(unresolved > 0.005 && unresolved < 0.02, qPrintable(QString::number(unresolved)));
    const double edited = double(rows.value("message_version").size()) / double(messages.size());
    QVERIFY2(edited > 0.01 && edited < 0.03, qPrintable(QString::number(edited)));
    const double lines = double(rows.value("journal").size()) / double(conversations.size());
    QVERIFY2(lines > 2.7 && lines < 3.3, qPrintable(QString::number(lines)));
    const double people = double(rows.value("contact").size()) / double(conversations.size());
    QVERIFY2(people > 0.25 && people < 0.35, qPrintable(QString::number(people)));
    int longest = 0;
    for (const QJsonValue &conversation : conversations)
        longest = std::max(longest, conversation.toObject().value(QLatin1StringView("messageCount")).toInt());
    QVERIFY2(longest > 500, qPrintable(QString::number(longest)));
}

QTEST_GUILESS_MAIN(GeneratorTest)
#include "tst_generator.moc"
