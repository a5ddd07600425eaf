// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/comparing.h"
#include "tests/replica/wirereplicaserver.h"
#include "tests/server/follower.h"
#include "workspace/addressindex.h"
#include "workspace/mediafolder.h"
#include "workspace/queries.h"
#include "workspace/schema.h"
#include "workspace/slice.h"
#include "workspace/upkeep.h"
#include "workspace/workspace.h"

#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// Its indexes and triggers.
QStringList partsOf(Workspace &workspace)
{
    return workspace
        .readNow<QStringList>([](Database &database) -> Result<QStringList> {
            QStringList parts;
            Statement find = database.statement("select_schema_parts");
            while (find.next())
                parts.append(find.text(0));
            parts.sort();
            return database.result(parts);
        })
        .value_or(QStringList());
}

bool hasAddressIndexIn(Workspace &workspace)
{
    return workspace
        .readNow<bool>([](Database &database) -> Result<bool> { return database.result(hasAddressIndex(database)); })
        .value_or(false);
}

} // namespace

/// A replica's file against a real server: it ends with the same rows, wherever it was interrupted.
class SyncTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void everybodyEndsEqual_data();
    void everybodyEndsEqual();
    void othersGoOnMeanwhile();
    void everyRequestMayFail();
    void everyWriteMayFail();
    void itMayBeClosedAnywhere();
    void aNearlyFullDiskTakesOneAtATime();
    void whatHasComeMakesRoom();
    void othersComeWhileSomeArePutIn();
    void whatLiesSideBySideIsTakenTogether();
    void addressesAreIndexedWhenAllIsHere();
    void aMissingIndexIsMadeTheNextTime();
    void unpackedSlicesOfAKilledRunGo();
    void spoiltPieceIsFetchedAgain();
    void withdrawnChannelLeavesNothing();
    void anotherWorkspaceStartsOver();
    void whatItsAgentTypedStays();
    void rowsOfOlderFormAreFetchedAnew();
    void rowsOfOlderFormAreReadMeanwhile();
    void anOlderServerIsFollowed();
    void sliceOfAnOlderServerIsTaken();
    void whatIsNotKnownYetIsPassedOver();
    void aNameMayHoldAPattern();
    void onlyReplicasAreOpened();
    void doesNothingOfItsOwn();

private:
    [[nodiscard]] std::unique_ptr<ReplicaFile> open(const QString &name, AgentId agent = ServerWorld::ana);
    void compare(ReplicaFile &file, AgentId agent);
    void change();
    void makeSlices();

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
    int m_changes = 0;
};

void SyncTest::init()
{
    m_world = std::make_unique<ServerWorld>(smallSlices(), 12);
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("red")}).isApplied());
    QVERIFY(m_world->act(Act::AddNote{ConversationId(2), str("for @Kim")}).isApplied());
}

std::unique_ptr<ReplicaFile> SyncTest::open(const QString &name, AgentId agent)
{
    const QString path = m_folder->filePath(name);
    if (!QFile::exists(path)) {
        const Done made =
            ReplicaFile::create(path, {str("http://127.0.0.1"), m_world->account(), agent}, m_world->clock());
        if (!made)
            qFatal("%s", qPrintable(made.error().detail));
    }
    auto file = ReplicaFile::open(path, m_world->clock());
    if (!file)
        qFatal("%s", qPrintable(file.error().detail));
    return std::move(*file);
}

void SyncTest::compare(ReplicaFile &file, AgentId agent)
{
    QCOMPARE(differences(*m_world, file.workspace(), agent), QStringList());
    QCOMPARE(partsOf(file.workspace()), partsOf(m_world->workspace()));
}

void SyncTest::change()
{
    ++m_changes;
    m_world->receive(ServerWorld::open, str("new%1").arg(m_changes), str("freshword %1").arg(m_changes));
    QVERIFY(m_world->act(Act::Claim{ConversationId(1 + m_changes % 12)}, ServerWorld::kim).isApplied());
    QVERIFY(m_world->act(Act::AddTag{ConversationId(3), str("tag%1").arg(m_changes)}).isApplied());
    QVERIFY(m_world->act(Act::RemoveTag{ConversationId(3), str("tag%1").arg(m_changes)}).isApplied());
}

