// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/presencehub.h"

#include "model/future.h"
#include "server/viewer.h"

namespace Earshot {

namespace {

const QString agentsName = QStringLiteral("agents");

} // namespace

PresenceHub::PresenceHub(Workspace &workspace, const ServerLimits &limits, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    // It is looked for now and then, a little late at times: by then it is over all the same.
    , m_lifetime(limits.presenceTime - limits.presenceSweep * 5 / 4)
{
    m_expiry.setInterval(limits.presenceSweep);
    connect(&m_expiry, &QTimer::timeout, this, &PresenceHub::expire);
}

PresenceHub::~PresenceHub() = default;

int PresenceHub::add(Member member)
{
    m_present.emplace(++m_lastId, Present{std::move(member), {}, {}, {}, 0, false});
    return m_lastId;
}

void PresenceHub::remove(int id)
{
    const auto found = m_present.find(id);
    if (found == m_present.end())
        return;
    const QList<ConversationId> left = found->second.places.keys();
    m_present.erase(found);
    tell(QSet<ConversationId>(left.cbegin(), left.cend()));
}

QFuture<Result<PresenceHub::Shown>> PresenceHub::visible(AgentId agent, const Shown &shown)
{
    return m_workspace.read<Shown>([shown, agent](Database &database) -> Result<Shown> {
        const auto viewer = loadViewer(database, agent);
        if (!viewer)
            return tl::unexpected(viewer.error());
        Shown seen;
        for (auto it = shown.cbegin(); *viewer && it != shown.cend(); ++it) {
            Statement find = database.statement("select_conversation_channel");
            if (find.bind("id", it.key()).next() && (*viewer)->sees(ChannelId(find.integer(0))))
                seen.insert(it.key(), it.value());
        }
        return database.result(seen);
    });
}

std::optional<PresenceHub::Shown> PresenceHub::shownFrom(const QJsonValue &list, qsizetype most)
{
    const auto isFlag = [](const QJsonValue &value) { return value.isBool() || value.isUndefined(); };
    Shown shown;
    bool isFine = list.isArray() && list.toArray().size() <= most;
    for (const QJsonValue &item : list.toArray()) {
        const ConversationId id(item.toObject().value(QLatin1StringView("id")).toString().toLongLong());
        const QJsonValue isWriting = item.toObject().value(QLatin1StringView("isWriting"));
        const QJsonValue isListed = item.toObject().value(QLatin1StringView("isListed"));
        isFine = isFine && id.isValid() && isFlag(isWriting) && isFlag(isListed);
        shown.insert(id, {isWriting.toBool(), isListed.toBool()});
    }
    return isFine ? std::optional(shown) : std::nullopt;
}

void PresenceHub::show(int id, const Shown &shown, const std::function<void()> &then)
{
    Present &present = m_present.at(id);
    // A client forgets what it shows no more, and is told anew when it shows it again.
    present.told.removeIf([&present, &shown](const auto &told) {
        return !present.wished.contains(told.key()) || !shown.contains(told.key());
    });
    present.wished = shown;
    look(id, shown, ++present.asked, then);
}

void PresenceHub::look(int id, const Shown &shown, int asked, const std::function<void()> &then)
{
    const auto seen = visible(m_present.at(id).member.agent, shown);
    whenDone(seen, this, [this, id, shown, asked, then, grants = m_grants](const Result<Shown> &found) {
        // Readers may end in another order than they began.
        const bool isMeant = found && m_present.contains(id) && m_present.at(id).asked == asked;
        // What was seen before the grants changed says nothing.
        if (isMeant && grants != m_grants) {
            look(id, shown, asked, then);
            return;
        }
        if (isMeant)
            enter(id, *found);
        if (then)
            then();
    });
}

void PresenceHub::beat(int id)
{
    Present &present = m_present.at(id);
    // It was counted out while its beats did not get through; it is there as before.
    if (present.places.isEmpty() && !present.wished.isEmpty()) {
        show(id, Shown(present.wished));
        return;
    }
    const Time until = m_workspace.clock().now() + m_lifetime;
    for (Place &place : present.places)
        place.until = until;
}

QJsonArray PresenceHub::othersOf(int id) const
{
    QJsonArray list;
    const auto found = m_present.find(id);
    if (found == m_present.end() || found->second.isChecking)
        return list;
    const Present &present = found->second;
    for (auto place = present.places.cbegin(); place != present.places.cend(); ++place) {
        const QJsonObject others = othersIn(place.key(), present.member.agent);
        if (!others.value(agentsName).toArray().isEmpty())
            list.append(others);
    }
    return list;
}

bool PresenceHub::isShowing(int id, const QSet<ConversationId> &conversations) const
{
    const auto found = m_present.find(id);
    return found != m_present.end() && !found->second.places.isEmpty() &&
           std::ranges::any_of(conversations, [&places = found->second.places](ConversationId conversation) {
               return places.contains(conversation);
           });
}

void PresenceHub::checkAll()
{
    ++m_grants;
    for (auto &[id, present] : m_present) {
        if (present.places.isEmpty())
            continue;
        present.isChecking = true;
        check(id);
    }
}

/// Does it still see all that it shows? Until that is known it is told nothing.
void PresenceHub::check(int id)
{
    const Present &present = m_present.at(id);
    Shown shown;
    for (auto place = present.places.cbegin(); place != present.places.cend(); ++place)
        shown.insert(place.key(), place->showing);
    whenDone(visible(present.member.agent, shown), this, [this, id, shown, grants = m_grants](const auto &seen) {
        const auto found = m_present.find(id);
        // A later change looks itself.
        if (found == m_present.end() || grants != m_grants)
            return;
        if (!seen) {
            QTimer::singleShot(readAgainTime, this, [this, id, grants] {
                if (grants == m_grants && m_present.contains(id))
                    check(id);
            });
            return;
        }
        QSet<ConversationId> touched;
        for (auto it = shown.cbegin(); it != shown.cend(); ++it) {
            touched.insert(it.key());
            if (seen->contains(it.key()))
                continue;
            found->second.places.remove(it.key());
            found->second.told.remove(it.key());
        }
        found->second.isChecking = false;
        tell(touched);
    });
}

void PresenceHub::enter(int id, const Shown &shown)
{
    Present &present = m_present.at(id);
    const QList<ConversationId> left = present.places.keys();
    QSet<ConversationId> touched(left.cbegin(), left.cend());
    const Time until = m_workspace.clock().now() + m_lifetime;
    present.places.clear();
    for (auto it = shown.cbegin(); it != shown.cend(); ++it) {
        present.places.insert(it.key(), {it.value(), until});
        touched.insert(it.key());
    }
    present.told.removeIf([&present](const auto &told) { return !present.places.contains(told.key()); });
    present.isChecking = false;
    if (!m_expiry.isActive())
        m_expiry.start();
    tell(touched);
}

void PresenceHub::expire()
{
    const Time now = m_workspace.clock().now();
    QSet<ConversationId> touched;
    bool isAnyone = false;
    for (auto &[id, present] : m_present) {
        present.places.removeIf([&touched, &told = present.told, now](const auto &place) {
            if (place.value().until > now)
                return false;
            touched.insert(place.key());
            told.remove(place.key());
            return true;
        });
        isAnyone = isAnyone || !present.places.isEmpty();
    }
    if (!isAnyone)
        m_expiry.stop();
    tell(touched);
}

/// An agent with two devices is one; it writes when it writes on one of them.
QJsonObject PresenceHub::othersIn(ConversationId conversation, AgentId besides) const
{
    std::map<AgentId, bool> agents;
    for (const auto &[id, present] : m_present) {
        const auto place = present.places.constFind(conversation);
        if (place != present.places.cend() && present.member.agent != besides && !place->showing.isListed)
            agents[present.member.agent] = agents[present.member.agent] || place->showing.isWriting;
    }
    QJsonArray list;
    for (const auto &[agent, isWriting] : agents)
        list.append(QJsonObject{{QStringLiteral("agent"), QString::number(agent.value)},
                                {QStringLiteral("isWriting"), isWriting}});
    return {{QStringLiteral("conversation"), QString::number(conversation.value)}, {agentsName, list}};
}

void PresenceHub::tell(const QSet<ConversationId> &conversations)
{
    // Thousands who show nothing may leave at once.
    if (conversations.isEmpty())
        return;
    std::vector<std::function<void()>> calls;
    for (auto &[id, present] : m_present) {
        for (const ConversationId conversation : conversations) {
            if (present.isChecking || !present.places.contains(conversation))
                continue;
            const QJsonObject others = othersIn(conversation, present.member.agent);
            const bool isNews = present.told.contains(conversation) ? present.told.value(conversation) != others
                                                                    : !others.value(agentsName).toArray().isEmpty();
            present.told.insert(conversation, others);
            if (isNews)
                calls.push_back([changed = present.member.changed, others] { changed(others); });
        }
    }
    // Who is told may leave.
    for (const auto &call : calls)
        call();
}

} // namespace Earshot
