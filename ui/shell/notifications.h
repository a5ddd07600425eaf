// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/id.h"

#include <QDBusConnection>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <array>
#include <optional>

class QDBusPendingCallWatcher;

namespace Earshot {

class PortalNotifications;

/// Tells a person through the desktop's notifications (org.freedesktop.Notifications 1.2, or the portal): each with a
/// button that opens what it is about. Of each kind at most one in 30 s; what comes meanwhile is summed up in the next.
/// What strangers wrote is no markup. Lives on the GUI thread.
class Notifications final : public QObject
{
    Q_OBJECT

public:
    enum class Kind { assigned, noted, trouble, takenBack };
    struct Notice
    {
        Kind kind = Kind::assigned;
        QString title;
        QString text;
        ConversationId conversation;
        QSet<ConversationId> summedUp = {}; ///< where it tells of several
        [[nodiscard]] bool tellsOf(const QSet<ConversationId> &any) const
        {
            return any.contains(conversation) || summedUp.intersects(any);
        }
    };

    /// @param isSandboxed only the portal can be spoken with
    explicit Notifications(QDBusConnection bus, bool isSandboxed = false, QObject *parent = nullptr);

    /// Milliseconds between two of a kind; for tests.
    void setInterval(int milliseconds);
    void setOn(bool isOn) { m_isOn = isOn; }
    [[nodiscard]] bool isOn() const { return m_isOn; }
    void tell(const Notice &notice);
    /// What is shown, or is to be, tells of these.
    [[nodiscard]] QSet<ConversationId> told() const;
    /// Takes away what tells of one of these: they may no longer be seen.
    void forget(const QSet<ConversationId> &conversations);

Q_SIGNALS:
    /// A person wants to see it. @param conversation none = several, or none. @param token for the window to come up
    void opened(Earshot::Notifications::Kind kind, Earshot::ConversationId conversation, const QString &token);
    /// Nobody shows notifications on this desktop: another way may be found. Nothing in the text is markup for anybody.
    void notShown(const QString &title, const QString &text);

private Q_SLOTS:
    void onActionInvoked(uint id, const QString &action);
    void onActivationToken(uint id, const QString &token);
    void onClosed(uint id, uint reason);

private:
    static constexpr size_t kindCount = 4;
    struct Waiting
    {
        QTimer pause;
        QList<Notice> notices; ///< since the last one was shown
        uint shown = 0;        ///< the desktop's number of the last one
        Notice last;           ///< the last one that the portal was given
    };
    void listenToDesktop();
    void listenToPortal();
    void askCapabilities();
    void onOwnerChanged(bool isThere);
    void giveUp(const Notice &notice);
    void show(const Notice &notice);
    void sumUp(Kind kind);
    void showOnDesktop(const Notice &notice);
    void onShown(const Notice &notice, QDBusPendingCallWatcher *call);
    void closeOnDesktop(uint id);
    [[nodiscard]] static QString title(Kind kind, int count);
    [[nodiscard]] static QString buttonOf(const Notice &notice);

    QDBusConnection m_bus;
    PortalNotifications *m_portal = nullptr; ///< in a sandbox
    std::array<Waiting, kindCount> m_waiting;
    QHash<uint, Notice> m_shown;
    QHash<const QDBusPendingCallWatcher *, Notice> m_asked; ///< the desktop has not said their numbers yet
    QSet<ConversationId> m_forgotten;                       ///< meanwhile
    QHash<uint, QString> m_tokens;
    bool m_isOn = true;
    bool m_hasMarkup = true; ///< until the desktop says otherwise: escaping is the safe side
};

} // namespace Earshot
