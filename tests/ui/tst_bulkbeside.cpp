// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/roster.h"

#include <QPushButton>
#include <QTest>

#include <functional>

using namespace Earshot;

/// Working on while a deed on many conversations is being done.
class BulkBesideTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void oneIsDoneAndUndoneMeanwhile();
    void whatIsReadStaysWhenItEnds();
    void otherMarksAreTheirOwn();
    void secondOnManyIsRefusedWithAWord();
    void undoMeansTheManyWhereNothingCameAfter();

private:
    struct Step
    {
        std::function<bool()> isTime;
        std::function<void()> act;
    };
    /// Each as soon as it is time, as long as many are being worked on.
    void follow(const QList<Step> &steps);
    [[nodiscard]] bool isRunning() const { return m_world->widget("bulkStop")->isVisible(); }
    [[nodiscard]] QString bar() const { return m_world->textOf("messageBar"); }
    [[nodiscard]] QString bulk() const { return m_world->textOf("bulkText"); }
    void press(const char *keys) { m_world->press(QString::fromLatin1(keys)); }
    [[nodiscard]] bool says(const char *begin) const { return bar().startsWith(QLatin1StringView(begin)); }

    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<QObject> m_guard;
    ConversationId m_spared;
    int m_marked = 0;
    qsizetype m_done = 0; ///< of the steps
};

/// Very many are marked; the one that is read is none of them.
void BulkBesideTest::init()
{
    m_world = std::make_unique<WindowWorld>(2000);
    QTRY_VERIFY(m_world->isReady());
    press("Ctrl+7");
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Resolved"));
    m_spared = m_world->show([](const ConversationRecord &one) { return one.reason != Reason::spam; });
    QVERIFY(m_spared.isValid());
    QVERIFY(m_world->act(Act::Unassign{m_spared}).isApplied());
    QTRY_VERIFY(!m_world->window().findChild<ConversationPane *>()->record().assignee.isValid());
    QTRY_VERIFY(m_world->window().commands().isEnabled(QStringLiteral("conversation.claim")));
    press("Ctrl+A");
    QTRY_VERIFY(m_world->list().markedCount() > 1000);
    press("X");
    QVERIFY(!m_world->list().isMarked(m_spared));
    m_marked = m_world->list().markedCount();
    m_done = 0;
}

void BulkBesideTest::follow(const QList<Step> &steps)
{
    m_guard = std::make_unique<QObject>();
    connect(&m_world->desk(), &Desk::changed, m_guard.get(), [this, steps] {
        if (m_done < steps.size() && isRunning() && steps.at(m_done).isTime()) {
            const Step step = steps.at(m_done++);
            step.act();
        }
    });
}

void BulkBesideTest::oneIsDoneAndUndoneMeanwhile()
{
    bool isUndoneMeanwhile = false;
    follow({{[] { return true; }, [this] { press("Shift+A"); }},
            {[this] { return says("Assigned to you"); },
             [this] {
                 QCOMPARE(m_world->record(m_spared).assignee, m_world->desk().me());
                 press("Z");
             }},
            {[this] { return says("Undone: Assigned to you"); }, [&] { isUndoneMeanwhile = true; }}});
    press("!");
    QTRY_VERIFY2_WITH_TIMEOUT(says("Resolved as spam"), qPrintable(bar()), 60'000);
    QVERIFY(isUndoneMeanwhile);
    QVERIFY(!isRunning());
    QVERIFY2(bar().contains(QLocale().toString(m_marked)), qPrintable(bar()));
    QVERIFY(!m_world->record(m_spared).assignee.isValid());
    QVERIFY(m_world->record(m_spared).reason != Reason::spam);
}

void BulkBesideTest::whatIsReadStaysWhenItEnds()
{
    // One of them is opened while they are being resolved.
    ConversationId read;
    follow({{[] { return true; },
             [&] {
                 press("J");
                 read = m_world->list().conversationAt(m_world->list().rowOf(m_spared) + 1);
             }}});
    press("!");
    QTRY_VERIFY2_WITH_TIMEOUT(says("Resolved as spam"), qPrintable(bar()), 60'000);
    QVERIFY(read.isValid());
    QCOMPARE(m_world->record(read).reason, Reason::spam);
    QTRY_COMPARE(m_world->shown(), read);
    QCOMPARE(m_world->list().markedCount(), 0);
}

void BulkBesideTest::otherMarksAreTheirOwn()
{
    bool isTold = false;
    follow({{[] { return true; }, [this] { press("X"); }},
            {[] { return true; },
             [&] {
                 isTold = bulk().contains(QStringLiteral("done")) &&
                          bulk().contains(QStringLiteral("1 conversation marked")) &&
                          m_world->widget("bulkClear")->isVisible();
             }}});
    press("!");
    QTRY_VERIFY2_WITH_TIMEOUT(says("Resolved as spam"), qPrintable(bar()), 60'000);
    QVERIFY(isTold);
    QCOMPARE(m_world->list().markedCount(), 1);
    QVERIFY(m_world->list().isMarked(m_spared));
    QTRY_COMPARE(bulk(), QStringLiteral("1 conversation marked"));
}

void BulkBesideTest::secondOnManyIsRefusedWithAWord()
{
    bool isRefused = false;
    follow({{[] { return true; }, [this] { m_world->list().markAll(); }},
            {[this] { return m_world->list().markedCount() > 1000; }, [this] { press("E"); }},
            {[] { return true; }, [&] { isRefused = says("Very many are being worked on already"); }}});
    press("!");
    QTRY_VERIFY2_WITH_TIMEOUT(says("Resolved as spam"), qPrintable(bar()), 60'000);
    QCOMPARE(m_done, 3);
    QVERIFY2(isRefused, qPrintable(bar()));
}

void BulkBesideTest::undoMeansTheManyWhereNothingCameAfter()
{
    follow({{[] { return true; }, [this] { press("Z"); }}});
    press("!");
    QTRY_VERIFY2_WITH_TIMEOUT(says("Undone: Resolved as spam"), qPrintable(bar()), 60'000);
    // Whoever went nowhere finds the marks as they were.
    QTRY_COMPARE(m_world->list().markedCount(), m_marked);
    QCOMPARE(m_world->shown(), m_spared);
}

QTEST_MAIN(BulkBesideTest)
#include "tst_bulkbeside.moc"
