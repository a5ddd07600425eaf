// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/portalnotifications.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFileInfo>
#include <QVariantMap>

namespace Earshot {

namespace {

const QString portalService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString objectPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString portalInterface = QStringLiteral("org.freedesktop.portal.Notification");
const QString openAction = QStringLiteral("open");

/// From version 2 on the last parameter tells of the click, which lets a window come to the front.
QString tokenOf(const QVariantList &parameters)
{
    if (parameters.isEmpty())
        return {};
    const QVariant &last = parameters.constLast();
    const QVariantMap told =
        last.canConvert<QDBusArgument>() ? qdbus_cast<QVariantMap>(last.value<QDBusArgument>()) : last.toMap();
    return told.value(QStringLiteral("activation-token")).toString();
}

} // namespace

PortalNotifications::PortalNotifications(QDBusConnection bus, QObject *parent)
    : QObject(parent)
    , m_bus(std::move(bus))
{
    qDBusRegisterMetaType<QList<QVariantMap>>();
    m_bus.connect(portalService, objectPath, portalInterface, QStringLiteral("ActionInvoked"), this,
                  SLOT(onActionInvoked(QString, QString, QVariantList)));
}

bool PortalNotifications::isNeeded()
{
    return QFileInfo::exists(QStringLiteral("/.flatpak-info"));
}

void PortalNotifications::show(const QString &name, const QString &title, const QString &text, const QString &open)
{
    const QVariantMap button{{QStringLiteral("label"), open}, {QStringLiteral("action"), openAction}};
    const QVariantMap notification{
        {QStringLiteral("title"), title},
        {QStringLiteral("body"), text},
        {QStringLiteral("priority"), QStringLiteral("normal")},
        {QStringLiteral("default-action"), openAction},
        {QStringLiteral("buttons"), QVariant::fromValue(QList<QVariantMap>{button})},
    };
    QDBusMessage call =
        QDBusMessage::createMethodCall(portalService, objectPath, portalInterface, QStringLiteral("AddNotification"));
    call.setArguments({name, notification});
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, name](QDBusPendingCallWatcher *done) {
        if (done->isError())
            Q_EMIT failed(name);
        done->deleteLater();
    });
}

void PortalNotifications::remove(const QString &name)
{
    QDBusMessage call = QDBusMessage::createMethodCall(portalService, objectPath, portalInterface,
                                                       QStringLiteral("RemoveNotification"));
    call.setArguments({name});
    m_bus.call(call, QDBus::NoBlock);
}

void PortalNotifications::onActionInvoked(const QString &name, const QString &action, const QVariantList &parameters)
{
    if (action == openAction)
        Q_EMIT invoked(name, tokenOf(parameters));
}

} // namespace Earshot
