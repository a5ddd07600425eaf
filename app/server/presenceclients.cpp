// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/presenceclients.h"

#include "model/future.h"
#include "server/methodarguments.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype longestClient = 64;

} // namespace

PresenceClients::PresenceClients(PresenceHub &hub, const Clock &clock, const ServerLimits &limits, QObject *parent)
    : QObject(parent)
    , m_hub(hub)
    , m_clock(clock)
    , m_limits(limits)
{
}

QFuture<Result<QJsonArray>> PresenceClients::set(AgentId agent, const QJsonObject &json)
{
    MethodArguments arguments(json, {"client", "conversations", "ifIncarnation"});
    static_cast<void>(arguments.text("ifIncarnation"));
    const Name name(agent, arguments.text("client").value_or(QString()));
    if (name.second.isEmpty() || name.second.size() > longestClient)
        arguments.complain("client");
    const auto shown = PresenceHub::shownFrom(arguments.value("conversations"), m_limits.shownConversations);
    if (!shown)
        arguments.complain("conversations");
    using Others = Result<QJsonArray>;
    if (arguments.problem())
        return readyFuture(Others(fail(ErrorKind::invalid, arguments.problem()->description)));
    forgetSilent();
    if (shown->isEmpty()) {
        leave(name);
        return readyFuture(Others(QJsonArray()));
    }
    const std::optional<int> member = memberOf(name);
    if (!member)
        return readyFuture(
            Others(fail(ErrorKind::tooLarge, QStringLiteral("at most %1 clients").arg(m_limits.presentClients))));
    const auto answer = Pending<QJsonArray>::create();
    m_hub.show(*member, *shown, [this, answer, id = *member] { answer->end(m_hub.othersOf(id)); });
    return answer->future();
}

/// The hub has counted them out by then.
void PresenceClients::forgetSilent()
{
    std::erase_if(m_clients, [this, now = m_clock.now()](const auto &client) {
        const bool isSilent = client.second.until <= now;
        if (isSilent)
            m_hub.remove(client.second.member);
        return isSilent;
    });
}

void PresenceClients::leave(const Name &name)
{
    const auto found = m_clients.find(name);
    if (found == m_clients.end())
        return;
    const int member = found->second.member;
    m_clients.erase(found);
    m_hub.remove(member);
}

std::optional<int> PresenceClients::memberOf(const Name &name)
{
    auto found = m_clients.find(name);
    if (found == m_clients.end()) {
        const auto isOfAgent = [&name](const auto &client) { return client.first.first == name.first; };
        if (std::ranges::count_if(m_clients, isOfAgent) >= m_limits.presentClients)
            return std::nullopt;
        const auto changed = [this, name](const QJsonObject &others) { Q_EMIT told(name.first, name.second, others); };
        found = m_clients.emplace(name, Client{m_hub.add({name.first, changed}), {}}).first;
    }
    found->second.until = m_clock.now() + m_limits.presenceTime;
    return found->second.member;
}

} // namespace Earshot
