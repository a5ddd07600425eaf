// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "testrows.h"
#include "tests/fulldisk.h"
#include "workspace/upkeep.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTest>

using namespace Earshot;

/// Verifying a workspace and copying it while it is used.
class UpkeepTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_rows.reset(); }
    void soundFileHasNoProblems();
    void eachFaultIsFound_data();
    void eachFaultIsFound();
    void mediaAreCompared();
    void damagedPageIsFound();
    void foreignFileIsAProblem();
    void ownedFileIsVerifiedToo();
    void backupIsWholeWhileTheOwnerWrites();
    void backupNeverReplaces();
    void backupThatFailsLeavesNothing();
    void bothCanBeCancelled();

private:
    [[nodiscard]] VerifyReport verified() { return verifyWorkspace(m_rows->path()).value(); }
    [[nodiscard]] QString mediaFile(const QByteArray &content);
    [[nodiscard]] QString besides(const QString &name) const { return QFileInfo(m_rows->path()).dir().filePath(name); }

    std::unique_ptr<TestRows> m_rows;
    SystemClock m_clock;
};

void UpkeepTest::init()
{
    m_rows = std::make_unique<TestRows>();
    m_rows->addChannel(1, QStringLiteral("Blog"));
    m_rows->addIdentity(1, QStringLiteral("Mira"), QStringLiteral("@mira"));
    for (qint64 id = 1; id <= 20; ++id) {
        m_rows->addConversation({.id = id, .at = id});
        for (qint64 i = 0; i < 5; ++i)
            m_rows->addMessage({.id = id * 10 + i,
                                .conversation = id,
                                .at = id,
                                .text = QStringLiteral("message %1 of %2").arg(i).arg(id),
                                .uri = QStringLiteral("https://a.example/%1/%2").arg(id).arg(i)});
    }
    m_rows->run(QStringLiteral("UPDATE message SET uri_key = id / 3"));
    m_rows->commitNumbers();
}

QString UpkeepTest::mediaFile(const QByteArray &content)
{
    const QString hash =
        QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Blake2b_256).toHex());
    const QString folder = m_rows->path() + QStringLiteral(".media");
    QDir().mkpath(folder);
    QFile file(folder + u'/' + hash);
    if (file.open(QIODevice::WriteOnly))
        file.write(content);
    return hash;
}

void UpkeepTest::soundFileHasNoProblems()
{
    QList<double> shares;
    const VerifyReport report =
        verifyWorkspace(m_rows->path(), [&shares](double share) { shares.append(share); }).value();
    QCOMPARE(report.problems, QStringList());
    QCOMPARE(report.conversations, 20);
    QCOMPARE(report.messages, 100);
    QCOMPARE(report.lastSeq, m_rows->lastSeq());
    QVERIFY(std::is_sorted(shares.cbegin(), shares.cend()));
    QVERIFY(shares.last() > 0.99);
}

void UpkeepTest::eachFaultIsFound_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const char *fault, const char *word) {
        QTest::newRow(name) << QString::fromUtf8(fault) << QString::fromUtf8(word);
    };
    row("missing row", "PRAGMA foreign_keys = OFF; DELETE FROM thread WHERE id = 1000003", "of conversation");
    row("commit missing", "UPDATE commit_log SET first_seq = 5 WHERE first_seq = 2", "commits recorded end at");
    row("commit twice", "UPDATE commit_log SET last_seq = last_seq + 1 WHERE first_seq = 1", "commits recorded end at");
    row("number twice", "UPDATE message SET seq = (SELECT seq FROM tag UNION SELECT seq FROM channel) WHERE id = 10",
        "used twice");
    row("number never given", "UPDATE message SET seq = 999999 WHERE id = 10", "never handed out");
    row("tally", "UPDATE tally SET n = n + 1", "kept counts");
    row("tag tally", "INSERT INTO tag_tally (tag, n) VALUES (9, 1)", "kept counts of tags");
    row("message count", "UPDATE conversation SET message_count = 9 WHERE id = 3", "holds 5 messages but says 9");
    row("same address", "UPDATE message SET uri = 'https://a.example/1/0', uri_key = 3 WHERE id IN (10, 74)",
        "are the same one");
    row("index row missing",
        "INSERT INTO message_index (message_index, rowid, text) "
        "SELECT 'delete', id, text FROM message_search WHERE id = 33",
        "full-text index");
    row("index row too many",
        "INSERT INTO message_index (rowid, text) SELECT 33, 'else' || text FROM message_search "
        "WHERE id = 34",
        "full-text index");
    row("name missing",
        "INSERT INTO identity_index (identity_index, rowid, name, handle) "
        "SELECT 'delete', id, name, handle FROM identity",
        "index of names");
}

