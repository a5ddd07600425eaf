// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/deskworld.h"
#include "ui/conversation/links.h"
#include "ui/conversation/sentences.h"
#include "ui/conversation/timelineview.h"

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QToolTip>

using namespace Earshot;

/// The timeline's order, its drawing and how it keeps its place. Content is given, nothing is read.
class TimelineViewTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordersMessagesEventsAndFolds();
    void refreshRemovesWhatIsGone();
    void manyArrivalsLeaveNoGap();
    void opensAtTheEnd();
    void opensAtTheFirstUnseen();
    void fiveThousandHaveFewWidgets();
    void olderOnesDoNotMoveWhatIsRead();
    void arrivalsDoNotMoveWhatIsRead();
    void realHeightsDoNotMoveWhatIsRead();
    void keysMoveTheCurrentMessage();
    void textIsSelectedAndCopied();
    void keyboardSelectsWithinAMessage();
    void keyboardSelectsAcrossMessages();
    void onlyWebAddressesAreLinks();
    void pointerSelectsAcrossMessages();
    void pointerScrollsBeyondTheEdge();
    void clicksSelectWordAndParagraph();
    void tabGoesFromLinkToLink();
    void linkSaysWhereItLeads();
    void linksAreTheMessagesChildren();
    void menuKeyOpensTheMenu();
    void warningFoldsTheText();
    void longTextUnfoldsPieceByPiece();
    void deliveryHasWordsAndButtons();
    void smallerPictureIsSaid();
    void attachmentsAreReadAndCopied();
    void secondsCountDown();
    void foldOpensTheThreadAround();
    void hostileTextStaysText();
    void onlyPicturesAreDecoded();

private:
    MessageRecord message(qint64 id, const QString &text, MessageKind kind = MessageKind::inbound) const
    {
        MessageRecord record;
        record.id = MessageId(id);
        record.kind = kind;
        record.authorName = QStringLiteral("Mira Holm");
        record.authorHandle = QStringLiteral("@mira@social.example");
        record.text = text;
        record.sortAt = m_clock.now() + std::chrono::seconds(id);
        record.createdSeq = id;
        return record;
    }
    TimelineContent many(int count, int first = 1) const
    {
        TimelineContent content;
        for (int i = first; i < first + count; ++i)
            content.messages.append(
                message(i, QString(i % 7 * 40 + 5, QLatin1Char('x')).replace(9, 1, QLatin1Char(' '))));
        content.channelIdentity = QStringLiteral("@acmecares");
        return content;
    }
    static void show(TimelineView &view)
    {
        view.resize(520, 400);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
    }
    static MessageWidget *widgetOf(const TimelineView &view, MessageId id)
    {
        const auto widgets = view.findChildren<MessageWidget *>();
        for (MessageWidget *widget : widgets) {
            if (widget->key() == Timeline::keyOf(id))
                return widget;
        }
        return nullptr;
    }
    static QString textOf(const TimelineView &view, MessageId id)
    {
        const MessageWidget *widget = widgetOf(view, id);
        return widget ? widget->drawing()->text({0, widget->drawing()->length()}) : QString();
    }
    /// Where a message is on screen.
    static int yOf(const TimelineView &view, MessageId id)
    {
        const MessageWidget *widget = widgetOf(view, id);
        return widget ? widget->y() : 1'000'000;
    }
    /// In a widget, where a text of it stands; its middle, or left of it.
    static QPoint pointOf(const MessageWidget *widget, const QString &text, bool isLeft = false)
    {
        const auto at = int(widget->drawing()->wholeText().indexOf(text));
        const QRect place = widget->drawing()->rectsOf({at, at + int(text.size())}).value(0);
        return isLeft ? QPoint(place.left(), place.center().y()) : place.center();
    }
    static void drag(QWidget *widget, QPoint to)
    {
        QMouseEvent move(QEvent::MouseMove, QPointF(to), widget->mapToGlobal(QPointF(to)), Qt::NoButton, Qt::LeftButton,
                         {});
        QCoreApplication::sendEvent(widget, &move);
    }
    TestClock m_clock;
    QTemporaryDir m_folder;
};

