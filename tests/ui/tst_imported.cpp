// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/fakenotifications.h"
#include "tests/ui/windowworld.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/window/desktoppresence.h"

#include <QTableView>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// What was written before the day from which on a channel's mail is work is history: nobody is told of it, it is
/// counted nowhere as work, and no clock runs for it.
class ImportedTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void nothingIsToldOfIt();
    void itWaitsForNobody();
    void newWordsInItAreWork();
    void pullDoesNotCountIt_data();
    void pullDoesNotCountIt();

private:
    [[nodiscard]] const ViewCounts &counts() const { return *m_world->window().roster().counts(); }
    [[nodiscard]] ConversationId idOf(const QString &name);
    void assignByKim(ConversationId id)
    {
        auto done = m_world->desk().performAs(
            AgentId(2), {makeAction(Act::Assign{id, m_world->desk().me()}, m_world->clock().now())});
        QTRY_VERIFY(done.isFinished());
        QVERIFY(done.result().value(0).isApplied());
    }

    std::unique_ptr<PrivateBus> m_bus;
    std::unique_ptr<FakeNotifications> m_desktop;
    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<DesktopPresence> m_presence;
    const QStringList m_names{u"Aldo Long"_s, u"Bea Long"_s, u"Cleo Long"_s, u"Dora Long"_s};
};

void ImportedTest::init()
{
    m_bus = std::make_unique<PrivateBus>();
    if (!m_bus->isThere())
        QSKIP("dbus-daemon is not installed");
    m_desktop = std::make_unique<FakeNotifications>(m_bus->connect("desktop"));
    m_world = std::make_unique<WindowWorld>(60);
    QTRY_VERIFY(m_world->isReady() && m_world->window().roster().counts());
    m_presence =
        std::make_unique<DesktopPresence>(m_world->desk(), m_world->window(), m_bus->connect("earshot"), false);
}

void ImportedTest::cleanup()
{
    m_presence.reset();
    m_world.reset();
    m_desktop.reset();
    QDBusConnection::disconnectFromBus(u"earshot"_s);
    QDBusConnection::disconnectFromBus(u"desktop"_s);
    m_bus.reset();
}

ConversationId ImportedTest::idOf(const QString &name)
{
    m_world->press(u"Ctrl+8"_s);
    [&] { QTRY_COMPARE(m_world->list().query().view, View::all); }();
    return m_world->show([&name](const ConversationRecord &one) { return one.contactName == name; });
}

void ImportedTest::nothingIsToldOfIt()
{
    const ConversationId mine = m_world->showMention();
    const ViewCounts before = counts();
    const int rows = m_world->list().rowCount();
    const QString title = m_world->window().windowTitle();
    m_world->writeLongAgo(m_names, u"@acme @Ana the lamp is broken, please answer"_s, 3);
    // It is there.
    QTRY_COMPARE(counts().resolved, before.resolved + m_names.size());
    ViewCounts expected = before;
    expected.resolved += m_names.size();
    QCOMPARE(counts(), expected);
    QCOMPARE(m_world->list().rowCount(), rows);
    QCOMPARE(m_world->list().waitingCount(), 0);
    QVERIFY(!m_world->widget("newOnes")->isVisible());
    QCOMPARE(m_world->textOf("messageBar"), QString());
    QCOMPARE(m_world->window().windowTitle(), title);
    // The first that is told of is what happens now.
    QTRY_VERIFY(([&] {
        if (m_desktop->shown().isEmpty()) {
            assignByKim(mine);
            static_cast<void>(m_world->act(Act::Unassign{mine}));
        }
        return !m_desktop->shown().isEmpty();
    }()));
    const FakeNotifications::Shown &first = m_desktop->shown().constFirst();
    QVERIFY2(first.text.contains(m_world->record(mine).contactName), qPrintable(first.text));
}

void ImportedTest::itWaitsForNobody()
{
    m_world->writeLongAgo(m_names, u"@acme the lamp is broken, please answer"_s, 2);
    const ConversationId id = idOf(m_names.constFirst());
    QVERIFY(id.isValid());
    const ConversationRecord record = m_world->record(id);
    QVERIFY(record.isImported);
    QCOMPARE(record.status, Status::resolved);
    QVERIFY(!record.isUnseen && !record.isToBeAnswered());
    // The row may be loading still.
    const auto spoken = [&] {
        return m_world->list().index(m_world->list().rowOf(id)).data(Qt::AccessibleTextRole).toString();
    };
    QTRY_VERIFY2(spoken().contains(u"resolved"_s, Qt::CaseInsensitive), qPrintable(spoken()));
    const QString said = spoken();
    QVERIFY2(!said.contains(u"unseen"_s) && !said.contains(u"needs an answer"_s), qPrintable(said));
    // However long ago it was, nobody has waited for longest with it.
    for (const char *keys : {"G U", "G O", "G W", "G M"}) {
        m_world->press(QString::fromLatin1(keys));
        QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
        QVERIFY(m_world->window().commands().trigger(u"list.waiting"_s));
        QTRY_VERIFY(m_world->list().query().order == ListOrder::longestWaiting &&
                    m_world->list().state() == ConversationListModel::State::ready);
        QVERIFY2(m_world->list().rowOf(id) < 0, keys);
    }
}

void ImportedTest::newWordsInItAreWork()
{
    m_world->writeLongAgo({m_names.constFirst()}, u"@acme the lamp is broken"_s);
    const ConversationId id = idOf(m_names.constFirst());
    QVERIFY(id.isValid());
    QVERIFY(!m_world->record(id).isUnseen);
    m_world->press(u"G U"_s);
    QTRY_COMPARE(m_world->textOf("viewTitle"), u"Unassigned"_s);
    QVERIFY(m_world->showMention().isValid());
    const qint64 before = counts().unassigned;
    m_world->writeAgainAsTheLast(m_names.constFirst(), u"@acme it is broken still"_s);
    QTRY_COMPARE(counts().unassigned, before + 1);
    QTRY_COMPARE(m_world->textOf("newOnes"), u"1 new"_s);
}

void ImportedTest::pullDoesNotCountIt_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("told");
    QTest::newRow("work") << WindowWorld::withoutSavedReplies() << u"2 new messages."_s;
    QTest::newRow("history") << u"UPDATE channel SET work_since = work_since + 3153600000000;"_s
                             << u"0 new messages."_s;
}

/// What F5 tells is what there is to do.
void ImportedTest::pullDoesNotCountIt()
{
    QFETCH(const QString, change);
    QFETCH(const QString, told);
    m_presence.reset();
    m_world = std::make_unique<WindowWorld>(200, change);
    QTRY_VERIFY(m_world->isReady() && m_world->window().roster().counts());
    const auto write = [this](const QString &text) {
        m_world->clock().advance(std::chrono::seconds(10));
        m_world->networks().mastodon()->setTime(m_world->networks().now());
        for (const char *name : {"Mira Holm", "Jonas Weber"}) {
            const QString who = QString::fromLatin1(name);
            m_world->networks().post({who, QString(who).toLower().replace(QLatin1Char(' '), QLatin1Char('_')), false},
                                     text, {});
        }
    };
    const ViewCounts before = counts();
    write(u"@acme the lamp is broken"_s);
    m_world->press(u"F5"_s);
    QTRY_COMPARE(m_world->textOf("messageBar"), told);
    // They are there all the same.
    QTRY_COMPARE(counts().resolved + counts().open, before.resolved + before.open + 2);
}

QTEST_MAIN(ImportedTest)
#include "tst_imported.moc"
