// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/schema.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

using namespace Earshot;

namespace {

QStringList schemaFiles()
{
    return QDir(QStringLiteral(":/schema")).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
}

/// All rows of a statement, a row as one text.
QStringList rows(Database &database, const char *sql)
{
    QStringList found;
    sqlite3_stmt *handle = nullptr;
    if (sqlite3_prepare_v2(database.handle(), sql, -1, &handle, nullptr) != SQLITE_OK)
        return {QString::fromUtf8(sqlite3_errmsg(database.handle()))};
    while (sqlite3_step(handle) == SQLITE_ROW) {
        QStringList row;
        for (int column = 0; column < sqlite3_column_count(handle); ++column)
            row.append(QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(handle, column))));
        found.append(row.join(QLatin1Char('|')));
    }
    sqlite3_finalize(handle);
    return found;
}

/// Every table, index, view and trigger with its text, and every column as SQLite understood it.
/// With how the full-text index is kept.
QStringList schemaOf(Database &database)
{
    const bool hasIndex = !rows(database, "SELECT 1 FROM sqlite_schema WHERE name = 'message_index_config'").isEmpty();
    return (hasIndex ? rows(database, "SELECT k, v FROM message_index_config ORDER BY k") : QStringList()) +
           rows(database, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name") +
           rows(database, "SELECT s.name, c.cid, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk, c.hidden "
                          "FROM sqlite_schema s, pragma_table_xinfo(s.name) c WHERE s.type IN ('table', 'view') "
                          "ORDER BY s.name, c.cid");
}

/// A view of what needs an answer, with a count that an old program kept; a view of everything beside it.
void addViews(Database &database)
{
    const auto add = [&database](const char *uuid, int needsAnswer) {
        database.execute(QStringLiteral("INSERT INTO own_view (uuid, of_agent, name, position, statuses, owner, agent, "
                                        "channels, tags, without_tags, least, needs_answer, is_private, has_trouble, "
                                        "search, list_order, is_grouped) "
                                        "VALUES ('%1', 1, '%1', 1, 15, 0, 0, '', '', '', 0, %2, 0, 0, '', 0, 0)")
                             .arg(QString::fromLatin1(uuid))
                             .arg(needsAnswer));
    };
    add("all", 0);
    add("answer", 1);
    database.execute(QStringLiteral("UPDATE view_filter SET counted_to = 9223372036854775807"));
    database.execute(QStringLiteral("INSERT INTO view_count (view, owner, n) SELECT id, 0, 7 FROM view_filter"));
}

/// A message in an old file, with its words in the index as that version kept them.
void addMessage(Database &database, int version)
{
    database.execute(QStringLiteral("INSERT INTO message (id, seq, created_seq, channel, kind, uri, remote_id, url, "
                                    "parent_uri, sort_at, sent_at, arrived_at, text) "
                                    "VALUES (7, 4, 4, 1, 0, '', '', '', '', 5, 5, 5, 'Das Ladegerät brummt')"));
    if (version < 5)
        return;
    // What the index holds, later also what is to come into it.
    const QString words = version < 29 ? QStringLiteral("message_search") : QStringLiteral("message_words");
    database.execute((version < 8 ? QStringLiteral("INSERT INTO message_index (rowid, text, attributes) "
                                                   "SELECT id, text, attributes FROM ")
                                  : QStringLiteral("INSERT INTO message_index (rowid, text) SELECT id, text FROM ")) +
                     words);
    database.execute(QStringLiteral("DELETE FROM unindexed"));
}

/// Somebody in an old file, with what that version keeps of their names.
void addContact(Database &database, int version)
{
    database.execute(
        QStringLiteral("INSERT INTO contact (id, seq, created_seq) VALUES (8, 5, 5);"
                       "INSERT INTO identity VALUES (8, 6, 6, 1, 8, 'r8', '@jo@a.example', 'Jo Müller', '')"));
    if (version < 40)
        return;
    database.execute(QStringLiteral("INSERT INTO identity_index (rowid, name, handle) "
                                    "SELECT id, name, handle FROM identity"));
    database.execute(QStringLiteral("DELETE FROM unindexed_identity"));
}

QStringList agentsOf(Database &database)
{
    return rows(database, "SELECT id, seq, created_seq, uuid, name, role, on_duty, disabled FROM agent ORDER BY id");
}

std::unique_ptr<Database> openFile(const QString &path, Database::Mode mode = Database::Mode::readWrite)
{
    Result<std::unique_ptr<Database>> opened = Database::open(path, mode);
    return opened ? std::move(*opened) : nullptr;
}

/// What the file holds: it has no log beside it.
QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Error brokenDisk()
{
    return {ErrorKind::io, QStringLiteral("the disk broke"), {}};
}

} // namespace