void TimelineViewTest::ordersMessagesEventsAndFolds()
{
    TimelineContent content = many(3);
    JournalRecord line;
    line.id = 9;
    line.kind = QStringLiteral("assign");
    line.agent = AgentId(1);
    line.agentName = QStringLiteral("Ana");
    line.after = QStringLiteral("2");
    line.at = content.messages.at(1).sortAt;
    content.events = {line};
    content.agentNames = {{1, QStringLiteral("Ana")}, {2, QStringLiteral("Kim")}};
    content.context = {message(100, QStringLiteral("others"), MessageKind::context)};
    content.context[0].sortAt = content.messages.first().sortAt - std::chrono::minutes(1);
    Timeline timeline;
    timeline.reset(content);
    QCOMPARE(timeline.items().size(), 5);
    QCOMPARE(timeline.items().at(0).kind, TimelineItem::Kind::fold);
    QCOMPARE(timeline.items().at(1).message->id, MessageId(1));
    const auto isEvent = [](const TimelineItem &item) { return item.kind == TimelineItem::Kind::event; };
    const auto event = std::find_if(timeline.items().cbegin(), timeline.items().cend(), isEvent);
    QVERIFY(event != timeline.items().cend());
    QVERIFY(event->text.contains(QStringLiteral("Ana")) && event->text.contains(QStringLiteral("Kim")));
    timeline.toggleFold(timeline.items().at(0).key);
    QCOMPARE(timeline.items().size(), 6);
    QVERIFY(timeline.items().at(1).isContext);
}

void TimelineViewTest::refreshRemovesWhatIsGone()
{
    Timeline timeline;
    timeline.reset(many(10));
    timeline.addOlder({message(-5, QStringLiteral("older"))}, false);
    TimelineContent again = many(10);
    again.messages.removeAt(4);
    timeline.refresh(again);
    QVERIFY(!timeline.find(MessageId(5)));
    QVERIFY(timeline.find(MessageId(-5)));
    QCOMPARE(timeline.messageCount(), 10);
}

void TimelineViewTest::manyArrivalsLeaveNoGap()
{
    Timeline timeline;
    timeline.reset(many(10));
    TimelineContent far = many(10, 500);
    far.hasOlder = true;
    timeline.refresh(far);
    QCOMPARE(timeline.messageCount(), 10);
    QCOMPARE(timeline.oldest()->id, MessageId(500));
    QVERIFY(timeline.hasOlder());
    // What is older than what was held comes by paging only.
    TimelineContent wider = many(30, 480);
    wider.hasOlder = true;
    timeline.refresh(wider);
    QCOMPARE(timeline.oldest()->id, MessageId(500));
}

void TimelineViewTest::opensAtTheEnd()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    view.open(many(200));
    QVERIFY(view.isAtEnd());
    const MessageWidget *last = widgetOf(view, MessageId(200));
    QVERIFY(last);
    QVERIFY(last->geometry().bottom() <= view.viewport()->height());
    QVERIFY(last->geometry().bottom() > view.viewport()->height() - 40);
    QCOMPARE(view.current()->id, MessageId(200));
}

void TimelineViewTest::opensAtTheFirstUnseen()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content = many(200);
    content.seen = MessageId(120);
    view.open(content);
    QVERIFY(yOf(view, MessageId(121)) >= 0);
    QVERIFY(yOf(view, MessageId(121)) < 40);
    QCOMPARE(view.current()->id, MessageId(121));
}

void TimelineViewTest::fiveThousandHaveFewWidgets()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    const TimelineContent content = many(5000);
    QElapsedTimer watch;
    watch.start();
    view.open(content);
    qInfo("opening 5,000 messages took %lld ms", static_cast<long long>(watch.elapsed()));
    QVERIFY(view.findChildren<MessageWidget *>().size() < 80);
    for (int value = view.verticalScrollBar()->maximum(); value > 0; value -= 5000)
        view.verticalScrollBar()->setValue(value);
    QVERIFY(view.findChildren<MessageWidget *>().size() < 120);
}

void TimelineViewTest::olderOnesDoNotMoveWhatIsRead()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content = many(50, 101);
    content.hasOlder = true;
    view.open(content);
    QSignalSpy wanted(&view, &TimelineView::olderWanted);
    view.verticalScrollBar()->setValue(30);
    QCOMPARE(wanted.size(), 1);
    view.verticalScrollBar()->setValue(20);
    QCOMPARE(wanted.size(), 1);
    const auto before = view.topItem();
    const int y = yOf(view, MessageId(102));
    view.addOlder(many(100).messages, false);
    QCOMPARE(view.topItem(), before);
    QCOMPARE(yOf(view, MessageId(102)), y);
    QVERIFY(view.verticalScrollBar()->value() > 1000);
}

