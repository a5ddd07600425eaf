// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/appearance.h"
#include "ui/shell/earshotstyle.h"
#include "ui/shell/formlabels.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QSplitter>
#include <QStyleFactory>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>
#include <cstdlib>

using namespace Earshot;

/// How the controls are drawn in each appearance: what is operated is seen, and parts of one thing are told apart.
class StyleTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void highContrastHasLines();
    void highContrastTellsPartsApart_data();
    void highContrastTellsPartsApart();
    void panesAreToldApart_data();
    void panesAreToldApart();
    void emptyBoxIsSeen_data();
    void emptyBoxIsSeen();
    void arrowOfAMenuStandsBesideItsText_data();
    void arrowOfAMenuStandsBesideItsText();
    void arrowOfAPushButtonHasAir();
    void signStandsBesideItsText_data();
    void signStandsBesideItsText();
    void narrowMirroredButtonKeepsItsSign();
    void emptyFieldIsSeen_data();
    void emptyFieldIsSeen();
    void handleOfAScrollBarIsSeen_data();
    void handleOfAScrollBarIsSeen();
    void wordsOfAPushButtonHaveAir();
    void signsOfMessageBoxesFollowThePalette();
    void rowsOfAListHaveRoom();
    void fieldsOfFormsBeginInOneLine();
    void troubleHasItsSign_data();
    void troubleHasItsSign();
    void whatIsOnlyReadLooksSo();
    void wheelChangesNothingInPassing();
};

void StyleTest::highContrastHasLines()
{
    EarshotStyle style(QStyleFactory::create(QStringLiteral("fusion")));
    const auto edgeContrast = [&style](QWidget &widget, Appearance::Scheme scheme) {
        const QPalette palette = Appearance::palette(scheme);
        widget.setStyle(&style);
        widget.setPalette(palette);
        widget.resize(120, 28);
        const QImage image = widget.grab().toImage();
        // The strongest line in the middle of the upper edge: styles leave up to three pixels for the focus.
        double strongest = 0;
        for (int y = 0; y < 4; ++y)
            strongest = std::max(strongest, Appearance::contrast(image.pixelColor(image.width() / 2, y),
                                                                 palette.color(QPalette::Window)));
        return strongest;
    };
    QPushButton button(QStringLiteral("x"));
    QLineEdit field;
    QListWidget list;
    QSpinBox number;
    QDateTimeEdit date;
    QComboBox choice;
    for (QWidget *widget : QList<QWidget *>{&button, &field, &list, &number, &date, &choice})
        QVERIFY2(edgeContrast(*widget, Appearance::Scheme::highContrast) >= 4.5, widget->metaObject()->className());
    QVERIFY(Appearance::isHighContrast(Appearance::palette(Appearance::Scheme::highContrast)));
    QVERIFY(!Appearance::isHighContrast(Appearance::palette(Appearance::Scheme::dark)));
    QVERIFY(!Appearance::isHighContrast(Appearance::palette(Appearance::Scheme::light)));
}

void StyleTest::emptyBoxIsSeen_data()
{
    QTest::addColumn<int>("scheme");
    QTest::newRow("light") << int(Appearance::Scheme::light);
    QTest::newRow("dark") << int(Appearance::Scheme::dark);
    QTest::newRow("high contrast") << int(Appearance::Scheme::highContrast);
}

void StyleTest::emptyBoxIsSeen()
{
    QFETCH(int, scheme);
    EarshotStyle style(QStyleFactory::create(QStringLiteral("fusion")));
    const QPalette palette = Appearance::palette(Appearance::Scheme(scheme));
    QCheckBox box;
    box.setStyle(&style);
    box.setPalette(palette);
    box.resize(40, 28);
    const QImage image = box.grab().toImage();
    double strongest = 0;
    for (int x = 0; x < image.width(); ++x)
        strongest = std::max(
            strongest, Appearance::contrast(image.pixelColor(x, image.height() / 2), palette.color(QPalette::Window)));
    // As WCAG 1.4.11 has it for what is operated.
    const double least = scheme == int(Appearance::Scheme::light) ? 1.5 : 3;
    QVERIFY2(strongest >= least, qPrintable(QString::number(strongest)));
}