void SyncTest::everybodyEndsEqual_data()
{
    QTest::addColumn<int>("agent");
    QTest::newRow("admin") << 1;
    QTest::newRow("of the team") << 2;
    QTest::newRow("of no team") << 3;
    QTest::newRow("viewer") << 4;
}

void SyncTest::everybodyEndsEqual()
{
    QFETCH(int, agent);
    const auto file = open(str("replica.earshot"), AgentId(agent));
    WireReplicaServer server(*m_world, AgentId(agent));
    double share = 0;
    int asked = 0;
    int grown = 0; // while nothing arrived
    const Done joined = ReplicaSync(*file, server, smallSizes()).run([&](double now) {
        QVERIFY(now >= share && now <= 1);
        grown += now > share && server.asked == asked ? 1 : 0;
        share = now;
        asked = server.asked;
    });
    QVERIFY2(grown > 5, qPrintable(QString::number(grown)));
    QVERIFY2(joined, qPrintable(joined ? QString() : joined.error().detail));
    QVERIFY(share > 0);
    QVERIFY(file->isComplete());
    compare(*file, AgentId(agent));
    for (int round = 0; round < 3; ++round) {
        change();
        QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
        compare(*file, AgentId(agent));
    }
    const int before = server.asked;
    ReplicaSync calm(*file, server, smallSizes());
    QVERIFY(calm.run());
    QCOMPARE(calm.changedRows(), 0);
    QCOMPARE(server.asked - before, 1);
}

/// Each answer is of another moment; where nothing more follows, the file is as the server was then.
void SyncTest::othersGoOnMeanwhile()
{
    const auto file = open(str("replica.earshot"));
    WireReplicaServer server(*m_world, ServerWorld::ana);
    int left = 8;
    server.meanwhile = [&] {
        // More than one answer takes.
        if (left-- > 0) {
            change();
            change();
        }
    };
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(left < 0);
    compare(*file, ServerWorld::ana);
}

void SyncTest::everyRequestMayFail()
{
    int failed = 0;
    for (int k = 1;; ++k) {
        const QString name = str("k%1.earshot").arg(k);
        WireReplicaServer server(*m_world, ServerWorld::ana);
        server.failAt = k;
        bool hasFailed = false;
        for (int run = 0; run < 2; ++run) {
            // Anew, as after the program has ended.
            const auto file = open(name);
            const Done done = ReplicaSync(*file, server, smallSizes()).run();
            hasFailed = hasFailed || !done;
            server.failAt = 0;
            if (run == 0)
                QCOMPARE(done.has_value(), server.asked < k); // how often it asks depends on how fast slices are made
            else
                QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
            if (done)
                compare(*file, ServerWorld::ana);
        }
        if (!hasFailed)
            break;
        ++failed;
        if (k % 5 == 0)
            change();
    }
    QVERIFY(failed > 15);
}

/// All of them are there afterwards.
void SyncTest::makeSlices()
{
    const auto file = open(str("first.earshot"));
    WireReplicaServer server(*m_world, ServerWorld::ana);
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
}

void SyncTest::everyWriteMayFail()
{
    makeSlices();
    int failed = 0;
    for (int k = 1;; k += 1 + k / 6) {
        const QString name = str("k%1.earshot").arg(k);
        WireReplicaServer server(*m_world, ServerWorld::ana);
        std::atomic<int> accesses = 0;
        bool isDone = false;
        {
            const auto file = open(name);
            Database::setFault([&]() -> std::optional<Error> {
                // The server's own are not meant.
                const bool isHere = QThread::currentThread() == QCoreApplication::instance()->thread() ||
                                    QThread::currentThread()->objectName() == str("writer");
                // Every second time there is no room afterwards either.
                if (server.isAsking || !isHere || ++accesses < k || (accesses > k && k % 2 == 0))
                    return {};
                return Error{ErrorKind::diskFull, str("no room"), {}};
            });
            const Done done = ReplicaSync(*file, server, smallSizes()).run();
            Database::setFault({});
            isDone = done.has_value();
            // Of a statement that keeps something in a temporary file: this disk has room, so it is that folder's.
            const bool isOfFolder = !done && done.error().kind == ErrorKind::io &&
                                    done.error().detail.contains(str("temporary files lie in"));
            QVERIFY(done || isOfFolder || done.error().kind == ErrorKind::diskFull);
        }
        const auto file = open(name);
        QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
        compare(*file, ServerWorld::ana);
        if (isDone && accesses < k)
            break;
        ++failed;
    }
    QVERIFY(failed > 20);
}