void TimelineViewTest::arrivalsDoNotMoveWhatIsRead()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    view.open(many(80));
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 2);
    const auto before = view.topItem();
    TimelineContent more = many(90);
    more.messages[10].text = QString(900, QLatin1Char('y'));
    view.refresh(more);
    QCOMPARE(view.topItem(), before);
    QCOMPARE(view.timeline().messageCount(), 90);
}

void TimelineViewTest::realHeightsDoNotMoveWhatIsRead()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content = many(300);
    // Estimates cannot know how such a text breaks.
    for (MessageRecord &record : content.messages)
        record.text = QStringLiteral("WWWWWWWWWWWWWWWWWWWWWWW iiiii ").repeated(int(record.id.value % 9) + 1);
    content.seen = MessageId(200);
    view.open(content);
    const auto before = view.topItem();
    const int height = view.verticalScrollBar()->maximum();
    // In idle time the rest is measured; the range then is another one.
    QTRY_VERIFY(view.verticalScrollBar()->maximum() != height);
    QCOMPARE(view.topItem(), before);
}

void TimelineViewTest::keysMoveTheCurrentMessage()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    view.open(many(60));
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Up);
    QCOMPARE(view.current()->id, MessageId(59));
    QTest::keyClick(&view, Qt::Key_Home);
    QCOMPARE(view.current()->id, MessageId(1));
    QCOMPARE(view.verticalScrollBar()->value(), 0);
    QTest::keyClick(&view, Qt::Key_Down);
    QCOMPARE(view.current()->id, MessageId(2));
    QTest::keyClick(&view, Qt::Key_PageDown);
    QVERIFY(view.verticalScrollBar()->value() > 0);
    QVERIFY(view.current()->id > MessageId(2));
    QTest::keyClick(&view, Qt::Key_End);
    QCOMPARE(view.current()->id, MessageId(60));
    QVERIFY(view.isAtEnd());
}

void TimelineViewTest::textIsSelectedAndCopied()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content;
    content.messages = {message(1, QStringLiteral("first line\nsecond line"))};
    view.open(content);
    MessageWidget *widget = widgetOf(view, MessageId(1));
    QVERIFY(widget);
    QTest::mousePress(widget, Qt::LeftButton, {}, QPoint(2, 2));
    QTest::mouseMove(widget, QPoint(widget->width() - 2, widget->height() - 2));
    QMouseEvent move(QEvent::MouseMove, QPointF(widget->width() - 14, widget->height() - 2),
                     widget->mapToGlobal(QPointF()), Qt::NoButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(widget, &move);
    QTest::mouseRelease(widget, Qt::LeftButton, {}, QPoint(widget->width() - 14, widget->height() - 2));
    QVERIFY(view.selectedText().contains(QStringLiteral("first line\nsecond line")));
    QTest::keySequence(&view, QKeySequence::Copy);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("second line")));
    // Without a selection the whole message is copied.
    QTest::mouseClick(widget, Qt::LeftButton, {}, QPoint(2, 2));
    QTest::keySequence(&view, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("first line\nsecond line"));
}

void TimelineViewTest::keyboardSelectsWithinAMessage()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content;
    content.messages = {message(1, QStringLiteral("first"))};
    view.open(content);
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_End);
    MessageWidget *widget = widgetOf(view, MessageId(1));
    QVERIFY(widget);
    QCOMPARE(widget->caret(), -1);
    QTest::keyClick(&view, Qt::Key_Right);
    QCOMPARE(widget->caret(), 0);
    QVERIFY(view.selectedText().isEmpty());
    // To the end of all its texts, and back over the last word.
    for (int i = 0; i < widget->drawing()->length() + 10; ++i)
        QTest::keyClick(&view, Qt::Key_Right);
    const int end = widget->caret();
    QVERIFY(end > 4);
    QTest::keyClick(&view, Qt::Key_Left, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(widget->caret() < end);
    QVERIFY(!view.selectedText().isEmpty());
    QCOMPARE(widget->selection().to, end);
    QTest::keySequence(&view, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), view.selectedText());
    QTest::keyClick(&view, Qt::Key_Left);
    QVERIFY(view.selectedText().isEmpty());
}

