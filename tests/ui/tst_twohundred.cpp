// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/afterdeed.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/roster.h"
#include "ui/shell/statepage.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTest>

#include <map>

using namespace Earshot;
using namespace Qt::StringLiterals;

namespace {

constexpr int count = 200;

/// What becomes of a mention. Each has its keys.
enum class Deed {
    answer,     ///< a reply, and resolved with it
    round,      ///< the same, one after another
    waiting,    ///< taken, tagged and answered: it waits for the contact
    noAnswer,   ///< resolved; needs none
    spam,       ///< resolved with that reason, from the list of reasons
    duplicate,  ///< of the first one
    give,       ///< to a colleague
    snooze,     ///< with a note why
    takenBack,  ///< resolved by mistake, undone, made urgent, answered
    fromThread, ///< looked at in its thread, answered there
    found,      ///< searched for, answered on the page of what was found
};

/// @param number from 1 on
Deed deedOf(int number)
{
    if (number > count - 20)
        return Deed::round;
    if (number % 45 == 0)
        return Deed::found;
    switch (number % 20) {
    case 1:
    case 11:
        return Deed::noAnswer;
    case 2:
        return Deed::spam;
    case 3:
        return number == 3 ? Deed::answer : Deed::duplicate;
    case 4:
    case 14:
        return Deed::give;
    case 5:
        return Deed::snooze;
    case 6:
        return Deed::takenBack;
    case 7:
        return Deed::fromThread;
    case 8:
    case 18:
        return Deed::waiting;
    default:
        return Deed::answer;
    }
}

QString nameOf(int number)
{
    return u"Writer %1"_s.arg(number, 3, 10, QLatin1Char('0'));
}

QString wordsTo(int number)
{
    return u"Dear writer, this is answer %1."_s.arg(number);
}

} // namespace

// As QTRY_ of the same, which looks every 50 ms only: this test waits a thousand times.
#define AWAIT2(isSo, message) QVERIFY2(QTest::qWaitFor([&] { return bool(isSo); }), message)
#define AWAIT(isSo) AWAIT2(isSo, "waited in vain")
#define AWAIT_EQUAL(actual, expected)                                                                                  \
    do {                                                                                                               \
        static_cast<void>(QTest::qWaitFor([&] { return (actual) == (expected); }));                                    \
        QCOMPARE(actual, expected);                                                                                    \
    } while (false)

/// An agent's day: two hundred people have written, and there is no pointer. Only keys go to what has the keyboard; the
/// test looks at the screen as the agent does, and into the file at the end.
class TwoHundredTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void everyMentionIsHandledByKeysAlone();

private:
    /// Keys, and that the keyboard is somewhere afterwards.
    void press(const QString &keys);
    /// A text, a key each.
    void type(const QString &text);
    /// A dialog to pick from: what is typed finds it.
    void pick(const char *field, const QString &text);
    void handle(int number);
    void answerTheMarked();
    void answer(int number);
    /// Also what must hold between two mentions.
    void waitForNext(ConversationId done);
    void findAndAnswer(int number);
    /// For who reads why it failed.
    [[nodiscard]] QString where() const;
    [[nodiscard]] int numberOf(ConversationId id) const { return m_numbers.value(id); }
    [[nodiscard]] bool isFocus(const char *name) const
    {
        return m_world->focus() && m_world->focus() == m_world->widget(name);
    }
    /// The keyboard stays in the list or the timeline, wherever it was last.
    [[nodiscard]] bool isWhereLettersAreCommands() const { return isFocus("conversations") || isFocus("timeline"); }
    [[nodiscard]] ConversationPane &pane() const { return *m_world->window().findChild<ConversationPane *>(); }
    void checkOutcome(int number);

    std::unique_ptr<WindowWorld> m_world;
    QHash<ConversationId, int> m_numbers;
    QHash<int, ConversationId> m_ids;
    QSet<int> m_handled;
    std::map<QString, int> m_places; ///< where the keyboard was after a key, and how often
    int m_presses = 0;
};

