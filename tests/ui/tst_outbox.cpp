// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/shareddesktop.h"

#include <QAbstractButton>
#include <QListWidget>
#include <QScrollBar>
#include <QSettings>
#include <QStandardPaths>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

constexpr ConversationId one{1};

} // namespace

/// "Outbox and trouble" at Kim's desk on a workspace that a server serves.
class OutboxTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void lineThatGoesLeavesNoChoice();

private:
    /// Replies of Kim's, each in a conversation of its own, of which nobody knows whether they arrived.
    void makeUnsure(int count);
    void openDialog();
    [[nodiscard]] QListWidget &rows() { return *m_kim->window().findChild<QListWidget *>(str("outboxList")); }
    [[nodiscard]] QAbstractButton &button(const char *name)
    {
        return *m_kim->window().findChild<QAbstractButton *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QList<DeliveryRecord> outboxThere();

    QTemporaryDir m_settings;
    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<SharedDesktop> m_kim;
};

void OutboxTest::init()
{
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    static auto *appearance = new Appearance(*qApp);
    m_world = std::make_unique<ServerWorld>(ServerLimits(), 20);
    m_kim = std::make_unique<SharedDesktop>(*m_world, ServerWorld::kim, *appearance);
}

void OutboxTest::cleanup()
{
    m_kim.reset();
    m_world.reset();
}

QList<DeliveryRecord> OutboxTest::outboxThere()
{
    return m_world->workspace()
        .readNow<QList<DeliveryRecord>>([](Database &database) { return loadOutbox(database); })
        .value();
}

void OutboxTest::makeUnsure(int count)
{
    QString script;
    for (int i = 1; i <= count; ++i) {
        Act::SendReply reply;
        reply.conversation = ConversationId(i);
        reply.text = str("Answer %1").arg(i);
        const Outcome outcome = m_world->act(reply, ServerWorld::kim);
        QVERIFY(outcome.isApplied());
        script += str("UPDATE delivery SET state = 8, seq = :%1 WHERE id = %2;").arg(i).arg(outcome.created);
    }
    m_world->runSql(script);
    QTRY_COMPARE(std::ranges::count(m_kim->window().roster().outbox(), DeliveryState::unsure, &DeliveryRecord::state),
                 count);
}

void OutboxTest::openDialog()
{
    m_kim->window().activateWindow();
    QVERIFY(m_kim->window().commands().trigger(str("outbox.show")));
    QTRY_VERIFY(rows().isVisible());
}

/// A second press meets no other reply: one of which nobody said anything would count as arrived.
void OutboxTest::lineThatGoesLeavesNoChoice()
{
    makeUnsure(30);
    openDialog();
    QCOMPARE(rows().count(), 30);
    QVERIFY(button("outboxArrived").isVisible() && button("outboxArrived").isEnabled());
    rows().setCurrentRow(20);
    rows().scrollToItem(rows().item(20), QAbstractItemView::PositionAtCenter);
    const QString next = rows().item(21)->text();
    const int scrolled = rows().verticalScrollBar()->value();
    QVERIFY(scrolled > 0);
    const QPoint at = button("outboxArrived").rect().center();
    QTest::mouseClick(&button("outboxArrived"), Qt::LeftButton, {}, at);
    QTRY_COMPARE(rows().count(), 29);
    QTest::mouseClick(&button("outboxArrived"), Qt::LeftButton, {}, at);
    QVERIFY(rows().selectedItems().isEmpty());
    for (const char *name : {"outboxOpen", "outboxRetry", "outboxArrived", "outboxCancel", "outboxDiscard"})
        QVERIFY2(!button(name).isEnabled(), name);
    QCOMPARE(rows().verticalScrollBar()->value(), scrolled);
    // The place is kept for who goes on by keyboard.
    QCOMPARE(rows().currentRow(), 20);
    QCOMPARE(rows().item(20)->text(), next);
    QTest::keyClick(&rows(), Qt::Key_Space);
    QVERIFY(button("outboxArrived").isEnabled());
    QTest::mouseClick(&button("outboxArrived"), Qt::LeftButton);
    QTRY_COMPARE(rows().count(), 28);
    QCOMPARE(outboxThere().size(), 28);
}

QTEST_MAIN(OutboxTest)
#include "tst_outbox.moc"
