// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/roster.h"

#include "ui/shell/whendone.h"
#include "workspace/historyreach.h"
#include "workspace/settingstore.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr auto loadsAge = std::chrono::seconds(15);

template <class Record, class Key>
const Record *found(const QList<Record> &records, Key id)
{
    const auto it =
        std::find_if(records.cbegin(), records.cend(), [id](const Record &record) { return record.id == id; });
    return it == records.cend() ? nullptr : &*it;
}

} // namespace

Roster::Roster(Desk &desk, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(20);
    connect(&m_soon, &QTimer::timeout, this, &Roster::load);
    // Snoozed conversations wake by the clock alone, and channels tell when they last pulled without a commit of ours.
    m_wakeUp.setInterval(20'000);
    connect(&m_wakeUp, &QTimer::timeout, this, &Roster::load);
    m_wakeUp.start();
    connect(&m_desk, &Desk::changed, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
    load();
}

const AgentRecord *Roster::agent(AgentId id) const
{
    return found(m_agents, id);
}

const ChannelRecord *Roster::channel(ChannelId id) const
{
    return found(m_channels, id);
}

QString Roster::agentName(AgentId id) const
{
    const AgentRecord *known = agent(id);
    return known ? known->name : QString();
}

const ViewRecord *Roster::view(const QString &uuid) const
{
    const auto it =
        std::find_if(m_views.cbegin(), m_views.cend(), [&uuid](const ViewRecord &view) { return view.uuid == uuid; });
    return it == m_views.cend() ? nullptr : &*it;
}

bool Roster::hasRole(Role least) const
{
    const AgentRecord *mine = agent(me());
    return mine && !mine->isDisabled && mine->role >= least && !isReadOnly();
}

bool Roster::canAct() const
{
    return hasRole(Role::agent);
}

bool Roster::isLead() const
{
    return hasRole(Role::lead);
}

bool Roster::isAdmin() const
{
    return hasRole(Role::admin);
}

bool Roster::isReadOnly() const
{
    return !m_whyReadOnly.isEmpty() ||
           (m_desk.status().kind == DeskStatus::Kind::here && m_desk.workspace().isServed());
}

QString Roster::whyReadOnly() const
{
    if (!isReadOnly())
        return tr("Here you can only read. Admins can give you a role that may do this.");
    if (!m_whyReadOnly.isEmpty())
        return m_whyReadOnly;
    return m_desk.workspace().origin() == Workspace::Origin::handedOver
               ? tr("This workspace was handed over to a server, which goes on with it. Here it can only be read.")
               : tr("This is a replica of a shared workspace: here it can only be read. Work is done on its server.");
}

QString Roster::whyOnlyReading() const
{
    return m_isLoaded && !canAct() ? whyReadOnly() : QString();
}

QString Roster::whyNoLead() const
{
    return m_isLoaded && !isLead() ? tr("Leads and admins can do this.") : QString();
}

QString Roster::whyNoAdmin() const
{
    return m_isLoaded && !isAdmin() ? tr("Only admins can do this.") : QString();
}

void Roster::refresh()
{
    load();
}

Result<Roster::Snapshot> Roster::read(Database &database, AgentId me, Time now, bool areLoadsWanted)
{
    Snapshot snapshot;
    std::optional<Error> error;
    const auto keep = [&error](auto read, auto &kept) {
        if (read)
            kept = std::move(*read);
        else if (!error)
            error = read.error();
    };
    keep(loadAgents(database), snapshot.agents);
    keep(loadTeams(database), snapshot.teams);
    if (areLoadsWanted)
        keep(loadAgentLoads(database), snapshot.loads);
    keep(loadChannels(database), snapshot.channels);
    keep(loadTags(database), snapshot.tags);
    keep(loadSavedReplies(database), snapshot.savedReplies);
    keep(loadMacros(database), snapshot.macros);
    snapshot.settings = loadSettings(database);
    snapshot.asOf = loadAsOf(database);
    keep(loadViews(database, me), snapshot.views);
    keep(loadNotices(database, now), snapshot.notices);
    keep(countViews(database, me, now), snapshot.counts);
    keep(loadOutbox(database), snapshot.outbox);
    if (error)
        return tl::unexpected(*error);
    return snapshot;
}

void Roster::load()
{
    if (m_isLoading) {
        m_isDirty = true;
        return;
    }
    m_isLoading = true;
    m_isDirty = false;
    Workspace &workspace = m_desk.workspace();
    const Time now = workspace.clock().now();
    // It takes looking at every conversation that somebody waits in.
    const bool areLoadsWanted = (!m_isLoaded || isLead()) && (!isKnown(m_loadsOf) || now - m_loadsOf >= loadsAge);
    if (areLoadsWanted)
        m_loadsOf = now;
    auto future = workspace.read<Snapshot>([me = m_desk.me(), now, areLoadsWanted](Database &database) {
        return read(database, me, now, areLoadsWanted);
    });
    whenDone(future, this, [this](Result<Snapshot> snapshot) {
        m_isLoading = false;
        if (snapshot) {
            m_error.reset();
            take(std::move(*snapshot));
        } else {
            m_error = snapshot.error();
            Q_EMIT failed(snapshot.error());
        }
        if (m_isDirty)
            m_soon.start();
    });
}

void Roster::take(Snapshot snapshot)
{
    const bool isNewRoster = !m_isLoaded || snapshot.agents != m_agents || snapshot.teams != m_teams ||
                             snapshot.channels != m_channels || snapshot.tags != m_tags ||
                             snapshot.savedReplies != m_savedReplies || snapshot.macros != m_macros ||
                             snapshot.settings != m_settings || snapshot.views != m_views ||
                             snapshot.notices != m_notices || (isReadOnly() && snapshot.asOf != m_asOf);
    const bool areNewCounts =
        !m_counts || !(snapshot.counts == *m_counts) || (snapshot.loads && *snapshot.loads != m_loads);
    const bool isNewOutbox = snapshot.outbox != m_outbox;
    m_agents = std::move(snapshot.agents);
    m_teams = std::move(snapshot.teams);
    if (snapshot.loads)
        m_loads = std::move(*snapshot.loads);
    m_channels = std::move(snapshot.channels);
    m_tags = std::move(snapshot.tags);
    m_savedReplies = std::move(snapshot.savedReplies);
    m_macros = std::move(snapshot.macros);
    m_settings = snapshot.settings;
    m_views = std::move(snapshot.views);
    m_notices = std::move(snapshot.notices);
    m_counts = std::move(snapshot.counts);
    m_outbox = std::move(snapshot.outbox);
    m_asOf = snapshot.asOf;
    m_isLoaded = true;
    if (isNewRoster)
        Q_EMIT rosterChanged();
    if (areNewCounts)
        Q_EMIT countsChanged();
    if (isNewOutbox)
        Q_EMIT outboxChanged();
}

} // namespace Earshot