void TwoHundredTest::init()
{
    AfterDeed::choose(AfterDeed::Step::next);
    m_world = std::make_unique<WindowWorld>(40);
    AWAIT(m_world->isReady());
    QVERIFY(m_world->act(Act::KeepSavedReply{{}, u"Known"_s, u"Dear {name}, we know of it."_s}).isApplied());
    // What was there before is done.
    AWAIT_EQUAL(m_world->textOf("viewTitle"), u"Unassigned"_s);
    for (int row = 0; row < m_world->list().rowCount(); ++row) {
        const Act::SetStatus done{m_world->list().conversationAt(row), Status::resolved, Reason::noAnswerNeeded, {}};
        QVERIFY(m_world->act(done).isApplied());
    }
    AWAIT_EQUAL(m_world->list().rowCount(), 0);
    for (int number = 1; number <= count; ++number)
        m_world->write(nameOf(number), u"@acme my ThinkTower 9 makes a strange noise, my order is zq%1"_s.arg(number));
    AWAIT(m_world->list().rowCount() >= count);
    QCOMPARE(m_world->list().rowCount(), count);
    for (int row = 0; row < count; ++row) {
        const ConversationId id = m_world->list().conversationAt(row);
        const int number = m_world->record(id).contactName.right(3).toInt();
        QVERIFY(number > 0);
        m_numbers.insert(id, number);
        m_ids.insert(number, id);
    }
    QCOMPARE(m_ids.size(), count);
}

void TwoHundredTest::press(const QString &keys)
{
    for (const QString &key : keys.split(QLatin1Char(' '))) {
        m_world->press(key);
        ++m_presses;
        // It may be on its way, while a list or a dialog comes.
        AWAIT2(m_world->focus(), qPrintable(u"nothing has the keyboard after "_s + key));
        QVERIFY2(m_world->focus()->isVisible() && m_world->focus()->isEnabled(), qPrintable(key));
        ++m_places[m_world->focus()->objectName()];
    }
}

void TwoHundredTest::type(const QString &text)
{
    m_world->type(text);
    m_presses += int(text.size());
    QVERIFY(m_world->focus());
}

void TwoHundredTest::pick(const char *field, const QString &text)
{
    AWAIT2(isFocus(field), qPrintable(m_world->textOf("messageBar")));
    type(text);
    press(u"Return"_s);
}

void TwoHundredTest::answer(int number)
{
    press(u"R"_s);
    AWAIT(isFocus("composerText"));
    type(wordsTo(number));
    press(u"Ctrl+Shift+Return"_s);
}

void TwoHundredTest::handle(int number)
{
    switch (deedOf(number)) {
    case Deed::answer:
        return answer(number);
    case Deed::waiting:
        press(u"Shift+A T"_s);
        pick("pickField", u"noise"_s);
        AWAIT(pane().record().tags.contains(u"noise"_s));
        press(u"R"_s);
        AWAIT(isFocus("composerText"));
        type(wordsTo(number));
        press(u"Ctrl+Return"_s);
        return;
    case Deed::noAnswer:
        return press(u"E"_s);
    case Deed::spam:
        press(u"Shift+E"_s);
        return pick("pickField", u"spam"_s);
    case Deed::duplicate:
        press(u"Shift+E"_s);
        pick("pickField", u"dupl"_s);
        AWAIT(m_world->widget("pickField")->accessibleName().startsWith(u"Which"_s));
        return pick("pickField", u"#%1"_s.arg(m_world->record(m_ids.value(3)).number));
    case Deed::give:
        press(u"A"_s);
        return pick("pickField", u"Kim"_s);
    case Deed::snooze:
        press(u"N"_s);
        AWAIT(isFocus("composerText"));
        type(u"Asked the workshop"_s);
        press(u"Ctrl+Return"_s);
        AWAIT(isWhereLettersAreCommands());
        press(u"S"_s);
        AWAIT(isFocus("pickField"));
        return press(u"Return"_s);
    case Deed::takenBack: {
        const ConversationId id = m_ids.value(number);
        press(u"E"_s);
        AWAIT(m_world->record(id).status == Status::resolved && m_world->shown() != id);
        press(u"Z"_s);
        AWAIT_EQUAL(m_world->record(id).status, Status::open);
        // It is the one before, where it was, and no longer grey.
        AWAIT(
            m_world->list().rowOf(id) >= 0 &&
            !m_world->list().index(m_world->list().rowOf(id)).data(int(ConversationListModel::Role::hasLeft)).toBool());
        press(u"K"_s);
        AWAIT(m_world->shown() == id && pane().record().id == id);
        press(u"P"_s);
        pick("pickField", u"urg"_s);
        AWAIT_EQUAL(m_world->record(id).priority, Priority::urgent);
        return answer(number);
    }
    case Deed::fromThread:
        press(u"V"_s);
        AWAIT(isFocus("threadList"));
        answer(number);
        AWAIT_EQUAL(m_world->record(m_ids.value(number)).status, Status::resolved);
        AWAIT(!m_world->widget("composer")->isVisible());
        // There a person picks who comes next.
        press(u"Esc"_s);
        AWAIT(!m_world->widget("threadList")->isVisible());
        return press(u"J"_s);
    case Deed::round:
    case Deed::found:
        return;
    }
}

