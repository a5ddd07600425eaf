// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/pseudolocale.h"
#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/screenfit.h"

#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Earshot;

/// The window on small screens, as a laptop's at 200 or 300 %: panes take turns, nothing is cut off.
class FoldingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void fits_data();
    void fits();
    void writingComesFromTheList();
    void twoPanesAndTheViewsOnDemand();
    void nameGoesBeforeTheHandle();
    void onePaneAtATime();
    void widthsComeBack();
    void restartKeepsThem();
    void dialogIsScrolledTo();
    void dialogThatGrowsIsScrolledTo();
    void rowIsSeenWholeBesideAllElse();

private:
    void open(QSize size)
    {
        m_world = std::make_unique<WindowWorld>(200);
        QTRY_VERIFY(m_world->isReady());
        QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
        m_world->window().resize(size);
        QTRY_COMPARE(m_world->window().size(), size);
    }
    [[nodiscard]] bool isThere(const char *name) const
    {
        const QWidget *widget = m_world->widget(name);
        return widget && widget->isVisible();
    }

    std::unique_ptr<PseudoLocale> m_pseudo;
    std::unique_ptr<WindowWorld> m_world;
};

void FoldingTest::cleanup()
{
    m_world.reset();
    if (m_pseudo)
        QCoreApplication::removeTranslator(m_pseudo.get());
    m_pseudo.reset();
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

void FoldingTest::fits_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("isLong");
    QTest::addColumn<bool>("isMirrored");
    for (const QSize size :
         {QSize(1280, 680), QSize(1024, 550), QSize(960, 500), QSize(720, 450), QSize(640, 330), QSize(427, 210)}) {
        QTest::addRow("%d", size.width()) << size << false << false;
        QTest::addRow("%d long mirrored", size.width()) << size << true << true;
    }
}

void FoldingTest::fits()
{
    QFETCH(QSize, size);
    QFETCH(bool, isLong);
    QFETCH(bool, isMirrored);
    if (isMirrored)
        QApplication::setLayoutDirection(Qt::RightToLeft);
    if (isLong) {
        m_pseudo = std::make_unique<PseudoLocale>();
        QCoreApplication::installTranslator(m_pseudo.get());
    }
    open(size);
    const auto clipped = [this] { return clippedIn(m_world->window()); };
    QTRY_VERIFY2(clipped().isEmpty(), qPrintable(clipped().join(QLatin1Char('\n'))));
    m_world->press(QStringLiteral("J X"));
    QTRY_VERIFY(m_world->shown().isValid());
    QTRY_VERIFY2(clipped().isEmpty(), qPrintable(clipped().join(QLatin1Char('\n'))));
    m_world->press(QStringLiteral("Return"));
    m_world->press(QStringLiteral("R"));
    QTRY_VERIFY(isThere("composerSend"));
    QTRY_COMPARE(m_world->window().size(), size);
    // On a low screen it is scrolled to.
    auto *text = m_world->find<QPlainTextEdit>("composerText");
    QTRY_VERIFY(text->hasFocus());
    QTRY_COMPARE(text->viewport()->visibleRegion().boundingRect().height(), text->viewport()->height());
    QTRY_VERIFY2(clipped().isEmpty(), qPrintable(clipped().join(QLatin1Char('\n'))));
}

