// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/deskworld.h"
#include "ui/conversation/sentences.h"
#include "ui/conversation/timelineview.h"

#include <QAccessible>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <functional>

using namespace Earshot;

namespace {

using MessageChange = std::function<void(MessageRecord &)>;

constexpr MessageId shown{1};

} // namespace

/// What the timeline writes beside a message's own words: what became of it on its network, and of a reply of ours on
/// the way there. What is read is told by a screen reader, too.
class MessageWordsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_view.reset(); }
    void stateOnTheNetworkIsWritten_data();
    void stateOnTheNetworkIsWritten();
    void waysOfAReplyAreWritten_data();
    void waysOfAReplyAreWritten();
    void editKeepsWhatStoodThere();
    void whoEndedASnoozeIsNamed();

private:
    void show(const MessageRecord &message);
    [[nodiscard]] MessageRecord message(MessageKind kind) const;
    [[nodiscard]] const MessageWidget &widget() const { return *m_view->findChild<MessageWidget *>(); }
    /// Its lines, as they are drawn.
    [[nodiscard]] QStringList lines() const
    {
        const MessageLayout *drawing = widget().drawing();
        return drawing->text({0, drawing->length()}).split(u'\n');
    }
    [[nodiscard]] static QString told(const MessageWidget &widget)
    {
        QWidget *one = const_cast<MessageWidget *>(&widget);
        QString name = QAccessible::queryAccessibleInterface(one)->text(QAccessible::Name);
        return name.remove(QChar(0x2068)).remove(QChar(0x2069));
    }
    void checkLine(const QString &line) const;

    TestClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<TimelineView> m_view;
};

