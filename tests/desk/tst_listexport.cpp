// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/listexport.h"
#include "deskworld.h"

#include <QFile>
#include <QJsonDocument>

#include <algorithm>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// A list goes into a file as it stands on the screen, whole or not at all.
class ListExportTest final : public DeskWorld
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { end(); }
    void tableHasTheListInItsOrder();
    void linesHaveTheMessages();
    void markedOnesAreAll();
    void longListIsWhole();
    void longConversationIsWhole();
    void allThatASearchFindsIsWritten();
    void stoppedOneLeavesNoFile();
    void placeThatIsNoneIsTold();

private:
    [[nodiscard]] Result<qint64> write(ExportWriter::Format format, const QSet<ConversationId> &only = {});
    [[nodiscard]] QList<QByteArray> lines() const;
    [[nodiscard]] QString place() const { return m_folder->filePath(str("list")); }

    ListQuery m_query;
    std::function<bool(double)> m_goesOn;
};

void ListExportTest::init()
{
    begin();
    m_query = {};
    m_query.me = AgentId(1);
    m_query.now = m_clock.now();
    m_goesOn = [](double) { return true; };
    for (const char *author : {"mira", "=ben", "ole"}) {
        m_clock.advance(std::chrono::minutes(1));
        ingest({mention(str(author), str("Where is my, \"parcel\"?"), str(author))});
    }
}

Result<qint64> ListExportTest::write(ExportWriter::Format format, const QSet<ConversationId> &only)
{
    return exportList(m_folder->filePath(str("d.earshot")), {m_query, only, format, place()}, m_goesOn);
}

QList<QByteArray> ListExportTest::lines() const
{
    QFile file(place());
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<QByteArray> lines = file.readAll().split('\n');
    lines.removeLast();
    return lines;
}

void ListExportTest::tableHasTheListInItsOrder()
{
    QCOMPARE(write(ExportWriter::Format::csv).value(), 3);
    QCOMPARE(lines().size(), 4);
    QVERIFY(lines().constFirst().startsWith("id,channel,channelName,network,contact,"));
    QVERIFY(lines().at(1).startsWith("3,"));
    QVERIFY(lines().at(2).startsWith("2,") && lines().at(2).contains(",'=ben,"));
    QVERIFY(lines().at(3).startsWith("1,") && lines().at(3).contains("\"Where is my, \"\"parcel\"\"?\""));
    QVERIFY(act(Act::Claim{ConversationId(2)}).isApplied());
    m_query.view = View::mine;
    QCOMPARE(write(ExportWriter::Format::csv).value(), 1);
    QVERIFY(lines().at(1).startsWith("2,"));
}

void ListExportTest::linesHaveTheMessages()
{
    QVERIFY(act(Act::AddNote{m_first, str("ask the warehouse")}).isApplied());
    QCOMPARE(write(ExportWriter::Format::jsonLines).value(), 3);
    QStringList told;
    for (const QByteArray &line : lines()) {
        const QJsonObject row = QJsonDocument::fromJson(line).object();
        told.append(row.value(str("type")).toString() + QLatin1Char(' ') +
                    QString::number(row.value(str("conversation")).toInt(row.value(str("id")).toInt())) +
                    QLatin1Char(' ') + row.value(str("kind")).toString());
    }
    QCOMPARE(told, (QStringList{str("conversation 3 "), str("message 3 inbound"), str("conversation 2 "),
                                str("message 2 inbound"), str("conversation 1 "), str("message 1 inbound"),
                                str("message 1 note")}));
}

void ListExportTest::markedOnesAreAll()
{
    QVERIFY(act(Act::SetStatus{ConversationId(2), Status::resolved, Reason::noAnswerNeeded, {}}).isApplied());
    QCOMPARE(write(ExportWriter::Format::csv, {ConversationId(1), ConversationId(2), ConversationId(3)}).value(), 3);
    QCOMPARE(lines().size(), 4);
    QVERIFY(lines().at(1).startsWith("3,") && lines().at(2).startsWith("1,") && lines().at(3).startsWith("2,"));
}