void UpkeepTest::eachFaultIsFound()
{
    QFETCH(QString, fault);
    QFETCH(QString, word);
    m_rows->run(fault);
    const QStringList problems = verified().problems;
    QVERIFY2(!problems.filter(word).isEmpty(), qPrintable(problems.join(u'\n')));
    QCOMPARE(problems.size(), problems.filter(word).size());
}

void UpkeepTest::mediaAreCompared()
{
    const QString whole = mediaFile("whole");
    const QString changed = mediaFile("changed");
    const QString missing = mediaFile("missing");
    int id = 0;
    for (const QString &hash : {whole, changed, missing, whole, QString()})
        m_rows->run(QStringLiteral("INSERT INTO media VALUES (%1, %2, %2, 1, 10, %1, '', '', '%3', '', '', 0, 0, 0, 0)")
                        .arg(++id)
                        .arg(m_rows->nextSeq())
                        .arg(hash));
    m_rows->commitNumbers();
    QCOMPARE(verified().problems, QStringList());
    const QString folder = m_rows->path() + QStringLiteral(".media/");
    QFile file(folder + changed);
    QVERIFY(file.open(QIODevice::Append));
    file.write("!");
    file.close();
    QVERIFY(QFile::remove(folder + missing));
    const QStringList problems = verified().problems;
    QCOMPARE(problems.size(), 2);
    QCOMPARE(problems.filter(changed).filter(QStringLiteral("not what it was")).size(), 1);
    QCOMPARE(problems.filter(missing).filter(QStringLiteral("is missing")).size(), 1);
}

