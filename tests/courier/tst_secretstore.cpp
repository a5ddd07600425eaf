// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courierworld.h"
#include "tests/fulldisk.h"
#include "workspace/queries.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

/// Secrets are kept, are kept from others, and are nowhere else.
class SecretStoreTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void memoryStoreKeeps();
    void fileStoreKeeps();
    void filesAreTheUsersAlone();
    void otherKeyOpensNothing();
    void keyFileOfAnotherKind_data();
    void keyFileOfAnotherKind();
    void everyDamagedByteIsNoticed();
    void missingKeyLosesNothing();
    void fullDiskLosesNothing();
    void folderThatCannotBeWritten();
    void secretIsNowhereElse();

private:
    [[nodiscard]] static QByteArray read(SecretStore &store, const char *name);
    [[nodiscard]] static bool write(SecretStore &store, const char *name, const QByteArray &value);
    [[nodiscard]] static QByteArray contentOf(const QString &path);
    static void replace(const QString &path, const QByteArray &content);
    static void keepAndForget(SecretStore &store);
};

namespace {

ErrorKind kindOf(const Result<Secret> &result)
{
    return result ? ErrorKind::unknown : result.error().kind;
}

} // namespace

QByteArray SecretStoreTest::read(SecretStore &store, const char *name)
{
    const Result<Secret> secret = resultOf(store.read(QString::fromUtf8(name)));
    return secret ? secret->reveal() : QByteArray("(error)");
}

bool SecretStoreTest::write(SecretStore &store, const char *name, const QByteArray &value)
{
    return resultOf(store.write(QString::fromUtf8(name), Secret(value))).has_value();
}

QByteArray SecretStoreTest::contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void SecretStoreTest::replace(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

void SecretStoreTest::keepAndForget(SecretStore &store)
{
    const QByteArray anyBytes = QByteArray("\0\xff\n\"p\xc3\xa4ss", 9);
    QCOMPARE(read(store, "w/1"), QByteArray());
    QVERIFY(write(store, "w/1", anyBytes));
    QVERIFY(write(store, "w/2", "two"));
    QCOMPARE(read(store, "w/1"), anyBytes);
    QVERIFY(write(store, "w/1", "newer"));
    QCOMPARE(read(store, "w/1"), QByteArray("newer"));
    QVERIFY(resultOf(store.remove(QStringLiteral("w/1"))).has_value());
    QVERIFY(resultOf(store.remove(QStringLiteral("never there"))).has_value());
    QCOMPARE(read(store, "w/1"), QByteArray());
    QCOMPARE(read(store, "w/2"), QByteArray("two"));
}

void SecretStoreTest::memoryStoreKeeps()
{
    keepAndForget(*makeMemoryStore());
}

void SecretStoreTest::fileStoreKeeps()
{
    const QTemporaryDir folder;
    const QString key = folder.filePath(QStringLiteral("key"));
    keepAndForget(*makeFileStore(key));
    QCOMPARE(read(*makeFileStore(key), "w/2"), QByteArray("two"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files),
             (QStringList{QStringLiteral("key"), QStringLiteral("key.secrets")}));
}

void SecretStoreTest::filesAreTheUsersAlone()
{
    const QTemporaryDir folder;
    const QString key = folder.filePath(QStringLiteral("key"));
    const auto store = makeFileStore(key);
    QCOMPARE(read(*store, "w/1"), QByteArray());
    QVERIFY(!QFile::exists(key));
    QVERIFY(write(*store, "w/1", "geheim"));
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                                      QFile::WriteOther | QFile::ExeOther | QFile::ExeOwner;
    for (const QString &path : {key, QString(key + QStringLiteral(".secrets"))}) {
        const QFile::Permissions permissions = QFile::permissions(path);
        QVERIFY(permissions.testFlags(QFile::ReadOwner | QFile::WriteOwner));
        QVERIFY2(!(permissions & others), qPrintable(path));
    }
    QCOMPARE(contentOf(key).size(), 32);
    // Each write has a nonce of its own.
    const QByteArray before = contentOf(key + QStringLiteral(".secrets"));
    QVERIFY(write(*store, "w/1", "geheim"));
    QVERIFY(contentOf(key + QStringLiteral(".secrets")) != before);
    QVERIFY(!before.contains("geheim") && !before.contains(QByteArray("geheim").toBase64()));
}

void SecretStoreTest::otherKeyOpensNothing()
{
    const QTemporaryDir folder;
    const QString key = folder.filePath(QStringLiteral("key"));
    QVERIFY(write(*makeFileStore(key), "w/1", "one"));
    const QByteArray right = contentOf(key);
    replace(key, QByteArray(32, 'x'));
    const QByteArray box = contentOf(key + QStringLiteral(".secrets"));
    QCOMPARE(kindOf(resultOf(makeFileStore(key)->read(QStringLiteral("w/1")))), ErrorKind::noKeychain);
    // Nothing is written over what another key opens.
    QVERIFY(!write(*makeFileStore(key), "w/2", "two"));
    QVERIFY(!resultOf(makeFileStore(key)->remove(QStringLiteral("w/1"))).has_value());
    QCOMPARE(contentOf(key + QStringLiteral(".secrets")), box);
    replace(key, right);
    QCOMPARE(read(*makeFileStore(key), "w/1"), QByteArray("one"));
}

void SecretStoreTest::keyFileOfAnotherKind_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("short") << QByteArray(31, 'k');
    QTest::newRow("long") << QByteArray(33, 'k');
}

