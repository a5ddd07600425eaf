// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/composer/composer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/threadpage.h"
#include "ui/inbox/conversationlistmodel.h"
#include "workspace/database.h"

#include <QListView>
#include <QTest>

#include <algorithm>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

QString plain(QString text)
{
    return text.remove(QChar(0x2068)).remove(QChar(0x2069));
}

} // namespace

/// A thread with the conversations of several people: what is done on the row of another one than was shown is done to
/// that one.
class ThreadDeedsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void replyIsOfItsRow();
    void replyByTheNextKeyIsOfItsRow();
    void hidingIsOfItsRow();
    void whatIsStillReadIsSaid();
    void rowsNameTheirOwners();

private:
    /// Two people's conversations below one post of a network that can be moderated; the page is open at the first.
    void openThread();
    [[nodiscard]] bool canHide(ChannelId channel) const;
    [[nodiscard]] ConversationPane &pane() const { return *m_world->window().findChild<ConversationPane *>(); }
    [[nodiscard]] ThreadPage &page() const { return pane().thread(); }
    [[nodiscard]] int rowOf(ConversationId id) const;
    void goTo(ConversationId id);
    [[nodiscard]] bool isAnsweredWith(ConversationId id, const QString &text);
    void writeAndSend(const QString &text);

    std::unique_ptr<WindowWorld> m_world;
    ConversationId m_one;
    ConversationId m_other;
};

void ThreadDeedsTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
    openThread();
}

void ThreadDeedsTest::cleanup()
{
    Database::setFault({});
    m_world.reset();
}

bool ThreadDeedsTest::canHide(ChannelId channel) const
{
    const QList<ChannelRecord> channels = m_world->window().roster().channels();
    return std::any_of(channels.cbegin(), channels.cend(), [channel](const ChannelRecord &one) {
        return one.id == channel && one.capabilities.canHide && one.capabilities.canReply;
    });
}

int ThreadDeedsTest::rowOf(ConversationId id) const
{
    for (int row = page().model().rowCount() - 1; row >= 0; --row) {
        const ConversationRecord *work = page().model().conversation(row);
        if (work && work->id == id && page().model().message(row)->kind == MessageKind::inbound)
            return row;
    }
    return -1;
}

void ThreadDeedsTest::openThread()
{
    m_world->press(str("Ctrl+8"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), str("Everything"));
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    QHash<ThreadId, ConversationId> met;
    m_one = m_other = {};
    for (int row = 0; row < m_world->list().rowCount() && !m_other.isValid(); ++row) {
        const ConversationRecord record = m_world->record(m_world->list().conversationAt(row));
        if (!canHide(record.channel) || record.isPrivate)
            continue;
        m_one = met.value(record.thread);
        m_other = m_one.isValid() ? record.id : ConversationId();
        met.insert(record.thread, record.id);
    }
    QVERIFY(m_other.isValid());
    QCOMPARE(m_world->show([this](const ConversationRecord &one) { return one.id == m_one; }), m_one);
    m_world->press(str("V"));
    QTRY_VERIFY(page().list().isVisible() && page().list().currentIndex().isValid());
    QTRY_COMPARE(pane().targetMessage()->conversation, m_one);
    QVERIFY(rowOf(m_other) >= 0);
}

/// As the arrow keys and the pointer do.
void ThreadDeedsTest::goTo(ConversationId id)
{
    page().list().setFocus();
    page().list().setCurrentIndex(page().model().index(rowOf(id)));
}

bool ThreadDeedsTest::isAnsweredWith(ConversationId id, const QString &text)
{
    const QList<MessageRecord> all = m_world->messages(id);
    return std::any_of(all.cbegin(), all.cend(), [&text](const MessageRecord &one) {
        return one.kind == MessageKind::reply && one.text == text;
    });
}

void ThreadDeedsTest::writeAndSend(const QString &text)
{
    QTRY_VERIFY(m_world->widget("composerText")->hasFocus());
    m_world->type(text);
    m_world->press(str("Ctrl+Return"));
    QTRY_VERIFY(!m_world->widget("composer")->isVisible());
}