/// More than is read at once, also of what is not read whole.
void ListExportTest::longListIsWhole()
{
    QList<RemoteMessage> many;
    for (int n = 0; n < 5'100; ++n)
        many.append(mention(str("m%1").arg(n), str("text"), str("author%1").arg(n)));
    ingest(many);
    QCOMPARE(write(ExportWriter::Format::csv).value(), 5'103);
    QSet<QByteArray> numbers;
    for (const QByteArray &line : lines())
        numbers.insert(line.left(line.indexOf(',')));
    QCOMPARE(numbers.size(), 5'104);
    QList<double> shares;
    m_goesOn = [&shares](double share) {
        shares.append(share);
        return true;
    };
    m_query.channel = m_channel;
    m_query.view = View::channel;
    QCOMPARE(write(ExportWriter::Format::csv).value(), 5'103);
    QVERIFY(std::is_sorted(shares.cbegin(), shares.cend()));
    QVERIFY(shares.size() > 20 && shares.constLast() > 0.9);
}

void ListExportTest::longConversationIsWhole()
{
    for (int n = 0; n < 1'005; ++n)
        QVERIFY(act(Act::AddNote{m_first, str("note %1").arg(n)}).isApplied());
    QCOMPARE(write(ExportWriter::Format::jsonLines, {m_first}).value(), 1);
    QCOMPARE(lines().size(), 1'007);
    const QList<QByteArray> told = lines();
    for (int n = 0; n < 1'005; ++n)
        QCOMPARE(QJsonDocument::fromJson(told.at(n + 2)).object().value(str("text")).toString(), str("note %1").arg(n));
}

/// More hits than are looked for at once, also where many are of one conversation.
void ListExportTest::allThatASearchFindsIsWritten()
{
    QList<RemoteMessage> many;
    for (int n = 0; n < 2'100; ++n)
        many.append(mention(str("m%1").arg(n), n % 2 == 0 ? str("a needle") : str("hay"), str("author%1").arg(n)));
    ingest(many);
    for (int n = 0; n < 5; ++n)
        QVERIFY(act(Act::AddNote{m_first, str("needle %1").arg(n)}).isApplied());
    int asked = 0;
    const ListExport needles{m_query, {}, ExportWriter::Format::csv, place(), parseSearch(str("needle"))};
    const auto goesOn = [&asked](double) { return ++asked > 0; };
    QCOMPARE(exportList(m_folder->filePath(str("d.earshot")), needles, goesOn).value(), 1'051);
    QSet<QByteArray> numbers;
    for (const QByteArray &line : lines())
        numbers.insert(line.left(line.indexOf(',')));
    QCOMPARE(numbers.size(), 1'052);
    // The newest hit first.
    QVERIFY(lines().at(1).startsWith("1,"));
    QVERIFY(QFile::remove(place()));
    const auto stops = [&asked](double) { return --asked < 0; };
    QCOMPARE(exportList(m_folder->filePath(str("d.earshot")), needles, stops).error().kind, ErrorKind::cancelled);
    QVERIFY(!QFile::exists(place()));
}

void ListExportTest::stoppedOneLeavesNoFile()
{
    QVERIFY(write(ExportWriter::Format::csv, {m_first}));
    const QList<QByteArray> before = lines();
    m_goesOn = [](double) { return false; };
    QCOMPARE(write(ExportWriter::Format::csv).error().kind, ErrorKind::cancelled);
    QCOMPARE(lines(), before);
    QVERIFY(QFile::remove(place()));
    QCOMPARE(write(ExportWriter::Format::csv).error().kind, ErrorKind::cancelled);
    QVERIFY(!QFile::exists(place()));
}

void ListExportTest::placeThatIsNoneIsTold()
{
    const ListExport nowhere{m_query, {}, ExportWriter::Format::csv, m_folder->filePath(str("none/list.csv"))};
    const auto written = exportList(m_folder->filePath(str("d.earshot")), nowhere, m_goesOn);
    QCOMPARE(written.error().kind, ErrorKind::io);
    QVERIFY(written.error().detail.contains(str("none/list.csv")));
}

QTEST_GUILESS_MAIN(ListExportTest)
#include "tst_listexport.moc"
