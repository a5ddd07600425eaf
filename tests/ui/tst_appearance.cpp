// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakenotifications.h"
#include "ui/inbox/datedialog.h"
#include "ui/shell/appearance.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/screenfit.h"
#include "ui/shell/singleinstance.h"
#include "ui/shell/textline.h"
#include "ui/shell/wording.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDateTimeEdit>
#include <QDialog>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QVBoxLayout>

#include <algorithm>

using namespace Earshot;

/// The desktop portal's settings, as a program reads and hears them.
class FakePortal final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    explicit FakePortal(QDBusConnection bus)
        : m_bus(std::move(bus))
    {
        m_bus.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), this,
                             QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        m_isOwner = m_bus.registerService(QStringLiteral("org.freedesktop.portal.Desktop"));
    }
    [[nodiscard]] bool isOwner() const { return m_isOwner; }
    void set(const QString &name, uint value)
    {
        m_values.insert(name, value);
        Q_EMIT SettingChanged(QStringLiteral("org.freedesktop.appearance"), name, QDBusVariant(value));
    }

public Q_SLOTS:
    QDBusVariant Read(const QString &, const QString &name)
    {
        return QDBusVariant(QVariant::fromValue(QDBusVariant(m_values.value(name))));
    }

Q_SIGNALS:
    void SettingChanged(const QString &group, const QString &name, const QDBusVariant &value);

private:
    QDBusConnection m_bus;
    QHash<QString, uint> m_values{{QStringLiteral("color-scheme"), 1}};
    bool m_isOwner = false;
};

/// What the shell promises: readable colours, strangers' text as text, one window a file.
class AppearanceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void palettesAreReadable_data();
    void palettesAreReadable();
    void lineIsReadInItsOwnDirection();
    void messageIsMirrored();
    void hintIsNoDeed();
    void questionIsWideEnough();
    void tallDialogIsScrolledOneWayOnly();
    void dateWithATimeIsNotTurnedRound();
    void desktopIsFollowedLive();
    void toolTipsAreNoMarkup();
    void labelIsCopied();
    void agesAreShort();
    void socketNamesFollowTheFile();
    void secondStartHandsOver();
};

void AppearanceTest::palettesAreReadable_data()
{
    QTest::addColumn<int>("scheme");
    QTest::newRow("light") << int(Appearance::Scheme::light);
    QTest::newRow("dark") << int(Appearance::Scheme::dark);
    QTest::newRow("high contrast") << int(Appearance::Scheme::highContrast);
}

void AppearanceTest::palettesAreReadable()
{
    QFETCH(int, scheme);
    const QPalette palette = Appearance::palette(Appearance::Scheme(scheme));
    const auto check = [](const QColor &ink, const QColor &paper) {
        QVERIFY2(Appearance::contrast(ink, paper) >= 4.5,
                 qPrintable(ink.name() + QStringLiteral(" on ") + paper.name()));
    };
    for (const auto paper : {QPalette::Base, QPalette::AlternateBase, QPalette::Window}) {
        check(palette.color(QPalette::Text), palette.color(paper));
        check(palette.color(QPalette::Link), palette.color(paper));
        check(Appearance::quietText(palette), palette.color(paper));
        check(Appearance::warning(palette), palette.color(paper));
        check(Appearance::accent(palette), palette.color(paper));
    }
    check(palette.color(QPalette::ButtonText), palette.color(QPalette::Button));
    check(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight));
    check(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base));
    check(palette.color(QPalette::Text), Appearance::markedRow(palette));
}