/// Between two pieces of what is put in, too: it waits for no more of them, and the next run goes on.
void SyncTest::itMayBeClosedAnywhere()
{
    makeSlices();
    int partly = 0;
    for (int k = 1;; k += 1 + k / 4) {
        const QString name = str("k%1.earshot").arg(k);
        WireReplicaServer server(*m_world, ServerWorld::ana);
        server.closeAt = k;
        Done done;
        {
            const auto file = open(name);
            done = ReplicaSync(*file, server, smallSizes()).run();
            QVERIFY(done || done.error().kind == ErrorKind::cancelled);
            QVERIFY2(done || server.questions <= k + 1, qPrintable(QString::number(server.questions)));
            const auto rows = file->workspace().readNow<QStringList>(
                [](Database &database) -> Result<QStringList> { return tableRows(database, "agent"); });
            partly += !file->isUsable() && !rows->isEmpty() ? 1 : 0;
        }
        server.closeAt = 0;
        const auto file = open(name);
        QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
        compare(*file, ServerWorld::ana);
        if (done)
            break;
    }
    QVERIFY2(partly > 3, qPrintable(QString::number(partly)));
}

/// There is room for one that is unpacked, and not for two.
void SyncTest::aNearlyFullDiskTakesOneAtATime()
{
    makeSlices();
    const auto file = open(str("replica.earshot"));
    WireReplicaServer server(*m_world, ServerWorld::ana);
    std::atomic<int> refused = 0;
    // The writer may have other work before those that were too many have left their room.
    std::atomic<bool> hasRoom = true;
    Database::setFault([&]() -> std::optional<Error> {
        if (server.isAsking || QThread::currentThread()->objectName() != str("writer"))
            return {};
        if (QDir(m_folder->path()).entryList({str("*-plain")}, QDir::Files).size() < 2) {
            hasRoom = true;
            return {};
        }
        refused += hasRoom.exchange(false) ? 1 : 0;
        return Error{ErrorKind::diskFull, str("no room"), {}};
    });
    const Done done = ReplicaSync(*file, server, smallSizes()).run();
    Database::setFault({});
    QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
    QCOMPARE(refused.load(), 1);
    compare(*file, ServerWorld::ana);
}

/// A slice does not fit beside those that wait to be taken: they are, before anything is said.
void SyncTest::whatHasComeMakesRoom()
{
    makeSlices();
    const auto file = open(str("replica.earshot"));
    WireReplicaServer server(*m_world, ServerWorld::ana);
    const QList<ListedSlice> slices = server.slices()->slices;
    server.noRoomFor = slices.constLast().blob;
    const Done done = ReplicaSync(*file, server, smallSizes()).run();
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::diskFull);
    for (const ListedSlice &slice : slices)
        QCOMPARE(file->hasSlice(slice.id), slice.blob != server.noRoomFor);
    server.noRoomFor.clear();
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    compare(*file, ServerWorld::ana);
}

/// Who waits for the writer fetches the next ones.
void SyncTest::othersComeWhileSomeArePutIn()
{
    makeSlices();
    const auto file = open(str("replica.earshot"));
    WireReplicaServer server(*m_world, ServerWorld::ana);
    const QList<ListedSlice> slices = server.slices()->slices;
    ReplicaSync::Sizes sizes = smallSizes();
    sizes.together = 3;
    qsizetype most = 0;
    QVERIFY(ReplicaSync(*file, server, sizes).run([&](double) {
        const auto in = std::ranges::count_if(slices, [&](const ListedSlice &one) { return file->hasSlice(one.id); });
        most = std::max(most, server.fetched.size() - qsizetype(in));
    }));
    QVERIFY2(most > sizes.together && most <= 2 * sizes.together, qPrintable(QString::number(most)));
    compare(*file, ServerWorld::ana);
}