void MessageWordsTest::init()
{
    m_view = std::make_unique<TimelineView>(m_clock, m_folder.path());
    m_view->resize(520, 400);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

MessageRecord MessageWordsTest::message(MessageKind kind) const
{
    MessageRecord record;
    record.id = shown;
    record.kind = kind;
    record.authorName = QStringLiteral("Mira Holm");
    record.authorHandle = QStringLiteral("@mira@social.example");
    record.text = QStringLiteral("The lamp hums");
    record.sortAt = m_clock.now();
    record.createdSeq = 1;
    if (kind == MessageKind::reply) {
        record.agent = AgentId(1);
        record.agentName = QStringLiteral("Ana");
    }
    return record;
}

void MessageWordsTest::show(const MessageRecord &message)
{
    TimelineContent content;
    content.channelIdentity = QStringLiteral("@acmecares");
    content.messages = {message};
    m_view->open(content);
    QVERIFY(m_view->findChild<MessageWidget *>());
}

/// Empty = nothing is written.
void MessageWordsTest::checkLine(const QString &line) const
{
    QStringList expected{lines().constFirst()};
    // What became of it stands above its text, the way of a reply below.
    const bool isBelow = lines().value(1) == QStringLiteral("The lamp hums");
    expected.append(QStringLiteral("The lamp hums"));
    if (!line.isEmpty())
        expected.insert(isBelow ? 2 : 1, line);
    QCOMPARE(lines(), expected);
    QVERIFY2(told(widget()).contains(line), qPrintable(told(widget())));
    QVERIFY2(told(widget()).contains(QStringLiteral("The lamp hums")), qPrintable(told(widget())));
}

void MessageWordsTest::stateOnTheNetworkIsWritten_data()
{
    QTest::addColumn<MessageKind>("kind");
    QTest::addColumn<Presence>("presence");
    QTest::addColumn<Moderation>("moderation");
    QTest::addColumn<QString>("line");
    const auto add = [](const char *line, Presence presence, Moderation moderation,
                        MessageKind kind = MessageKind::inbound) {
        QTest::newRow(*line                                ? line
                      : moderation == Moderation::approved ? "approved"
                                                           : "simply there")
            << kind << presence << moderation << QString::fromUtf8(line);
    };
    add("", Presence::live, Moderation::none);
    add("", Presence::live, Moderation::approved);
    add("deleted on the network, kept here", Presence::deleted, Moderation::none);
    add("no longer on the network, kept here", Presence::gone, Moderation::none);
    add("held for approval, not yet public", Presence::live, Moderation::held);
    add("held by the network, not yet public", Presence::live, Moderation::held, MessageKind::reply);
    add("hidden", Presence::live, Moderation::hidden);
    add("marked as spam", Presence::live, Moderation::spam);
    add("in the network's trash", Presence::live, Moderation::trash);
    add("deleted on the network, kept here · hidden", Presence::deleted, Moderation::hidden);
}

/// Nothing that came is taken away: it stays readable and says what became of it.
void MessageWordsTest::stateOnTheNetworkIsWritten()
{
    QFETCH(const MessageKind, kind);
    QFETCH(const Presence, presence);
    QFETCH(const Moderation, moderation);
    QFETCH(const QString, line);
    MessageRecord record = message(kind);
    record.presence = presence;
    record.moderation = moderation;
    show(record);
    checkLine(line);
}

void MessageWordsTest::waysOfAReplyAreWritten_data()
{
    QTest::addColumn<DeliveryState>("state");
    QTest::addColumn<MessageChange>("change");
    QTest::addColumn<QString>("line");
    const auto add = [](
                         const char *line, DeliveryState state, const MessageChange &change = [](MessageRecord &) {}) {
        QTest::newRow(line) << state << change << QString::fromUtf8(line);
    };
    const Time now = m_clock.now();
    const auto failedBy = [](const char *failure, const char *detail) -> MessageChange {
        return [failure, detail](MessageRecord &record) {
            record.delivery->failure = QString::fromUtf8(failure);
            record.delivery->failureDetail = QString::fromUtf8(detail);
        };
    };
    add("waiting for approval", DeliveryState::awaitingApproval);
    add("waiting 8 s", DeliveryState::held,
        [now](MessageRecord &record) { record.delivery->heldUntil = now + std::chrono::seconds(8); });
    add("about to be sent", DeliveryState::queued);
    add("sending", DeliveryState::sending);
    add("sent", DeliveryState::sent);
    add("failed: The conversation moved on before it was sent.", DeliveryState::failed, failedBy("stale", ""));
    add("failed: It waited for more than 30 minutes while Earshot was closed or the computer asleep.",
        DeliveryState::failed, failedBy("waitedLong", ""));
    add("failed: Something went wrong. The network said no.", DeliveryState::failed,
        failedBy("somethingNew", "the network said no"));
    add("not known if it arrived", DeliveryState::unsure);
    add("taken back, not sent", DeliveryState::cancelled);
    add("waiting for the server", DeliveryState::held,
        [](MessageRecord &record) { record.delivery->id = DeliveryId(firstForecastId); });
}

void MessageWordsTest::waysOfAReplyAreWritten()
{
    QFETCH(const DeliveryState, state);
    QFETCH(const MessageChange, change);
    QFETCH(const QString, line);
    MessageRecord record = message(MessageKind::reply);
    record.delivery = DeliveryRecord();
    record.delivery->id = DeliveryId(7);
    record.delivery->state = state;
    change(record);
    show(record);
    checkLine(line);
    // Sent is not public yet: both are said.
    record.moderation = Moderation::held;
    show(record);
    QCOMPARE(lines().value(1), QStringLiteral("held by the network, not yet public"));
    QCOMPARE(lines().constLast(), line);
}

void MessageWordsTest::editKeepsWhatStoodThere()
{
    MessageRecord record = message(MessageKind::inbound);
    record.olderTexts = {QStringLiteral("The lamp"), QStringLiteral("The lamp hum")};
    record.editedAt = m_clock.now();
    show(record);
    QVERIFY2(lines().constFirst().endsWith(QStringLiteral(" · edited")), qPrintable(lines().constFirst()));
    QVERIFY2(told(widget()).contains(QStringLiteral(", edited: The lamp hums")), qPrintable(told(widget())));
    QCOMPARE(lines().sliced(1), QStringList{record.text});
    const auto button = [this] {
        return m_view->findChild<QToolButton *>(QStringLiteral("messageAction%1").arg(int(MessageAction::showOlder)));
    };
    QVERIFY(button());
    QCOMPARE(button()->text(), QStringLiteral("Show the text before the edit"));
    button()->click();
    QCOMPARE(lines().sliced(1), (QStringList{QStringLiteral("Before the edit: The lamp"),
                                             QStringLiteral("Before the edit: The lamp hum"), record.text}));
    QCOMPARE(button()->text(), QStringLiteral("Hide the text before the edit"));
    button()->click();
    QCOMPARE(lines().sliced(1), QStringList{record.text});
    // Who never edited has none.
    record.olderTexts.clear();
    record.editedAt = Time();
    show(record);
    QVERIFY(!lines().constFirst().contains(QStringLiteral("edited")));
    QVERIFY(!button() || !button()->isVisible());
}

void MessageWordsTest::whoEndedASnoozeIsNamed()
{
    JournalRecord line;
    line.kind = QStringLiteral("wake");
    QCOMPARE(Sentences::event(line, {}), QStringLiteral("The snooze ended"));
    line.agent = AgentId(1);
    line.agentName = QStringLiteral("Ana");
    QCOMPARE(Sentences::event(line, {}), QStringLiteral("\u2068Ana\u2069 ended the snooze"));
}

Q_DECLARE_METATYPE(MessageChange)

QTEST_MAIN(MessageWordsTest)
#include "tst_messagewords.moc"
