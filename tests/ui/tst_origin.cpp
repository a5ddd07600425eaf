// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationlistmodel.h"

#include <QAbstractButton>
#include <QTest>

#include <algorithm>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

QString cameFrom(const char *origin)
{
    return str("INSERT OR REPLACE INTO meta (name, value) VALUES ('courier_off', '%1')").arg(str(origin));
}

} // namespace

/// A workspace file that is not the one to work with says so for as long as that is so.
class OriginTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_world.reset(); }
    void copiedFileSaysSoUntilItIsTheOne();
    void servedFileIsReadOnly_data();
    void servedFileIsReadOnly();
    void fileForReadingSaysFromWhen();
    void fileForReadingOffersNoDelivery();

private:
    [[nodiscard]] bool trigger(const char *command) { return m_world->window().commands().trigger(str(command)); }
    [[nodiscard]] QString bar() const { return m_world->textOf("messageBar"); }
    [[nodiscard]] QString status() const { return m_world->textOf("statusButton"); }

    std::unique_ptr<WindowWorld> m_world;
};

void OriginTest::copiedFileSaysSoUntilItIsTheOne()
{
    m_world = std::make_unique<WindowWorld>(200, cameFrom("copied"));
    QVERIFY(bar().startsWith(str("This file was copied, moved or restored.")));
    QTRY_COMPARE(status(), str("Nothing is pulled or sent"));
    // The bar has something else to say, and the question is not lost.
    QTRY_VERIFY(m_world->list().rowCount() > 0);
    QVERIFY(m_world->show([](const ConversationRecord &one) { return !one.assignee.isValid(); }).isValid());
    m_world->press(str("Shift+A"));
    QTRY_VERIFY(!bar().startsWith(str("This file")));
    QCOMPARE(status(), str("Nothing is pulled or sent"));
    QTest::mouseClick(m_world->widget("statusButton"), Qt::LeftButton);
    QVERIFY(bar().startsWith(str("This file was copied, moved or restored.")));
    QVERIFY(trigger("workspace.adopt"));
    QTRY_VERIFY(bar().startsWith(str("Earshot works with this file from now on.")));
    QVERIFY(!m_world->desk().workspace().isCourierOff());
    QVERIFY(status() != str("Nothing is pulled or sent"));
    QVERIFY(!trigger("workspace.adopt"));
}

void OriginTest::servedFileIsReadOnly_data()
{
    QTest::addColumn<QString>("origin");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("handed over") << str("handedOver") << str("This workspace was handed over to a server");
    QTest::newRow("replica") << str("replica") << str("This is a replica of a shared workspace");
}

void OriginTest::servedFileIsReadOnly()
{
    QFETCH(QString, origin);
    QFETCH(QString, sentence);
    m_world = std::make_unique<WindowWorld>(200, cameFrom(origin.toLatin1().constData()));
    QVERIFY(m_world->window().windowTitle().contains(str("read only")));
    QVERIFY(bar().startsWith(sentence));
    QTRY_COMPARE(status(), str("Read only"));
    QTRY_VERIFY(m_world->list().rowCount() > 0);
    QVERIFY(m_world->show([](const ConversationRecord &one) { return !one.assignee.isValid(); }).isValid());
    for (const char *command : {"conversation.claim", "conversation.reply", "conversation.note", "workspace.adopt"})
        QVERIFY2(!trigger(command), command);
    // A key that can do nothing says why.
    m_world->press(str("R"));
    QTRY_VERIFY(bar().startsWith(sentence));
    QVERIFY(trigger("journal.show"));
}

/// A copy for review, or a file on a medium that cannot be written to.
void OriginTest::fileForReadingSaysFromWhen()
{
    m_world = std::make_unique<WindowWorld>(200);
    MainWindow::Options options;
    options.title = str("desk.example");
    options.whyReadOnly = str("This file cannot be written to here.");
    options.asOf = timeFrom(QDateTime(QDate(2020, 5, 17), QTime(9, 30)));
    m_world->reopen(options);
    const QString title = m_world->window().windowTitle();
    QVERIFY2(title.contains(str("desk.example")) && title.contains(str("17 May 2020")) &&
                 title.contains(str("read only")),
             qPrintable(title));
    QTRY_COMPARE(status(), str("Read only"));
    QVERIFY(bar().startsWith(options.whyReadOnly));
    QTRY_VERIFY(m_world->list().rowCount() > 0);
    QVERIFY(m_world->show([](const ConversationRecord &one) { return !one.assignee.isValid(); }).isValid());
    for (const char *command : {"conversation.claim", "conversation.reply", "conversation.note", "workspace.adopt"})
        QVERIFY2(!trigger(command), command);
    // What a review is for.
    for (const char *command : {"journal.show", "list.export"})
        QVERIFY2(trigger(command), command);
}

/// Of a reply that was not delivered nothing can be decided in a file for reading.
void OriginTest::fileForReadingOffersNoDelivery()
{
    m_world = std::make_unique<WindowWorld>(200);
    const QList<DeliveryRecord> outbox = m_world->outbox();
    const auto failed = std::ranges::find(outbox, DeliveryState::failed, &DeliveryRecord::state);
    QVERIFY(failed != outbox.cend());
    const auto isOffered = [this](const QString &text) {
        const auto buttons = m_world->window().findChild<TimelineView *>()->findChildren<QAbstractButton *>();
        return std::ranges::any_of(
            buttons, [&text](const QAbstractButton *one) { return one->isVisible() && one->text() == text; });
    };
    const auto showIt = [&] {
        auto *pane = m_world->window().findChild<ConversationPane *>();
        pane->showConversation(failed->conversation);
        QTRY_VERIFY(!pane->isReading());
    };
    showIt();
    QTRY_VERIFY(isOffered(str("Take back")));
    MainWindow::Options options;
    options.whyReadOnly = str("This file cannot be written to here.");
    m_world->reopen(options);
    showIt();
    QTRY_VERIFY(m_world->window().roster().isLoaded());
    QTRY_VERIFY(!isOffered(str("Take back")) && !isOffered(str("Try again")));
}

QTEST_MAIN(OriginTest)
#include "tst_origin.moc"