/// Files of every earlier version come up to the newest one whole, or stay as they were.
class MigrationsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup();
    void filesAreNumberedWithoutGap();
    void oldFileBecomesAsAFreshOne_data() { addVersions(); }
    void oldFileBecomesAsAFreshOne();
    void newestFileIsLeftAlone();
    void failingStepLeavesTheLastGoodVersion();
    void everyAccessMayFail_data() { addVersions(); }
    void everyAccessMayFail();
    void openingKeepsACopy_data() { addVersions(); }
    void openingKeepsACopy();
    void keptCopyIsNeverReplaced();
    void replicaIsNotCopied();
    void picturesAloneAreNoCopy();

private:
    static void addVersions();
    [[nodiscard]] QString path(const char *name = "desk.earshot") const
    {
        return m_folder->filePath(QString::fromLatin1(name));
    }
    /// A file as the program of that version left it, with an agent in it.
    void makeOld(int version, const QString &path) const;
    [[nodiscard]] QStringList schemaOfVersion(int version);

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    QHash<int, QStringList> m_schemas; ///< by version, once made
};

void MigrationsTest::cleanup()
{
    Database::setFault({});
    m_folder.reset();
}

void MigrationsTest::addVersions()
{
    QTest::addColumn<int>("version");
    for (int version = 1; version < newestSchemaVersion(); ++version)
        QTest::addRow("%d", version) << version;
}

