// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/deskworld.h"
#include "tests/ui/fakenotifications.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/notifications.h"
#include "ui/window/noticewatch.h"

#include <QDBusArgument>
#include <QDBusServiceWatcher>
#include <QSignalSpy>
#include <QTest>

using namespace Earshot;

/// What the desktop is told, through a service on a bus of the test's own.
class NotificationsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void oneIsShownWithItsButton();
    void buttonOpensIt();
    void strangersWriteNoMarkup();
    void anotherDesktopIsAskedAgain();
    void manyAreSummedUp();
    void kindsDoNotWaitForEachOther();
    void nextOneReplacesTheLast();
    void switchedOffNothingIsShown();
    void withoutAServiceItIsSaid();
    void sandboxSpeaksWithThePortal();
    void whatMayNoLongerBeSeenIsTakenAway();
    void sandboxTakesItAwayToo();
    void othersAssignmentsAreNoticed();
    void bulkDeedHidesNoAssignment();
    void notesThatMentionMeAreNoticed();
    void bothOfTwoNotesAreNoticed();
    void troubleIsToldToWhoSentIt();

private:
    [[nodiscard]] static Notifications::Notice assigned(const char *text, qint64 conversation = 7)
    {
        return {Notifications::Kind::assigned, QStringLiteral("Ana assigned"), QString::fromUtf8(text),
                ConversationId(conversation)};
    }

    std::unique_ptr<PrivateBus> m_bus;
    std::unique_ptr<FakeNotifications> m_desktop;
    std::unique_ptr<Notifications> m_notifications;
};