void TimelineViewTest::keyboardSelectsAcrossMessages()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content;
    for (int i = 1; i <= 400; ++i)
        content.messages.append(message(i, QStringLiteral("number %1 says").arg(i)));
    view.open(content);
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_End);
    QCOMPARE(view.current()->id, MessageId(400));
    QTest::keyClick(&view, Qt::Key_Up, Qt::ShiftModifier);
    QVERIFY(view.selectedText().contains(QStringLiteral("number 400 says")));
    QVERIFY(!view.selectedText().contains(QStringLiteral("number 399")));
    // Far beyond what is on screen: nothing of it is lost.
    for (int i = 0; i < 200; ++i)
        QTest::keyClick(&view, Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(view.current()->id, MessageId(200));
    const QString text = view.selectedText();
    for (int i = 200; i <= 400; ++i)
        QVERIFY2(text.contains(QStringLiteral("number %1 says").arg(i)), qPrintable(QString::number(i)));
    QVERIFY(!text.contains(QStringLiteral("number 199")));
    QVERIFY(text.indexOf(QStringLiteral("number 200 ")) < text.indexOf(QStringLiteral("number 201 ")));
    QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
    QVERIFY(!view.selectedText().contains(QStringLiteral("number 200 ")));
    QTest::keySequence(&view, QKeySequence::Copy);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("number 300 says")));
    // Without Shift nothing is selected any more.
    QTest::keyClick(&view, Qt::Key_Down);
    QVERIFY(view.selectedText().isEmpty());
}

void TimelineViewTest::onlyWebAddressesAreLinks()
{
    const QString text = QStringLiteral("see (https://a.example/x_(y)), file:///etc/passwd javascript:alert(1) "
                                        "http://b.example. and ftp://c.example");
    const QList<Link> links = findLinks(text);
    QCOMPARE(links.size(), 2);
    QCOMPARE(links.at(0).url, QUrl(QStringLiteral("https://a.example/x_(y)")));
    QCOMPARE(links.at(1).url, QUrl(QStringLiteral("http://b.example")));
    QVERIFY(!openOutside(QUrl(QStringLiteral("file:///etc/passwd"))));
    QVERIFY(!openOutside(QUrl(QStringLiteral("javascript:alert(1)"))));
}

void TimelineViewTest::pointerSelectsAcrossMessages()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content;
    for (const char *text : {"alpha beta", "gamma delta", "epsilon zeta"})
        content.messages.append(message(content.messages.size() + 1, QString::fromLatin1(text)));
    content.messages[0].authorName = QStringLiteral("Jo Ray");
    view.open(content);
    MessageWidget *first = widgetOf(view, MessageId(1));
    const MessageWidget *last = widgetOf(view, MessageId(3));
    QVERIFY(first && last);
    QTest::mousePress(first, Qt::LeftButton, {}, pointOf(first, QStringLiteral("beta"), true));
    const QPoint to = first->mapFrom(view.viewport(), last->mapToParent(pointOf(last, QStringLiteral("zeta"), true)));
    drag(first, to);
    QTest::mouseRelease(first, Qt::LeftButton, {}, to);
    QString text = view.selectedText();
    // With whom it was said by, also where the selection begins within.
    QVERIFY2(text.startsWith(QStringLiteral("Jo Ray")), qUtf8Printable(text));
    QVERIFY(text.contains(QStringLiteral("\nbeta\n\nMira Holm")));
    QVERIFY(text.contains(QStringLiteral("gamma delta")) && text.trimmed().endsWith(QStringLiteral("epsilon")));
    QVERIFY(!text.contains(QStringLiteral("alpha")) && !text.contains(QStringLiteral("zeta")));
    QTest::keySequence(&view, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), text);
    // Shift keeps where it began.
    MessageWidget *middle = widgetOf(view, MessageId(2));
    QTest::mouseClick(middle, Qt::LeftButton, Qt::ShiftModifier, pointOf(middle, QStringLiteral("delta"), true));
    text = view.selectedText();
    QVERIFY2(text.contains(QStringLiteral("beta")) && text.trimmed().endsWith(QStringLiteral("gamma")),
             qUtf8Printable(text));
    // The keyboard goes on from there.
    QTest::keyClick(&view, Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(view.selectedText().endsWith(QStringLiteral("gamma d")));
}

