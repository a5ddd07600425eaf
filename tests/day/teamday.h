// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/session.h"
#include "fakes/fakemastodon.h"
#include "server/server.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTemporaryDir>
#include <QTimer>

#include <memory>
#include <vector>

namespace Earshot {

class DayAgent;
class DayDesktop;

/// A clock that runs so many times as fast as the world's.
class FastClock final : public Clock
{
public:
    explicit FastClock(int speed);
    [[nodiscard]] Time now() const override;

private:
    const int m_speed;
    QElapsedTimer m_timer;
};

/// How a day is replayed.
struct DayPlan
{
    int agents = 30;
    int desktops = 6; ///< of them, with a replica of their own; the others speak the protocol only
    int mentions = 20'000;
    int seconds = 24 * 3600; ///< of the day's own time
    int speed = 100;
    int pullEvery = 60;  ///< s of the day; deliveries too
    int thinkTime = 120; ///< s of the day that an agent takes over a conversation, on average
};

/// What a day came to. `wrong` names what must not be.
struct DayReport
{
    int mentions = 0; ///< stored as messages
    int applied = 0;
    int taken = 0; ///< refused as a colleague was faster
    int refused = 0;
    int replies = 0; ///< that were to go out
    int withdrawn = 0;
    int logIns = 0;
    int absences = 0;   ///< of desktops: the program ended, or the line was dead
    double seconds = 0; ///< of the world's time
    QStringList wrong;
};

/// A team on a served workspace with one account on a fake network: people write to it all day long, the courier pulls
/// and delivers, agents, each a client with a password, claim, tag, note, answer, resolve, take back, leave and come
/// back. Afterwards what everybody was told is compared with the journal, the network and the followers' files.
class TeamDay
{
public:
    explicit TeamDay(const DayPlan &plan);
    ~TeamDay();

    [[nodiscard]] DayReport run();

private:
    void makeWorkspace();
    void open();
    void postWhatIsDue();
    void moveMessages();
    void begin();
    [[nodiscard]] QByteArray tokenOf(int index);
    [[nodiscard]] static AgentId agentAt(int index) { return AgentId(index + 2); } ///< after Ana
    void bringHome();
    void sendTheRest();
    void checkJournal(DayReport &report);
    void checkAnswers(DayReport &report);
    void checkMentions(DayReport &report);
    void checkDesktops(DayReport &report);
    /// @param failed texts that were not published, and whose writers know it
    void judgeDesktops(DayReport &report, const QSet<QString> &failed);
    [[nodiscard]] int waitingDeliveries();
    [[nodiscard]] QStringList rowsOf(const QByteArray &table);
    [[nodiscard]] Time end() const { return m_begun + std::chrono::seconds(m_plan.seconds); }
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("day.earshot")); }

    const DayPlan m_plan;
    QTemporaryDir m_folder;
    FastClock m_clock;
    Time m_begun;
    std::shared_ptr<FakeMastodon> m_network; ///< on the network thread while anything is asked of it
    int m_posted = 0;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Server> m_server;
    std::vector<std::unique_ptr<DayAgent>> m_agents;
    std::vector<std::unique_ptr<DayDesktop>> m_desktops;
    QSet<QString> m_journal;         ///< ids of actions
    QHash<QString, int> m_published; ///< how often each answer is out
    QTimer m_moving;
    bool m_isMoving = false;
};

} // namespace Earshot