/// Where one pane is there at a time, what is written stands where the list was.
void FoldingTest::writingComesFromTheList()
{
    open({427, 210});
    m_world->press(QStringLiteral("J"));
    QTRY_COMPARE(m_world->window().findChild<ConversationPane *>()->record().id, m_world->shown());
    QVERIFY(isThere("conversations") && !isThere("composer"));
    m_world->press(QStringLiteral("N"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("composerText"));
    QVERIFY(isThere("composer") && !isThere("conversations"));
    m_world->press(QStringLiteral("Esc Esc"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    QVERIFY(
        m_world->act(Act::KeepSavedReply{{}, QStringLiteral("Known"), QStringLiteral("Dear {name}, {what} is known.")})
            .isApplied());
    QTRY_COMPARE(m_world->window().roster().savedReplies().size(), 1);
    m_world->press(QStringLiteral("X Shift+J"));
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("round.start")));
    QTRY_COMPARE(m_world->focus(), m_world->widget("pickField"));
    m_world->press(QStringLiteral("Down Return"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("composerText"));
    QVERIFY(isThere("composer") && !isThere("conversations"));
    // What is still to be filled in is chosen.
    QTRY_COMPARE(m_world->find<QPlainTextEdit>("composerText")->textCursor().selectedText(), QStringLiteral("{what}"));
}

void FoldingTest::twoPanesAndTheViewsOnDemand()
{
    open({700, 500});
    QTRY_VERIFY(!isThere("views") && isThere("conversations") && isThere("conversationPane"));
    QVERIFY(isThere("viewsButton") && !isThere("listButton"));
    QTest::mouseClick(m_world->widget("viewsButton"), Qt::LeftButton);
    QTRY_VERIFY(isThere("views"));
    QTRY_VERIFY(m_world->widget("views")->hasFocus());
    // A choice is made: the list is there again.
    m_world->press(QStringLiteral("Ctrl+3"));
    QTRY_VERIFY(!isThere("views") && isThere("conversations"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    // And by the key.
    m_world->press(QStringLiteral("Shift+F6"));
    QTRY_VERIFY(isThere("views") && m_world->widget("views")->hasFocus());
    m_world->press(QStringLiteral("F6"));
    QTRY_VERIFY(!isThere("views") && m_world->widget("conversations")->hasFocus());
}

void FoldingTest::nameGoesBeforeTheHandle()
{
    open({860, 520});
    QVERIFY(m_world->show([](const ConversationRecord &one) { return one.contactHandle.size() > 24; }).isValid());
    auto *name = m_world->find<PlainLabel>("headerName");
    QTRY_VERIFY(name->isVisible());
    QTRY_VERIFY2(name->width() >= name->sizeHint().width(), qPrintable(QString::number(name->width())));
}

void FoldingTest::onePaneAtATime()
{
    open({560, 400});
    QTRY_VERIFY(!isThere("views") && isThere("conversations") && !isThere("conversationPane"));
    const ConversationId id = m_world->list().conversationAt(0);
    m_world->press(QStringLiteral("J Return"));
    QTRY_VERIFY(!isThere("conversations") && isThere("conversationPane") && isThere("listButton"));
    QCOMPARE(m_world->shown(), id);
    // Back by the key and by the button.
    m_world->press(QStringLiteral("Escape"));
    QTRY_VERIFY(isThere("conversations") && !isThere("conversationPane"));
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY(isThere("conversationPane"));
    QTest::mouseClick(m_world->widget("listButton"), Qt::LeftButton);
    QTRY_VERIFY(isThere("conversations") && !isThere("conversationPane"));
    // The search finds itself in the list's place.
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY(isThere("conversationPane"));
    m_world->press(QStringLiteral("/"));
    QTRY_VERIFY(m_world->widget("searchField")->hasFocus());
    m_world->type(QStringLiteral("noise"));
    QTRY_VERIFY(isThere("searchResults"));
}

void FoldingTest::widthsComeBack()
{
    open({1280, 680});
    auto *panes = m_world->find<QSplitter>("panes");
    panes->setSizes({300, 400, 580});
    const QList<int> before = panes->sizes();
    m_world->window().resize(560, 400);
    QTRY_VERIFY(!isThere("views"));
    m_world->window().resize(1280, 680);
    QTRY_VERIFY(isThere("views") && isThere("conversationPane"));
    QTRY_COMPARE(panes->sizes(), before);
}

void FoldingTest::restartKeepsThem()
{
    open({1280, 680});
    auto *panes = m_world->find<QSplitter>("panes");
    panes->setSizes({300, 400, 580});
    const QList<int> before = panes->sizes();
    m_world->window().resize(560, 400);
    QTRY_VERIFY(!isThere("views"));
    m_world->reopen();
    QTRY_VERIFY(isThere("conversations") && m_world->list().rowCount() > 5);
    m_world->window().resize(560, 400);
    QTRY_VERIFY(!isThere("views") && !isThere("conversationPane"));
    m_world->window().resize(1280, 680);
    QTRY_VERIFY(isThere("views") && isThere("conversationPane"));
    panes = m_world->find<QSplitter>("panes");
    QTRY_COMPARE(panes->sizes(), before);
}

void FoldingTest::dialogIsScrolledTo()
{
    const ScreenFit fit(qApp);
    QDialog dialog;
    auto *column = new QVBoxLayout(&dialog);
    for (int i = 0; i < 80; ++i)
        column->addWidget(new QPushButton(QString::number(i), &dialog));
    QPushButton *last = dialog.findChildren<QPushButton *>().constLast();
    last->setFocus();
    dialog.show();
    QTRY_VERIFY(dialog.isVisible());
    QVERIFY(dialog.height() <= dialog.screen()->availableSize().height());
    QVERIFY(dialog.findChild<QScrollArea *>());
    QCOMPARE(dialog.focusWidget(), last);
}

/// As when an answer has come.
void FoldingTest::dialogThatGrowsIsScrolledTo()
{
    const ScreenFit fit(qApp);
    QDialog dialog;
    auto *column = new QVBoxLayout(&dialog);
    auto *field = new QLineEdit(&dialog);
    column->addWidget(field);
    auto *answer = new QWidget(&dialog);
    answer->setMinimumSize(300, 3000);
    answer->hide();
    column->addWidget(answer);
    dialog.open();
    QTRY_VERIFY(dialog.isVisible());
    QVERIFY(!dialog.findChild<QScrollArea *>());
    answer->show();
    QTRY_VERIFY(dialog.findChild<QScrollArea *>());
    QTRY_VERIFY2(dialog.height() <= dialog.screen()->availableSize().height(),
                 qPrintable(QString::number(dialog.height())));
    QCOMPARE(dialog.focusWidget(), field);
}

/// With all that can stand around it on a small laptop at 300 %.
void FoldingTest::rowIsSeenWholeBesideAllElse()
{
    open({427, 210});
    auto *list = m_world->find<QTableView>("conversations");
    list->setFocus();
    const Act::PinNotice pin{QStringLiteral("The network of the carrier is down in the north, all know of it. Ask for "
                                            "patience: it will be there again in the evening."),
                             m_world->clock().now() + std::chrono::hours(2),
                             {},
                             {},
                             {},
                             {}};
    QVERIFY(m_world->act(pin).isApplied());
    QTRY_VERIFY(m_world->widget("listNotices")->isVisible());
    m_world->press(QStringLiteral("J X J"));
    QTRY_COMPARE(m_world->list().markedCount(), 1);
    m_world->window().tell(QStringLiteral("Something that is said in a long sentence, of several lines."));
    QTRY_VERIFY(isThere("messageBar") && isThere("bulkBar"));
    const auto seen = [list] {
        const QRect row = list->visualRect(list->currentIndex());
        return list->viewport()->visibleRegion().boundingRect().intersected(row).height();
    };
    QTRY_COMPARE(seen(), list->visualRect(list->currentIndex()).height());
    QVERIFY2(m_world->window().height() <= 210, qPrintable(QString::number(m_world->window().height())));
}

QTEST_MAIN(FoldingTest)
#include "tst_folding.moc"
