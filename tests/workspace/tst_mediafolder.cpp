// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/mediafolder.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Earshot;

class MediaFolderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fileIsKeptByItsHash();
    void sameContentIsKeptOnce();
    void onlyWhatIsKeptAnewIsKeptJustNow();
    void largeFileIsKeptWhole();
    void whatCannotBeKeptIsToldAndLeavesNothing();

private:
    [[nodiscard]] static QString write(const QTemporaryDir &folder, const QString &name, const QByteArray &content)
    {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName() : QString();
    }
    [[nodiscard]] static QByteArray read(const QString &name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void MediaFolderTest::fileIsKeptByItsHash()
{
    const QTemporaryDir folder;
    const QString media = folder.filePath(QStringLiteral("desk.earshot.media"));
    const auto kept = keepMedia(media, write(folder, QStringLiteral("lamp.png"), "abc"), QStringLiteral("A lamp"));
    QVERIFY(kept.has_value());
    // BLAKE2b-256 of "abc".
    QCOMPARE(kept->hash, QStringLiteral("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"));
    QCOMPARE(kept->type, QStringLiteral("image/png"));
    QCOMPARE(kept->description, QStringLiteral("A lamp"));
    QCOMPARE(read(media + QLatin1Char('/') + kept->hash), QByteArray("abc"));
}

void MediaFolderTest::sameContentIsKeptOnce()
{
    const QTemporaryDir folder;
    const QString media = folder.filePath(QStringLiteral("media"));
    const auto first = keepMedia(media, write(folder, QStringLiteral("a.txt"), "same"), {});
    const auto second = keepMedia(media, write(folder, QStringLiteral("b.txt"), "same"), {});
    QVERIFY(first.has_value() && second.has_value());
    QCOMPARE(first->hash, second->hash);
    QCOMPARE(QDir(media).entryList(QDir::Files).size(), 1);
}

void MediaFolderTest::onlyWhatIsKeptAnewIsKeptJustNow()
{
    const QTemporaryDir folder;
    const QString media = folder.filePath(QStringLiteral("media"));
    const auto fetched = keepMediaBytes(media, "same");
    QVERIFY(fetched.has_value());
    const QString file = media + QLatin1Char('/') + *fetched;
    QVERIFY(!isKeptJustNow(file));
    // A person attaches it, too.
    QCOMPARE(keepMedia(media, write(folder, QStringLiteral("a.txt"), "same"), {})->hash, *fetched);
    QVERIFY(isKeptJustNow(file));
    QVERIFY(keepMediaBytes(media, "same").has_value());
    QVERIFY(isKeptJustNow(file));
    QCOMPARE(read(file), QByteArray("same"));
    QVERIFY(!isKeptJustNow(media + QStringLiteral("/nothing")));
}

void MediaFolderTest::largeFileIsKeptWhole()
{
    const QTemporaryDir folder;
    const QString media = folder.filePath(QStringLiteral("media"));
    QByteArray content(700'001, '\0');
    for (qsizetype i = 0; i < content.size(); ++i)
        content[i] = static_cast<char>(i % 251);
    const auto kept = keepMedia(media, write(folder, QStringLiteral("a.bin"), content), {});
    QVERIFY(kept.has_value());
    QCOMPARE(read(media + QLatin1Char('/') + kept->hash), content);
}

void MediaFolderTest::whatCannotBeKeptIsToldAndLeavesNothing()
{
    const QTemporaryDir folder;
    const QString media = folder.filePath(QStringLiteral("media"));
    QCOMPARE(keepMedia(media, folder.filePath(QStringLiteral("none")), {}).error().kind, ErrorKind::notFound);
    const QString file = write(folder, QStringLiteral("a.txt"), "12345");
    QCOMPARE(keepMedia(media, file, {}, 4).error().kind, ErrorKind::tooLarge);
    QVERIFY(keepMedia(media, file, {}, 5).has_value());
    // A folder that cannot be made: a file stands in its way.
    const QString blocked = file + QStringLiteral("/media");
    QCOMPARE(keepMedia(blocked, file, {}).error().kind, ErrorKind::io);
    QVERIFY(!keepMedia(media, folder.path(), {}).has_value());
}

QTEST_APPLESS_MAIN(MediaFolderTest)
#include "tst_mediafolder.moc"
