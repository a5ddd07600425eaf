// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/pushhub.h"

#include "model/future.h"
#include "server/serverlimits.h"
#include "workspace/changes.h"

#include <QTimer>

#include <algorithm>

namespace Earshot {

namespace {

/// So few numbers are read at once: handing them to another thread and back would take longer.
constexpr Seq mostReadHere = 20;
/// Of more conversations than that, told at once, it is not asked who has them on the screen.
constexpr qsizetype mostLookedFor = 20;
const QString draftType = QStringLiteral("Draft");
const QString personalType = QStringLiteral("Personal");

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
    Seq told = 0;               ///< it knows, or was told of, everything up to here
    int turn = 0;               ///< of listen() and pause(): an older one's answer is dropped
    QHash<QString, qint64> own; ///< by type: the newest number of what was its agent's own while it did not listen
};

/// What one is to be told: a Delta, or where it is empty a StateChange.
struct PushHub::News
{
    std::shared_ptr<Member> member;
    QByteArray delta;
    QJsonObject change;
    QString pushState;
    bool isShown = false;
};

PushHub::PushHub(Workspace &workspace, Authenticator &authenticator, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_starts(
          workspace, [this](const PushWish &wish) { return isMeant(wish); },
          [this](const PushWish &wish, const PushSnapshot &snapshot) { onStarted(wish, snapshot); })
{
    const Result<Seq> last = workspace.readNow<Seq>([](Database &database) { return lastSeqOf(database); });
    m_upTo = last.value_or(0);
    connect(&workspace, &Workspace::committed, this, &PushHub::onCommitted);
    connect(&authenticator, &Authenticator::grantsChanged, this, &PushHub::checkAll);
}

PushHub::~PushHub() = default;

int PushHub::add(Listener listener)
{
    auto member = std::make_shared<Member>();
    ++m_ofToken[listener.principal.token];
    member->listener = std::move(listener);
    m_members.emplace(++m_lastId, std::move(member));
    return m_lastId;
}

void PushHub::remove(int id)
{
    const auto found = m_members.find(id);
    if (found == m_members.end())
        return;
    const auto count = m_ofToken.find(found->second->listener.principal.token);
    if (--*count == 0)
        m_ofToken.erase(count);
    m_members.erase(found);
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
    m_starts.add({id, member.turn, member.listener.principal.agent, member.viewer.stateStem, since, tellsAll});
}

bool PushHub::isMeant(const PushWish &wish) const
{
    const auto found = m_members.find(wish.id);
    return found != m_members.end() && found->second->turn == wish.turn;
}

void PushHub::onStarted(const PushWish &wish, const PushSnapshot &snapshot)
{
    Member &member = *m_members.at(wish.id);
    const std::optional<Viewer> &viewer = snapshot.viewerOf(wish);
    if (!viewer) {
        end(wish.id);
        return;
    }
    member.viewer = *viewer;
    const Seq upTo = snapshot.upTo(wish);
    QJsonObject states = snapshot.statesFor(wish, member.types);
    // What was committed and told to others meanwhile was not told to this one.
    const bool isBehind = upTo < m_upTo;
    member.isListening = !isBehind;
    member.told = upTo;
    const QHash<QString, qint64> own = std::exchange(member.own, {});
    for (auto it = own.cbegin(); it != own.cend(); ++it) {
        if (isWished(member.types, it.key()))
            states.insert(it.key(), viewer->state(it.value()));
    }
    const auto changed = member.listener.changed;
    const QString pushState = member.viewer.state(upTo);
    const QJsonObject change = stateChange(member.viewer, states);
    if (isBehind)
        catchUp(wish.id, upTo, false);
    if (!states.isEmpty())
        changed(change, pushState);
}

void PushHub::onCommitted(const CommitNotice &notice)
{
    for (auto it = notice.personal.cbegin(); it != notice.personal.cend(); ++it)
        tellOwn(it.key(), personalType, it.value());
    if (notice.first == 0)
        return;
    m_hasMore = true;
    // Of channels and agents: who sees what is then looked up for all.
    m_isMuch = m_isMuch || notice.hasChannels || notice.last - m_upTo > mostReadHere;
    if (m_changed.size() <= mostLookedFor)
        m_changed += notice.conversations;
    gatherSoon();
}

/// With what else was committed by now.
void PushHub::gatherSoon()
{
    if (!m_isGathering)
        QMetaObject::invokeMethod(this, &PushHub::gather, Qt::QueuedConnection);
}

void PushHub::gather()
{
    if (m_isGathering || !m_hasMore)
        return;
    m_isGathering = true;
    m_hasMore = false;
    const bool isMuch = std::exchange(m_isMuch, false);
    const QSet<ConversationId> changed = std::exchange(m_changed, {});
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
    const auto read = [since = m_upTo, wantsDeltas, agents](Database &database) {
        return database.result(PushChanges::since(database, since, wantsDeltas, agents));
    };
    if (!isMuch)
        return onGathered(m_workspace.readNow<PushChanges>(read), changed);
    whenDone(m_workspace.read<PushChanges>(read), this,
             [this, changed](const Result<PushChanges> &gathered) { onGathered(gathered, changed); });
}

void PushHub::onGathered(const Result<PushChanges> &gathered, const QSet<ConversationId> &changed)
{
    m_isGathering = false;
    if (gathered) {
        spread(*gathered, changed);
        gather();
        return;
    }
    // How much it is, is not looked at again: elsewhere nobody waits for it.
    m_hasMore = m_isMuch = true;
    m_changed += changed;
    QTimer::singleShot(readAgainTime, this, &PushHub::gather);
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

void PushHub::spread(const PushChanges &changes, const QSet<ConversationId> &changed)
{
    m_upTo = std::max(m_upTo, changes.upTo);
    std::vector<News> news = newsOf(changes);
    if (!changed.isEmpty() && changed.size() <= mostLookedFor) {
        for (News &one : news)
            one.isShown = one.member->listener.shows && one.member->listener.shows(changed);
        std::stable_partition(news.begin(), news.end(), [](const News &one) { return one.isShown; });
    }
    tell(news);
}

std::vector<PushHub::News> PushHub::newsOf(const PushChanges &changes)
{
    QHash<QString, QJsonObject> states;                ///< one object for all who see and wish the same
    QHash<std::pair<QString, Seq>, QByteArray> deltas; ///< one text for all who see the same and know the same
    std::vector<News> news;
    news.reserve(m_members.size());
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
            const std::pair key(member->viewer.stateStem, member->told);
            auto text = deltas.constFind(key);
            if (text == deltas.cend())
                text = deltas.insert(key, changes.deltaFor(member->viewer, member->told));
            if (text->isEmpty())
                continue;
            member->told = changes.upTo;
            news.push_back({member, *text, {}, {}});
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
        news.push_back({member, {}, stateChange(member->viewer, *state), member->viewer.state(changes.upTo)});
    }
    return news;
}

/// Who is told may leave, and take others along.
void PushHub::tell(const std::vector<News> &news)
{
    for (const News &one : news) {
        if (one.delta.isEmpty())
            one.member->listener.changed(one.change, one.pushState);
        else
            one.member->listener.delta(one.delta);
    }
}

void PushHub::tellDraft(AgentId agent, qint64 version)
{
    tellOwn(agent, draftType, version);
}

void PushHub::tellOwn(AgentId agent, const QString &type, qint64 version)
{
    std::vector<News> news;
    for (const auto &[id, member] : m_members) {
        if (member->listener.principal.agent != agent || !isWished(member->types, type))
            continue;
        if (!member->isListening) {
            member->own.insert(type, version);
            continue;
        }
        const Viewer &viewer = member->viewer;
        news.push_back({member, {}, stateChange(viewer, {{type, viewer.state(version)}}), viewer.state(member->told)});
    }
    tell(news);
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
            QTimer::singleShot(readAgainTime, this, [this, id] {
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
