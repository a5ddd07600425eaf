// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/pseudolocale.h"
#include "tests/ui/windowworld.h"
#include "ui/composer/choicebar.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/noticebar.h"
#include "ui/shell/plainlabel.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Earshot;

/// The window in languages that are longer, and in those that are written from right to left.
class LanguagesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void clippingIsNoticed();
    void longLanguageIsNotClipped_data();
    void longLanguageIsNotClipped();
    void rightToLeftIsMirrored();
    void signsOfBarsLieBesideTheirText();
    void pictureBeginsWhereLinesDo();

private:
    void open()
    {
        m_world = std::make_unique<WindowWorld>(200);
        QTRY_VERIFY(m_world->isReady());
        QVERIFY(m_world->showMention().isValid());
    }

    std::unique_ptr<PseudoLocale> m_pseudo;
    std::unique_ptr<WindowWorld> m_world;
};

void LanguagesTest::cleanup()
{
    m_world.reset();
    if (m_pseudo)
        QCoreApplication::removeTranslator(m_pseudo.get());
    m_pseudo.reset();
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

void LanguagesTest::clippingIsNoticed()
{
    QWidget window;
    auto *label = new QLabel(QStringLiteral("much too long a sentence for this"), &window);
    label->setGeometry(0, 0, 60, 20);
    window.resize(200, 50);
    window.show();
    QCOMPARE(clippedIn(window).size(), 1);
    label->resize(label->sizeHint());
    QVERIFY(clippedIn(window).isEmpty());
}

void LanguagesTest::longLanguageIsNotClipped_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("main window") << QString();
    for (const char *command :
         {"conversation.assign", "conversation.tag", "conversation.snooze", "macro.pick", "replies.show", "macros.show",
          "agents.show", "teams.show", "keys.change", "help.keys", "outbox.show", "channels.show", "journal.show",
          "workspace.verify", "conversation.window", "contact.show"})
        QTest::newRow(command) << QString::fromLatin1(command);
}

void LanguagesTest::longLanguageIsNotClipped()
{
    QFETCH(QString, command);
    m_pseudo = std::make_unique<PseudoLocale>();
    QCoreApplication::installTranslator(m_pseudo.get());
    open();
    QWidget *shown = &m_world->window();
    if (!command.isEmpty()) {
        QVERIFY(m_world->window().commands().trigger(command));
        const auto other = [this]() -> QWidget * {
            for (QWidget *top : QApplication::topLevelWidgets()) {
                const bool isWindow = qobject_cast<QDialog *>(top) || top->objectName() == u"conversationWindow" ||
                                      top->objectName() == u"contactWindow";
                if (isWindow && top->isVisible() && top != &m_world->window())
                    return top;
            }
            return nullptr;
        };
        QTRY_VERIFY(other());
        shown = other();
    }
    QVERIFY(shown->screen()->availableSize().width() >= 800);
    QTRY_VERIFY2(clippedIn(*shown).isEmpty(), qPrintable(clippedIn(*shown).join(QLatin1Char('\n'))));
}