void SecretStoreTest::keyFileOfAnotherKind()
{
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    const QString key = folder.filePath(QStringLiteral("key"));
    replace(key, content);
    const auto store = makeFileStore(key);
    QVERIFY(!write(*store, "w/1", "one"));
    QCOMPARE(contentOf(key), content);
    QVERIFY(!QFile::exists(key + QStringLiteral(".secrets")));
}

void SecretStoreTest::everyDamagedByteIsNoticed()
{
    const QTemporaryDir folder;
    const QString key = folder.filePath(QStringLiteral("key"));
    const QString secrets = key + QStringLiteral(".secrets");
    QVERIFY(write(*makeFileStore(key), "w/1", "one"));
    const QByteArray whole = contentOf(secrets);
    for (qsizetype i = 0; i < whole.size(); ++i) {
        QByteArray damaged = whole;
        damaged[i] = char(damaged.at(i) ^ 1);
        replace(secrets, damaged);
        QCOMPARE(kindOf(resultOf(makeFileStore(key)->read(QStringLiteral("w/1")))), ErrorKind::noKeychain);
        replace(secrets, whole.first(i));
        QCOMPARE(kindOf(resultOf(makeFileStore(key)->read(QStringLiteral("w/1")))), ErrorKind::noKeychain);
    }
    replace(secrets, whole);
    QCOMPARE(read(*makeFileStore(key), "w/1"), QByteArray("one"));
}

void SecretStoreTest::missingKeyLosesNothing()
{
    const QTemporaryDir folder;
    const QString key = folder.filePath(QStringLiteral("key"));
    QVERIFY(write(*makeFileStore(key), "w/1", "one"));
    const QByteArray right = contentOf(key);
    QVERIFY(QFile::remove(key));
    QCOMPARE(kindOf(resultOf(makeFileStore(key)->read(QStringLiteral("w/1")))), ErrorKind::noKeychain);
    // A new key beside secrets of the old one would lose them.
    QVERIFY(!write(*makeFileStore(key), "w/2", "two"));
    QVERIFY(!QFile::exists(key));
    replace(key, right);
    QCOMPARE(read(*makeFileStore(key), "w/1"), QByteArray("one"));
}

void SecretStoreTest::fullDiskLosesNothing()
{
    const QTemporaryDir folder;
    const QString key = folder.filePath(QStringLiteral("key"));
    QVERIFY(write(*makeFileStore(key), "w/1", "one"));
    bool isWritten = true;
    {
        const FullDisk full;
        isWritten = write(*makeFileStore(key), "w/2", "two");
    }
    QVERIFY(!isWritten);
    QCOMPARE(read(*makeFileStore(key), "w/1"), QByteArray("one"));
    QVERIFY(write(*makeFileStore(key), "w/2", "two"));
    QCOMPARE(read(*makeFileStore(key), "w/1"), QByteArray("one"));
}

void SecretStoreTest::folderThatCannotBeWritten()
{
    const QTemporaryDir folder;
    replace(folder.filePath(QStringLiteral("file")), "not a folder");
    for (const char *name : {"file/key", "missing/key"}) {
        const auto store = makeFileStore(folder.filePath(QString::fromUtf8(name)));
        const Done done = resultOf(store->write(QStringLiteral("w/1"), Secret("geheim")));
        QVERIFY(!done.has_value());
        QCOMPARE(done.error().kind, ErrorKind::noKeychain);
        QVERIFY2(done.error().detail.contains(QString::fromUtf8(name)), qPrintable(done.error().detail));
        QVERIFY(!done.error().detail.contains(QLatin1StringView("geheim")));
    }
}

void SecretStoreTest::secretIsNowhereElse()
{
    CourierWorld world(FakeMastodon::Dialect::mastodon);
    static_cast<void>(world.customerAsks(QStringLiteral("it broke")));
    QVERIFY(!world.pull().error);
    QVERIFY(world.reply(QStringLiteral("We look into it")).isValid());
    QCOMPARE(world.deliver().sent, 1);
    // What networks are asked and answer when the sign-in is refused, too.
    world.server->revokeToken(QStringLiteral("acme"));
    QVERIFY(world.reply(QStringLiteral("Once more")).isValid());
    QCOMPARE(world.deliver().failed, 1);
    QVERIFY(world.pull().error);
    const QByteArray secret = world.place.secret;
    const auto journal = world.workspace->readNow<QList<JournalRecord>>(
        [](Database &database) { return loadJournal(database, 0, 100); });
    QVERIFY(journal && !journal->isEmpty());
    for (const JournalRecord &line : *journal)
        QVERIFY(!QString(line.before + line.after).contains(QString::fromUtf8(secret)));
    int files = 0;
    for (QDirIterator it(world.folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
         it.hasNext();) {
        const QByteArray content = contentOf(it.next());
        files += content.isEmpty() ? 0 : 1;
        QVERIFY2(!content.contains(secret), qPrintable(it.filePath()));
        QVERIFY2(!content.contains(secret.toBase64()), qPrintable(it.filePath()));
    }
    // The file and its log: else this would prove nothing.
    QVERIFY(files >= 2);
    world.endProcess();
    QVERIFY(!contentOf(world.folder.filePath(QStringLiteral("w.earshot"))).contains(secret));
    QVERIFY(contentOf(world.folder.filePath(QStringLiteral("w.earshot"))).contains("We look into it"));
}

QTEST_GUILESS_MAIN(SecretStoreTest)
#include "tst_secretstore.moc"
