// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskyrecord.h"
#include "networks/blueskysession.h"

namespace Earshot {

// The gate of a thread (app.bsky.feed.threadgate): a record beside the root post, with its key, by which the root's
// author rules who may answer and which answers are hidden. Only its author has one to write to, so hiding is possible
// below our own posts alone.

/// A gate as it stands; without `cid` there is none yet.
struct BlueskyGate
{
    QString cid;
    QJsonObject record;

    /// Uris of the answers that it hides.
    [[nodiscard]] QStringList hidden() const;
    /// The same gate with one answer hidden or shown; whatever else it says stays. A gate that there is not yet lets
    /// everybody answer.
    [[nodiscard]] QJsonObject with(const QString &uri, bool isHidden, const Outgoing &outgoing) const;
};

/// Whether an effect is done at the gate.
[[nodiscard]] inline bool isGateEffect(Effect effect)
{
    return effect == Effect::hide || effect == Effect::approve;
}
/// Connector::prepare of such an effect: an answer in a thread whose root is our own.
[[nodiscard]] Result<Outgoing> prepareHiding(Outgoing wish, const RemoteMessage &target, const BlueskySession &session);

/// Hides an answer, or shows it again (Connector::deliver): reads the gate and puts it back changed, on the condition
/// that nobody has changed it in between; else reads it again. Done already is done.
class BlueskyHiding final : public Errand<Delivered>
{
public:
    BlueskyHiding(BlueskySession &session, Outgoing outgoing, QObject *parent);

private:
    void read();
    void change(const BlueskyGate &gate);

    BlueskySession &m_session;
    Outgoing m_outgoing;
    int m_readings = 0;
};

/// Whether that was done (Connector::findDelivered).
class BlueskyHidingSearch final : public Errand<std::optional<Delivered>>
{
public:
    BlueskyHidingSearch(BlueskySession &session, Outgoing outgoing, QObject *parent);
};

/// Completes messages by what the gates of our own threads say of them. Of a gate that cannot be read just now nothing
/// is said (RemoteMessage::tellsModeration).
class BlueskyModeration final : public Errand<QList<RemoteMessage>>
{
public:
    BlueskyModeration(BlueskySession &session, QList<RemoteMessage> messages, QObject *parent);

private:
    void step();
    void take(const QString &root, const QStringList &hidden);

    BlueskySession &m_session;
    QList<RemoteMessage> m_messages;
    QStringList m_roots;
};

} // namespace Earshot
