// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/comparing.h"
#include "tests/replica/desktop.h"
#include "tests/replica/roughline.h"

#include <QTest>

#include <functional>

using namespace Earshot;
using namespace std::chrono_literals;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

using Roughness = std::function<void(RoughLine &)>;

} // namespace

/// A desktop follows, and what its agent does reaches the server once, through lines that are slow, silent, torn or
/// closed by half.
class RoughLineTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void followsThrough_data();
    void followsThrough();
    void joinsThroughASlowOne();
    void silentOneIsLeft();
    void beginsThroughANewOne();

private:
    [[nodiscard]] bool isEqual()
    {
        return m_kim->kind() == DeskStatus::Kind::current && m_kim->isSettled() &&
               differences(*m_world, m_kim->session().workspace(), ServerWorld::kim).isEmpty();
    }
    [[nodiscard]] qsizetype timesSaid(const QString &text)
    {
        return firstColumn(m_world->workspace(), str("SELECT id FROM message WHERE text = '%1'").arg(text)).size();
    }
    void openThere();
    void work(int round);

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<RoughLine> m_line;
    std::unique_ptr<Desktop> m_kim;
};

void RoughLineTest::init()
{
    m_world = std::make_unique<ServerWorld>(ServerLimits(), 6);
    m_line = std::make_unique<RoughLine>(m_world->server().port());
    m_kim = std::make_unique<Desktop>(*m_world, ServerWorld::kim, m_line->serverPort());
}

void RoughLineTest::cleanup()
{
    m_kim.reset();
    m_line.reset();
    m_world.reset();
}

void RoughLineTest::openThere()
{
    m_kim->open(50ms);
    QTRY_COMPARE_WITH_TIMEOUT(m_kim->kind(), DeskStatus::Kind::current, 30'000);
}

/// Something on both sides.
void RoughLineTest::work(int round)
{
    const QString text = str("text %1").arg(round);
    QVERIFY(m_kim->perform({Act::AddNote{ConversationId(1), text}}).constFirst().isApplied());
    QVERIFY(m_world->act(Act::AddTag{ConversationId(3), text}).isApplied());
}

void RoughLineTest::followsThrough_data()
{
    QTest::addColumn<Roughness>("trouble");
    QTest::addRow("delay") << Roughness([](RoughLine &line) { line.delay(60ms, 60ms); });
    QTest::addRow("throttle") << Roughness([](RoughLine &line) { line.throttle(20'000); });
    QTest::addRow("reset") << Roughness([](RoughLine &line) { line.reset(); });
    QTest::addRow("half closed to the server") << Roughness([](RoughLine &line) { line.halfCloseServer(); });
    QTest::addRow("half closed to the client") << Roughness([](RoughLine &line) { line.halfCloseClient(); });
    QTest::addRow("repeated") << Roughness([](RoughLine &line) { line.repeat(1, 100ms); });
}

void RoughLineTest::followsThrough()
{
    QFETCH(const Roughness, trouble);
    openThere();
    for (int round = 0; round < 5; ++round) {
        trouble(*m_line);
        work(round);
        // In the middle of what that began, too.
        trouble(*m_line);
        QTRY_VERIFY_WITH_TIMEOUT(isEqual(), 30'000);
    }
    m_line->repeat(0, 0ms);
    QTRY_COMPARE_WITH_TIMEOUT(m_line->repeatsToCome(), 0, 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(isEqual(), 30'000);
    for (int round = 0; round < 5; ++round)
        QCOMPARE(timesSaid(str("text %1").arg(round)), 1);
    QTRY_COMPARE(m_kim->desk().waitingActions().size(), 0);
    if (qstrcmp(QTest::currentDataTag(), "repeated") == 0)
        QVERIFY(m_line->repeatCount() >= 5);
}

void RoughLineTest::joinsThroughASlowOne()
{
    m_line->delay(20ms, 30ms);
    m_line->throttle(50'000);
    openThere();
    QTRY_VERIFY_WITH_TIMEOUT(isEqual(), 30'000);
}

/// Nothing says that such a line is dead: two of the beats without an answer do.
void RoughLineTest::silentOneIsLeft()
{
    openThere();
    m_line->stall();
    work(0);
    QTRY_VERIFY_WITH_TIMEOUT(isEqual(), 90'000);
    QCOMPARE(timesSaid(str("text 0")), 1);
    work(1);
    QTRY_VERIFY_WITH_TIMEOUT(isEqual(), 10'000);
}

/// What was kept from before a machine slept, or changed its network, is dead.
void RoughLineTest::beginsThroughANewOne()
{
    ServerConnection connection(QUrl(str("http://127.0.0.1:%1").arg(m_line->serverPort())),
                                Secret(m_world->token(ServerWorld::kim)), m_world->clock(), {}, {1s, 1s});
    const auto isAnswered = [&connection] {
        const auto begun = connection.begin();
        return QTest::qWaitFor([&begun] { return begun.isFinished(); }, 30'000) && begun.result().has_value();
    };
    QVERIFY(isAnswered());
    m_line->stall();
    QVERIFY(isAnswered());
}

QTEST_GUILESS_MAIN(RoughLineTest)
#include "tst_roughline.moc"
