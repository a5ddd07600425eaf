// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/presence.h"
#include "model/time.h"
#include "replica/serverconnection.h"

#include <QHash>
#include <QTimer>

namespace Earshot {

/// Tells the server which conversations the windows here show, and keeps who else is there (app/server/PROTOCOL.md,
/// "Push and presence"). Nothing of it outlives the connection. Lives on the desk's thread; the connection outlives it.
class PresenceKeeper final : public QObject
{
    Q_OBJECT

public:
    /// Of one client, as the server takes them.
    static constexpr qsizetype mostShown = 50;

    /// @param beatEvery at least every 10 s
    PresenceKeeper(ServerConnection &connection, const Clock &clock, QObject *parent = nullptr,
                   Duration beatEvery = std::chrono::seconds(10));

    void show(const QObject *window, const ShownConversations &shown);
    [[nodiscard]] QList<Present> presentIn(ConversationId conversation) const { return m_others.value(conversation); }
    /// The server is not listened to any more.
    void forget();

Q_SIGNALS:
    void changed(Earshot::ConversationId conversation);

private:
    void onListening();
    void onTold(const QJsonObject &message);
    void sayWhole();
    void beat();
    void drop(const QSet<ConversationId> &conversations);
    [[nodiscard]] QJsonArray present() const;

    ServerConnection &m_connection;
    const Clock &m_clock;
    QHash<const QObject *, ShownConversations> m_windows;
    QSet<ConversationId> m_said; ///< what the server was told last
    QHash<ConversationId, QList<Present>> m_others;
    QTimer m_soon; ///< what changes in a row is said once
    QTimer m_beat;
    Time m_saidAt;
    bool m_isListening = false;
};

} // namespace Earshot
