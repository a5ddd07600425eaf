// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "workspace/queries.h"

#include <QTimer>

#include <optional>

namespace Earshot {

/// What every pane needs to know of a workspace and what is small: its agents, teams, channels, tags, views, notices
/// and the counts of its views, read in the background and kept up to date. Lives on the GUI thread as long as its
/// window.
class Roster final : public QObject
{
    Q_OBJECT

public:
    explicit Roster(Desk &desk, QObject *parent = nullptr);

    [[nodiscard]] const QList<AgentRecord> &agents() const { return m_agents; }
    [[nodiscard]] const QList<TeamRecord> &teams() const { return m_teams; }
    /// What an agent has to do, as of a quarter of a minute ago at most; kept for leads only.
    [[nodiscard]] AgentLoad loadOf(AgentId id) const { return m_loads.value(id); }
    [[nodiscard]] const QList<ChannelRecord> &channels() const { return m_channels; }
    [[nodiscard]] const QList<TagRecord> &tags() const { return m_tags; }
    [[nodiscard]] const QList<SavedReplyRecord> &savedReplies() const { return m_savedReplies; }
    [[nodiscard]] const QList<MacroRecord> &macros() const { return m_macros; }
    /// What holds for the whole workspace.
    [[nodiscard]] const WorkspaceSettings &settings() const { return m_settings; }
    /// The shared ones, then one's own.
    [[nodiscard]] const QList<ViewRecord> &views() const { return m_views; }
    [[nodiscard]] const ViewRecord *view(const QString &uuid) const;
    /// What is pinned now.
    [[nodiscard]] const QList<NoticeRecord> &notices() const { return m_notices; }
    /// Nothing until they were counted.
    [[nodiscard]] const std::optional<ViewCounts> &counts() const { return m_counts; }
    /// What is not yet done on the networks.
    [[nodiscard]] const QList<DeliveryRecord> &outbox() const { return m_outbox; }
    [[nodiscard]] const AgentRecord *agent(AgentId id) const;
    [[nodiscard]] const ChannelRecord *channel(ChannelId id) const;
    [[nodiscard]] QString agentName(AgentId id) const;
    /// Whether nobody may do anything but read: a server goes on with this file.
    [[nodiscard]] bool isReadOnly() const;
    /// From now on nobody may: this file cannot be written to, or is not to be. @param asOf what it shows; not known =
    /// no other time than now. Where somebody else follows with it that goes on: rosterChanged()
    void setReadOnly(const QString &why, Time asOf)
    {
        m_whyReadOnly = why;
        m_asOf = asOf;
    }
    [[nodiscard]] Time asOf() const { return m_asOf; }
    /// A sentence on why I may only read, here or at all.
    [[nodiscard]] QString whyReadOnly() const;
    /// The same where I may only read; empty where I may more, and until that is known.
    [[nodiscard]] QString whyOnlyReading() const;
    /// Who can do what a lead may do; empty where I may, and until that is known.
    [[nodiscard]] QString whyNoLead() const;
    [[nodiscard]] QString whyNoAdmin() const;
    /// Whether I may do anything but read.
    [[nodiscard]] bool canAct() const;
    /// Whether I may say who works here and what holds for all.
    [[nodiscard]] bool isAdmin() const;
    /// Whether I may change what all work with: saved replies, macros, shared views, notices.
    [[nodiscard]] bool isLead() const;
    [[nodiscard]] AgentId me() const { return m_desk.me(); }
    /// Whose it is.
    [[nodiscard]] const Desk &desk() const { return m_desk; }
    [[nodiscard]] Time now() const { return m_desk.workspace().clock().now(); }
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    /// Why the last reading failed, if it did.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

    /// Reads everything again.
    void refresh();

Q_SIGNALS:
    /// Agents, teams, channels, tags, saved replies, macros, settings, views or notices were read and differ from
    /// before. First emitted when they are known at all.
    void rosterChanged();
    void countsChanged();
    void outboxChanged();
    void failed(const Earshot::Error &error);

private:
    [[nodiscard]] bool hasRole(Role least) const;
    struct Snapshot
    {
        QList<AgentRecord> agents;
        QList<TeamRecord> teams;
        std::optional<QHash<AgentId, AgentLoad>> loads; ///< none = not asked for
        QList<ChannelRecord> channels;
        QList<TagRecord> tags;
        QList<SavedReplyRecord> savedReplies;
        QList<MacroRecord> macros;
        WorkspaceSettings settings;
        QList<ViewRecord> views;
        QList<NoticeRecord> notices;
        ViewCounts counts;
        QList<DeliveryRecord> outbox;
        Time asOf;
    };
    [[nodiscard]] static Result<Snapshot> read(Database &database, AgentId me, Time now, bool areLoadsWanted);
    void load();
    void take(Snapshot snapshot);

    Desk &m_desk;
    QTimer m_soon;
    QTimer m_wakeUp;
    QList<AgentRecord> m_agents;
    QList<TeamRecord> m_teams;
    QHash<AgentId, AgentLoad> m_loads;
    Time m_loadsOf; ///< when they were read
    QList<ChannelRecord> m_channels;
    QList<TagRecord> m_tags;
    QList<SavedReplyRecord> m_savedReplies;
    QList<MacroRecord> m_macros;
    WorkspaceSettings m_settings;
    QList<ViewRecord> m_views;
    QList<NoticeRecord> m_notices;
    std::optional<ViewCounts> m_counts;
    QList<DeliveryRecord> m_outbox;
    std::optional<Error> m_error;
    QString m_whyReadOnly; ///< of this file
    Time m_asOf;
    bool m_isLoaded = false;
    bool m_isLoading = false;
    bool m_isDirty = false;
};

} // namespace Earshot
