// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/intake.h"
#include "model/secret.h"
#include "sample/sampleworld.h"

#include <QHash>

#include <array>

namespace Earshot {

/// Writes a year into an empty workspace: what the networks said arrives when it was said, and agents work on it with
/// the same actions as on a screen, each at its time. Used once.
class SampleHistory
{
public:
    /// All outlive it. @param plan filled by the world
    SampleHistory(Workspace &workspace, SampleWorld &world, SamplePlan &plan);

    /// Blocks until everything is durable. Errors: those of writing; invalid when the desk refused something planned.
    [[nodiscard]] Done write();
    /// What the channels sign in with.
    [[nodiscard]] const QHash<ChannelId, Secret> &secrets() const { return m_secrets; }

private:
    enum class Step { line, tag, prioritise, assign, note, edit, remove, finish };
    struct Event
    {
        Time at;
        int script = 0;
        Step step = Step::line;
        int line = 0;
    };
    void prepare(Writing &writing);
    [[nodiscard]] Done connectAccounts();
    void writeYear(Writing &writing);
    [[nodiscard]] std::vector<Event> events() const;
    void addWork(std::vector<Event> &events, int index) const;
    void happen(Writing &writing, const Event &event);
    void hear(Writing &writing, SampleScript &script, const RemoteMessage &message, bool isCustomer);
    void reply(Writing &writing, SampleScript &script, const SampleLine &line, bool isLast);
    void finish(Writing &writing, SampleScript &script);
    void mergeContacts(Writing &writing);
    void markSeen(Writing &writing);
    qint64 perform(Writing &writing, int agent, const Action &action);
    qint64 perform(Writing &writing, int agent, ActionArguments arguments);
    [[nodiscard]] ChannelId channelOf(const SampleScript &script) const { return m_channels.at(size_t(script.place)); }

    Workspace &m_workspace;
    SampleWorld &m_world;
    SamplePlan &m_plan;
    QList<AgentId> m_agents;
    std::array<ChannelId, samplePlaces> m_channels;
    QHash<ChannelId, Secret> m_secrets;
    QString m_refused; ///< the first thing that the desk would not do
};

} // namespace Earshot