/// When there is something to work with, all channels' conversations of one time come at once: those of some of them
/// would change pages that those of the others change again.
void SyncTest::whatLiesSideBySideIsTakenTogether()
{
    makeSlices();
    const auto file = open(str("replica.earshot"));
    WireReplicaServer server(*m_world, ServerWorld::ana);
    const QList<ListedSlice> slices = server.slices()->slices;
    const auto isIn = [&](const ListedSlice &one) { return file->hasSlice(one.id); };
    qsizetype before = 0;
    int ends = 0; // of several slices of a kind
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run([&](double) {
        const auto in = qsizetype(std::ranges::find_if_not(slices, isIn) - slices.cbegin());
        const QList<ListedSlice> taken = slices.mid(before, in - before);
        const bool isFirst = before == 0;
        before = in;
        if (isFirst || taken.isEmpty() || in == slices.size() || slices.at(in).kind != taken.constLast().kind)
            return;
        ++ends;
        QVERIFY(std::ranges::any_of(taken, [&](const ListedSlice &one) {
            return one.kind == slices.at(in).kind && one.channel == slices.at(in).channel;
        }));
    }));
    QVERIFY(ends > 0);
    compare(*file, ServerWorld::ana);
}

/// Until then nothing is said of them, and what shows them does not walk through all messages.
void SyncTest::addressesAreIndexedWhenAllIsHere()
{
    makeSlices();
    const auto file = open(str("replica.earshot"));
    QVERIFY(verifyWorkspace(file->path()));
    WireReplicaServer server(*m_world, ServerWorld::ana);
    int without = 0;
    const Done joined = ReplicaSync(*file, server, smallSizes()).run([&](double) {
        without += hasAddressIndexIn(file->workspace()) ? 0 : 1;
        const auto twins = file->workspace().readNow<int>([](Database &database) -> Result<int> {
            Statement list = database.statement("list_twins");
            list.bind("message", 1);
            int found = 0;
            while (list.next())
                ++found;
            return database.result(found);
        });
        QVERIFY(twins && *twins == 0);
    });
    QVERIFY(joined);
    QVERIFY(without > 0);
    compare(*file, ServerWorld::ana);
    QVERIFY(file->startOver());
    QVERIFY(!hasAddressIndexIn(file->workspace()));
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    compare(*file, ServerWorld::ana);
}

/// A run that was killed, or an older program, left the replica without it.
void SyncTest::aMissingIndexIsMadeTheNextTime()
{
    makeSlices();
    auto file = open(str("replica.earshot"));
    WireReplicaServer server(*m_world, ServerWorld::ana);
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(file->isComplete());
    QVERIFY(!file->isToIndex());
    const auto dropped = file->workspace().writeAlone([](Writing &writing) -> Done {
        dropAddressIndex(writing.database());
        return writing.database().done();
    });
    QVERIFY(dropped.result());
    QVERIFY(!hasAddressIndexIn(file->workspace()));
    file.reset();
    file = open(str("replica.earshot"));
    QVERIFY(file->isToIndex());
    bool isTold = false;
    connect(&file->workspace(), &Workspace::committed, this,
            [&](const CommitNotice &notice) { isTold = isTold || notice.hasChannels; });
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(hasAddressIndexIn(file->workspace()));
    QTRY_VERIFY(isTold);
    compare(*file, ServerWorld::ana);
}

void SyncTest::unpackedSlicesOfAKilledRunGo()
{
    static_cast<void>(open(str("replica.earshot")));
    const QString packed = str("replica.earshot.slice-") + QString(64, u'0');
    const QStringList names{packed, packed + str("-plain"), str("replica.earshot.slice")};
    for (const QString &name : names) {
        QFile slice(m_folder->filePath(name));
        QVERIFY(slice.open(QIODevice::WriteOnly));
    }
    const auto left = [this] { return QDir(m_folder->path()).entryList({str("*.slice*")}, QDir::Files); };
    {
        const auto owner = open(str("replica.earshot"));
        // What has arrived need not come again.
        QCOMPARE(left(), QStringList(packed));
        // Of a run that goes on: nobody who looks on from beside takes it away.
        QFile slice(m_folder->filePath(names.at(1)));
        QVERIFY(slice.open(QIODevice::WriteOnly));
        const auto beside =
            Workspace::open(m_folder->filePath(str("replica.earshot")), Workspace::Access::readOnly, m_world->clock());
        QVERIFY(beside);
        QVERIFY(ReplicaFile::on(**beside));
        QCOMPARE(left().size(), 2);
    }
}