QString TwoHundredTest::where() const
{
    const QModelIndex row = m_world->find<QTableView>("conversations")->currentIndex();
    return u"%1 is shown, row %2 is that of %3, the keyboard is at %4; said: %5"_s.arg(numberOf(m_world->shown()))
        .arg(row.row())
        .arg(numberOf(m_world->list().conversationAt(row.row())))
        .arg(m_world->focus() ? m_world->focus()->objectName() : QString(), m_world->textOf("messageBar"));
}

void TwoHundredTest::waitForNext(ConversationId done)
{
    AWAIT2(m_world->shown() != done, qPrintable(where()));
    if (m_handled.size() == count)
        return;
    AWAIT2(m_world->shown().isValid(), qPrintable(u"nothing comes after %1"_s.arg(numberOf(done))));
    AWAIT_EQUAL(pane().record().id, m_world->shown());
    AWAIT2(isWhereLettersAreCommands(),
           qPrintable(u"%1 after %2: %3 (%4)"_s.arg(m_world->focus() ? m_world->focus()->objectName() : QString())
                          .arg(numberOf(done))
                          .arg(m_world->textOf("messageBar"), m_world->textOf("composerText"))));
    const int row = m_world->find<QTableView>("conversations")->currentIndex().row();
    QCOMPARE(m_world->list().conversationAt(row), m_world->shown());
}

void TwoHundredTest::answerTheMarked()
{
    press(u"X"_s);
    for (int i = 1; i < 20; ++i)
        press(u"Shift+J"_s);
    QCOMPARE(m_world->list().markedCount(), 20);
    press(u"Ctrl+K"_s);
    AWAIT(isFocus("searchField"));
    type(u">answer one"_s);
    const auto *results = m_world->find<QAbstractItemView>("searchResults");
    AWAIT(results->model()->rowCount() > 0);
    press(u"Return"_s);
    pick("pickField", u"Known"_s);
    for (int i = 0; i < 20; ++i) {
        AWAIT_EQUAL(m_world->textOf("roundBar"), u"Answering one after another: %1 of 20"_s.arg(i + 1));
        const auto *text = m_world->find<QPlainTextEdit>("composerText");
        AWAIT(isFocus("composerText") && pane().record().id == m_world->shown());
        const int number = numberOf(m_world->shown());
        AWAIT2(text->toPlainText().contains(nameOf(number)), qPrintable(text->toPlainText()));
        QCOMPARE(deedOf(number), Deed::round);
        press(u"Ctrl+Shift+Return"_s);
        m_handled.insert(number);
        AWAIT_EQUAL(m_world->record(m_ids.value(number)).status, Status::resolved);
    }
    AWAIT(m_world->textOf("roundBar").isEmpty());
    QCOMPARE(m_world->list().markedCount(), 0);
}

void TwoHundredTest::findAndAnswer(int number)
{
    const ConversationId before = m_world->shown();
    press(u"/"_s);
    AWAIT(isFocus("searchField"));
    type(u"zq%1"_s.arg(number));
    const auto *results = m_world->find<QAbstractItemView>("searchResults");
    AWAIT_EQUAL(results->model()->rowCount(), 1);
    press(u"Return"_s);
    AWAIT(m_world->shown() == m_ids.value(number) && pane().record().id == m_world->shown());
    answer(number);
    AWAIT_EQUAL(m_world->record(m_ids.value(number)).status, Status::resolved);
    m_handled.insert(number);
    AWAIT2(!m_world->widget("composer")->isVisible() && m_world->focus() &&
               m_world->widget("conversationPane")->isAncestorOf(m_world->focus()),
           qPrintable(m_world->textOf("messageBar")));
    // Back to what was found, and from there to the list.
    press(u"Esc Esc"_s);
    AWAIT(m_world->widget("conversations")->isVisible());
    // On with the row that was left.
    AWAIT(isFocus("conversations"));
    press(u"Return"_s);
    AWAIT(m_world->shown() == before && pane().record().id == before);
}

