// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/networks/await.h"
#include "tests/replica/failingdisk.h"
#include "tests/replica/oneagent.h"

#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

/// Which desk has the disk that fails.
enum class At { here, there };

} // namespace

/// The k-th access to the disk of one of Kim's two desks fails, for every k until none does, while what is typed
/// follows from the one to the other: both have it at last, once.
class FailingDraftsTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void follows_data();
    void follows();
    void goes_data();
    void goes();
    void typedAtBoth_data();
    void typedAtBoth();
    void isSent();

private:
    void type(Desktop &desktop, const QString &text);
    void flush(Desktop &desktop);
    [[nodiscard]] Workspace &failing(At at) { return (at == At::here ? *m_kim : *m_other).session().workspace(); }
    /// Those beside it, too.
    [[nodiscard]] QStringList drafts(Desktop &desktop)
    {
        return desktop.rows(str("SELECT text FROM draft WHERE conversation = %1 ORDER BY text").arg(m_now.value));
    }
    [[nodiscard]] QStringList told()
    {
        return OneAgent::there(str("SELECT json_extract(body, '$.text') FROM told_draft WHERE body <> '' AND "
                                   "conversation = %1")
                                   .arg(m_now.value));
    }
    /// At both desks, and the server too.
    [[nodiscard]] bool isEverywhere(const QStringList &texts)
    {
        return drafts(*m_kim) == texts && drafts(*m_other) == texts && told() == texts;
    }

    std::unique_ptr<Desktop> m_other;
    ConversationId m_now; ///< another one in each round
};

void FailingDraftsTest::init()
{
    ServerLimits limits;
    limits.requestsPerSecond = limits.requestBurst = 100'000;
    begin(limits, 100);
    m_other = std::make_unique<Desktop>(*m_world, ServerWorld::kim, m_port);
    m_other->open();
    QTRY_COMPARE(m_other->kind(), DeskStatus::Kind::current);
}

void FailingDraftsTest::cleanup()
{
    m_other.reset();
    end();
}

/// Nothing = it is dropped.
void FailingDraftsTest::type(Desktop &desktop, const QString &text)
{
    DraftRecord draft;
    draft.conversation = m_now;
    draft.text = text;
    m_world->clock().advance(std::chrono::seconds(1));
    if (text.isEmpty())
        desktop.desk().dropDraft(draft.conversation, draft.mode);
    else
        desktop.desk().saveDraft(draft);
}

/// Until it is in the file.
void FailingDraftsTest::flush(Desktop &desktop)
{
    QVERIFY(comesTrue([&] { return await(desktop.desk().flushPersonal()).has_value(); }));
}

void FailingDraftsTest::follows_data()
{
    QTest::addColumn<At>("at");
    QTest::newRow("from a failing disk") << At::here;
    QTest::newRow("to a failing disk") << At::there;
}

/// Typed, and typed on.
void FailingDraftsTest::follows()
{
    QFETCH(At, at);
    bool wasMet = true;
    int rounds = 0;
    for (; wasMet; ++rounds) {
        m_now = ConversationId(rounds + 1);
        type(*m_kim, str("half"));
        const QString whole = str("half a word %1").arg(rounds);
        {
            const FailingDisk disk(failing(at), rounds);
            flush(*m_kim);
            type(*m_kim, whole);
            flush(*m_kim);
            QVERIFY2(comesTrue([&] { return isEverywhere({whole}); }), qPrintable(QString::number(rounds)));
            wasMet = disk.wasMet();
        }
    }
    QVERIFY2(rounds > 15, qPrintable(QString::number(rounds)));
}

void FailingDraftsTest::goes_data()
{
    follows_data();
}

/// It is dropped.
void FailingDraftsTest::goes()
{
    QFETCH(At, at);
    bool wasMet = true;
    int rounds = 0;
    for (; wasMet; ++rounds) {
        m_now = ConversationId(rounds + 1);
        type(*m_kim, str("half a word"));
        flush(*m_kim);
        QVERIFY(comesTrue([&] { return isEverywhere({str("half a word")}); }));
        {
            const FailingDisk disk(failing(at), rounds);
            type(*m_kim, {});
            flush(*m_kim);
            QVERIFY2(comesTrue([&] { return isEverywhere({}); }), qPrintable(QString::number(rounds)));
            wasMet = disk.wasMet();
        }
    }
    QVERIFY2(rounds > 8, qPrintable(QString::number(rounds)));
}

void FailingDraftsTest::typedAtBoth_data()
{
    follows_data();
}

/// At both desks before either heard of the other: both stay, each once.
void FailingDraftsTest::typedAtBoth()
{
    QFETCH(At, at);
    bool wasMet = true;
    int rounds = 0;
    for (; wasMet; ++rounds) {
        m_now = ConversationId(rounds + 1);
        m_proxy->loseRequests("Draft/");
        type(*m_kim, str("here %1").arg(rounds));
        flush(*m_kim);
        type(*m_other, str("there %1").arg(rounds));
        flush(*m_other);
        QVERIFY(comesTrue([this] { return told().size() == 1; }));
        {
            const FailingDisk disk(failing(at), rounds);
            m_proxy->loseRequests({});
            m_kim->session().tryNow();
            const QStringList both{str("here %1").arg(rounds), str("there %1").arg(rounds)};
            const auto have = [&] { return drafts(*m_kim) == both && drafts(*m_other) == both; };
            QVERIFY2(comesTrue(have), qPrintable(QString::number(rounds) + u' ' + drafts(*m_kim).join(u'|') +
                                                 str(" and ") + drafts(*m_other).join(u'|')));
            wasMet = disk.wasMet();
        }
    }
    QVERIFY2(rounds > 8, qPrintable(QString::number(rounds)));
}

/// It is a draft or a reply, never both and never neither.
void FailingDraftsTest::isSent()
{
    bool wasMet = true;
    int rounds = 0;
    for (; wasMet; ++rounds) {
        m_now = ConversationId(1 + rounds % 100);
        const QString text = str("half a word %1").arg(rounds);
        DraftRecord draft;
        draft.conversation = m_now;
        draft.text = text;
        const Action reply = makeAction(replyTo(m_now, text), m_world->clock().now());
        {
            const FailingDisk disk(m_kim->session().workspace(), rounds);
            // What was typed last is on its way into the file.
            m_kim->desk().saveDraft(draft);
            static_cast<void>(m_kim->desk().flushPersonal());
            const Outcome outcome = outcomeOf(m_kim->desk().performWritten({reply}, draft));
            if (!outcome.isApplied()) {
                QCOMPARE(outcome.refusal.kind, RefusalKind::tryAgain);
                flush(*m_kim);
                QCOMPARE(drafts(*m_kim), QStringList{text});
                QVERIFY(outcomeOf(m_kim->desk().performWritten({reply}, draft)).isApplied());
            }
            QVERIFY2(comesTrue([this] { return isEqual(); }), qPrintable(QString::number(rounds)));
            wasMet = disk.wasMet();
        }
        flush(*m_kim);
        QVERIFY2(comesTrue([&] { return isEverywhere({}); }), qPrintable(QString::number(rounds)));
        QCOMPARE(timesSaid(text), 1);
        QCOMPARE(trouble(), QStringList());
    }
    QVERIFY2(rounds > 40, qPrintable(QString::number(rounds)));
}

QTEST_GUILESS_MAIN(FailingDraftsTest)
#include "tst_failingdrafts.moc"
