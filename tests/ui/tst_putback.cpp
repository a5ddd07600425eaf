// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/shareddesktop.h"

#include <QSettings>
#include <QStandardPaths>

using namespace Earshot;
using namespace Qt::StringLiterals;

namespace {

constexpr ConversationId shown{3};

} // namespace

/// A server is restored from a backup: all that a replica has goes and comes anew, and whoever works there is where
/// they were.
class PutBackTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void currentRowIsCurrentAgain();
    void whatTheBackupLacksIsNoRow();

private:
    /// What is done afterwards is lost with the server; the replica has it.
    void backUp()
    {
        m_world->backUp(m_folder->filePath(u"copy"_s));
        QVERIFY(m_world->act(Act::AddTag{ConversationId(1), u"lost"_s}).isApplied());
        QTRY_VERIFY(m_ana->list().record(ConversationId(1)) &&
                    m_ana->list().record(ConversationId(1))->tags.contains(u"lost"_s));
    }
    /// Until everything has come again.
    void putBack();
    [[nodiscard]] QTableView &table() const { return *m_ana->window().findChild<QTableView *>(u"conversations"_s); }
    [[nodiscard]] ConversationId current() const { return m_ana->list().conversationAt(table().currentIndex().row()); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<SharedDesktop> m_ana;
    int m_emptied = 0;
};

void PutBackTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder->path());
    static auto *appearance = new Appearance(*qApp);
    m_world = std::make_unique<ServerWorld>();
    m_ana = std::make_unique<SharedDesktop>(*m_world, ServerWorld::ana, *appearance);
    QVERIFY(m_ana->window().commands().trigger(u"go.all"_s));
    QTRY_COMPARE(m_ana->list().state(), ConversationListModel::State::ready);
    QCOMPARE(m_ana->list().rowCount(), 6);
    m_emptied = 0;
    connect(&m_ana->desk(), &Desk::changed, this,
            [this](const CommitNotice &notice) { m_emptied += notice.hasWithdrawn ? 1 : 0; });
}

void PutBackTest::cleanup()
{
    m_ana.reset();
    m_world.reset();
}

void PutBackTest::putBack()
{
    const quint16 port = m_world->server().port();
    m_world->restore(m_folder->filePath(u"copy"_s));
    m_world->start({}, port);
    QTRY_COMPARE(m_emptied, 1);
    QTRY_COMPARE(m_ana->desk().status().kind, DeskStatus::Kind::current);
    QTRY_COMPARE(m_ana->list().rowCount(), 6);
}

void PutBackTest::currentRowIsCurrentAgain()
{
    backUp();
    m_ana->open(shown);
    QVERIFY(m_ana->list().isFrozen());
    putBack();
    QTRY_COMPARE(current(), shown);
    QTRY_COMPARE(m_ana->pane().record().id, shown);
    // As before nothing moves below it, and the next is the one that was.
    QTRY_VERIFY(m_ana->list().isFrozen());
    QCOMPARE(m_ana->list().waitingCount(), 0);
    const int row = m_ana->list().rowOf(shown);
    QVERIFY(m_ana->window().commands().trigger(u"list.next"_s));
    QCOMPARE(current(), m_ana->list().conversationAt(row + 1));
}

void PutBackTest::whatTheBackupLacksIsNoRow()
{
    backUp();
    m_world->receive(ServerWorld::open, u"late"_s, u"written since"_s);
    QTRY_COMPARE(m_ana->list().rowCount(), 7);
    const ConversationId late = m_ana->list().conversationAt(0);
    m_ana->open(late);
    putBack();
    QVERIFY(m_ana->list().rowOf(late) < 0);
    QVERIFY(!table().currentIndex().isValid());
    QTRY_COMPARE(m_ana->said("conversationState"), u"This conversation no longer exists."_s);
}

QTEST_MAIN(PutBackTest)
#include "tst_putback.moc"