void TimelineViewTest::pointerScrollsBeyondTheEdge()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content;
    for (int i = 1; i <= 300; ++i)
        content.messages.append(message(i, QStringLiteral("number %1 says").arg(i)));
    view.open(content);
    MessageWidget *widget = widgetOf(view, MessageId(300));
    QVERIFY(widget);
    const QPoint from = pointOf(widget, QStringLiteral("says"), true);
    QTest::mousePress(widget, Qt::LeftButton, {}, from);
    const int before = view.verticalScrollBar()->value();
    // Held by the widget on which it went down, also when that one shows another message by now.
    drag(widget, widget->mapFrom(view.viewport(), QPoint(60, -400)));
    QVERIFY(view.isScrollingByPointer());
    QTRY_VERIFY(view.verticalScrollBar()->value() < before - 2 * view.viewport()->height());
    QTest::mouseRelease(widget, Qt::LeftButton, {}, widget->mapFrom(view.viewport(), QPoint(60, 0)));
    QVERIFY(!view.isScrollingByPointer());
    const QString text = view.selectedText();
    QVERIFY2(text.trimmed().endsWith(QStringLiteral("number 300")), qUtf8Printable(text.right(80)));
    QVERIFY(text.contains(QStringLiteral("number 290 says")));
}

void TimelineViewTest::clicksSelectWordAndParagraph()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content;
    content.messages = {message(1, QStringLiteral("the first (line) here\nsecond one\nthird"))};
    view.open(content);
    MessageWidget *widget = widgetOf(view, MessageId(1));
    QVERIFY(widget);
    const QPoint line = pointOf(widget, QStringLiteral("line"));
    QTest::mouseDClick(widget, Qt::LeftButton, {}, line);
    QCOMPARE(view.selectedText(), QStringLiteral("line"));
    QTest::mouseClick(widget, Qt::LeftButton, {}, line);
    QCOMPARE(view.selectedText(), QStringLiteral("the first (line) here"));
    // By words as long as the button is down.
    QTest::mouseDClick(widget, Qt::LeftButton, {}, pointOf(widget, QStringLiteral("one")));
    QTest::mousePress(widget, Qt::LeftButton, {}, QPoint(3, 3));
    QTest::mouseRelease(widget, Qt::LeftButton, {}, QPoint(3, 3));
    QVERIFY(view.selectedText().isEmpty());
}

/// To the pointer and to the keyboard; a look-alike host as it will be asked for.
void TimelineViewTest::linkSaysWhereItLeads()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content;
    const QString lookAlike = QStringLiteral("https://b%1nk.example/login").arg(QChar(0x0430));
    content.messages = {message(1, QStringLiteral("please see ") + lookAlike)};
    view.open(content);
    const QString leads = QStringLiteral("https://xn--bnk-6cd.example/login");
    MessageWidget *widget = widgetOf(view, MessageId(1));
    const MessageLayout::Target link = widget->drawing()->links().constFirst();
    const QPoint onIt = widget->drawing()->rectsOf(link.range).constFirst().center();
    QHelpEvent asked(QEvent::ToolTip, onIt, widget->mapToGlobal(onIt));
    QCoreApplication::sendEvent(widget, &asked);
    QVERIFY2(QToolTip::text().contains(leads), qPrintable(QToolTip::text()));
    // Beside it nothing is said.
    const QPoint besides = widget->drawing()->rectsOf({link.range.from - 9, link.range.from - 8}).constFirst().center();
    QHelpEvent other(QEvent::ToolTip, besides, widget->mapToGlobal(besides));
    QCoreApplication::sendEvent(widget, &other);
    QTRY_VERIFY2(QToolTip::text().isEmpty(), qPrintable(QToolTip::text()));
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Home);
    QTest::keyClick(&view, Qt::Key_Tab);
    QVERIFY2(QToolTip::text().contains(leads), qPrintable(QToolTip::text()));
}