void MigrationsTest::makeOld(int version, const QString &path) const
{
    const std::unique_ptr<Database> database = openFile(path, Database::Mode::create);
    QVERIFY(database);
    database->execute(QStringLiteral("PRAGMA synchronous = OFF"));
    database->execute(QStringLiteral("PRAGMA application_id = %1").arg(applicationId));
    database->execute(QStringLiteral("BEGIN"));
    const QStringList files = schemaFiles().first(version);
    for (const QString &name : files) {
        QFile file(QStringLiteral(":/schema/") + name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        database->execute(QString::fromUtf8(file.readAll()));
    }
    database->execute(QStringLiteral("PRAGMA user_version = %1").arg(version));
    database->execute(QStringLiteral("INSERT INTO agent (id, seq, created_seq, uuid, name, role) "
                                     "VALUES (1, 1, 1, 'u-1', 'Jörg', 3), (2, 3, 2, 'u-2', 'Mira', 1)"));
    addMessage(*database, version);
    addContact(*database, version);
    if (version >= 16)
        addViews(*database);
    database->execute(QStringLiteral("COMMIT"));
    const Done done = database->done();
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
}

QStringList MigrationsTest::schemaOfVersion(int version)
{
    if (m_schemas.contains(version))
        return m_schemas.value(version);
    const QString file = path("of-version.earshot");
    QFile::remove(file);
    makeOld(version, file);
    m_schemas.insert(version, schemaOf(*openFile(file)));
    return m_schemas.value(version);
}

void MigrationsTest::filesAreNumberedWithoutGap()
{
    const QStringList files = schemaFiles();
    QCOMPARE(files.size(), newestSchemaVersion());
    for (int i = 0; i < files.size(); ++i)
        QVERIFY2(files.at(i).startsWith(QStringLiteral("%1-").arg(i + 1, 4, 10, QLatin1Char('0'))),
                 qPrintable(files.at(i)));
}

void MigrationsTest::oldFileBecomesAsAFreshOne()
{
    QFETCH(int, version);
    QVERIFY(Workspace::create(path("fresh.earshot"), QStringLiteral("Ana"), m_clock));
    const QStringList fresh = schemaOf(*openFile(path("fresh.earshot")));
    makeOld(version, path());

    const std::unique_ptr<Database> database = openFile(path());
    const QStringList before = agentsOf(*database);
    QCOMPARE(before.size(), 2);
    QVERIFY(schemaOf(*database) != fresh);
    QCOMPARE(schemaVersion(*database).value(), version);
    QVERIFY(migrate(*database));
    QCOMPARE(schemaVersion(*database).value(), newestSchemaVersion());
    QCOMPARE(schemaOf(*database), fresh);
    QCOMPARE(agentsOf(*database), before);
    QCOMPARE(rows(*database, "PRAGMA integrity_check"), QStringList(QStringLiteral("ok")));
    QCOMPARE(rows(*database, "PRAGMA foreign_key_check"), QStringList());
    QCOMPARE(rows(*database, "SELECT rowid FROM message_index WHERE message_index MATCH 'ladegerat'"),
             QStringList(QStringLiteral("7")));
    database->execute(QStringLiteral("INSERT INTO message_index (message_index, rank) VALUES ('integrity-check', 1)"));
    QVERIFY(database->done());
    QCOMPARE(rows(*database, "SELECT count(*) FROM unindexed"), QStringList(QStringLiteral("0")));
    // Whoever was there is found by each word.
    QCOMPARE(rows(*database, "SELECT rowid FROM identity_index WHERE identity_index MATCH 'mull*'"),
             QStringList(QStringLiteral("8")));
    database->execute(
        QStringLiteral("INSERT INTO identity_index (identity_index, rank) VALUES ('integrity-check', 1)"));
    QVERIFY(database->done());
    // What needs an answer is counted anew: what is resolved was among it.
    if (version >= 16)
        QCOMPARE(rows(*database,
                      "SELECT v.uuid, v.counted_to > 0, count(k.n), coalesce(sum(k.n), 0) FROM view_filter v "
                      "LEFT JOIN view_count k ON k.view = v.id GROUP BY v.id ORDER BY v.uuid"),
                 (QStringList{QStringLiteral("all|1|1|7"),
                              version < 34 ? QStringLiteral("answer|0|0|0") : QStringLiteral("answer|1|1|7")}));
    // An older view is of any network, and of who waits however long.
    if (version >= 16)
        QCOMPARE(rows(*database, "SELECT uuid FROM own_view WHERE networks = '' AND waits_longer = 0 ORDER BY uuid"),
                 (QStringList{QStringLiteral("all"), QStringLiteral("answer")}));
}

void MigrationsTest::newestFileIsLeftAlone()
{
    QVERIFY(Workspace::create(path(), QStringLiteral("Ana"), m_clock));
    const std::unique_ptr<Database> database = openFile(path());
    const QStringList before = schemaOf(*database) + rows(*database, "PRAGMA schema_version");
    QVERIFY(migrate(*database));
    QCOMPARE(schemaOf(*database) + rows(*database, "PRAGMA schema_version"), before);
}

/// Something of the name of the last thing that the third step makes is in its way: what it made before goes away too.
void MigrationsTest::failingStepLeavesTheLastGoodVersion()
{
    makeOld(1, path());
    const std::unique_ptr<Database> database = openFile(path());
    database->execute(QStringLiteral("CREATE TABLE setting (x)"));
    QVERIFY(database->done());

    const Done done = migrate(*database);
    QVERIFY(!done);
    QVERIFY2(done.error().detail.startsWith(schemaFiles().at(2)), qPrintable(done.error().detail));
    QCOMPARE(schemaVersion(*database).value(), 2);
    database->execute(QStringLiteral("DROP TABLE setting"));
    QCOMPARE(schemaOf(*database), schemaOfVersion(2));

    QVERIFY(migrate(*database));
    QCOMPARE(schemaVersion(*database).value(), newestSchemaVersion());
    QCOMPARE(agentsOf(*database).size(), 2);
}

/// The k-th access fails, for every k: the file is whole at some version, and the next start brings it up to date.
void MigrationsTest::everyAccessMayFail()
{
    QFETCH(int, version);
    makeOld(version, path("old.earshot"));
    QSet<QByteArray> completed; ///< of files that are alike byte by byte one is brought up to date
    int failures = 0;
    for (bool isFailing = true; isFailing; ++failures) {
        QFile::remove(path());
        QVERIFY(QFile::copy(path("old.earshot"), path()));
        const std::unique_ptr<Database> database = openFile(path());
        database->execute(QStringLiteral("PRAGMA synchronous = OFF"));
        int before = failures;
        Database::setFault([&before] { return before-- == 0 ? std::optional(brokenDisk()) : std::nullopt; });
        isFailing = !migrate(*database);
        Database::setFault({});

        const int reached = schemaVersion(*database).value();
        QVERIFY(reached >= version);
        QCOMPARE(reached == newestSchemaVersion(), !isFailing);
        QCOMPARE(schemaOf(*database), schemaOfVersion(reached));
        const QByteArray left = bytesOf(path());
        QVERIFY(sqlite3_get_autocommit(database->handle()) != 0);
        if (completed.contains(left))
            continue;
        completed.insert(left);
        QVERIFY(migrate(*database));
        QCOMPARE(schemaOf(*database), schemaOfVersion(newestSchemaVersion()));
        QCOMPARE(agentsOf(*database).size(), 2);
    }
    QCOMPARE(completed.size(), newestSchemaVersion() - version + 1);
    // Each step has four accesses, and its version is read before.
    QVERIFY(failures > 4 * (newestSchemaVersion() - version));
}

void MigrationsTest::openingKeepsACopy()
{
    QFETCH(int, version);
    makeOld(version, path());
    const QString copy = path() + QStringLiteral(".before-%1").arg(newestSchemaVersion());
    {
        const auto workspace = Workspace::open(path(), Workspace::Access::owner, m_clock);
        QVERIFY2(workspace, workspace ? "" : qPrintable(workspace.error().detail));
    }
    QCOMPARE(schemaVersion(*openFile(path())).value(), newestSchemaVersion());
    QVERIFY(QFile::exists(copy));
    const std::unique_ptr<Database> kept = openFile(copy, Database::Mode::readOnly);
    QVERIFY(kept);
    QCOMPARE(schemaVersion(*kept).value(), version);
    QCOMPARE(schemaOf(*kept), schemaOfVersion(version));
    QCOMPARE(agentsOf(*kept).size(), 2);
}

void MigrationsTest::keptCopyIsNeverReplaced()
{
    makeOld(1, path());
    const QString copy = path() + QStringLiteral(".before-%1").arg(newestSchemaVersion());
    {
        // A start before this one got no further than the copy and one step.
        makeOld(1, copy);
        const std::unique_ptr<Database> database = openFile(path());
        Database::setFault([left = 8]() mutable { return left-- == 0 ? std::optional(brokenDisk()) : std::nullopt; });
        QVERIFY(!migrate(*database));
        Database::setFault({});
        QCOMPARE(schemaVersion(*database).value(), 2);
    }
    QVERIFY(Workspace::open(path(), Workspace::Access::owner, m_clock));
    QCOMPARE(schemaVersion(*openFile(copy)).value(), 1);
}

/// What is erased or withdrawn from it must not lie beside it.
void MigrationsTest::replicaIsNotCopied()
{
    makeOld(newestSchemaVersion() - 1, path());
    openFile(path())->execute(QStringLiteral("INSERT INTO meta (name, value) VALUES ('courier_off', 'replica')"));
    QVERIFY(Workspace::open(path(), Workspace::Access::owner, m_clock));
    QCOMPARE(schemaVersion(*openFile(path())).value(), newestSchemaVersion());
    QCOMPARE(QDir(m_folder->path()).entryList({QStringLiteral("*before*")}), QStringList());
}

/// Killed between the pictures and the file.
void MigrationsTest::picturesAloneAreNoCopy()
{
    makeOld(newestSchemaVersion() - 1, path());
    const QString copy = path() + QStringLiteral(".before-%1").arg(newestSchemaVersion());
    QVERIFY(QDir().mkpath(copy + QStringLiteral(".media")));
    const auto workspace = Workspace::open(path(), Workspace::Access::owner, m_clock);
    QVERIFY2(workspace, workspace ? "" : qPrintable(workspace.error().detail));
    QVERIFY(QFile::exists(copy));
}

QTEST_GUILESS_MAIN(MigrationsTest)
#include "tst_migrations.moc"