void TwoHundredTest::checkOutcome(int number)
{
    const ConversationRecord record = m_world->record(m_ids.value(number));
    QStringList replies;
    QStringList notes;
    for (const MessageRecord &message : m_world->messages(record.id)) {
        if (message.kind == MessageKind::reply && message.delivery->state != DeliveryState::cancelled)
            replies.append(message.text);
        if (message.kind == MessageKind::note)
            notes.append(message.text);
    }
    const auto is = [&](Status status, Reason reason, const QStringList &said) {
        QCOMPARE(record.status, status);
        QCOMPARE(record.reason, reason);
        QCOMPARE(replies, said);
        QCOMPARE(notes, deedOf(number) == Deed::snooze ? QStringList{u"Asked the workshop"_s} : QStringList());
    };
    const QStringList own{wordsTo(number)};
    switch (deedOf(number)) {
    case Deed::answer:
    case Deed::fromThread:
    case Deed::found:
        return is(Status::resolved, Reason::answered, own);
    case Deed::round:
        return is(Status::resolved, Reason::answered, {u"Dear %1, we know of it."_s.arg(nameOf(number))});
    case Deed::takenBack:
        QCOMPARE(record.priority, Priority::urgent);
        return is(Status::resolved, Reason::answered, own);
    case Deed::waiting:
        QCOMPARE(record.assignee, m_world->desk().me());
        QCOMPARE(record.tags, QStringList{u"noise"_s});
        return is(Status::pending, Reason::none, own);
    case Deed::noAnswer:
        return is(Status::resolved, Reason::noAnswerNeeded, {});
    case Deed::spam:
        return is(Status::resolved, Reason::spam, {});
    case Deed::duplicate:
        QCOMPARE(record.duplicateOf, m_ids.value(3));
        return is(Status::resolved, Reason::duplicate, {});
    case Deed::give:
        QCOMPARE(m_world->window().roster().agentName(record.assignee), u"Kim"_s);
        return is(Status::open, Reason::none, {});
    case Deed::snooze:
        return is(Status::snoozed, Reason::none, {});
    }
}

void TwoHundredTest::everyMentionIsHandledByKeysAlone()
{
    AWAIT(isFocus("conversations"));
    press(u"J"_s);
    AWAIT_EQUAL(numberOf(m_world->shown()), count);
    AWAIT_EQUAL(pane().record().id, m_world->shown());
    answerTheMarked();
    while (m_handled.size() < count && !QTest::currentTestFailed()) {
        const ConversationId id = m_world->shown();
        const int number = numberOf(id);
        QVERIFY2(number > 0 && !m_handled.contains(number), qPrintable(QString::number(number)));
        if (deedOf(number) == Deed::found) {
            press(u"J"_s);
            waitForNext(id);
            findAndAnswer(number);
            continue;
        }
        handle(number);
        if (QTest::currentTestFailed())
            qInfo("at %d, deed %d", number, int(deedOf(number)));
        m_handled.insert(number);
        waitForNext(id);
    }
    QVERIFY(!QTest::currentTestFailed());
    // Nothing is left, and the screen says so.
    AWAIT_EQUAL(m_world->list().rowCount(), 0);
    const auto *state = m_world->widget("inboxPane")->findChild<StatePage *>();
    AWAIT(state->isVisible());
    QCOMPARE(state->title(), u"Everything has an owner"_s);
    for (int number = 1; number <= count && !QTest::currentTestFailed(); ++number) {
        checkOutcome(number);
        if (QTest::currentTestFailed())
            qInfo("of %d, deed %d", number, int(deedOf(number)));
    }
    QStringList places;
    for (const auto &[place, often] : m_places)
        places.append(u"%1 %2"_s.arg(place).arg(often));
    qInfo("%.1f keys a mention, with its words; the keyboard was at %s", double(m_presses) / count,
          qPrintable(places.join(u", "_s)));
}

QTEST_MAIN(TwoHundredTest)
#include "tst_twohundred.moc"