void TimelineViewTest::tabGoesFromLinkToLink()
{
    QWidget window;
    TimelineView view(m_clock, m_folder.path(), &window);
    QToolButton after(&window);
    QWidget::setTabOrder(&view, &after);
    view.resize(520, 400);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    TimelineContent content;
    content.messages = {message(1, QStringLiteral("https://a.example/one and https://a.example/two")),
                        message(2, QStringLiteral("nothing")),
                        message(3, QStringLiteral("see https://b.example/three"))};
    view.open(content);
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Home);
    QSignalSpy opened(&view, &TimelineView::linkActivated);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(opened.size(), 0);
    QTest::keyClick(&view, Qt::Key_Tab);
    QCOMPARE(view.currentLink(), QUrl(QStringLiteral("https://a.example/one")));
    QVERIFY(!widgetOf(view, MessageId(1))->link().isEmpty());
    QTest::keyClick(&view, Qt::Key_Tab);
    QCOMPARE(view.currentLink(), QUrl(QStringLiteral("https://a.example/two")));
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.at(0).at(0).toUrl(), QUrl(QStringLiteral("https://a.example/two")));
    QTest::keyClick(&view, Qt::Key_Tab);
    QCOMPARE(view.currentLink(), QUrl(QStringLiteral("https://b.example/three")));
    QCOMPARE(view.current()->id, MessageId(3));
    QVERIFY(widgetOf(view, MessageId(1))->link().isEmpty());
    QTest::keyClick(&view, Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(view.currentLink(), QUrl(QStringLiteral("https://a.example/two")));
    // Beyond the last one the timeline is left.
    QTest::keyClick(&view, Qt::Key_Tab);
    QTest::keyClick(&view, Qt::Key_Tab);
    QVERIFY(!view.hasFocus());
    QVERIFY(view.currentLink().isEmpty());
}

void TimelineViewTest::linksAreTheMessagesChildren()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content;
    MessageRecord record = message(1, QStringLiteral("see https://a.example/one now"));
    record.olderTexts = {QStringLiteral("before")};
    content.messages = {record};
    view.open(content);
    view.setFocus();
    QAccessibleInterface *told = QAccessible::queryAccessibleInterface(widgetOf(view, MessageId(1)));
    QVERIFY(told);
    QCOMPARE(told->childCount(), 2);
    QAccessibleInterface *link = told->child(0);
    QVERIFY(link && link->isValid());
    QCOMPARE(link->role(), QAccessible::Link);
    QCOMPARE(link->text(QAccessible::Name), QStringLiteral("https://a.example/one"));
    QCOMPARE(link->text(QAccessible::Description), QStringLiteral("https://a.example/one"));
    QCOMPARE(link->parent(), told);
    QCOMPARE(told->indexOfChild(link), 0);
    QVERIFY(told->rect().contains(link->rect()));
    QCOMPARE(told->childAt(link->rect().center().x(), link->rect().center().y()), link);
    QCOMPARE(told->child(1)->role(), QAccessible::PushButton);
    QSignalSpy opened(&view, &TimelineView::linkActivated);
    link->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(opened.size(), 1);
    link->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    QVERIFY(link->state().focused);
    QCOMPARE(QAccessible::queryAccessibleInterface(&view)->focusChild(), link);
    // Positions in the text are those of the caret, names have their marks.
    QAccessibleTextInterface *text = told->textInterface();
    const auto at = int(text->text(0, -1).indexOf(QStringLiteral("see")));
    text->setCursorPosition(at);
    QCOMPARE(text->cursorPosition(), at);
    QVERIFY(told->rect().contains(text->characterRect(at)));
    QTest::keyClick(&view, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(view.selectedText(), QStringLiteral("s"));
}

void TimelineViewTest::menuKeyOpensTheMenu()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content;
    content.messages = {message(1, QStringLiteral("see https://a.example/one now"))};
    view.open(content);
    view.setFocus();
    const auto menu = [&view] { return view.findChild<QMenu *>(QStringLiteral("messageMenu")); };
    const QSignalSpy opening(&view, &TimelineView::menuOpening);
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QCoreApplication::sendEvent(&view, &byKey);
    QCOMPARE(opening.size(), 1);
    QVERIFY(menu());
    QVERIFY(view.rect().contains(view.mapFromGlobal(menu()->pos())));
    menu()->close();
    QTRY_VERIFY(!menu());
}

void TimelineViewTest::warningFoldsTheText()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content;
    content.messages = {message(1, QStringLiteral("the hidden words"))};
    content.messages[0].contentWarning = QStringLiteral("spoiler");
    view.open(content);
    QVERIFY(!textOf(view, MessageId(1)).contains(QStringLiteral("hidden words")));
    QVERIFY(textOf(view, MessageId(1)).contains(QStringLiteral("spoiler")));
    auto *button = view.findChild<QToolButton *>(QStringLiteral("messageAction%1").arg(int(MessageAction::showText)));
    QVERIFY(button);
    button->click();
    QVERIFY(textOf(view, MessageId(1)).contains(QStringLiteral("hidden words")));
}

