// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/desktoppresence.h"

#include "ui/shell/icons.h"
#include "ui/shell/notifications.h"
#include "ui/shell/portalnotifications.h"
#include "ui/shell/whendone.h"
#include "ui/window/mainwindow.h"
#include "ui/window/noticewatch.h"
#include "workspace/queries.h"

#include <QMenu>
#include <QSettings>
#include <QSystemTrayIcon>

namespace Earshot {

namespace {

const char notificationsKey[] = "notifications/on";
const char trayKey[] = "tray/keeps";

} // namespace

DesktopPresence::DesktopPresence(Desk &desk, MainWindow &window, QDBusConnection bus, bool hasTray)
    : m_desk(desk)
    , m_window(window)
    , m_notifications(new Notifications(std::move(bus), PortalNotifications::isNeeded(), this))
    , m_watch(new NoticeWatch(desk, this))
{
    connect(m_watch, &NoticeWatch::noticed, m_notifications, &Notifications::tell);
    connect(m_notifications, &Notifications::opened, this,
            [this](Notifications::Kind kind, ConversationId conversation, const QString &token) {
                m_window.raiseFor(token);
                if (conversation.isValid())
                    m_window.openConversation(conversation);
                else if (kind == Notifications::Kind::trouble)
                    m_window.commands().trigger(QStringLiteral("outbox.show"));
                else
                    m_window.commands().trigger(kind == Notifications::Kind::noted ? QStringLiteral("go.notesToMe")
                                                                                   : QStringLiteral("go.mine"));
            });
    connect(m_notifications, &Notifications::notShown, this, [this](const QString &title, const QString &text) {
        if (m_tray)
            m_tray->showMessage(title, text);
    });
    connect(&desk, &Desk::changed, this, [this](const CommitNotice &notice) {
        if (notice.hasWithdrawn)
            forgetWithdrawn();
    });
    if (hasTray)
        buildTray();
    restore();
    addCommands();
    connect(&window, &MainWindow::settingsChanged, this, &DesktopPresence::restore);
}

DesktopPresence::~DesktopPresence() = default;

/// What is told of them stands on the desktop until a person has seen it.
void DesktopPresence::forgetWithdrawn()
{
    const QSet<ConversationId> told = m_notifications->told();
    using Records = QList<ConversationRecord>;
    const auto future = m_desk.workspace().read<Records>(
        [ids = told.values(), me = m_desk.me(), now = m_desk.workspace().clock().now()](Database &database) {
            return loadConversations(database, ids, me, now);
        });
    whenDone(future, this, [this, told](const Result<Records> &there) {
        QSet<ConversationId> gone = told;
        // What cannot be read may be of them.
        for (const ConversationRecord &record : there.value_or(Records()))
            gone.remove(record.id);
        m_notifications->forget(gone);
    });
}

void DesktopPresence::restore()
{
    const QSettings settings;
    m_notifications->setOn(settings.value(QLatin1StringView(notificationsKey), true).toBool());
    if (m_tray)
        m_window.setHidesOnClose(settings.value(QLatin1StringView(trayKey), false).toBool());
}

void DesktopPresence::addCommands()
{
    const auto add = [this](const char *id, const QString &text, std::function<void()> run,
                            std::function<bool()> isEnabled) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.run = std::move(run);
        command.isEnabled = std::move(isEnabled);
        m_window.commands().add(std::move(command));
    };
    add(
        "notifications.off", tr("Switch notifications &off"), [this] { useNotifications(false); },
        [this] { return m_notifications->isOn(); });
    add(
        "notifications.on", tr("Switch notifications o&n"), [this] { useNotifications(true); },
        [this] { return !m_notifications->isOn(); });
    QStringList ids{QString(), QStringLiteral("notifications.off"), QStringLiteral("notifications.on")};
    if (m_tray) {
        add(
            "tray.keep", tr("&Keep running in the tray when closed"), [this] { keepInTray(true); },
            [this] { return !m_window.hidesOnClose(); });
        add(
            "tray.leave", tr("&Quit when closed"), [this] { keepInTray(false); },
            [this] { return m_window.hidesOnClose(); });
        ids += {QStringLiteral("tray.keep"), QStringLiteral("tray.leave")};
    }
    m_window.addToViewMenu(ids);
    // They come later than the window's own.
    m_window.commands().restoreKeys();
    m_window.commands().refresh();
}

void DesktopPresence::useNotifications(bool areOn)
{
    m_notifications->setOn(areOn);
    QSettings().setValue(QLatin1StringView(notificationsKey), areOn);
    m_window.commands().refresh();
}

void DesktopPresence::keepInTray(bool isKept)
{
    m_window.setHidesOnClose(isKept);
    QSettings().setValue(QLatin1StringView(trayKey), isKept);
    m_window.commands().refresh();
}

void DesktopPresence::buildTray()
{
    m_tray = new QSystemTrayIcon(Icons::icon(QStringLiteral("earshot")), this);
    m_tray->setToolTip(m_window.windowTitle());
    m_menu = std::make_unique<QMenu>();
    m_menu->addAction(tr("&Show the window"), &m_window, [this] { m_window.raiseFor({}); });
    m_menu->addSeparator();
    m_window.commands().fill(*m_menu, {QStringLiteral("channels.pull"),
                                       QStringLiteral("duty.on"),
                                       QStringLiteral("duty.off"),
                                       {},
                                       QStringLiteral("program.quit")});
    m_tray->setContextMenu(m_menu.get());
    connect(m_tray, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            m_window.raiseFor({});
    });
    m_tray->show();
}

} // namespace Earshot
