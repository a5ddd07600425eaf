// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/personalstate.h"
#include "model/future.h"

#include <QSignalSpy>
#include <QTest>

using namespace Earshot;

/// When what an agent typed is said to be durable, by writes that end as the test wants.
class PersonalKeeperTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void nothingIsReadyAtOnce();
    void endsWithTheWriteThatRuns();
    void endsWithAllOfThem();
    void failureOfAnEarlierOneIsSaid();
    void olderTextIsNotWrittenOverANewer();
    void handedOverItIsNotWrittenAgain();
    void handedOverInVainItWaitsAgain_data();
    void handedOverInVainItWaitsAgain();
    void modeOfANewerProgramIsHandedOnAsItIs();

private:
    void type(const char *text) { m_keeper->saveSetting(QStringLiteral("text"), QString::fromUtf8(text)); }
    [[nodiscard]] static DraftRecord draftOf(const char *text)
    {
        DraftRecord draft;
        draft.conversation = ConversationId(3);
        draft.text = QString::fromUtf8(text);
        return draft;
    }
    [[nodiscard]] static QFuture<QList<Outcome>> refused(RefusalKind kind)
    {
        Outcome outcome;
        outcome.kind = Outcome::Kind::refused;
        outcome.refusal.kind = kind;
        return readyFuture(QList<Outcome>{outcome});
    }
    [[nodiscard]] QString written(qsizetype index) const
    {
        return m_states.at(index).settings.value(QStringLiteral("text"));
    }

    std::vector<std::shared_ptr<Pending<void>>> m_writes;
    QList<PersonalState> m_states;
    std::unique_ptr<PersonalKeeper> m_keeper;
};

void PersonalKeeperTest::init()
{
    m_writes.clear();
    m_states.clear();
    m_keeper = std::make_unique<PersonalKeeper>([this](const PersonalState &state) {
        m_states.append(state);
        m_writes.push_back(Pending<void>::create());
        return m_writes.back()->future();
    });
}

void PersonalKeeperTest::nothingIsReadyAtOnce()
{
    QVERIFY(m_keeper->flush().isFinished());
    QVERIFY(m_writes.empty());
}

void PersonalKeeperTest::endsWithTheWriteThatRuns()
{
    type("a");
    const QFuture<Done> first = m_keeper->flush();
    const QFuture<Done> again = m_keeper->flush();
    QCOMPARE(m_writes.size(), 1);
    QVERIFY(!again.isFinished());
    m_writes.at(0)->end({});
    QVERIFY(first.isFinished() && again.isFinished() && again.result());
    QCoreApplication::processEvents();
    QVERIFY(m_keeper->flush().isFinished());
}

void PersonalKeeperTest::endsWithAllOfThem()
{
    type("a");
    static_cast<void>(m_keeper->flush());
    type("ab");
    const QFuture<Done> both = m_keeper->flush();
    QCOMPARE(m_writes.size(), 2);
    m_writes.at(1)->end({});
    QVERIFY(!both.isFinished());
    QVERIFY(!m_keeper->flush().isFinished());
    m_writes.at(0)->end({});
    QVERIFY(both.isFinished() && both.result());
}

void PersonalKeeperTest::failureOfAnEarlierOneIsSaid()
{
    QSignalSpy failed(m_keeper.get(), &PersonalKeeper::failed);
    type("a");
    static_cast<void>(m_keeper->flush());
    m_keeper->saveSetting(QStringLiteral("other"), QStringLiteral("b"));
    const QFuture<Done> both = m_keeper->flush();
    m_writes.at(0)->end(fail(ErrorKind::diskFull));
    // Also before the keeper has heard of it.
    QVERIFY(m_keeper->flush().isFinished() == both.isFinished());
    m_writes.at(1)->end({});
    QVERIFY(both.isFinished() && !both.result());
    QTRY_COMPARE(failed.count(), 1);
    // It is tried again.
    static_cast<void>(m_keeper->flush());
    QCOMPARE(m_writes.size(), 3);
    QCOMPARE(written(2), QStringLiteral("a"));
}

void PersonalKeeperTest::olderTextIsNotWrittenOverANewer()
{
    QSignalSpy failed(m_keeper.get(), &PersonalKeeper::failed);
    type("a");
    static_cast<void>(m_keeper->flush());
    type("ab");
    static_cast<void>(m_keeper->flush());
    m_writes.at(0)->end(fail(ErrorKind::diskFull));
    m_writes.at(1)->end({});
    QTRY_COMPARE(failed.count(), 1);
    static_cast<void>(m_keeper->flush());
    QCOMPARE(m_writes.size(), 2);
    QCOMPARE(written(1), QStringLiteral("ab"));
}

/// It became a reply while an older text of it was on its way into the file, in vain.
void PersonalKeeperTest::handedOverItIsNotWrittenAgain()
{
    QSignalSpy failed(m_keeper.get(), &PersonalKeeper::failed);
    m_keeper->saveDraft(draftOf("half"));
    static_cast<void>(m_keeper->flush());
    m_keeper->saveDraft(draftOf("half a word"));
    const auto sent = m_keeper->handOver(draftOf("half a word"), [] { return readyFuture(QList<Outcome>{Outcome()}); });
    m_writes.at(0)->end(fail(ErrorKind::diskFull));
    QTRY_COMPARE(failed.count(), 1);
    static_cast<void>(m_keeper->flush());
    QVERIFY(sent.isFinished());
    QCOMPARE(m_writes.size(), 1);
}

void PersonalKeeperTest::handedOverInVainItWaitsAgain_data()
{
    QTest::addColumn<bool>("isTypedOn");
    QTest::newRow("as it was") << false;
    QTest::newRow("typed on since") << true;
}

/// The disk is full: what is said to be kept is.
void PersonalKeeperTest::handedOverInVainItWaitsAgain()
{
    QFETCH(bool, isTypedOn);
    m_keeper->saveDraft(draftOf("half a word"));
    const auto sent = m_keeper->handOver(draftOf("half a word"), [] { return refused(RefusalKind::tryAgain); });
    if (isTypedOn)
        m_keeper->saveDraft(draftOf("half a word more"));
    const PersonalState::DraftKey key{ConversationId(3), DraftRecord::Mode::reply};
    QTRY_VERIFY(sent.isFinished() && m_keeper->isWaiting(key));
    QCoreApplication::processEvents();
    static_cast<void>(m_keeper->flush());
    QCOMPARE(m_states.constLast().drafts.value(key)->text,
             QString::fromUtf8(isTypedOn ? "half a word more" : "half a word"));
}

/// Its window hands it to an older one that owns the file.
void PersonalKeeperTest::modeOfANewerProgramIsHandedOnAsItIs()
{
    PersonalState state;
    DraftRecord draft;
    draft.conversation = ConversationId(3);
    draft.mode = static_cast<DraftRecord::Mode>(9);
    draft.text = QStringLiteral("newer");
    state.drafts.insert({draft.conversation, draft.mode}, draft);
    QCOMPARE(personalFromJson(toJson(state)), state);
}

QTEST_GUILESS_MAIN(PersonalKeeperTest)
#include "tst_personalkeeper.moc"
