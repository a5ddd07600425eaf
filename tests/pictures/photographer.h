// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/pictures/camera.h"
#include "tests/ui/scriptedservice.h"
#include "tests/ui/windowworld.h"

#include <QHash>
#include <QString>

namespace Earshot {

class ConnectDialog;

/// Brings every screen of the desktop into every state on a small sample workspace, and photographs each. One run = one
/// language, one appearance, one scale. Which states there are says states.h.
class Photographer final
{
public:
    /// @param camera outlives this; its failed() tells afterwards what could not be photographed
    explicit Photographer(Camera &camera);
    void run();
    /// The few that tell a stranger what the program is.
    void runForReadme();

private:
    bool until(const char *what, const Camera::Condition &condition) { return m_camera.until(what, condition); }
    /// When the list is there.
    void photograph(const QString &name);
    /// What was in the picture before and goes by itself is gone by now: it would stand in each of the next.
    void letMessagesLapse();
    void press(const QString &keys);
    void open(const char *dialog, const QString &keysOrCommand);
    void close(const char *dialog);
    /// To the main window, when a dialog has ended.
    void goBack();
    /// Keys are sent to who has the keyboard, and pass a popup by: one that stays open draws the focus to itself.
    void closePopup();
    void showMention();
    /// The list of what nobody has taken, with the keyboard in it.
    void goToList();
    [[nodiscard]] QString named(const char *name) const { return m_camera.named(name); }
    /// Pictures for the eye alone: an open menu says nothing in labels, and without a window manager it does not give
    /// the keyboard back.
    [[nodiscard]] bool hasDisplay() const { return m_camera.look() == Camera::Look::none; }

    /// @param change as WindowWorld has it
    void start(const QString &change = WindowWorld::withoutSavedReplies());
    // inboxstates.cpp
    void inbox();
    void conversation();
    void composer();
    void attaching();
    void search();
    void manyRows();
    void finding();
    // dialogstates.cpp
    void dialogs();
    void writing();
    void composingByHelp();
    void windows();
    void channels();
    void mediaViewer();
    // leadstates.cpp
    void lead();
    void handing();
    void outbox();
    void troubles();
    // rarestates.cpp
    void rare();
    void bulk();
    void small();
    // waitingstates.cpp
    void waiting();
    void waitingWindows();
    void failing();
    void failingPanes();
    void notSaved();
    // readingstates.cpp
    void readOnly();
    void viewer();
    // beginningstates.cpp
    void connecting();
    void signedIn(ConnectDialog &dialog, ScriptedService &service, const RemoteMessage &message);
    void beginnings();
    void joining();
    void noChannel();
    void workspaces();

    Camera &m_camera;
    QHash<const QObject *, QString> m_said; ///< what each bar said in the picture before
    std::unique_ptr<WindowWorld> m_world;
};

} // namespace Earshot