void StyleTest::arrowOfAMenuStandsBesideItsText_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::addRow("from the left") << Qt::LeftToRight;
    QTest::addRow("from the right") << Qt::RightToLeft;
}

void StyleTest::arrowOfAMenuStandsBesideItsText()
{
    QFETCH(Qt::LayoutDirection, direction);
    EarshotStyle style(QStyleFactory::create(QStringLiteral("fusion")));
    const bool isLeft = direction == Qt::RightToLeft;
    QToolButton button;
    button.setStyle(&style);
    button.setLayoutDirection(direction);
    button.setAutoRaise(true);
    button.setText(QStringLiteral("MMMM"));
    button.setPopupMode(QToolButton::InstantPopup);
    const int bare = button.sizeHint().width();
    button.setMenu(new QMenu(&button));
    const int room = button.sizeHint().width() - bare;
    QVERIFY(room >= 12);
    button.resize(button.sizeHint());
    const QImage image = button.grab().toImage();
    const auto hasInk = [&image](const QRect &place) {
        for (int y = place.top(); y <= place.bottom(); ++y) {
            for (int x = place.left(); x <= place.right(); ++x) {
                if (image.pixelColor(x, y) != image.pixelColor(1, 1))
                    return true;
            }
        }
        return false;
    };
    const QRect end(isLeft ? 0 : image.width() - room, 0, room, image.height());
    const int third = image.height() / 3;
    QVERIFY(hasInk(end.adjusted(2, third, -2, -third)));
    // Nothing is in its corner, and the text leaves it alone.
    QVERIFY(!hasInk(end.adjusted(1, image.height() - third / 2, -1, -1)));
    QVERIFY(!hasInk(QRect(isLeft ? room - 2 : image.width() - room, 0, 2, image.height())));
}

/// Where the text has no room the sign has: it stays within the button.
void StyleTest::narrowMirroredButtonKeepsItsSign()
{
    EarshotStyle style(QStyleFactory::create(QStringLiteral("fusion")));
    QPixmap red(16, 16);
    red.fill(Qt::red);
    QPushButton button(QIcon(red), QStringLiteral("Connect a channel that is far away"));
    button.setStyle(&style);
    button.setLayoutDirection(Qt::RightToLeft);
    button.setIconSize({16, 16});
    button.resize(80, 28);
    const QImage image = button.grab().toImage();
    const auto isRed = [](const QColor &color) { return color.red() > 200 && color.green() < 60 && color.blue() < 60; };
    int redPixels = 0;
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y)
            redPixels += isRed(image.pixelColor(x, y)) ? 1 : 0;
    }
    QVERIFY2(redPixels >= 16 * 15, qPrintable(QString::number(redPixels)));
    for (int y = 0; y < image.height(); ++y)
        QVERIFY(!isRed(image.pixelColor(image.width() - 3, y)));
}

void StyleTest::emptyFieldIsSeen_data()
{
    emptyBoxIsSeen_data();
}

void StyleTest::emptyFieldIsSeen()
{
    QFETCH(int, scheme);
    EarshotStyle style(QStyleFactory::create(QStringLiteral("fusion")));
    const QPalette palette = Appearance::palette(Appearance::Scheme(scheme));
    QLineEdit field;
    QListWidget list;
    QPlainTextEdit text;
    QSpinBox number;
    QDateTimeEdit date;
    date.setCalendarPopup(true);
    for (QWidget *widget : QList<QWidget *>{&field, &list, &text, &number, &date}) {
        widget->setStyle(&style);
        widget->setPalette(palette);
        widget->resize(120, 28);
        const QImage image = widget->grab().toImage();
        double strongest = 0;
        for (int y = 0; y < 4; ++y) {
            const QColor edge = image.pixelColor(image.width() / 2, y);
            strongest = std::max(strongest, std::min(Appearance::contrast(edge, palette.color(QPalette::Window)),
                                                     Appearance::contrast(edge, palette.color(QPalette::Base))));
        }
        QVERIFY2(strongest >= 3,
                 qPrintable(QString::fromLatin1(widget->metaObject()->className()) + QString::number(strongest)));
    }
}