void SyncTest::spoiltPieceIsFetchedAgain()
{
    const auto file = open(str("replica.earshot"));
    WireReplicaServer server(*m_world, ServerWorld::ana);
    server.spoilAt = 3;
    const Done spoilt = ReplicaSync(*file, server, smallSizes()).run();
    QVERIFY(!spoilt);
    QCOMPARE(spoilt.error().kind, ErrorKind::malformed);
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    compare(*file, ServerWorld::ana);
    // Nothing lies about.
    QCOMPARE(QDir(m_folder->path()).entryList({str("*slice*")}, QDir::Files), QStringList());
}

void SyncTest::withdrawnChannelLeavesNothing()
{
    const auto everything = [this] {
        QByteArray bytes;
        for (const char *end : {"", "-wal"}) {
            QFile file(m_folder->filePath(str("replica.earshot") + str(end)));
            if (file.open(QIODevice::ReadOnly))
                bytes += file.readAll();
        }
        return bytes;
    };
    const auto file = open(str("replica.earshot"), ServerWorld::kim);
    WireReplicaServer server(*m_world, ServerWorld::kim);
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(everything().contains("secretword"));
    const Result<QString> picture = keepMediaBytes(file->workspace().mediaFolder(), "of that channel");
    QVERIFY(picture);
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(!everything().contains("secretword"));
    QVERIFY(!QFile::exists(file->workspace().mediaFolder() + u'/' + *picture));
    QVERIFY(everything().contains("openword"));
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, true}).isApplied());
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(everything().contains("secretword"));
    compare(*file, ServerWorld::kim);
}

void SyncTest::anotherWorkspaceStartsOver()
{
    {
        const auto file = open(str("replica.earshot"));
        WireReplicaServer server(*m_world, ServerWorld::ana);
        QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    }
    // As after a restored backup: another incarnation, and less than the replica knows.
    m_world = std::make_unique<ServerWorld>(smallSlices(), 2);
    const auto file = open(str("replica.earshot"));
    WireReplicaServer server(*m_world, ServerWorld::ana);
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    compare(*file, ServerWorld::ana);
}

/// Also when everything else goes, as after a change of what its agent may see.
void SyncTest::whatItsAgentTypedStays()
{
    const auto file = open(str("replica.earshot"), ServerWorld::kim);
    WireReplicaServer server(*m_world, ServerWorld::kim);
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    {
        LocalDesk desk(file->workspace(), ServerWorld::kim);
        DraftRecord draft;
        draft.conversation = ConversationId(1);
        draft.text = str("half a sentence");
        desk.saveDraft(draft);
        desk.saveSetting(str("colour"), str("blue"));
        desk.markSeen(ConversationId(3), MessageId(5));
        QVERIFY(desk.flushPersonal().result());
    }
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    const auto drafts = file->workspace().readNow<QList<DraftRecord>>(
        [](Database &database) { return loadDrafts(database, ServerWorld::kim, ConversationId(1)); });
    QVERIFY(drafts);
    QCOMPARE(drafts->size(), 1);
    QCOMPARE(drafts->constFirst().text, str("half a sentence"));
    const auto setting = file->workspace().readNow<QString>(
        [](Database &database) -> Result<QString> { return loadSetting(database, ServerWorld::kim, str("colour")); });
    QCOMPARE(setting.value(), str("blue"));
}