void LanguagesTest::rightToLeftIsMirrored()
{
    QApplication::setLayoutDirection(Qt::RightToLeft);
    open();
    const auto left = [this](const char *name) {
        const QWidget *widget = m_world->widget(name);
        return widget->mapTo(&m_world->window(), QPoint()).x();
    };
    QVERIFY(left("conversations") > left("conversationPane"));
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("conversation.reply")));
    QTRY_VERIFY(m_world->widget("composerSend")->isVisible());
    QVERIFY(left("composerSend") < left("composerAttach"));
    QTRY_VERIFY2(clippedIn(m_world->window()).isEmpty(),
                 qPrintable(clippedIn(m_world->window()).join(QLatin1Char('\n'))));
    // The network's sign stands before the name, not under it.
    const QWidget *header = m_world->widget("headerName");
    QVERIFY(header->mapTo(header->parentWidget(), QPoint(header->width(), 0)).x() <=
            header->parentWidget()->width() - 12 - 16);
    // In a row, too, what stands at the end of the first line begins at the left: its age.
    auto *list = m_world->find<QTableView>("conversations");
    const QRect row = list->visualRect(list->currentIndex());
    const QImage rows = list->viewport()->grab().toImage();
    const QColor paper = rows.pixelColor(row.left() + 3, row.center().y());
    int ink = 0;
    for (int x = row.left() + 13; x < row.left() + 30; ++x) {
        for (int y = row.top() + 9; y < row.top() + 9 + list->fontMetrics().height(); ++y)
            ink += rows.pixelColor(x, y) == paper ? 0 : 1;
    }
    QVERIFY(ink > 10);
    // The bar that tells a mode lies where lines begin.
    const QWidget *composer = m_world->widget("composer");
    const QImage image = const_cast<QWidget *>(composer)->grab().toImage();
    QCOMPARE(image.pixelColor(image.width() - 4, image.height() / 2), image.pixelColor(image.width() - 4, 12));
    QVERIFY(image.pixelColor(image.width() - 4, image.height() / 2) != image.pixelColor(6, image.height() / 2));
}

void LanguagesTest::signsOfBarsLieBesideTheirText()
{
    for (const Qt::LayoutDirection direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        QApplication::setLayoutDirection(direction);
        ChoiceBar choices;
        choices.ask(QStringLiteral("a question"), {{QStringLiteral("yes"), {}}});
        NoticeBar notices;
        NoticeRecord notice;
        notice.pinned.text = QStringLiteral("a notice");
        notices.show({notice}, true);
        for (QWidget *bar : {static_cast<QWidget *>(&choices), static_cast<QWidget *>(&notices)}) {
            bar->resize(500, 40);
            bar->show();
            QVERIFY(QTest::qWaitForWindowExposed(bar));
            const bool isMirrored = direction == Qt::RightToLeft;
            const int sign = isMirrored ? bar->width() - 26 : 10;
            for (const QWidget *child : bar->findChildren<QWidget *>()) {
                if (!qobject_cast<const PlainLabel *>(child) && !qobject_cast<const QAbstractButton *>(child))
                    continue;
                const QRect place(child->mapTo(bar, QPoint()), child->size());
                QVERIFY2(!place.intersects(QRect(sign, 0, 16, bar->height())), qPrintable(child->objectName()));
                // And no room is left where the sign is not.
                if (qobject_cast<const PlainLabel *>(child))
                    QVERIFY(isMirrored ? place.right() > bar->width() - 44 : place.left() < 44);
            }
        }
    }
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

/// As the box of what is no picture does.
void LanguagesTest::pictureBeginsWhereLinesDo()
{
    MessageRecord message;
    message.id = MessageId(1);
    message.authorName = QStringLiteral("Mira Holm");
    MediaRecord picture;
    picture.hash = QStringLiteral("none");
    picture.type = QStringLiteral("image/png");
    picture.width = 120;
    picture.height = 90;
    MediaRecord film;
    film.type = QStringLiteral("video/mp4");
    message.media = {picture, film};
    TimelineContent content;
    content.messages = {message};
    const TestClock clock;
    const QTemporaryDir folder;
    for (const Qt::LayoutDirection direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        TimelineView view(clock, folder.path());
        view.setLayoutDirection(direction);
        view.resize(700, 400);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.open(content);
        const auto *widget = view.findChild<MessageWidget *>();
        QVERIFY(widget);
        const auto pictures = widget->drawing()->pictures();
        QCOMPARE(pictures.size(), 2);
        const QRect shown = pictures.at(0).rect;
        const QRect box = pictures.at(1).rect;
        QVERIFY(shown.width() < box.width());
        if (direction == Qt::RightToLeft)
            QCOMPARE(shown.right(), box.right());
        else
            QCOMPARE(shown.left(), box.left());
    }
}

QTEST_MAIN(LanguagesTest)
#include "tst_languages.moc"