void AppearanceTest::lineIsReadInItsOwnDirection()
{
    const QString sentence = QStringLiteral("@acme what now?");
    const auto drawn = [&sentence](Qt::LayoutDirection window) {
        QImage image(200, 24, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setLayoutDirection(window);
        drawTextLine(painter, image.rect(), Qt::AlignRight, sentence);
        return image;
    };
    QCOMPARE(drawn(Qt::RightToLeft), drawn(Qt::LeftToRight));
}

void AppearanceTest::messageIsMirrored()
{
    QWidget window;
    window.setLayoutDirection(Qt::RightToLeft);
    auto *bar = new MessageBar(&window);
    bar->show(MessageBar::Kind::information, QStringLiteral("Done"), {}, {});
    bar->resize(400, 40);
    window.show();
    const auto *text = bar->findChild<PlainLabel *>();
    // Its sign has its place before the words.
    QTRY_VERIFY(text->geometry().right() <= bar->width() - 38 && text->geometry().right() > bar->width() - 60);
}

/// "This cannot be done" has no tick.
void AppearanceTest::hintIsNoDeed()
{
    QWidget window;
    // It stays under the pointer, and while it has the keyboard.
    window.setGeometry(300, 300, 400, 60);
    auto *field = new QLineEdit(&window);
    field->setFocus();
    auto *bar = new MessageBar(&window);
    window.show();
    QList<QImage> signs;
    for (const auto kind : {MessageBar::Kind::information, MessageBar::Kind::hint, MessageBar::Kind::trouble}) {
        bar->show(kind, QStringLiteral("Said"), {}, {});
        bar->resize(400, 40);
        const QImage sign = bar->grab(QRect(0, 0, 36, 40)).toImage();
        QVERIFY(!signs.contains(sign));
        signs.append(sign);
    }
    // Neither is for long.
    bar->setLapseTime(1);
    for (const auto kind : {MessageBar::Kind::information, MessageBar::Kind::hint}) {
        bar->show(kind, QStringLiteral("Said"), {}, {});
        QTRY_COMPARE(bar->text(), QString());
    }
}

void AppearanceTest::questionIsWideEnough()
{
    const ScreenFit fit(qApp);
    QMessageBox box(QMessageBox::Question, QStringLiteral("Remove a channel"), QStringLiteral("Remove it?"),
                    QMessageBox::Cancel);
    box.setInformativeText(QStringLiteral("Nothing is pulled from it any more. Its history stays and is searched."));
    box.open();
    const int wished = box.fontMetrics().averageCharWidth() * 50;
    QTRY_VERIFY2(box.width() >= wished, qPrintable(QString::number(box.width())));
    box.close();
    // Shown again it is no wider.
    const int width = box.width();
    box.open();
    QCOMPARE(box.width(), width);
}

void AppearanceTest::tallDialogIsScrolledOneWayOnly()
{
    const ScreenFit fit(qApp);
    QDialog dialog;
    auto *column = new QVBoxLayout(&dialog);
    auto *tall = new QWidget(&dialog);
    tall->setMinimumSize(300, 3000);
    column->addWidget(tall);
    dialog.open();
    QTRY_VERIFY(dialog.height() <= dialog.screen()->availableSize().height());
    const auto *area = dialog.findChild<QScrollArea *>();
    QVERIFY(area);
    QTRY_VERIFY(area->verticalScrollBar()->isVisible());
    QTRY_VERIFY(!area->horizontalScrollBar()->isVisible());
}

void AppearanceTest::dateWithATimeIsNotTurnedRound()
{
    const auto shown = [](Qt::LayoutDirection direction) {
        QGuiApplication::setLayoutDirection(direction);
        const Time now{std::chrono::milliseconds(1'800'000'000'000)};
        const DateDialog dialog(QStringLiteral("Until"), now, now, nullptr);
        return dialog.findChild<QDateTimeEdit *>()->text();
    };
    const QString mirrored = shown(Qt::RightToLeft);
    QCOMPARE(mirrored, shown(Qt::LeftToRight));
}

void AppearanceTest::desktopIsFollowedLive()
{
    PrivateBus bus;
    if (!bus.isThere())
        QSKIP("dbus-daemon is not installed");
    QSettings().clear();
    QApplication::setStyle(QStringLiteral("fusion"));
    FakePortal portal(bus.connect("portal"));
    QVERIFY(portal.isOwner());
    Appearance appearance(*qApp, bus.connect("appearance"));
    QTRY_VERIFY(Appearance::isDark(qApp->palette()));
    portal.set(QStringLiteral("color-scheme"), 2);
    QTRY_VERIFY(!Appearance::isDark(qApp->palette()));
    portal.set(QStringLiteral("contrast"), 1);
    QTRY_VERIFY(Appearance::isHighContrast(qApp->palette()));
    portal.set(QStringLiteral("contrast"), 0);
    QTRY_VERIFY(!Appearance::isHighContrast(qApp->palette()));
    // A person's own choice is above it.
    appearance.choose(Appearance::Scheme::light);
    portal.set(QStringLiteral("color-scheme"), 1);
    QSignalSpy heard(&portal, &FakePortal::SettingChanged);
    portal.set(QStringLiteral("color-scheme"), 1);
    QCOMPARE(heard.size(), 1);
    QVERIFY(!Appearance::isDark(qApp->palette()));
    appearance.choose(Appearance::Scheme::system);
    QTRY_VERIFY(Appearance::isDark(qApp->palette()));
    QSettings().clear();
}

void AppearanceTest::toolTipsAreNoMarkup()
{
    const QString hostile = QStringLiteral("<img src='file:///etc/hostname'>Mira & <b>co</b>");
    const QString shown = PlainLabel::toolTipOf(hostile);
    QVERIFY(!shown.contains(QStringLiteral("<img")));
    QVERIFY(!shown.contains(QStringLiteral("<b>")));
    PlainLabel label(hostile);
    QCOMPARE(label.text(), hostile);
    QVERIFY(!label.toolTip().contains(QStringLiteral("<img")));
}

void AppearanceTest::labelIsCopied()
{
    PlainLabel label(QStringLiteral("<b>#4411</b> is gone"));
    label.show();
    QApplication::clipboard()->clear();
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, QPoint(1, 1), label.mapToGlobal(QPoint(1, 1)));
    QApplication::sendEvent(&label, &asked);
    auto *menu = label.findChild<QMenu *>();
    QVERIFY(menu);
    QTRY_VERIFY(menu->isVisible());
    QCOMPARE(menu->actions().size(), 1);
    QCOMPARE(menu->actions().constFirst()->text().remove(QLatin1Char('&')), QStringLiteral("Copy"));
    menu->actions().constFirst()->trigger();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("<b>#4411</b> is gone"));
}

