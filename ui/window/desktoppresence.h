// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

#include <QDBusConnection>

class QMenu;
class QSystemTrayIcon;

namespace Earshot {

class MainWindow;
class NoticeWatch;
class Notifications;

/// What the desktop shows of the program besides its windows: notifications, and an icon in the tray where there is
/// one. Lives as long as the window.
class DesktopPresence final : public QObject
{
    Q_OBJECT

public:
    /// @param hasTray whether the desktop has a tray
    DesktopPresence(Desk &desk, MainWindow &window, QDBusConnection bus, bool hasTray);
    ~DesktopPresence() override;

private:
    /// What the settings say.
    void restore();
    void forgetWithdrawn();
    void addCommands();
    void buildTray();
    void useNotifications(bool areOn);
    void keepInTray(bool isKept);

    Desk &m_desk;
    MainWindow &m_window;
    Notifications *m_notifications;
    NoticeWatch *m_watch;
    QSystemTrayIcon *m_tray = nullptr;
    std::unique_ptr<QMenu> m_menu;
};

} // namespace Earshot
