// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/workspace/testrows.h"
#include "workspace/filesystem.h"
#include "workspace/queries.h"
#include "workspace/upkeep.h"

#include <QDir>
#include <QStandardPaths>
#include <QTest>

#include <sys/fsuid.h>
#include <unistd.h>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// Root may write everywhere: on this thread, and on those that it starts, files are somebody else's while this lives.
class Nobody final
{
public:
    Nobody() { ::setfsuid(65534); }
    ~Nobody() { ::setfsuid(::geteuid()); }
    Q_DISABLE_COPY_MOVE(Nobody)
};

} // namespace

/// A workspace where nothing can be written, as on a disc that was handed over for review.
class StillMediumTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void isRead_data();
    void isRead();
    void isNotOwned();

private:
    [[nodiscard]] QString file() const { return m_folder->filePath(str("desk.earshot")); }
    void seal();

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void StillMediumTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(Workspace::create(file(), str("Ana"), m_clock));
}

void StillMediumTest::cleanup()
{
    QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_folder.reset();
}

void StillMediumTest::seal()
{
    const auto readable = QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther;
    const QDir folder(m_folder->path());
    for (const QString &name : folder.entryList(QDir::Files))
        QVERIFY(QFile::setPermissions(folder.filePath(name), readable));
    QVERIFY(QFile::setPermissions(m_folder->path(), readable | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther));
}

void StillMediumTest::isRead_data()
{
    QTest::addColumn<bool>("hasLog");
    QTest::newRow("closed") << false;
    QTest::newRow("killed while it was written") << true;
}

void StillMediumTest::isRead()
{
    QFETCH(bool, hasLog);
    const QString copy = m_folder->filePath(str("copy.earshot"));
    {
        const auto workspace = Workspace::open(file(), Workspace::Access::owner, m_clock);
        QVERIFY(workspace);
        const auto written = (*workspace)->write<void>(Urgency::interactive, [](Writing &writing) -> Done {
            writing.setMeta(str("said"), str("in the log"));
            return {};
        });
        QTRY_VERIFY(written.isFinished());
        for (const char *end : {"", "-wal"}) {
            if (hasLog)
                QVERIFY(QFile::copy(file() + str(end), copy + str(end)));
        }
    }
    if (!hasLog)
        QVERIFY(QFile::copy(file(), copy));
    QCOMPARE(QFileInfo(copy + str("-wal")).size() > 0, hasLog);
    seal();
    const Nobody nobody;
    QVERIFY(!mayMakeFilesIn(m_folder->path()));
    const auto workspace = Workspace::open(copy, Workspace::Access::readOnly, m_clock);
    QVERIFY2(workspace, workspace ? "" : qPrintable(workspace.error().detail));
    const auto said = (*workspace)->read<QString>([](Database &database) -> Result<QString> {
        Statement find = database.statement("select_meta");
        find.bind("name", str("said"));
        return database.result(find.next() ? find.text(0) : QString());
    });
    QTRY_VERIFY(said.isFinished());
    QVERIFY2(said.result(), said.result() ? "" : qPrintable(said.result().error().detail));
    QCOMPARE(said.result().value(), str("in the log"));
}

void StillMediumTest::isNotOwned()
{
    seal();
    const Nobody nobody;
    const auto workspace = Workspace::open(file(), Workspace::Access::owner, m_clock);
    QVERIFY(!workspace);
    QCOMPARE(workspace.error().kind, ErrorKind::readOnly);
}

QTEST_GUILESS_MAIN(StillMediumTest)
#include "tst_stillmedium.moc"
