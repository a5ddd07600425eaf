// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/deskworld.h"
#include "ui/conversation/messagewidget.h"
#include "ui/conversation/timelineview.h"

#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>

using namespace Earshot;

/// What opening a conversation costs before it is seen: nothing that is out of sight, and no widget anew.
class TimelineOpeningTest final : public QObject
{
    Q_OBJECT

public:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Hide && qobject_cast<MessageWidget *>(watched))
            ++m_hidden;
        return QObject::eventFilter(watched, event);
    }

private Q_SLOTS:
    void init();
    void cleanup() { m_view.reset(); }
    void whatIsOutOfSightWaits();
    void whoScrollsAtOnceSeesAll();
    void widgetsStayShown();

private:
    [[nodiscard]] static TimelineContent many(int first);
    [[nodiscard]] QList<MessageWidget *> shown() const;
    /// The edges of what is shown, in the view's own pixels.
    [[nodiscard]] int top() const;
    [[nodiscard]] int bottom() const;

    TestClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<TimelineView> m_view;
    int m_hidden = 0;
};

void TimelineOpeningTest::init()
{
    m_view = std::make_unique<TimelineView>(m_clock, m_folder.path());
    m_view->resize(520, 400);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    m_hidden = 0;
}

TimelineContent TimelineOpeningTest::many(int first)
{
    TimelineContent content;
    for (int i = first; i < first + 200; ++i) {
        MessageRecord message;
        message.id = MessageId(i);
        message.authorName = QStringLiteral("Bea");
        message.text = QStringLiteral("word ").repeated(i % 7 * 8 + 1);
        message.sentAt = message.sortAt = timeFromMs(1'799'000'000'000 + i * 1000);
        content.messages.append(message);
    }
    return content;
}

QList<MessageWidget *> TimelineOpeningTest::shown() const
{
    QList<MessageWidget *> all = m_view->findChildren<MessageWidget *>();
    all.removeIf([](const MessageWidget *widget) { return !widget->isVisible(); });
    return all;
}

int TimelineOpeningTest::top() const
{
    int edge = m_view->viewport()->height();
    for (const MessageWidget *widget : shown())
        edge = std::min(edge, widget->y());
    return edge;
}

int TimelineOpeningTest::bottom() const
{
    int edge = 0;
    for (const MessageWidget *widget : shown())
        edge = std::max(edge, widget->geometry().bottom());
    return edge;
}

void TimelineOpeningTest::whatIsOutOfSightWaits()
{
    m_view->open(many(1));
    const int page = m_view->viewport()->height();
    const QList<MessageWidget *> atOnce = shown();
    QVERIFY(top() <= 0 && bottom() > page - 40);
    for (const MessageWidget *widget : atOnce)
        QVERIFY(widget->geometry().intersects(m_view->viewport()->rect()));
    const int end = bottom();
    // Then a page more, so that scrolling finds it there; what is read stays where it is.
    QTRY_VERIFY(top() < -page / 2);
    QCOMPARE(bottom(), end);
    QVERIFY(m_view->isAtEnd());
}

void TimelineOpeningTest::whoScrollsAtOnceSeesAll()
{
    m_view->open(many(1));
    m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->value() - 3000);
    QVERIFY(top() <= 0);
    QVERIFY(bottom() >= m_view->viewport()->height());
}

void TimelineOpeningTest::widgetsStayShown()
{
    m_view->open(many(1));
    QTRY_VERIFY(top() < 0);
    const QList<MessageWidget *> before = shown();
    for (MessageWidget *widget : before)
        widget->installEventFilter(this);
    m_view->open(many(1001));
    const QList<MessageWidget *> after = shown();
    // At most those that are not needed any more.
    QCOMPARE(m_hidden, std::max<qsizetype>(0, before.size() - after.size()));
    for (const MessageWidget *widget : after)
        QVERIFY(widget->key() > 1000);
}

QTEST_MAIN(TimelineOpeningTest)
#include "tst_timelineopening.moc"