void StyleTest::handleOfAScrollBarIsSeen_data()
{
    emptyBoxIsSeen_data();
}

void StyleTest::handleOfAScrollBarIsSeen()
{
    QFETCH(int, scheme);
    EarshotStyle style(QStyleFactory::create(QStringLiteral("fusion")));
    const QPalette palette = Appearance::palette(Appearance::Scheme(scheme));
    QScrollBar bar(Qt::Vertical);
    bar.setStyle(&style);
    bar.setPalette(palette);
    bar.resize(16, 200);
    bar.setRange(0, 100);
    bar.setPageStep(100);
    const QImage image = bar.grab().toImage();
    const QColor handle = image.pixelColor(image.width() / 2, 40);
    QVERIFY2(Appearance::contrast(handle, palette.color(QPalette::Window)) >= 3, qPrintable(handle.name()));
    // Ink on paper, not paper on ink: what it runs in is like the window.
    const QColor groove = image.pixelColor(image.width() / 2, 150);
    QVERIFY2(Appearance::contrast(handle, groove) >= 3, qPrintable(groove.name()));
    QVERIFY2(Appearance::contrast(groove, palette.color(QPalette::Window)) < 1.3, qPrintable(groove.name()));
}

void StyleTest::wordsOfAPushButtonHaveAir()
{
    EarshotStyle style(QStyleFactory::create(QStringLiteral("fusion")));
    QPushButton button(QStringLiteral("Publish as @acmecares"));
    button.setStyle(&style);
    const QSize words = button.fontMetrics().size(Qt::TextShowMnemonic, button.text());
    QVERIFY(button.sizeHint().width() >= words.width() + 24);
    QVERIFY(button.sizeHint().height() >= words.height() + 10);
}

void StyleTest::whatIsOnlyReadLooksSo()
{
    EarshotStyle style(QStyleFactory::create(QStringLiteral("fusion")));
    const QPalette palette = Appearance::palette(Appearance::Scheme::light);
    QLineEdit field;
    QPlainTextEdit text;
    const auto paperOf = [&](QWidget &widget) {
        widget.setStyle(&style);
        widget.setPalette(palette);
        widget.resize(120, 40);
        const QImage image = widget.grab().toImage();
        return image.pixelColor(image.width() / 2, image.height() / 2);
    };
    const auto setReadOnly = [&](bool isReadOnly) {
        field.setReadOnly(isReadOnly);
        text.setReadOnly(isReadOnly);
    };
    for (const bool isReadOnly : {false, true, false}) {
        setReadOnly(isReadOnly);
        for (QWidget *widget : QList<QWidget *>{&field, &text})
            QVERIFY2(paperOf(*widget) == palette.color(isReadOnly ? QPalette::Window : QPalette::Base),
                     widget->metaObject()->className());
    }
}