void TimelineViewTest::longTextUnfoldsPieceByPiece()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content;
    content.messages = {message(1, QStringLiteral("word ").repeated(400'000)),
                        message(2, QStringLiteral("short ").repeated(3'000))};
    view.open(content);
    const auto more = [&view](MessageId id) {
        return widgetOf(view, id)->findChild<QToolButton *>(
            QStringLiteral("messageAction%1").arg(int(MessageAction::showMore)));
    };
    const auto length = [&view](MessageId id) { return widgetOf(view, id)->drawing()->length(); };
    QVERIFY(view.showMessage(MessageId(1)) && length(MessageId(1)) < 5'000);
    QCOMPARE(more(MessageId(1))->text(), QStringLiteral("Show more of it"));
    more(MessageId(1))->click();
    QVERIFY(length(MessageId(1)) > 20'000 && length(MessageId(1)) < 30'000);
    more(MessageId(1))->click();
    QVERIFY(length(MessageId(1)) > 40'000 && length(MessageId(1)) < 50'000);
    QVERIFY(view.showMessage(MessageId(2)));
    QCOMPARE(more(MessageId(2))->text(), QStringLiteral("Show all of it"));
    more(MessageId(2))->click();
    QVERIFY(length(MessageId(2)) > 18'000);
}

void TimelineViewTest::deliveryHasWordsAndButtons()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content;
    content.channelIdentity = QStringLiteral("@acmecares");
    MessageRecord reply = message(1, QStringLiteral("We look into it"), MessageKind::reply);
    reply.agent = AgentId(1);
    reply.agentName = QStringLiteral("Ana");
    reply.delivery = DeliveryRecord();
    reply.delivery->id = DeliveryId(7);
    reply.delivery->state = DeliveryState::unsure;
    content.messages = {reply};
    reply.id = MessageId(2);
    reply.agent = AgentId();
    reply.agentName.clear();
    reply.delivery.reset();
    content.messages.append(reply);
    view.open(content);
    QVERIFY(textOf(view, MessageId(1)).contains(QStringLiteral("not known if it arrived")));
    QVERIFY(textOf(view, MessageId(1)).startsWith(QStringLiteral("Ana as @acmecares")));
    QVERIFY(textOf(view, MessageId(2)).startsWith(QStringLiteral("Answered on the network by @acmecares")));
    QSignalSpy done(&view, &TimelineView::actionTriggered);
    auto *again = view.findChild<QToolButton *>(QStringLiteral("messageAction%1").arg(int(MessageAction::sendAgain)));
    QVERIFY(again);
    again->click();
    QCOMPARE(done.size(), 1);
    QCOMPARE(done.at(0).at(0).value<MessageRecord>().delivery->id, DeliveryId(7));
}

void TimelineViewTest::smallerPictureIsSaid()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    MessageRecord whole = message(1, QStringLiteral("as it is"), MessageKind::reply);
    whole.media.resize(1);
    whole.media[0].type = QStringLiteral("image/png");
    MessageRecord smaller = whole;
    smaller.id = MessageId(2);
    smaller.media[0].sentWidth = 2'000;
    smaller.media[0].sentHeight = 133;
    TimelineContent content;
    content.messages = {whole, smaller};
    view.open(content);
    QVERIFY(!textOf(view, MessageId(1)).contains(QStringLiteral("smaller")));
    QVERIFY2(textOf(view, MessageId(2)).contains(QString::fromUtf8("Sent smaller: 2000 × 133 pixels")),
             qPrintable(textOf(view, MessageId(2))));
}

/// What is only painted is not there for a caret, for a screen reader's text or for what is copied.
void TimelineViewTest::attachmentsAreReadAndCopied()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content;
    for (int i = 1; i <= 200; ++i)
        content.messages.append(message(i, QStringLiteral("number %1 says").arg(i)));
    MediaRecord bare;
    bare.hash = QStringLiteral("none");
    bare.type = QStringLiteral("image/png");
    MediaRecord film;
    film.type = QStringLiteral("video/mp4");
    film.description = QStringLiteral("the lamp flickers");
    MediaRecord sound;
    sound.type = QStringLiteral("audio/mpeg");
    content.messages[199].media = {bare, film};
    content.messages[100].media = {sound, film};
    view.open(content);
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_End);
    QTRY_COMPARE(view.current()->id, MessageId(200));
    const QString shown = textOf(view, MessageId(200));
    QVERIFY2(shown.contains(QStringLiteral("Picture without a description\nVideo: the lamp flickers")),
             qPrintable(shown));
    const MessageWidget *widget = widgetOf(view, MessageId(200));
    // The words stand in the frame.
    const auto at = int(widget->drawing()->wholeText().indexOf(QStringLiteral("lamp flickers")));
    const QList<QRect> words = widget->drawing()->rectsOf({at, at + 4});
    QCOMPARE(words.size(), 1);
    QVERIFY(widget->drawing()->pictures().at(1).rect.contains(words.constFirst()));
    QAccessibleTextInterface *text = nullptr;
    if (QAccessibleInterface *told = QAccessible::queryAccessibleInterface(const_cast<MessageWidget *>(widget)))
        text = told->textInterface();
    QVERIFY(text);
    QVERIFY(text->text(0, text->characterCount()).contains(QStringLiteral("Picture without a description")));
    QTest::keySequence(&view, QKeySequence::SelectAll);
    const QString all = view.selectedText();
    QVERIFY(all.contains(QStringLiteral("number 200 says\nPicture without a description\nVideo: the lamp flickers")));
    // Far away, too, where nothing is laid out.
    QVERIFY(all.contains(QStringLiteral("number 101 says\nAudio without a description\nVideo: the lamp flickers")));
}

void TimelineViewTest::secondsCountDown()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content;
    MessageRecord reply = message(1, QStringLiteral("soon"), MessageKind::reply);
    reply.agent = AgentId(1);
    reply.delivery = DeliveryRecord();
    reply.delivery->state = DeliveryState::held;
    reply.delivery->heldUntil = m_clock.now() + std::chrono::seconds(8);
    content.messages = {reply};
    view.open(content);
    QVERIFY(textOf(view, MessageId(1)).contains(QStringLiteral("waiting 8 s")));
    m_clock.advance(std::chrono::seconds(3));
    QTRY_VERIFY(textOf(view, MessageId(1)).contains(QStringLiteral("waiting 5 s")));
}

void TimelineViewTest::foldOpensTheThreadAround()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content = many(2);
    content.context = {message(50, QStringLiteral("somebody else"), MessageKind::context)};
    content.context[0].sortAt -= std::chrono::hours(1);
    view.open(content);
    QVERIFY(!widgetOf(view, MessageId(50)));
    view.findChild<QToolButton *>(QStringLiteral("messageAction%1").arg(int(MessageAction::fold)))->click();
    QVERIFY(textOf(view, MessageId(50)).contains(QStringLiteral("somebody else")));
}