void NotificationsTest::init()
{
    m_bus = std::make_unique<PrivateBus>();
    if (!m_bus->isThere())
        QSKIP("dbus-daemon is not installed");
    m_desktop = std::make_unique<FakeNotifications>(m_bus->connect("desktop"));
    QVERIFY(m_desktop->isOwner());
    m_notifications = std::make_unique<Notifications>(m_bus->connect("earshot"));
    m_notifications->setInterval(60'000);
}

void NotificationsTest::cleanup()
{
    m_notifications.reset();
    m_desktop.reset();
    QDBusConnection::disconnectFromBus(QStringLiteral("earshot"));
    QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
    m_bus.reset();
}

void NotificationsTest::oneIsShownWithItsButton()
{
    m_notifications->tell(assigned("Mira: my lamp"));
    QTRY_COMPARE(m_desktop->shown().size(), 1);
    const FakeNotifications::Shown &shown = m_desktop->shown().constFirst();
    QCOMPARE(shown.title, QStringLiteral("Ana assigned"));
    QCOMPARE(shown.text, QStringLiteral("Mira: my lamp"));
    QVERIFY(shown.actions.contains(QStringLiteral("default")));
    QVERIFY(shown.actions.contains(QStringLiteral("open")));
    QCOMPARE(shown.hints.value(QStringLiteral("desktop-entry")).toString(), QStringLiteral("earshot"));
}

void NotificationsTest::buttonOpensIt()
{
    QSignalSpy opened(m_notifications.get(), &Notifications::opened);
    m_notifications->tell(assigned("Mira"));
    QTRY_COMPARE(m_desktop->shown().size(), 1);
    const uint id = m_desktop->shown().constFirst().id;
    // The answer with the number comes before anybody can click.
    Q_EMIT m_desktop->ActionInvoked(id + 40, QStringLiteral("open"));
    Q_EMIT m_desktop->ActivationToken(id, QStringLiteral("token-1"));
    Q_EMIT m_desktop->ActionInvoked(id, QStringLiteral("open"));
    QTRY_COMPARE(opened.size(), 1);
    QCOMPARE(opened.constFirst().at(1).value<ConversationId>(), ConversationId(7));
    QCOMPARE(opened.constFirst().at(2).toString(), QStringLiteral("token-1"));
    Q_EMIT m_desktop->ActionInvoked(id, QStringLiteral("somethingElse"));
    Q_EMIT m_desktop->NotificationClosed(id, 2);
    Q_EMIT m_desktop->ActionInvoked(id, QStringLiteral("open"));
    // Another one shows that those have arrived.
    Notifications::Notice trouble = assigned("x");
    trouble.kind = Notifications::Kind::trouble;
    m_notifications->tell(trouble);
    QTRY_COMPARE(m_desktop->shown().size(), 2);
    QCOMPARE(opened.size(), 1);
}

void NotificationsTest::strangersWriteNoMarkup()
{
    m_notifications->tell(assigned("<img src='file:///etc/passwd'> & <b>"));
    QTRY_COMPARE(m_desktop->shown().size(), 1);
    QCOMPARE(m_desktop->shown().constFirst().text,
             QStringLiteral("&lt;img src='file:///etc/passwd'&gt; &amp; &lt;b&gt;"));
    // Where bodies are plain, nobody wants to read entities.
    m_desktop->setCapabilities({QStringLiteral("body")});
    Notifications plain(m_bus->connect("plain"));
    QSignalSpy shown(&plain, &Notifications::notShown);
    QTRY_VERIFY(([&] {
        Notifications::Notice notice = assigned("a < b");
        plain.setInterval(1);
        plain.tell(notice);
        return m_desktop->shown().constLast().text == QStringLiteral("a < b");
    }()));
    QVERIFY(shown.isEmpty());
    QDBusConnection::disconnectFromBus(QStringLiteral("plain"));
}

/// A panel that restarts is another program, and may understand more.
void NotificationsTest::anotherDesktopIsAskedAgain()
{
    const QString name = QStringLiteral("org.freedesktop.Notifications");
    m_desktop->setCapabilities({QStringLiteral("body")});
    const QDBusConnection bus = m_bus->connect("told");
    Notifications told(bus);
    told.setInterval(1);
    const QDBusServiceWatcher watcher(name, bus);
    const QSignalSpy changes(&watcher, &QDBusServiceWatcher::serviceOwnerChanged);
    // One at a time: none is still to come when this desktop goes.
    qsizetype toldCount = 0;
    QTRY_VERIFY(([&] {
        if (m_desktop->shown().size() < toldCount)
            return false;
        if (toldCount > 0 && m_desktop->shown().constLast().text == QStringLiteral("a < b"))
            return true;
        told.tell(assigned("a < b"));
        ++toldCount;
        return false;
    }()));
    m_desktop.reset();
    QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
    QTRY_COMPARE(changes.size(), 1);
    m_desktop = std::make_unique<FakeNotifications>(m_bus->connect("desktop"));
    QVERIFY(m_desktop->isOwner());
    QTRY_COMPARE(changes.size(), 2);
    // Both heard of it.
    QCoreApplication::processEvents();
    told.tell(assigned("<b>"));
    QTRY_VERIFY(!m_desktop->shown().isEmpty());
    QCOMPARE(m_desktop->shown().constFirst().text, QStringLiteral("&lt;b&gt;"));
    // Its numbers are its own.
    QCOMPARE(m_desktop->shown().constFirst().replaces, 0U);
    QDBusConnection::disconnectFromBus(QStringLiteral("told"));
}

void NotificationsTest::manyAreSummedUp()
{
    m_notifications->setInterval(300);
    m_notifications->tell(assigned("first"));
    for (int i = 0; i < 5; ++i)
        m_notifications->tell(assigned("another"));
    QTRY_COMPARE(m_desktop->shown().size(), 2);
    QCOMPARE(m_desktop->shown().constFirst().text, QStringLiteral("first"));
    QVERIFY(m_desktop->shown().constLast().title.contains(QLatin1Char('5')));
    // A sum opens no single conversation.
    QSignalSpy opened(m_notifications.get(), &Notifications::opened);
    Q_EMIT m_desktop->ActionInvoked(m_desktop->shown().constLast().id, QStringLiteral("default"));
    QTRY_COMPARE(opened.size(), 1);
    QVERIFY(!opened.constFirst().at(1).value<ConversationId>().isValid());
}

void NotificationsTest::kindsDoNotWaitForEachOther()
{
    m_notifications->tell(assigned("one"));
    Notifications::Notice noted = assigned("two");
    noted.kind = Notifications::Kind::noted;
    m_notifications->tell(noted);
    QTRY_COMPARE(m_desktop->shown().size(), 2);
    QVERIFY(m_desktop->shown().constFirst().id != m_desktop->shown().constLast().id);
}

void NotificationsTest::nextOneReplacesTheLast()
{
    m_notifications->setInterval(100);
    m_notifications->tell(assigned("one"));
    QTRY_COMPARE(m_desktop->shown().size(), 1);
    m_notifications->tell(assigned("two"));
    QTRY_COMPARE(m_desktop->shown().size(), 2);
    QCOMPARE(m_desktop->shown().constLast().text, QStringLiteral("two"));
    QCOMPARE(m_desktop->shown().constLast().replaces, m_desktop->shown().constFirst().id);
}

void NotificationsTest::switchedOffNothingIsShown()
{
    m_notifications->setOn(false);
    m_notifications->tell(assigned("one"));
    m_notifications->setOn(true);
    m_notifications->tell(assigned("two"));
    QTRY_COMPARE(m_desktop->shown().size(), 1);
    QCOMPARE(m_desktop->shown().constFirst().text, QStringLiteral("two"));
}

void NotificationsTest::withoutAServiceItIsSaid()
{
    const PrivateBus empty;
    Notifications alone(empty.connect("alone"));
    QSignalSpy notShown(&alone, &Notifications::notShown);
    alone.tell(assigned("<b>one</b> & more"));
    QTRY_COMPARE(notShown.size(), 1);
    // Who shows it then may read markup or not: there is nothing in it that is some.
    QCOMPARE(notShown.constFirst().at(1).toString(), QString::fromUtf8("‹b›one‹/b› & more"));
    Notifications nowhere(QDBusConnection(QStringLiteral("no such bus")));
    QSignalSpy nothing(&nowhere, &Notifications::notShown);
    nowhere.tell(assigned("one"));
    QCOMPARE(nothing.size(), 1);
    QDBusConnection::disconnectFromBus(QStringLiteral("alone"));
}

void NotificationsTest::sandboxSpeaksWithThePortal()
{
    Notifications sandboxed(m_bus->connect("earshot"), true);
    sandboxed.setInterval(1);
    QSignalSpy notShown(&sandboxed, &Notifications::notShown);
    sandboxed.tell(assigned("nobody is there"));
    QTRY_COMPARE(notShown.size(), 1);
    QCOMPARE(notShown.constFirst().at(1).toString(), QStringLiteral("nobody is there"));
    {
        FakeNotificationPortal portal(m_bus->connect("portal"));
        QVERIFY(portal.isOwner());
        sandboxed.tell(assigned("a < b", 9));
        QTRY_COMPARE(portal.added().size(), 1);
        const auto [id, shown] = portal.added().constFirst();
        QCOMPARE(shown.value(QStringLiteral("title")).toString(), QStringLiteral("Ana assigned"));
        QCOMPARE(shown.value(QStringLiteral("body")).toString(), QStringLiteral("a < b"));
        const auto buttons = qdbus_cast<QList<QVariantMap>>(shown.value(QStringLiteral("buttons")));
        QCOMPARE(buttons.size(), 1);
        QCOMPARE(buttons.constFirst().value(QStringLiteral("action")), shown.value(QStringLiteral("default-action")));
        QSignalSpy opened(&sandboxed, &Notifications::opened);
        const QVariantMap click{{QStringLiteral("activation-token"), QStringLiteral("token-2")}};
        Q_EMIT portal.ActionInvoked(id, QStringLiteral("something else"), {});
        Q_EMIT portal.ActionInvoked(id, QStringLiteral("open"), {click});
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(opened.constFirst().at(1).value<ConversationId>(), ConversationId(9));
        QCOMPARE(opened.constFirst().at(2).toString(), QStringLiteral("token-2"));
        // The first version tells nothing of the click.
        Q_EMIT portal.ActionInvoked(id, QStringLiteral("open"), {});
        QTRY_COMPARE(opened.size(), 2);
        // The next one of its kind takes its place.
        sandboxed.tell(assigned("another"));
        QTRY_COMPARE(portal.added().size(), 2);
        QCOMPARE(portal.added().constLast().first, id);
    }
    QVERIFY(m_desktop->shown().isEmpty());
    QDBusConnection::disconnectFromBus(QStringLiteral("portal"));
}

/// What is shown, what is on its way, what waits for its turn and what was summed up.
void NotificationsTest::whatMayNoLongerBeSeenIsTakenAway()
{
    m_notifications->setInterval(300);
    m_notifications->tell(assigned("Mira", 7));
    QTRY_COMPARE(m_desktop->shown().size(), 1);
    QTRY_COMPARE(m_notifications->told(), QSet<ConversationId>{ConversationId(7)});
    m_notifications->forget({ConversationId(8)});
    m_notifications->tell(assigned("Jonas", 8));
    m_notifications->tell(assigned("Lena", 9));
    m_notifications->forget({ConversationId(7), ConversationId(8)});
    QTRY_COMPARE(m_desktop->closed(), QList<uint>{m_desktop->shown().constFirst().id});
    // Only who waits and may be seen is told of.
    QTRY_COMPARE(m_desktop->shown().size(), 2);
    QCOMPARE(m_desktop->shown().constLast().text, QStringLiteral("Lena"));
    m_notifications->tell(assigned("Omar", 10));
    m_notifications->tell(assigned("Pia", 11));
    QTRY_COMPARE(m_desktop->shown().size(), 3);
    QVERIFY(m_desktop->shown().constLast().text.contains(QStringLiteral("Pia")));
    QTRY_VERIFY(m_notifications->told().contains(ConversationId(11)));
    m_notifications->forget({ConversationId(11)});
    QTRY_COMPARE(m_desktop->closed().size(), 2);
    // Before the desktop has said its number.
    Notifications::Notice noted = assigned("Quirin", 12);
    noted.kind = Notifications::Kind::noted;
    m_notifications->tell(noted);
    m_notifications->forget({ConversationId(12)});
    QTRY_COMPARE(m_desktop->closed().size(), 3);
    QCOMPARE(m_desktop->closed().constLast(), m_desktop->shown().constLast().id);
    QVERIFY(m_notifications->told().isEmpty());
}

void NotificationsTest::sandboxTakesItAwayToo()
{
    Notifications sandboxed(m_bus->connect("earshot"), true);
    {
        FakeNotificationPortal portal(m_bus->connect("portal"));
        QVERIFY(portal.isOwner());
        sandboxed.tell(assigned("Mira", 9));
        QTRY_COMPARE(portal.added().size(), 1);
        sandboxed.forget({ConversationId(8)});
        sandboxed.forget(sandboxed.told());
        QTRY_COMPARE(portal.removed(), QStringList{portal.added().constFirst().first});
    }
    QDBusConnection::disconnectFromBus(QStringLiteral("portal"));
}

void NotificationsTest::othersAssignmentsAreNoticed()
{
    DeskWorld world;
    world.write(3);
    QVERIFY(world.actAs(world.kim(), Act::Assign{ConversationId(3), AgentId(1)}).isApplied());
    NoticeWatch watch(world.desk());
    QSignalSpy noticed(&watch, &NoticeWatch::noticed);
    // Not yet read where the journal stands: what was before is no news.
    QVERIFY(world.act(Act::Claim{ConversationId(2)}).isApplied());
    QTRY_VERIFY(([&] {
        static int number = 0;
        if (noticed.isEmpty()) {
            const ConversationId id(1);
            if (++number % 2 == 1)
                (void)world.actAs(world.kim(), Act::Assign{id, AgentId(1)});
            else
                (void)world.actAs(world.kim(), Act::Unassign{id});
        }
        return !noticed.isEmpty();
    }()));
    const auto notice = noticed.constFirst().constFirst().value<Notifications::Notice>();
    QCOMPARE(notice.kind, Notifications::Kind::assigned);
    QCOMPARE(notice.conversation, ConversationId(1));
    QVERIFY(notice.title.contains(QStringLiteral("Kim")));
}

void NotificationsTest::notesThatMentionMeAreNoticed()
{
    DeskWorld world;
    world.write(1);
    NoticeWatch watch(world.desk());
    QSignalSpy noticed(&watch, &NoticeWatch::noticed);
    QTRY_VERIFY(([&] {
        if (noticed.isEmpty()) {
            (void)world.actAs(world.kim(), Act::AddNote{ConversationId(1), QStringLiteral("nobody in particular")});
            (void)world.act(Act::AddNote{ConversationId(1), QStringLiteral("@Ana my own")});
            (void)world.actAs(world.kim(), Act::AddNote{ConversationId(1), QStringLiteral("@Ana look <b>here</b>")});
        }
        return !noticed.isEmpty();
    }()));
    const auto notice = noticed.constFirst().constFirst().value<Notifications::Notice>();
    QCOMPARE(notice.kind, Notifications::Kind::noted);
    QVERIFY(notice.text.contains(QStringLiteral("look <b>here</b>")));
}

namespace {

/// The watch knows where the journal stands: what happens from now on is news.
bool isWatching(DeskWorld &world, QSignalSpy &noticed)
{
    const bool is = QTest::qWaitFor(
        [&] {
            (void)world.actAs(world.kim(), Act::Assign{ConversationId(1), world.desk().me()});
            (void)world.actAs(world.kim(), Act::Unassign{ConversationId(1)});
            (void)world.actAs(world.kim(), Act::Assign{ConversationId(1), world.desk().me()});
            return !noticed.isEmpty();
        },
        30'000);
    return is;
}

} // namespace

void NotificationsTest::bothOfTwoNotesAreNoticed()
{
    DeskWorld world;
    world.write(1);
    NoticeWatch watch(world.desk());
    QSignalSpy noticed(&watch, &NoticeWatch::noticed);
    QVERIFY(isWatching(world, noticed));
    // Both before the watch looks again.
    auto future = world.desk().performAs(
        world.kim(),
        {makeAction(Act::AddNote{ConversationId(1), QStringLiteral("@Ana look here")}, world.clock().now()),
         makeAction(Act::AddNote{ConversationId(1), QStringLiteral("and nobody else")}, world.clock().now())});
    QTRY_VERIFY(future.isFinished());
    QTRY_COMPARE(noticed.constLast().constFirst().value<Notifications::Notice>().kind, Notifications::Kind::noted);
    QVERIFY(noticed.constLast().constFirst().value<Notifications::Notice>().text.contains(
        QStringLiteral("@Ana look here")));
}

void NotificationsTest::troubleIsToldToWhoSentIt()
{
    DeskWorld world;
    world.write(2);
    QVERIFY(world.actAs(world.kim(), Act::Assign{ConversationId(2), world.desk().me()}).isApplied());
    Intake intake(world.desk().workspace());
    Capabilities can;
    can.canLike = true;
    QVERIFY(
        intake.storeAccount(world.channel(), QStringLiteral("1"), QStringLiteral("@acme@social.example"), {}, {}, can)
            .result());
    const auto like = [&world](AgentId agent, ConversationId conversation) {
        const auto messages = world.desk().workspace().read<QList<MessageRecord>>([conversation](Database &database) {
            return loadMessages(database, {conversation, {}, 1});
        });
        return world.actAs(agent, Act::PerformEffect{messages.result().value().constFirst().id, Effect::like});
    };
    const Outcome theirs = like(world.kim(), ConversationId(2));
    const Outcome ours = like(world.desk().me(), ConversationId(1));
    QVERIFY(theirs.isApplied() && ours.isApplied());
    NoticeWatch watch(world.desk());
    QSignalSpy noticed(&watch, &NoticeWatch::noticed);
    QVERIFY(isWatching(world, noticed));
    QVERIFY(world.actAs(world.kim(), Act::Assign{ConversationId(1), world.kim()}).isApplied());
    noticed.clear();
    // Kim's, in a conversation of mine, and mine, in one of Kim's.
    for (const Outcome &outcome : {theirs, ours})
        QVERIFY(intake.failDelivery(DeliveryId(outcome.created), Error{ErrorKind::permission, {}, {}}).result());
    QTRY_VERIFY(!noticed.isEmpty());
    const auto notice = noticed.constFirst().constFirst().value<Notifications::Notice>();
    QCOMPARE(notice.kind, Notifications::Kind::trouble);
    QCOMPARE(notice.conversation, ConversationId(1));
    QCOMPARE(noticed.size(), 1);
}

void NotificationsTest::bulkDeedHidesNoAssignment()
{
    DeskWorld world;
    world.write(260);
    NoticeWatch watch(world.desk());
    QSignalSpy noticed(&watch, &NoticeWatch::noticed);
    ConversationListModel list(world.desk());
    ListQuery all;
    list.show(all);
    QTRY_VERIFY(list.rowCount() >= ConversationListModel::pageSize);
    QTRY_VERIFY((list.fetchMore({}), list.rowCount() == 260));
    // Until it knows where the journal stands, what happens is no news.
    QTRY_VERIFY(([&] {
        static int number = 0;
        if (noticed.isEmpty() && ++number % 2 == 1)
            (void)world.actAs(world.kim(), Act::Assign{list.conversationAt(0), world.desk().me()});
        else if (noticed.isEmpty())
            (void)world.actAs(world.kim(), Act::Unassign{list.conversationAt(0)});
        return !noticed.isEmpty();
    }()));
    noticed.clear();
    // Before the watch looks again, an assignment and a deed on very many.
    QVERIFY(world.actAs(world.kim(), Act::Assign{list.conversationAt(1), world.desk().me()}).isApplied());
    QList<Action> actions;
    for (int row = 5; row < 255; ++row)
        actions.append(makeAction(Act::AddTag{list.conversationAt(row), QStringLiteral("storm")},
                                  world.desk().workspace().clock().now()));
    auto future = world.desk().perform(actions);
    QTRY_VERIFY(future.isFinished());
    QTRY_VERIFY(!noticed.isEmpty());
    QCOMPARE(noticed.constLast().constFirst().value<Notifications::Notice>().conversation, list.conversationAt(1));
}

QTEST_MAIN(NotificationsTest)
#include "tst_notifications.moc"