void AppearanceTest::agesAreShort()
{
    const Time now = timeFromMs(1'800'000'000'000);
    QCOMPARE(Wording::age(now + std::chrono::minutes(5), now), QStringLiteral("now"));
    QCOMPARE(Wording::age(now - std::chrono::minutes(9), now), QStringLiteral("9 min"));
    QCOMPARE(Wording::age(now - std::chrono::hours(3), now), QStringLiteral("3 h"));
    QCOMPARE(Wording::age(Time(), now), QString());
}

void AppearanceTest::socketNamesFollowTheFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("d.earshot"));
    const QString before = SingleInstance::socketName(path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(SingleInstance::socketName(path), before);
    QVERIFY(QFile::link(path, folder.filePath(QStringLiteral("link"))));
    QCOMPARE(SingleInstance::socketName(folder.filePath(QStringLiteral("link"))), before);
    QVERIFY(SingleInstance::socketName(folder.filePath(QStringLiteral("other"))) != before);
}

void AppearanceTest::secondStartHandsOver()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("d.earshot"));
    QVERIFY(!SingleInstance(path).handOver({}, {}));
    SingleInstance first(path);
    QVERIFY(first.listen());
    const QSignalSpy handed(&first, &SingleInstance::handedOver);
    bool isTaken = false;
    // The second start is another process: it waits while the first one's event loop runs.
    const std::unique_ptr<QThread> second(QThread::create([&] {
        isTaken = SingleInstance(path).handOver({QStringLiteral("earshot"), path}, QStringLiteral("token"));
    }));
    second->start();
    QTRY_VERIFY(second->isFinished());
    QVERIFY(isTaken);
    QCOMPARE(handed.size(), 1);
    QCOMPARE(handed.at(0).at(0).toStringList().value(1), path);
    QCOMPARE(handed.at(0).at(1).toString(), QStringLiteral("token"));
}

QTEST_MAIN(AppearanceTest)
#include "tst_appearance.moc"
