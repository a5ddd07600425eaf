// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/pushhub.h"

#include "model/future.h"
#include "workspace/changes.h"
#include "workspace/wirerows.h"

#include <limits>

namespace Earshot {

namespace {

/// Who was away for more changes than this is told the present states instead.
constexpr Seq longestGap = 20'000;

using PerChannel = QHash<qint64, Seq>; ///< 0 = the whole workspace

Seq lastSeqOf(Database &database)
{
    Statement find = database.statement("select_last_seq");
    return find.next() ? find.integer(0) : 0;
}

void noteRow(PerChannel &seqs, qint64 channel, Seq seq)
{
    Seq &known = seqs[channel];
    known = std::max(known, seq);
}

QJsonObject stateChange(const Viewer &viewer, const QJsonObject &states)
{
    return {{QStringLiteral("@type"), QStringLiteral("StateChange")},
            {QStringLiteral("changed"), QJsonObject{{viewer.account, states}}}};
}

bool isWished(const QStringList &types, const QString &type)
{
    return types.isEmpty() || types.contains(type);
}

} // namespace

/// What changed in a range of numbers: of each table and channel the highest.
struct PushHub::Changes
{
    QHash<QByteArray, PerChannel> tables;
    Seq upTo = 0;

    static Changes since(Database &database, Seq since);
    [[nodiscard]] QJsonObject statesFor(const Viewer &viewer, const QStringList &types) const;
};

PushHub::Changes PushHub::Changes::since(Database &database, Seq since)
{
    Changes changes;
    changes.upTo = std::max(since, lastSeqOf(database));
    for (const QByteArray &table : synchronisedTables()) {
        const QByteArray name = "changes_" + table;
        Statement rows = database.statement(name.constData());
        rows.bind("since", since).bind("limit", std::numeric_limits<qint64>::max());
        while (rows.next())
            noteRow(changes.tables[table], rows.integer(table == "channel" ? 0 : 3), rows.integer(1));
        Statement stones = database.statement("list_tombstones");
        stones.bind("since", since).bind("limit", std::numeric_limits<qint64>::max());
        stones.bind("name", QString::fromLatin1(table));
        while (stones.next())
            noteRow(changes.tables[table], stones.integer(table == "channel" ? 2 : 1), stones.integer(0));
    }
    return changes;
}

QJsonObject PushHub::Changes::statesFor(const Viewer &viewer, const QStringList &types) const
{
    QJsonObject states;
    for (auto table = tables.cbegin(); table != tables.cend(); ++table) {
        Seq newest = 0;
        for (auto channel = table->cbegin(); channel != table->cend(); ++channel) {
            if (!viewer.hidden.contains(channel.key()))
                newest = std::max(newest, channel.value());
        }
        const QString type = wireTypeOf(table.key());
        if (newest > 0 && isWished(types, type))
            states.insert(type, viewer.state(newest));
    }
    return states;
}

struct PushHub::Member
{
    Listener listener;
    QStringList types;
    Viewer viewer;
    bool isListening = false; ///< told of every commit; before, it is still being brought up to date
    int turn = 0;             ///< of listen() and pause(): an older one's answer is dropped
};

/// What a listener needs to begin, of one snapshot.
struct PushHub::Start
{
    std::optional<Viewer> viewer;
    Changes changes;
    QJsonObject all; ///< the present state of every type
};

PushHub::PushHub(Workspace &workspace, Authenticator &authenticator, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
{
    const Result<Seq> last = workspace.readNow<Seq>([](Database &database) { return lastSeqOf(database); });
    m_upTo = last.value_or(0);
    connect(&workspace, &Workspace::committed, this, &PushHub::onCommitted);
    connect(&authenticator, &Authenticator::grantsChanged, this, &PushHub::checkAll);
}

PushHub::~PushHub() = default;

int PushHub::add(Listener listener)
{
    auto member = std::make_unique<Member>();
    member->listener = std::move(listener);
    m_members.emplace(++m_lastId, std::move(member));
    return m_lastId;
}

void PushHub::remove(int id)
{
    m_members.erase(id);
}

void PushHub::listen(int id, const QStringList &types, const QString &pushState)
{
    const auto found = m_members.find(id);
    if (found == m_members.end())
        return;
    Member &member = *found->second;
    ++member.turn;
    member.isListening = false;
    member.types = types;
    bool isNumber = false;
    const Seq since = pushState.section(u'-', -1).toLongLong(&isNumber);
    // Whether the stem is still right is known when the viewer is loaded.
    member.viewer.stateStem = pushState.section(u'-', 0, -2);
    catchUp(id, isNumber && since >= 0 ? since : 0, !isNumber);
}

void PushHub::pause(int id)
{
    const auto found = m_members.find(id);
    if (found == m_members.end())
        return;
    ++found->second->turn;
    found->second->isListening = false;
}

void PushHub::catchUp(int id, Seq since, bool tellsAll)
{
    const Member &member = *m_members.at(id);
    const auto start = m_workspace.read<Start>(
        [since, tellsAll, agent = member.listener.principal.agent](Database &database) -> Result<Start> {
            Start begun;
            const auto viewer = loadViewer(database, agent);
            if (!viewer)
                return tl::unexpected(viewer.error());
            begun.viewer = *viewer;
            if (!begun.viewer)
                return begun;
            const Seq last = lastSeqOf(database);
            // Who is told everything needs no walk through what changed.
            const Seq from = tellsAll || last - since > longestGap ? last : std::min(since, last);
            begun.changes = Changes::since(database, from);
            for (const QByteArray &table : synchronisedTables())
                begun.all.insert(wireTypeOf(table), begun.viewer->state(newestSeq(database, *begun.viewer, table)));
            return database.result(begun);
        });
    whenDone(start, this, [this, id, since, tellsAll, turn = member.turn](const Result<Start> &begun) {
        const auto found = m_members.find(id);
        if (found == m_members.end() || found->second->turn != turn || !begun)
            return;
        onStarted(id, *begun, tellsAll || begun->changes.upTo - since > longestGap);
    });
}

void PushHub::onStarted(int id, const Start &start, bool tellsAll)
{
    Member &member = *m_members.at(id);
    if (!start.viewer) {
        const auto gone = member.listener.gone;
        remove(id);
        gone();
        return;
    }
    const bool isOtherView = member.viewer.stateStem != start.viewer->stateStem;
    member.viewer = *start.viewer;
    QJsonObject states = start.changes.statesFor(member.viewer, member.types);
    if (tellsAll || isOtherView) {
        states = start.all;
        for (const QString &type : start.all.keys()) {
            if (!isWished(member.types, type))
                states.remove(type);
        }
    }
    // What was committed and told to others meanwhile was not told to this one.
    const bool isBehind = start.changes.upTo < m_upTo;
    member.isListening = !isBehind;
    const auto changed = member.listener.changed;
    const QString pushState = member.viewer.state(start.changes.upTo);
    const QJsonObject change = stateChange(member.viewer, states);
    if (isBehind)
        catchUp(id, start.changes.upTo, false);
    if (!states.isEmpty())
        changed(change, pushState);
}

void PushHub::onCommitted(const CommitNotice &notice)
{
    if (notice.first == 0)
        return;
    m_hasMore = true;
    gather();
}

void PushHub::gather()
{
    if (m_isGathering || !m_hasMore)
        return;
    m_isGathering = true;
    m_hasMore = false;
    if (m_members.empty()) {
        m_isGathering = false;
        // Whoever comes later begins with the newest.
        const auto last = m_workspace.read<Seq>([](Database &database) -> Result<Seq> { return lastSeqOf(database); });
        whenDone(last, this, [this](const Result<Seq> &seq) { m_upTo = std::max(m_upTo, seq.value_or(0)); });
        return;
    }
    const auto changes = m_workspace.read<Changes>(
        [since = m_upTo](Database &database) { return database.result(Changes::since(database, since)); });
    whenDone(changes, this, [this](const Result<Changes> &gathered) {
        m_isGathering = false;
        if (gathered)
            spread(*gathered);
        gather();
    });
}

void PushHub::spread(const Changes &changes)
{
    m_upTo = std::max(m_upTo, changes.upTo);
    QHash<QString, QJsonObject> made; ///< one object for all who see and wish the same
    std::vector<std::function<void()>> calls;
    for (const auto &[id, member] : m_members) {
        if (!member->isListening)
            continue;
        const QString key = member->viewer.stateStem + u'\n' + member->types.join(u',');
        auto states = made.constFind(key);
        if (states == made.cend())
            states = made.insert(key, changes.statesFor(member->viewer, member->types));
        if (states->isEmpty())
            continue;
        calls.push_back([changed = member->listener.changed, change = stateChange(member->viewer, *states),
                         pushState = member->viewer.state(changes.upTo)] { changed(change, pushState); });
    }
    // Who is told may leave, and take others along.
    for (const auto &call : calls)
        call();
}

void PushHub::checkAll()
{
    std::vector<int> ids;
    for (const auto &[id, member] : m_members)
        ids.push_back(id);
    for (const int id : ids)
        check(id);
}

/// Is the token still good, does the agent still see the same?
void PushHub::check(int id)
{
    struct State
    {
        bool isGood = false;
        QString stem;
    };
    const auto state = m_workspace.read<State>([principal = m_members.at(id)->listener.principal](Database &database) {
        State found;
        const auto token = loadToken(database, principal.token);
        const auto viewer = loadViewer(database, principal.agent);
        found.isGood = token && *token && (*token)->isGood() && viewer && *viewer;
        if (found.isGood)
            found.stem = (*viewer)->stateStem;
        return database.result(found);
    });
    whenDone(state, this, [this, id](const Result<State> &found) {
        const auto member = m_members.find(id);
        if (member == m_members.end() || !found)
            return;
        if (!found->isGood) {
            const auto gone = member->second->listener.gone;
            remove(id);
            gone();
        } else if (member->second->isListening && found->stem != member->second->viewer.stateStem) {
            member->second->isListening = false;
            catchUp(id, m_upTo, true);
        }
    });
}

} // namespace Earshot
