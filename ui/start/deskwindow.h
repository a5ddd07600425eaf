// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/opendesk.h"
#include "ui/window/mainwindow.h"

#include <QElapsedTimer>

#include <memory>

namespace Earshot {

class DesktopPresence;
class Keyring;
class Leaving;
class ReplicaSession;

/// The window of a desk that is open, with what it asks for of the replica behind it. Goes before its session.
class DeskWindow final : public QObject
{
    Q_OBJECT

public:
    struct What
    {
        OpenDesk &session;
        ReplicaSession *replica = nullptr; ///< the session, where it is of a shared workspace
        QString file;                      ///< empty = none that is to be remembered
        MainWindow::Options options;
    };
    DeskWindow(What what, Appearance &appearance, Keyring &keyring);
    ~DeskWindow() override;

    [[nodiscard]] MainWindow &window() { return *m_window; }
    /// A second start wants it. @param activationToken may be empty
    void showFor(const QStringList &arguments, const QString &activationToken);
    /// The first step in a workspace that was made a moment ago.
    void askForAnAddress();

Q_SIGNALS:
    // As the window's.
    void closing();
    void logInAsked();
    void workspaceAsked(const QString &file);
    void readingAsked(const QString &file);
    /// This device is logged out and its person wants the replica erased. Not to be deleted at once: it is at work.
    /// @param said what is to be told
    void leftToErase(const QString &said);

private:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void noteUsed() const;
    void lookForServer();
    void showDevices();
    void logOut(bool erases);
    void onLeft(bool erases, bool atServer, bool here);

    OpenDesk &m_session;
    ReplicaSession *const m_replica;
    const QString m_file;
    Keyring &m_keyring;
    std::unique_ptr<Leaving> m_leaving;
    std::unique_ptr<MainWindow> m_window;
    QElapsedTimer m_sinceLook;                   ///< for the server, as the window was looked at
    std::unique_ptr<DesktopPresence> m_presence; ///< goes before its window
};

} // namespace Earshot