/// After an update of the program that knows more columns than who fetched them did.
void SyncTest::rowsOfOlderFormAreFetchedAnew()
{
    const auto forget = [this](const char *value) {
        auto database = Database::open(m_folder->filePath(str("replica.earshot")), Database::Mode::readWrite);
        (*database)->execute(QString::fromUtf8(value));
        QVERIFY((*database)->done());
    };
    {
        const auto file = open(str("replica.earshot"));
        WireReplicaServer server(*m_world, ServerWorld::ana);
        QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    }
    // A column that came empty with the migration.
    forget("UPDATE message SET language = ''; UPDATE conversation SET subject = 'older';"
           "UPDATE meta SET value = '1' WHERE name = 'replica_form'");
    const auto file = open(str("replica.earshot"));
    WireReplicaServer server(*m_world, ServerWorld::ana);
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    compare(*file, ServerWorld::ana);
}

/// Wherever the line breaks: the old rows are there until the new ones are.
void SyncTest::rowsOfOlderFormAreReadMeanwhile()
{
    {
        const auto file = open(str("replica.earshot"));
        WireReplicaServer server(*m_world, ServerWorld::ana);
        QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    }
    {
        auto database = Database::open(m_folder->filePath(str("replica.earshot")), Database::Mode::readWrite);
        (*database)->execute(str("UPDATE message SET language = 'xx'; UPDATE conversation SET subject = 'older';"
                                 "UPDATE meta SET value = '1' WHERE name = 'replica_form'"));
        QVERIFY((*database)->done());
    }
    change();
    int failed = 0;
    for (int k = 1;; ++k) {
        const auto file = open(str("replica.earshot"));
        WireReplicaServer server(*m_world, ServerWorld::ana);
        server.failAt = k;
        const Done done = ReplicaSync(*file, server, smallSizes()).run();
        const auto here = file->workspace().readNow<QStringList>(
            [](Database &database) -> Result<QStringList> { return tableRows(database, "conversation"); });
        QVERIFY2(here->size() >= 24, qPrintable(QString::number(here->size())));
        QVERIFY(file->isComplete());
        if (done) {
            compare(*file, ServerWorld::ana);
            QVERIFY(!file->isOfOlderForm());
            break;
        }
        ++failed;
    }
    QVERIFY(failed > 3);
}

/// What it does not have is as it is where nobody said anything; when it has it, it is fetched.
void SyncTest::anOlderServerIsFollowed()
{
    ServerEra older;
    older.form = newestSynchronisedVersion() - 1;
    const auto file = open(str("replica.earshot"));
    QVERIFY(file->enterEra(older));
    WireReplicaServer server(*m_world, ServerWorld::ana);
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    const int listings = server.listings;
    server.spoil = [](QList<ServerCall> &answers) {
        QJsonObject rows = answers[0].object.value(str("rows")).toObject();
        QJsonArray messages;
        for (const QJsonValue &message : rows.value(str("Message")).toArray()) {
            QJsonObject less = message.toObject();
            less.remove(str("language"));
            messages.append(less);
        }
        rows.insert(str("Message"), messages);
        answers[0].object.insert(str("rows"), rows);
    };
    change();
    const Done done = ReplicaSync(*file, server, smallSizes()).run();
    QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
    compare(*file, ServerWorld::ana);
    QVERIFY(!file->isOfOlderForm());
    QCOMPARE(server.listings, listings);
    // It is brought up to date.
    server.spoil = {};
    older.form = newestSynchronisedVersion();
    QVERIFY(file->enterEra(older));
    QVERIFY(file->isOfOlderForm());
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QVERIFY(server.listings > listings);
    QVERIFY(!file->isOfOlderForm());
    compare(*file, ServerWorld::ana);
}

void SyncTest::sliceOfAnOlderServerIsTaken()
{
    const QString slice = m_folder->filePath(str("slice"));
    QVERIFY(writeSlice(m_world->workspace().path(), slice, {SliceKind::workspace}, 100));
    {
        auto database = Database::open(slice, Database::Mode::readWrite);
        (*database)->execute(str("DROP TABLE macro"));
        QVERIFY((*database)->done());
    }
    const auto file = open(str("replica.earshot"));
    const Done taken = file->takeSlices({{str("0"), str("x-1"), slice}}, {}, {});
    QVERIFY2(taken, qPrintable(taken ? QString() : taken.error().detail));
    const auto agents = file->workspace().readNow<QStringList>(
        [](Database &database) -> Result<QStringList> { return tableRows(database, "agent"); });
    QCOMPARE(agents->size(), 4);
}