/// It scrolls on; where the keyboard is it changes what is chosen, as anywhere.
void StyleTest::wheelChangesNothingInPassing()
{
    EarshotStyle style(QStyleFactory::create(QStringLiteral("fusion")));
    QWidget window;
    auto *form = &window;
    auto *column = new QVBoxLayout(form);
    auto *choice = new QComboBox(form);
    choice->addItems({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
    auto *number = new QSpinBox(form);
    auto *elsewhere = new QPushButton(form);
    for (QWidget *widget : QList<QWidget *>{elsewhere, choice, number})
        column->addWidget(widget);
    choice->setStyle(&style);
    number->setStyle(&style);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    elsewhere->setFocus();
    // What is not accepted goes on to what it lies in.
    const auto takes = [](QWidget *over) {
        const QPointF at = QRectF(over->rect()).center();
        QWheelEvent event(at, over->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(over, &event);
        return event.isAccepted();
    };
    for (QWidget *over : {static_cast<QWidget *>(choice), static_cast<QWidget *>(number)}) {
        QVERIFY(!takes(over));
        QCOMPARE(choice->currentIndex(), 0);
        QCOMPARE(number->value(), 0);
        // Else the wheel would bring it.
        QVERIFY(!(over->focusPolicy() & Qt::WheelFocus & ~Qt::StrongFocus));
    }
    choice->setFocus();
    QVERIFY(takes(choice));
    QCOMPARE(choice->currentIndex(), 1);
}

void StyleTest::troubleHasItsSign_data()
{
    arrowOfAMenuStandsBesideItsText_data();
}

void StyleTest::troubleHasItsSign()
{
    QFETCH(Qt::LayoutDirection, direction);
    const QPalette palette = Appearance::palette(Appearance::Scheme::light);
    PlainLabel label;
    label.setPalette(palette);
    label.setLayoutDirection(direction);
    label.setWrapping(true);
    const auto hasSign = [&](bool isAtStart) {
        label.resize(160, label.heightForWidth(160));
        const QImage image = label.grab().toImage();
        const bool isLeft = (direction == Qt::LeftToRight) == isAtStart;
        for (int x = isLeft ? 0 : 140; x < (isLeft ? 20 : 160); ++x) {
            for (int y = 0; y < image.height(); ++y) {
                if (image.pixelColor(x, y) == Appearance::warning(palette))
                    return true;
            }
        }
        return false;
    };
    label.setText(QStringLiteral("Loading…"));
    const int oneLine = label.heightForWidth(160);
    QVERIFY(!hasSign(true));
    label.setTrouble(QStringLiteral("The disk is full. Make room, then try again."));
    QVERIFY(label.isTrouble());
    QVERIFY(hasSign(true));
    QVERIFY(!hasSign(false));
    QVERIFY(label.heightForWidth(160) > oneLine);
    label.setText(QStringLiteral("Loading…"));
    QVERIFY(!label.isTrouble());
    QVERIFY(!hasSign(true));
}

void StyleTest::highContrastTellsPartsApart_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"menu", "table"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void StyleTest::highContrastTellsPartsApart()
{
    QFETCH(QString, what);
    EarshotStyle style(QStyleFactory::create(QStringLiteral("fusion")));
    const QPalette palette = Appearance::palette(Appearance::Scheme::highContrast);
    QMenu menu;
    menu.addSeparator();
    QTableWidget table(1, 1);
    table.horizontalHeader()->setVisible(true);
    table.verticalHeader()->hide();
    QWidget &widget = what == QLatin1StringView("menu") ? static_cast<QWidget &>(menu)
                                                        : static_cast<QWidget &>(*table.horizontalHeader());
    widget.setStyle(&style);
    widget.setPalette(palette);
    widget.resize(120, 28);
    const QImage image = widget.grab().toImage();
    // A line from left to right, which is not the edge above.
    bool hasLine = false;
    for (int y = 2; y < image.height() && !hasLine; ++y) {
        hasLine = true;
        for (int x = 20; x < 100; ++x)
            hasLine = hasLine && Appearance::contrast(image.pixelColor(x, y), palette.color(QPalette::Window)) >= 4.5;
    }
    QVERIFY(hasLine);
}

void StyleTest::panesAreToldApart_data()
{
    emptyBoxIsSeen_data();
}

void StyleTest::panesAreToldApart()
{
    QFETCH(int, scheme);
    EarshotStyle style(QStyleFactory::create(QStringLiteral("fusion")));
    const QPalette palette = Appearance::palette(Appearance::Scheme(scheme));
    QSplitter splitter;
    splitter.addWidget(new QWidget);
    splitter.addWidget(new QWidget);
    splitter.setStyle(&style);
    splitter.handle(1)->setStyle(&style);
    splitter.setPalette(palette);
    splitter.resize(101, 40);
    const QImage image = splitter.grab().toImage();
    int lines = 0;
    for (int x = 0; x < image.width(); ++x)
        lines += image.pixelColor(x, 20) == Appearance::line(palette);
    QCOMPARE(lines, 1);
}

void StyleTest::arrowOfAPushButtonHasAir()
{
    EarshotStyle style(QStyleFactory::create(QStringLiteral("fusion")));
    QPushButton button(QStringLiteral("MMMM"));
    button.setStyle(&style);
    QMenu menu;
    button.setMenu(&menu);
    button.resize(button.sizeHint());
    const QImage image = button.grab().toImage();
    // The gaps in the ink of the middle line, without the edges: the last one is before the arrow.
    int lastGap = 0;
    int gap = 0;
    const QColor paper = image.pixelColor(6, image.height() / 2);
    for (int x = 6; x < image.width() - 4; ++x) {
        if (Appearance::contrast(image.pixelColor(x, image.height() / 2), paper) < 1.3) {
            ++gap;
            continue;
        }
        lastGap = gap > 0 ? gap : lastGap;
        gap = 0;
    }
    QVERIFY2(lastGap >= 4, qPrintable(QString::number(lastGap)));
}

void StyleTest::signStandsBesideItsText_data()
{
    arrowOfAMenuStandsBesideItsText_data();
}

void StyleTest::signStandsBesideItsText()
{
    QFETCH(Qt::LayoutDirection, direction);
    EarshotStyle style(QStyleFactory::create(QStringLiteral("fusion")));
    QPushButton button(Icons::icon(QStringLiteral("add")), QStringLiteral("MMMM"));
    button.setStyle(&style);
    button.setLayoutDirection(direction);
    button.resize(button.sizeHint() + QSize(200, 0));
    const QImage image = button.grab().toImage();
    int first = image.width();
    int last = 0;
    for (int x = 6; x < image.width() - 6; ++x) {
        for (int y = 6; y < image.height() - 6; ++y) {
            if (Appearance::contrast(image.pixelColor(x, y), image.pixelColor(6, y)) > 1.5) {
                first = std::min(first, x);
                last = std::max(last, x);
            }
        }
    }
    // Together, and in the middle.
    QVERIFY(last - first < button.sizeHint().width());
    QVERIFY(std::abs(first + last - image.width()) < 12);
}

void StyleTest::signsOfMessageBoxesFollowThePalette()
{
    EarshotStyle style(QStyleFactory::create(QStringLiteral("fusion")));
    for (const QStyle::StandardPixmap sign : {QStyle::SP_MessageBoxQuestion, QStyle::SP_MessageBoxInformation,
                                              QStyle::SP_MessageBoxWarning, QStyle::SP_MessageBoxCritical}) {
        const QImage image = style.standardIcon(sign, nullptr, nullptr).pixmap(QSize(32, 32)).toImage();
        int ink = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor color = image.pixelColor(x, y);
                if (color.alpha() < 250)
                    continue;
                ++ink;
                QCOMPARE(color.rgb(), QApplication::palette().color(QPalette::Text).rgb());
            }
        }
        QVERIFY(ink > 20);
    }
}

void StyleTest::rowsOfAListHaveRoom()
{
    EarshotStyle style(QStyleFactory::create(QStringLiteral("fusion")));
    QListWidget list;
    list.setStyle(&style);
    list.addItems({QStringLiteral("one"), QStringLiteral("two\nlines")});
    const int line = list.fontMetrics().height();
    QVERIFY(list.sizeHintForRow(0) >= line + 4);
    QVERIFY(list.sizeHintForRow(1) >= 2 * line + 4);
}

void StyleTest::fieldsOfFormsBeginInOneLine()
{
    QWidget page;
    auto *column = new QVBoxLayout(&page);
    auto *upper = new QFormLayout;
    auto *lower = new QFormLayout;
    column->addLayout(upper);
    column->addLayout(lower);
    auto *name = new QLineEdit;
    auto *password = new QLineEdit;
    auto *hidden = new QLineEdit;
    upper->addRow(QStringLiteral("Name"), name);
    lower->addRow(QStringLiteral("Application password"), password);
    lower->addRow(QStringLiteral("What is not shown takes no room in any row"), hidden);
    lower->setRowVisible(hidden, false);
    alignLabels({upper, lower});
    page.resize(600, 200);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    QCOMPARE(name->mapTo(&page, QPoint()).x(), password->mapTo(&page, QPoint()).x());
    const int wide = name->mapTo(&page, QPoint()).x();
    lower->setRowVisible(password, false);
    alignLabels({upper, lower});
    QTRY_VERIFY(name->mapTo(&page, QPoint()).x() < wide);
}

QTEST_MAIN(StyleTest)
#include "tst_style.moc"