void ThreadDeedsTest::replyIsOfItsRow()
{
    const ConversationRecord before = m_world->record(m_one);
    goTo(m_other);
    QTRY_COMPARE(pane().record().id, m_other);
    const MessageRecord answered = *page().model().message(rowOf(m_other));
    m_world->press(str("R"));
    writeAndSend(str("To the other one"));
    QTRY_VERIFY(isAnsweredWith(m_other, str("To the other one")));
    QCOMPARE(m_world->messages(m_other).constLast().parentUri, answered.uri);
    QVERIFY(!isAnsweredWith(m_one, str("To the other one")));
    QVERIFY(m_world->record(m_one) == before);
    // Back on the first one's row it is the first one's.
    goTo(m_one);
    QTRY_COMPARE(pane().record().id, m_one);
    m_world->press(str("R"));
    writeAndSend(str("To the first one"));
    QTRY_VERIFY(isAnsweredWith(m_one, str("To the first one")));
    QVERIFY(!isAnsweredWith(m_other, str("To the first one")));
}

/// Before it was read: it opens where the row is.
void ThreadDeedsTest::replyByTheNextKeyIsOfItsRow()
{
    goTo(m_other);
    m_world->press(str("R"));
    writeAndSend(str("At once"));
    QTRY_VERIFY(isAnsweredWith(m_other, str("At once")));
    QVERIFY(!isAnsweredWith(m_one, str("At once")));
}

void ThreadDeedsTest::hidingIsOfItsRow()
{
    const auto hidings = [this](ConversationId id) {
        const QList<DeliveryRecord> all = m_world->outbox();
        return std::count_if(all.cbegin(), all.cend(), [id](const DeliveryRecord &one) {
            return one.conversation == id && (one.effect == Effect::hide || one.effect == Effect::approve);
        });
    };
    goTo(m_other);
    QTRY_COMPARE(pane().record().id, m_other);
    const MessageId meant = page().model().message(rowOf(m_other))->id;
    QTRY_VERIFY2(m_world->window().commands().isEnabled(str("message.hide")),
                 qPrintable(m_world->window().commands().whyNot(str("message.hide"))));
    m_world->press(str("H"));
    QTRY_VERIFY2(hidings(m_other) == 1, qPrintable(m_world->textOf("messageBar")));
    QCOMPARE(hidings(m_one), 0);
    const QList<DeliveryRecord> all = m_world->outbox();
    QVERIFY(std::any_of(all.cbegin(), all.cend(), [meant](const DeliveryRecord &one) { return one.message == meant; }));
    // It is shown where the person looks, and Z takes it back.
    QVERIFY(pane().isThreadShown());
    m_world->press(str("Z"));
    QTRY_COMPARE(hidings(m_other), 0);
}

void ThreadDeedsTest::whatIsStillReadIsSaid()
{
    Database::setFault([] { return std::optional(Error{ErrorKind::io, str("gone"), {}}); });
    goTo(m_other);
    QVERIFY(pane().isReading());
    const QString why = m_world->window().commands().whyNot(str("message.hide"));
    QVERIFY2(why.startsWith(str("This conversation has not been read yet.")), qPrintable(why));
}

void ThreadDeedsTest::rowsNameTheirOwners()
{
    const QList<AgentRecord> agents = m_world->window().roster().agents();
    const auto other = std::find_if(agents.cbegin(), agents.cend(), [this](const AgentRecord &one) {
        return one.id != m_world->desk().me() && one.role != Role::viewer;
    });
    QVERIFY(other != agents.cend());
    QVERIFY(m_world->act(Act::Assign{m_other, other->id}).isApplied());
    const auto stateOf = [this](ConversationId id) { return plain(page().model().stateText(rowOf(id))); };
    QTRY_VERIFY2(stateOf(m_other).endsWith(str(" · ") + other->name), qPrintable(stateOf(m_other)));
    QVERIFY2(!stateOf(m_one).contains(other->name), qPrintable(stateOf(m_one)));
    // Who does not see the row hears it too.
    const QModelIndex row = page().model().index(rowOf(m_other));
    QVERIFY(plain(row.data(Qt::AccessibleTextRole).toString()).endsWith(stateOf(m_other)));
}

QTEST_MAIN(ThreadDeedsTest)
#include "tst_threaddeeds.moc"