/// The server is of a newer version, with a type more.
void SyncTest::whatIsNotKnownYetIsPassedOver()
{
    const auto file = open(str("replica.earshot"));
    WireReplicaServer server(*m_world, ServerWorld::ana);
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    change();
    server.spoil = [](QList<ServerCall> &answers) {
        QJsonObject &answer = answers[0].object;
        QJsonObject rows = answer.value(str("rows")).toObject();
        rows.insert(str("Gadget"), QJsonArray{QJsonObject{{str("id"), str("1")}, {str("seq"), 70}}});
        answer.insert(str("rows"), rows);
        QJsonArray gone = answer.value(str("destroyed")).toArray();
        gone.append(QJsonObject{{str("type"), str("Gadget")}, {str("id"), str("2")}, {str("seq"), 71}});
        answer.insert(str("destroyed"), gone);
    };
    const Done done = ReplicaSync(*file, server, smallSizes()).run();
    QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
    compare(*file, ServerWorld::ana);
}

void SyncTest::aNameMayHoldAPattern()
{
    const auto file = open(str("desk[1].earshot"));
    WireReplicaServer server(*m_world, ServerWorld::ana);
    server.spoilAt = 2;
    QVERIFY(!ReplicaSync(*file, server, smallSizes()).run());
    QFile old(m_folder->filePath(str("desk[1].earshot.slice-") + QString(64, u'0')));
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.close();
    QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    QCOMPARE(QDir(m_folder->path()).entryList({str("*slice*")}, QDir::Files), QStringList());
}

void SyncTest::onlyReplicasAreOpened()
{
    const QString path = m_folder->filePath(str("own.earshot"));
    QCOMPARE(ReplicaFile::open(path, m_world->clock()).error().kind, ErrorKind::notFound);
    QVERIFY(Workspace::create(path, str("Ana"), m_world->clock()));
    QCOMPARE(ReplicaFile::open(path, m_world->clock()).error().kind, ErrorKind::invalid);
    QCOMPARE(ReplicaFile::describe(path).error().kind, ErrorKind::invalid);
    const ReplicaSource source{str("https://desk.example"), str("w"), AgentId(2)};
    QCOMPARE(ReplicaFile::create(path, source, m_world->clock()).error().kind, ErrorKind::invalid);
    const QString replica = m_folder->filePath(str("replica.earshot"));
    QVERIFY(ReplicaFile::create(replica, source, m_world->clock()));
    const auto held = ReplicaFile::open(replica, m_world->clock());
    QVERIFY(held.has_value());
    QCOMPARE(ReplicaFile::open(replica, m_world->clock()).error().kind, ErrorKind::locked);
    const auto described = ReplicaFile::describe(replica);
    QVERIFY(described.has_value());
    QCOMPARE(described->source, source);
    QVERIFY(!described->isComplete);
}

void SyncTest::doesNothingOfItsOwn()
{
    const QString path = m_folder->filePath(str("replica.earshot"));
    {
        const auto file = open(str("replica.earshot"));
        WireReplicaServer server(*m_world, ServerWorld::ana);
        QVERIFY(ReplicaSync(*file, server, smallSizes()).run());
    }
    const QString copy = m_folder->filePath(str("copy.earshot"));
    QVERIFY(QFile::copy(path, copy));
    for (const QString &name : {path, copy}) {
        const auto workspace = Workspace::open(name, Workspace::Access::owner, m_world->clock());
        QVERIFY2(workspace.has_value(), qPrintable(workspace ? QString() : workspace.error().detail));
        QCOMPARE((*workspace)->origin(), Workspace::Origin::replica);
        QVERIFY((*workspace)->isCourierOff());
        QCOMPARE((*workspace)->adopt().result().error().kind, ErrorKind::refused);
        LocalDesk desk(**workspace, ServerWorld::ana);
        const Outcome outcome =
            desk.perform({makeAction(Act::Claim{ConversationId(5)}, m_world->clock().now())}).result().constFirst();
        QCOMPARE(outcome.refusal.kind, RefusalKind::notPossible);
        QCOMPARE(outcome.refusal.detail, str("replica"));
    }
}

QTEST_GUILESS_MAIN(SyncTest)
#include "tst_sync.moc"
