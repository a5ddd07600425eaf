// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusConnection>
#include <QObject>

namespace Earshot {

/// The desktop's notifications for a program in a sandbox such as Flatpak's (org.freedesktop.portal.Notification 1 and
/// 2). Lives on the GUI thread.
class PortalNotifications final : public QObject
{
    Q_OBJECT

public:
    explicit PortalNotifications(QDBusConnection bus, QObject *parent = nullptr);

    /// Whether this program runs where nothing but the portal can be spoken with.
    [[nodiscard]] static bool isNeeded();
    /// @param name a later one of the same name takes its place
    /// @param text plain: the portal takes no markup there
    /// @param open what its button says
    void show(const QString &name, const QString &title, const QString &text, const QString &open);
    /// Takes away the one of this name.
    void remove(const QString &name);

Q_SIGNALS:
    /// @param token for the window to come up; empty where the portal gives none
    void invoked(const QString &name, const QString &token);
    void failed(const QString &name);

private Q_SLOTS:
    void onActionInvoked(const QString &name, const QString &action, const QVariantList &parameters);

private:
    QDBusConnection m_bus;
};

} // namespace Earshot