void TimelineViewTest::hostileTextStaysText()
{
    TimelineView view(m_clock, m_folder.path());
    show(view);
    TimelineContent content;
    MessageRecord hostile = message(1, QStringLiteral("<img src='file:///etc/passwd'><b>bold</b>"));
    hostile.authorName = QStringLiteral("<h1>x</h1>") + QChar(0x202e) + QStringLiteral("evil");
    content.messages = {hostile};
    view.open(content);
    QVERIFY(textOf(view, MessageId(1)).contains(QStringLiteral("<b>bold</b>")));
    QVERIFY(textOf(view, MessageId(1)).contains(QStringLiteral("<h1>x</h1>")));
    QVERIFY(!view.grab().isNull());
}

void TimelineViewTest::onlyPicturesAreDecoded()
{
    QImage image(40, 30, QImage::Format_RGB32);
    image.fill(Qt::red);
    const QString good = m_folder.filePath(QStringLiteral("good"));
    QVERIFY(image.save(good, "PNG"));
    QCOMPARE(PictureLoader::decode(good, {20, 20}).size(), QSize(20, 15));
    const QString bitmap = m_folder.filePath(QStringLiteral("bitmap"));
    QVERIFY(image.save(bitmap, "BMP"));
    QVERIFY(PictureLoader::decode(bitmap, {20, 20}).isNull());
    QFile drawing(m_folder.filePath(QStringLiteral("drawing")));
    QVERIFY(drawing.open(QIODevice::WriteOnly));
    drawing.write("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
    drawing.close();
    QVERIFY(PictureLoader::decode(drawing.fileName(), {20, 20}).isNull());
    PictureLoader loader(m_folder.path());
    // A path is not a hash.
    QVERIFY(loader.picture(QStringLiteral("../good"), {20, 20}, 1).isNull());
}

QTEST_MAIN(TimelineViewTest)
#include "tst_timelineview.moc"
