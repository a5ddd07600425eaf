// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/fulldisk.h"
#include "workspace/mediafolder.h"
#include "workspace/wholefile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Earshot;

/// A full disk takes nothing away that was there, and nobody is told that something was kept.
class WholeFileTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasThereStays_data();
    void whatWasThereStays();
    void pictureIsNotKept();
};

void WholeFileTest::whatWasThereStays_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {1, 300, 16'384, 16'385, 100'000})
        QTest::addRow("%d bytes", size) << size;
}

void WholeFileTest::whatWasThereStays()
{
    QFETCH(int, size);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("file"));
    const auto write = [&path](const QByteArray &bytes) {
        QSaveFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && commitWhole(file);
    };
    const auto content = [&path] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("none");
    };
    QVERIFY(write("before"));
    bool isWritten = true;
    {
        const FullDisk full;
        isWritten = write(QByteArray(size, 'x'));
    }
    QVERIFY(!isWritten);
    QCOMPARE(content(), QByteArray("before"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("file")});
    QVERIFY(write(QByteArray(size, 'x')));
    QCOMPARE(content().size(), size);
}

void WholeFileTest::pictureIsNotKept()
{
    QTemporaryDir folder;
    QFile picture(folder.filePath(QStringLiteral("picture.png")));
    QVERIFY(picture.open(QIODevice::WriteOnly) && picture.write("a picture") > 0);
    picture.close();
    const QString media = folder.filePath(QStringLiteral("media"));
    std::optional<ErrorKind> copied;
    std::optional<ErrorKind> fetched;
    {
        const FullDisk full;
        if (const auto kept = keepMedia(media, picture.fileName(), {}); !kept)
            copied = kept.error().kind;
        if (const auto kept = keepMediaBytes(media, "another picture"); !kept)
            fetched = kept.error().kind;
    }
    QCOMPARE(copied, ErrorKind::diskFull);
    QCOMPARE(fetched, ErrorKind::diskFull);
    QCOMPARE(QDir(media).entryList(QDir::Files | QDir::Hidden), QStringList());
    QVERIFY(keepMedia(media, picture.fileName(), {}));
    QVERIFY(keepMediaBytes(media, "another picture"));
    QCOMPARE(QDir(media).entryList(QDir::Files).size(), 2);
}

QTEST_GUILESS_MAIN(WholeFileTest)
#include "tst_wholefile.moc"
