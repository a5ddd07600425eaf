// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskychat.h"
#include "networks/ownsearch.h"

namespace Earshot {

/// Whether a delivery goes to a talk and not to the public network.
[[nodiscard]] inline bool isPrivate(const Outgoing &outgoing)
{
    return outgoing.effect == Effect::reply && outgoing.visibility == Visibility::direct;
}

/// Connector::prepare for a private answer: to a direct message in its talk, to a post in the talk with its author.
[[nodiscard]] Result<Outgoing> prepareChatMessage(Outgoing wish, const RemoteMessage &target,
                                                  const BlueskySession &session);

/// Sends a direct message. The service knows no key of ours: a lost answer is `unsure`, and sending again would make a
/// second message.
class BlueskyChatDelivery final : public Errand<Delivered>
{
public:
    BlueskyChatDelivery(BlueskySession &session, Outgoing outgoing, QObject *parent);

private:
    void send(const QString &talk);

    BlueskySession &m_session;
    Outgoing m_outgoing;
};

/// Looks for a direct message that an earlier attempt sent: ours, with this text, since then.
class BlueskyChatSearch final : public Errand<std::optional<Delivered>>
{
public:
    BlueskyChatSearch(BlueskySession &session, Outgoing outgoing, Attempt attempt, QObject *parent);

private:
    void look(const QString &talk, const QString &cursor);
    void take(const QString &talk, const QJsonObject &reply);
    [[nodiscard]] bool isMatch(const QJsonObject &message, const QString &talk) const;

    BlueskySession &m_session;
    Outgoing m_outgoing;
    OwnSearch m_search;
};

} // namespace Earshot
