// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/pushhub.h"

#include "model/future.h"
#include "workspace/changes.h"
#include "workspace/wirerows.h"

#include <QTimer>

#include <algorithm>

namespace Earshot {

namespace {

/// Who was away for more changes than this is told the present states instead.
constexpr Seq longestGap = 20'000;
/// After which what could not be read is read again.
constexpr Duration retryTime = std::chrono::milliseconds(200);

QJsonObject stateChange(const Viewer &viewer, const QJsonObject &states)
{
    return {{QStringLiteral("@type"), QStringLiteral("StateChange")},
            {QStringLiteral("changed"), QJsonObject{{viewer.account, states}}}};
}

} // namespace

struct PushHub::Member
{
    Listener listener;
    QStringList types;
    Viewer viewer;
    bool isListening = false; ///< told of every commit; before, it is still being brought up to date
    bool wantsDeltas = false;
    Seq told = 0; ///< it knows, or was told of, everything up to here
    int turn = 0; ///< of listen() and pause(): an older one's answer is dropped
};

/// What a listener needs to begin, of one snapshot.
struct PushHub::Start
{
    std::optional<Viewer> viewer;
    PushChanges changes;
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

void PushHub::listen(int id, const QStringList &types, const QString &pushState, bool wantsDeltas)
{
    const auto found = m_members.find(id);
    if (found == m_members.end())
        return;
    Member &member = *found->second;
    ++member.turn;
    member.isListening = false;
    member.types = types;
    member.wantsDeltas = wantsDeltas;
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

void PushHub::resume(int id)
{
    const auto found = m_members.find(id);
    if (found == m_members.end())
        return;
    ++found->second->turn;
    catchUp(id, 0, true);
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
            begun.changes = PushChanges::since(database, from, false, {});
            for (const QByteArray &table : synchronisedTables())
                begun.all.insert(wireTypeOf(table), begun.viewer->state(newestSeq(database, *begun.viewer, table)));
            return database.result(begun);
        });
    whenDone(start, this, [this, id, since, tellsAll, turn = member.turn](const Result<Start> &begun) {
        const auto found = m_members.find(id);
        if (found == m_members.end() || found->second->turn != turn)
            return;
        if (!begun) {
            QTimer::singleShot(retryTime, this, [this, id, since, tellsAll, turn] {
                const auto again = m_members.find(id);
                if (again != m_members.end() && again->second->turn == turn)
                    catchUp(id, since, tellsAll);
            });
            return;
        }
        onStarted(id, *begun, tellsAll || begun->changes.upTo - since > longestGap);
    });
}

void PushHub::onStarted(int id, const Start &start, bool tellsAll)
{
    Member &member = *m_members.at(id);
    if (!start.viewer) {
        end(id);
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
    member.told = start.changes.upTo;
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
    bool wantsDeltas = false;
    std::vector<AgentId> agents;
    for (const auto &[id, member] : m_members) {
        wantsDeltas = wantsDeltas || (member->isListening && member->wantsDeltas);
        agents.push_back(member->listener.principal.agent);
    }
    const auto changes = m_workspace.read<PushChanges>([since = m_upTo, wantsDeltas, agents](Database &database) {
        return database.result(PushChanges::since(database, since, wantsDeltas, agents));
    });
    whenDone(changes, this, [this](const Result<PushChanges> &gathered) {
        m_isGathering = false;
        if (gathered) {
            spread(*gathered);
            gather();
            return;
        }
        m_hasMore = true;
        QTimer::singleShot(retryTime, this, &PushHub::gather);
    });
}

/// Whether a listener may be told of changes by what is known of it. If not, it is looked up anew and told afterwards:
/// nothing of a commit that takes a channel away, or of one after it, is told by the view from before.
bool PushHub::keepsItsView(int id, const PushChanges &changes)
{
    Member &member = *m_members.at(id);
    if (!changes.touchesGrants)
        return true;
    const auto viewer = changes.viewers.find(member.listener.principal.agent);
    return viewer != changes.viewers.end() && viewer->second && viewer->second->stateStem == member.viewer.stateStem &&
           viewer->second->hidden == member.viewer.hidden;
}

void PushHub::spread(const PushChanges &changes)
{
    m_upTo = std::max(m_upTo, changes.upTo);
    QHash<QString, QJsonObject> states; ///< one object for all who see and wish the same
    QHash<QString, QByteArray> deltas;  ///< one text for all who see the same and know the same
    std::vector<std::function<void()>> calls;
    for (const auto &[id, member] : m_members) {
        // A listener that was just looked up anew may know these changes already.
        if (!member->isListening || member->told >= changes.upTo)
            continue;
        if (!keepsItsView(id, changes)) {
            member->isListening = false;
            catchUp(id, m_upTo, true);
            continue;
        }
        if (member->wantsDeltas && changes.hasDeltas) {
            const QString key = member->viewer.stateStem + u'-' + QString::number(member->told);
            auto text = deltas.constFind(key);
            if (text == deltas.cend())
                text = deltas.insert(key, changes.deltaFor(member->viewer, member->told).toUtf8());
            if (text->isEmpty())
                continue;
            member->told = changes.upTo;
            calls.push_back([told = member->listener.delta, text = *text] { told(text); });
            continue;
        }
        const QStringList types = member->wantsDeltas ? QStringList() : member->types;
        const QString key = member->viewer.stateStem + u'\n' + types.join(u',');
        auto state = states.constFind(key);
        if (state == states.cend())
            state = states.insert(key, changes.statesFor(member->viewer, types));
        if (state->isEmpty())
            continue;
        member->told = changes.upTo;
        calls.push_back([changed = member->listener.changed, change = stateChange(member->viewer, *state),
                         pushState = member->viewer.state(changes.upTo)] { changed(change, pushState); });
    }
    // Who is told may leave, and take others along.
    for (const auto &call : calls)
        call();
}

void PushHub::end(int id)
{
    const auto gone = m_members.at(id)->listener.gone;
    remove(id);
    gone();
}

void PushHub::checkAll()
{
    std::vector<int> ids;
    for (const auto &[id, member] : m_members)
        ids.push_back(id);
    for (const int id : ids)
        check(id);
}

qsizetype PushHub::listenerCountOf(const QString &token) const
{
    return std::count_if(m_members.cbegin(), m_members.cend(),
                         [&token](const auto &member) { return member.second->listener.principal.token == token; });
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
        if (member == m_members.end())
            return;
        if (!found) {
            QTimer::singleShot(retryTime, this, [this, id] {
                if (m_members.contains(id))
                    check(id);
            });
            return;
        }
        if (!found->isGood) {
            end(id);
        } else if (member->second->isListening && found->stem != member->second->viewer.stateStem) {
            member->second->isListening = false;
            catchUp(id, m_upTo, true);
        }
    });
}

} // namespace Earshot
