// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QVariantMap>

namespace Earshot {

/// A bus of its own that ends with this.
class PrivateBus final
{
public:
    PrivateBus()
    {
        m_daemon.start(QStringLiteral("dbus-daemon"),
                       {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        if (m_daemon.waitForStarted() && m_daemon.waitForReadyRead())
            m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    }
    ~PrivateBus()
    {
        m_daemon.terminate();
        m_daemon.waitForFinished();
    }
    [[nodiscard]] bool isThere() const { return !m_address.isEmpty(); }
    [[nodiscard]] const QString &address() const { return m_address; }
    [[nodiscard]] QDBusConnection connect(const char *name) const
    {
        return QDBusConnection::connectToBus(m_address, QString::fromLatin1(name));
    }

private:
    QProcess m_daemon;
    QString m_address;
};

/// The notification service of a desktop, as a program sees it.
class FakeNotifications final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown
    {
        uint id = 0;
        uint replaces = 0;
        QString title;
        QString text;
        QStringList actions;
        QVariantMap hints;
    };

    explicit FakeNotifications(QDBusConnection bus)
        : m_bus(std::move(bus))
    {
        m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this,
                             QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        m_isOwner = m_bus.registerService(QStringLiteral("org.freedesktop.Notifications"));
    }
    [[nodiscard]] bool isOwner() const { return m_isOwner; }
    [[nodiscard]] const QList<Shown> &shown() const { return m_shown; }
    /// What a program took away again.
    [[nodiscard]] const QList<uint> &closed() const { return m_closed; }
    void setCapabilities(const QStringList &capabilities) { m_capabilities = capabilities; }

public Q_SLOTS:
    QStringList GetCapabilities() { return m_capabilities; }
    uint Notify(const QString &, uint replaces, const QString &, const QString &title, const QString &text,
                const QStringList &actions, const QVariantMap &hints, int)
    {
        const uint id = replaces > 0 ? replaces : ++m_last;
        m_shown.append({id, replaces, title, text, actions, hints});
        return id;
    }
    void CloseNotification(uint id)
    {
        m_closed.append(id);
        Q_EMIT NotificationClosed(id, 3);
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void ActivationToken(uint id, const QString &token);
    void NotificationClosed(uint id, uint reason);

private:
    QDBusConnection m_bus;
    QStringList m_capabilities{QStringLiteral("actions"), QStringLiteral("body"), QStringLiteral("body-markup")};
    QList<Shown> m_shown;
    QList<uint> m_closed;
    uint m_last = 0;
    bool m_isOwner = false;
};

/// The portal of a sandbox, version 2.
class FakeNotificationPortal final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Notification")

public:
    explicit FakeNotificationPortal(QDBusConnection bus)
    {
        bus.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), this,
                           QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        m_isOwner = bus.registerService(QStringLiteral("org.freedesktop.portal.Desktop"));
    }
    [[nodiscard]] bool isOwner() const { return m_isOwner; }
    [[nodiscard]] const QList<std::pair<QString, QVariantMap>> &added() const { return m_added; }
    [[nodiscard]] const QStringList &removed() const { return m_removed; }

public Q_SLOTS:
    void AddNotification(const QString &id, const QVariantMap &notification) { m_added.append({id, notification}); }
    void RemoveNotification(const QString &id) { m_removed.append(id); }

Q_SIGNALS:
    void ActionInvoked(const QString &id, const QString &action, const QVariantList &parameters);

private:
    QList<std::pair<QString, QVariantMap>> m_added;
    QStringList m_removed;
    bool m_isOwner = false;
};

} // namespace Earshot