void UpkeepTest::damagedPageIsFound()
{
    const qint64 page =
        m_rows->number(QStringLiteral("SELECT rootpage FROM sqlite_master WHERE name = 'message_conversation'"));
    const qint64 size = m_rows->number(QStringLiteral("PRAGMA page_size"));
    const QString path = m_rows->path();
    m_rows->run(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
    QVERIFY(file.seek((page - 1) * size + 200));
    file.write(QByteArray(int(size) - 400, '\x55'));
    file.close();
    const VerifyReport report = verified();
    QVERIFY(!report.isSound());
    QVERIFY(!report.problems.filter(QStringLiteral("restore a backup")).isEmpty());
}

void UpkeepTest::foreignFileIsAProblem()
{
    const QString path = besides(QStringLiteral("other.earshot"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("not a database at all ").repeated(500));
    file.close();
    const Result<VerifyReport> report = verifyWorkspace(path);
    QVERIFY(report);
    QVERIFY(!report->isSound());
    QCOMPARE(verifyWorkspace(besides(QStringLiteral("none"))).error().kind, ErrorKind::notFound);
}

void UpkeepTest::ownedFileIsVerifiedToo()
{
    const auto owner = Workspace::open(m_rows->path(), Workspace::Access::owner, m_clock);
    QVERIFY(owner);
    QCOMPARE(verified().problems, QStringList());
    m_rows->run(QStringLiteral("UPDATE tally SET n = n + 1"));
    QCOMPARE(verified().problems.size(), 1);
    QVERIFY(QDir(QFileInfo(m_rows->path()).path()).entryList({QStringLiteral("*verify*")}).isEmpty());
}

void UpkeepTest::backupIsWholeWhileTheOwnerWrites()
{
    // Large enough for several steps, with a commit between them.
    m_rows->run(QStringLiteral(
        "WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000) "
        "INSERT INTO draft SELECT 1, i, 0, '', hex(randomblob(2000)), '', 0, 0, 0, '', '', '', '', 0 FROM n"));
    const QString hash = mediaFile("picture");
    const QString target = besides(QStringLiteral("copy.earshot"));
    int commits = 0;
    const Done done = backupWorkspace(m_rows->path(), target, [&](double) {
        m_rows->run(QStringLiteral("UPDATE draft SET text = 'new %1' WHERE conversation = %1").arg(++commits));
    });
    QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
    QVERIFY(commits > 2);
    const VerifyReport report = verifyWorkspace(target).value();
    QCOMPARE(report.problems, QStringList());
    QCOMPARE(report.messages, 100);
    QVERIFY(QFile::exists(target + QStringLiteral(".media/") + hash));
    const auto copy = Database::open(target, Database::Mode::readWrite).value().release();
    QCOMPARE(copy->pragma(QStringLiteral("application_id")),
             m_rows->database().pragma(QStringLiteral("application_id")));
    QCOMPARE(copy->pragma(QStringLiteral("user_version")), m_rows->database().pragma(QStringLiteral("user_version")));
    delete copy;
    QCOMPARE(QDir(QFileInfo(target).path()).entryList({QStringLiteral("*.part")}).size(), 0);
}

void UpkeepTest::backupNeverReplaces()
{
    const QString target = besides(QStringLiteral("copy.earshot"));
    QVERIFY(backupWorkspace(m_rows->path(), target));
    QCOMPARE(backupWorkspace(m_rows->path(), target).error().kind, ErrorKind::invalid);
    QCOMPARE(backupWorkspace(besides(QStringLiteral("none")), target).error().kind, ErrorKind::notFound);
}

void UpkeepTest::backupThatFailsLeavesNothing()
{
    const QString target = besides(QStringLiteral("no/such/folder/copy.earshot"));
    QVERIFY(!backupWorkspace(m_rows->path(), target));
    QVERIFY(!QFileInfo::exists(target));
    int accesses = 0;
    for (int failing = 0; failing < 8; ++failing) {
        accesses = 0;
        Database::setFault([&]() -> std::optional<Error> {
            return accesses++ == failing ? std::optional<Error>(Error{ErrorKind::diskFull, {}, {}}) : std::nullopt;
        });
        const QString copy = besides(QStringLiteral("copy%1.earshot").arg(failing));
        const Done done = backupWorkspace(m_rows->path(), copy);
        Database::setFault({});
        QCOMPARE(QFileInfo::exists(copy), done.has_value());
        QVERIFY(!QFileInfo::exists(copy + QStringLiteral(".part")));
    }
    // Wherever the disk is full.
    bool isMade = false;
    for (rlim_t room = 0; !isMade; room += 16'384) {
        const QString copy = besides(QStringLiteral("full.earshot"));
        {
            const FullDisk full(room);
            isMade = backupWorkspace(m_rows->path(), copy).has_value();
        }
        const QStringList left = QFileInfo(copy).dir().entryList({QStringLiteral("full*")});
        QCOMPARE(left, isMade ? QStringList{QStringLiteral("full.earshot")} : QStringList());
    }
}

void UpkeepTest::bothCanBeCancelled()
{
    const QString target = besides(QStringLiteral("copy.earshot"));
    const auto now = [] { return true; };
    const Done done = backupWorkspace(m_rows->path(), target, {}, now);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::cancelled);
    const auto report = verifyWorkspace(m_rows->path(), {}, now);
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::cancelled);
    // Nothing is left that would be taken for a copy.
    QCOMPARE(QFileInfo(target).dir().entryList({QStringLiteral("copy*")}), QStringList());
    // Among the media too.
    static_cast<void>(mediaFile("a picture"));
    static_cast<void>(mediaFile("a film"));
    int looks = 0;
    const auto later = [&looks] { return ++looks > 2; };
    const Done late = backupWorkspace(m_rows->path(), target, {}, later);
    QVERIFY(!late);
    QCOMPARE(late.error().kind, ErrorKind::cancelled);
    QCOMPARE(QFileInfo(target).dir().entryList({QStringLiteral("copy*")}), QStringList());
}

QTEST_GUILESS_MAIN(UpkeepTest)
#include "tst_upkeep.moc"
