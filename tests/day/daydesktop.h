// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/replicasession.h"
#include "tests/server/cuttingproxy.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTimer>

#include <functional>
#include <memory>

namespace Earshot {

/// An agent with a replica of their own: works on what stands there, with the server and without it, and ends the
/// program at times and comes back. Lives on the thread of its server; nothing in it waits.
class DayDesktop final : public QObject
{
public:
    struct Setting
    {
        QString folder; ///< for the replica
        QByteArray token;
        QString account;
        AgentId agent;
        quint16 port = 0;
        int index = 0;
        const Clock *clock = nullptr;
        Time end;
        int speed = 1;
        int thinkTime = 0; ///< s of the clock's time
    };
    explicit DayDesktop(Setting setting);
    ~DayDesktop() override;

    /// Since this the day is over for it, and it is there to stay.
    [[nodiscard]] bool hasWorked() const { return m_hasWorked; }
    /// Nothing of its own is on its way.
    [[nodiscard]] bool isSettled();
    /// The change number up to which it has what others did.
    [[nodiscard]] Seq followedTo();
    [[nodiscard]] Workspace &workspace() { return m_session->workspace(); }

    // Once it has worked:
    int taken = 0;
    int refused = 0;
    int absences = 0;
    QStringList wrong;
    /// Of its actions those that were promised and cannot be undone by what is told later.
    [[nodiscard]] int promised() const { return int(m_promised.size()); }
    /// What became of its actions and words.
    /// @param journal ids of actions @param published how often each text is out @param failed see TeamDay
    void judge(const QSet<QString> &journal, const QHash<QString, int> &published, const QSet<QString> &failed);
    /// Of its replies: those that are out; only after judge().
    int replies = 0;
    int withdrawn = 0;

private:
    struct Said
    {
        QString action;
        QString text;
        bool isTakenBack = false; ///< in time
        bool isCalled = false;    ///< back, perhaps too late
    };
    using Then = std::function<void(const Outcome &)>;

    void open();
    void tick();
    void leave();
    void comeBack();
    void workOnOne();
    void workOn(ConversationId conversation);
    void answer(ConversationId conversation);
    void callBack(DeliveryId delivery, const QString &text);
    void perform(const ActionArguments &arguments, Seq basedOn, const Then &then = {});
    void note(const Action &action, const Outcome &outcome);
    [[nodiscard]] ConversationRecord record(ConversationId conversation);
    [[nodiscard]] QStringList rows(const QByteArray &query);
    [[nodiscard]] std::chrono::milliseconds pause(double share);
    [[nodiscard]] bool chance(int percent) { return m_random.bounded(100) < percent; }

    const Setting m_setting;
    QRandomGenerator m_random;
    CuttingProxy m_line;
    ReplicaSession::Options m_options;
    std::unique_ptr<ReplicaSession> m_session; ///< none = the program is not running
    QTimer m_next;
    QTimer m_back;
    QList<Said> m_said;
    QHash<QString, QString> m_promised; ///< actions, and what they were
    QSet<ConversationId> m_begun;       ///< where an answer was refused, and is a draft
    bool m_hasWorked = false;
};

} // namespace Earshot
