// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/slicepack.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Earshot;

namespace {

/// What unpackFile() writes at once.
constexpr qint64 piece = 256 * 1024;
constexpr qint64 most = 16 * piece;

} // namespace

class SlicePackTest : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromUtf8(name)); }
    void write(const char *name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    [[nodiscard]] QByteArray read(const char *name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void comesOutAsItWentIn_data();
    void comesOutAsItWentIn();
    void whatIsCutOffIsDamaged();
    void whatGrowsTooLargeIsRefused();
};

void SlicePackTest::comesOutAsItWentIn_data()
{
    QTest::addColumn<qint64>("size");
    QTest::addColumn<bool>("isRandom");
    // A database's file is of whole pages: every sixty-fourth ends where a piece does.
    for (const qint64 size :
         {qint64(0), qint64(1), qint64(4096), piece - 1, piece, piece + 1, 3 * piece, 7 * piece - 4096})
        for (const bool isRandom : {false, true})
            QTest::addRow("%lld bytes%s", static_cast<long long>(size), isRandom ? ", random" : "") << size << isRandom;
}

void SlicePackTest::comesOutAsItWentIn()
{
    QFETCH(const qint64, size);
    QFETCH(const bool, isRandom);
    QByteArray bytes(size, 'a');
    QRandomGenerator random(1);
    if (isRandom)
        std::generate(bytes.begin(), bytes.end(), [&random] { return char(random.bounded(256)); });
    write("plain", bytes);
    const auto packed = packFile(path("plain"), path("packed"));
    QVERIFY(packed);
    QCOMPARE(packed->size, QFile(path("packed")).size());
    const Done unpacked = unpackFile(path("packed"), path("again"), most);
    QVERIFY2(unpacked, unpacked ? "" : qPrintable(unpacked.error().detail));
    QVERIFY(read("again") == bytes);
}

void SlicePackTest::whatIsCutOffIsDamaged()
{
    write("plain", QByteArray(2 * piece, 'a'));
    QVERIFY(packFile(path("plain"), path("packed")));
    const QByteArray whole = read("packed");
    for (qsizetype length = 0; length < whole.size(); ++length) {
        write("packed", whole.first(length));
        const Done unpacked = unpackFile(path("packed"), path("again"), most);
        QVERIFY2(!unpacked, qPrintable(QString::number(length)));
        QCOMPARE(unpacked.error().kind, ErrorKind::damaged);
        QVERIFY(!QFile::exists(path("again")));
    }
}

void SlicePackTest::whatGrowsTooLargeIsRefused()
{
    write("plain", QByteArray(most, 'a'));
    QVERIFY(packFile(path("plain"), path("packed")));
    QVERIFY(unpackFile(path("packed"), path("again"), most));
    const Done unpacked = unpackFile(path("packed"), path("again"), most - 1);
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().kind, ErrorKind::tooLarge);
    QVERIFY(!QFile::exists(path("again")));
}

QTEST_GUILESS_MAIN(SlicePackTest)
#include "tst_slicepack.moc"
