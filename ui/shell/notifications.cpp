// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/notifications.h"

#include "ui/shell/portalnotifications.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QVariantMap>

#include <algorithm>

namespace Earshot {

namespace {

const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");
constexpr int usualInterval = 30'000;
constexpr qsizetype longestText = 300;

} // namespace

Notifications::Notifications(QDBusConnection bus, bool isSandboxed, QObject *parent)
    : QObject(parent)
    , m_bus(std::move(bus))
{
    for (size_t i = 0; i < kindCount; ++i) {
        m_waiting[i].pause.setSingleShot(true);
        connect(&m_waiting[i].pause, &QTimer::timeout, this, [this, i] { sumUp(static_cast<Kind>(i)); });
    }
    setInterval(usualInterval);
    if (m_bus.isConnected() && isSandboxed)
        listenToPortal();
    else if (m_bus.isConnected())
        listenToDesktop();
}

void Notifications::listenToPortal()
{
    m_portal = new PortalNotifications(m_bus, this);
    const auto lastOf = [this](const QString &name) -> const Notice & {
        return m_waiting.at(std::min(name.toUInt(), uint(kindCount) - 1)).last;
    };
    connect(m_portal, &PortalNotifications::invoked, this, [this, lastOf](const QString &name, const QString &token) {
        const Notice &notice = lastOf(name);
        Q_EMIT opened(notice.kind, notice.conversation, token);
    });
    connect(m_portal, &PortalNotifications::failed, this,
            [this, lastOf](const QString &name) { giveUp(lastOf(name)); });
}

void Notifications::listenToDesktop()
{
    // Qt's own way of listening to another program's signals by name.
    m_bus.connect(service, path, service, QStringLiteral("ActionInvoked"), this, SLOT(onActionInvoked(uint, QString)));
    m_bus.connect(service, path, service, QStringLiteral("ActivationToken"), this,
                  SLOT(onActivationToken(uint, QString)));
    m_bus.connect(service, path, service, QStringLiteral("NotificationClosed"), this, SLOT(onClosed(uint, uint)));
    auto *watcher = new QDBusServiceWatcher(service, m_bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](const QString &, const QString &, const QString &owner) { onOwnerChanged(!owner.isEmpty()); });
    askCapabilities();
}

void Notifications::setInterval(int milliseconds)
{
    for (Waiting &waiting : m_waiting)
        waiting.pause.setInterval(milliseconds);
}

void Notifications::askCapabilities()
{
    const QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, QStringLiteral("GetCapabilities"));
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *done) {
        const QDBusPendingReply<QStringList> reply = *done;
        if (reply.isValid())
            m_hasMarkup = reply.value().contains(QStringLiteral("body-markup"));
        done->deleteLater();
    });
}

void Notifications::onOwnerChanged(bool isThere)
{
    // Another program numbers its own, and may understand markup where the last one did not.
    m_hasMarkup = true;
    m_shown.clear();
    m_tokens.clear();
    for (Waiting &waiting : m_waiting)
        waiting.shown = 0;
    // Asking would start one that is gone.
    if (isThere)
        askCapabilities();
}

void Notifications::giveUp(const Notice &notice)
{
    // Qt's icon in the tray hands it to the desktop as it is, where a "<" may begin markup, or paints it as plain text,
    // where nobody wants to read entities: which of both cannot be known.
    QString text = notice.text;
    text.replace(QLatin1Char('<'), QChar(0x2039)).replace(QLatin1Char('>'), QChar(0x203A));
    Q_EMIT notShown(notice.title, text);
}

void Notifications::tell(const Notice &notice)
{
    if (!m_isOn)
        return;
    Waiting &waiting = m_waiting.at(static_cast<size_t>(notice.kind));
    if (waiting.pause.isActive()) {
        waiting.notices.append(notice);
        return;
    }
    waiting.pause.start();
    show(notice);
}

QSet<ConversationId> Notifications::told() const
{
    QSet<ConversationId> all;
    const auto add = [&all](const Notice &notice) {
        all.insert(notice.conversation);
        all.unite(notice.summedUp);
    };
    std::for_each(m_shown.cbegin(), m_shown.cend(), add);
    std::for_each(m_asked.cbegin(), m_asked.cend(), add);
    for (const Waiting &waiting : m_waiting) {
        std::for_each(waiting.notices.cbegin(), waiting.notices.cend(), add);
        add(waiting.last);
    }
    all.remove(ConversationId());
    return all;
}

