// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/presence.h"
#include "model/future.h"
#include "model/time.h"
#include "replica/serverconnection.h"

#include <QHash>
#include <QTimer>

#include <memory>

namespace Earshot {

/// Tells the server which conversations the windows here show, and keeps who else is there (app/server/PROTOCOL.md,
/// "Push and presence"): over the socket, or, where none gets through, by calls, which are answered with that. Nothing
/// of it outlives the connection. Lives on the desk's thread; the connection outlives it.
class PresenceKeeper final : public QObject
{
    Q_OBJECT

public:
    /// Of one client, as the server takes them.
    static constexpr qsizetype mostShown = 50;

    /// @param beatEvery at least every 10 s; by calls twice as often, as only they tell what is new
    PresenceKeeper(ServerConnection &connection, const Clock &clock, QObject *parent = nullptr,
                   Duration beatEvery = std::chrono::seconds(10));

    void show(const QObject *window, const ShownConversations &shown);
    [[nodiscard]] QList<Present> presentIn(ConversationId conversation) const { return m_others.value(conversation); }
    /// The server answers and cannot be listened to: from now on by calls, until it is listened to or forgotten. May be
    /// said again. A server that knows no such call is asked once.
    void beginCalls(const QString &account);
    /// The server is not reached any more.
    void forget();
    /// Whoever is here goes. The server is told where it would not see that by itself; ends when it has heard it, and
    /// no later than that. Until something is shown again.
    [[nodiscard]] QFuture<Done> leave(Duration atMost);

Q_SIGNALS:
    void changed(Earshot::ConversationId conversation);

private:
    /// How the server is told.
    enum class Way { none, socket, calls };

    void onListening();
    void onListeningEnded();
    void onTold(const QJsonObject &message);
    void call(const QJsonArray &shown);
    void endLeaving();
    void onAnswered(const Result<QJsonObject> &answer);
    void take(const QJsonObject &others);
    void takeAll(const QJsonArray &list);
    void sayWhole();
    void beat();
    void drop(const QSet<ConversationId> &conversations);
    [[nodiscard]] QJsonArray present() const;

    ServerConnection &m_connection;
    const Clock &m_clock;
    const Duration m_beatEvery;
    const QString m_client; ///< that calls are made as
    QString m_account;      ///< the same
    QHash<const QObject *, ShownConversations> m_windows;
    QSet<ConversationId> m_said; ///< what the server was told last
    QHash<ConversationId, QList<Present>> m_others;
    QTimer m_soon; ///< what changes in a row is said once
    QTimer m_beat;
    Time m_saidAt;
    Time m_heardAt; ///< when a call was answered last
    Way m_way = Way::none;
    std::shared_ptr<Pending<void>> m_leaving; ///< until the server has heard it; null = nobody waits for that
    bool m_hasLeft = false;
    bool m_isCalling = false;   ///< one is under way
    bool m_isToCall = false;    ///< again then, as something else is shown by now
    bool m_isServerOld = false; ///< it knows no such call
};

} // namespace Earshot