void Notifications::forget(const QSet<ConversationId> &conversations)
{
    if (conversations.isEmpty())
        return;
    const auto isGone = [&conversations](const Notice &notice) { return notice.tellsOf(conversations); };
    for (size_t kind = 0; kind < kindCount; ++kind) {
        m_waiting.at(kind).notices.removeIf(isGone);
        if (!m_portal || !isGone(m_waiting.at(kind).last))
            continue;
        m_portal->remove(QString::number(kind));
        m_waiting.at(kind).last = Notice();
    }
    const QList<uint> shown = m_shown.keys();
    for (const uint id : shown) {
        if (isGone(m_shown.value(id)))
            closeOnDesktop(id);
    }
    if (std::any_of(m_asked.cbegin(), m_asked.cend(), isGone))
        m_forgotten.unite(conversations);
}

void Notifications::closeOnDesktop(uint id)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, QStringLiteral("CloseNotification"));
    call.setArguments({id});
    m_bus.call(call, QDBus::NoBlock);
    onClosed(id, 0);
}

void Notifications::sumUp(Kind kind)
{
    Waiting &waiting = m_waiting.at(static_cast<size_t>(kind));
    const QList<Notice> notices = std::exchange(waiting.notices, {});
    if (notices.isEmpty() || !m_isOn)
        return;
    waiting.pause.start();
    if (notices.size() == 1) {
        show(notices.constFirst());
        return;
    }
    QStringList titles;
    for (const Notice &notice : notices) {
        if (titles.size() < 4)
            titles.append(notice.text.left(80));
    }
    Notice sum;
    sum.kind = kind;
    sum.title = title(kind, int(notices.size()));
    sum.text = titles.join(QLatin1Char('\n'));
    for (const Notice &notice : notices)
        sum.summedUp.insert(notice.conversation);
    show(sum);
}

QString Notifications::title(Kind kind, int count)
{
    switch (kind) {
    case Kind::assigned:
        return tr("%Ln conversation(s) were assigned to you", nullptr, count);
    case Kind::noted:
        return tr("%Ln note(s) mention you", nullptr, count);
    case Kind::trouble:
        return tr("%Ln reply(s) could not be sent", nullptr, count);
    case Kind::takenBack:
        return tr("%Ln of your replies were taken back", nullptr, count);
    }
    return {};
}

void Notifications::show(const Notice &notice)
{
    if (!m_bus.isConnected()) {
        giveUp(notice);
        return;
    }
    if (!m_portal) {
        showOnDesktop(notice);
        return;
    }
    const auto kind = static_cast<size_t>(notice.kind);
    m_waiting.at(kind).last = notice;
    m_portal->show(QString::number(kind), notice.title, notice.text.left(longestText), buttonOf(notice));
}

QString Notifications::buttonOf(const Notice &notice)
{
    return notice.kind == Kind::trouble ? tr("Show") : tr("Open");
}

void Notifications::showOnDesktop(const Notice &notice)
{
    const QString text = notice.text.left(longestText);
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, QStringLiteral("Notify"));
    const QString open = buttonOf(notice);
    const QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("earshot")},
                            {QStringLiteral("category"), QStringLiteral("im.received")},
                            {QStringLiteral("urgency"), QVariant::fromValue<uchar>(1)}};
    call.setArguments({QStringLiteral("Earshot"), m_waiting.at(static_cast<size_t>(notice.kind)).shown,
                       QStringLiteral("earshot"), notice.title, m_hasMarkup ? text.toHtmlEscaped() : text,
                       QStringList{QStringLiteral("default"), open, QStringLiteral("open"), open}, hints, -1});
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    m_asked.insert(watcher, notice);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, notice](QDBusPendingCallWatcher *done) { onShown(notice, done); });
}

void Notifications::onShown(const Notice &notice, QDBusPendingCallWatcher *call)
{
    const QDBusPendingReply<uint> reply = *call;
    call->deleteLater();
    m_asked.remove(call);
    const bool isForgotten = notice.tellsOf(m_forgotten);
    if (m_asked.isEmpty())
        m_forgotten.clear();
    if (!reply.isValid()) {
        if (!isForgotten)
            giveUp(notice);
        return;
    }
    m_shown.insert(reply.value(), notice);
    // The next one of its kind takes its place: they do not pile up.
    m_waiting.at(static_cast<size_t>(notice.kind)).shown = reply.value();
    if (isForgotten)
        closeOnDesktop(reply.value());
}

void Notifications::onActivationToken(uint id, const QString &token)
{
    if (m_shown.contains(id))
        m_tokens.insert(id, token);
}

void Notifications::onActionInvoked(uint id, const QString &action)
{
    const auto shown = m_shown.constFind(id);
    if (shown == m_shown.cend() || (action != QLatin1StringView("default") && action != QLatin1StringView("open")))
        return;
    const Notice notice = *shown;
    Q_EMIT opened(notice.kind, notice.conversation, m_tokens.take(id));
}

void Notifications::onClosed(uint id, uint)
{
    m_shown.remove(id);
    m_tokens.remove(id);
    for (Waiting &waiting : m_waiting) {
        if (waiting.shown == id)
            waiting.shown = 0;
    }
}

} // namespace Earshot
