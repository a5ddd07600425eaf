// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

#include <array>

/// Which states each screen has, and which picture shows it (packaging/photographs). house/picturestates holds that
/// every screen is here, each of its states, and that somebody photographs it; a run that reaches a promised one not
/// fails (and with it ui/longscreens, ui/hostilescreens and ui/namesscreens).
namespace Earshot::States {

/// One state of one screen: the picture of it, or why there is none.
struct Cell
{
    const char *picture = nullptr;
    const char *why = nullptr;
};

constexpr Cell shows(const char *picture)
{
    return {picture, nullptr};
}

constexpr Cell none(const char *why)
{
    return {nullptr, why};
}

struct Screen
{
    const char *file; ///< its header below ui/, without ".h"
    Cell empty;
    Cell loading;
    Cell error;
    Cell offline; ///< its server, or the network that it asks, is not reached
    Cell noPermission;
    Cell readOnly; ///< the file cannot be written to, or is not to be

    [[nodiscard]] std::array<Cell, 6> cells() const { return {empty, loading, error, offline, noPermission, readOnly}; }
};

constexpr Cell atOnce = none("is made of what is in memory already");
constexpr Cell cannotFail = none("reads and writes nothing");
constexpr Cell localOnly = none("shows what is on this computer, with a server or without");
constexpr Cell forEverybody = none("changes only what is this person's own");
constexpr Cell notOffered = none("its command is not offered then; its key says why: see viewer-key-that-cannot");
constexpr Cell notOfferedHere = none("its command is not offered then; its key says why: read-only-key-that-cannot");
constexpr Cell alwaysFull = none("there is always something in it");
constexpr Cell beforeAnyFile = none("there is no workspace yet");
constexpr Cell saidBelow = none("what it decides is done by the main window, whose bar says what went wrong");
constexpr Cell asPane = none("the pane in it says so, as in the main window");

inline constexpr Screen all[] = {
    {"window/mainwindow", shows("no-channel"), shows("window-loading"), shows("channel-trouble"), shows("offline"),
     shows("viewer"), shows("read-only")},
    {"window/conversationwindow", asPane, asPane, asPane, asPane, shows("viewer-own-window"), asPane},
    {"window/contactwindow", none("it is opened from a conversation of the contact's"), shows("contact-window-loading"),
     shows("contact-window-failed"), localOnly, shows("viewer-contact-window"),
     none("as with no permission: viewer-contact-window")},
    {"inbox/viewpane", alwaysFull, shows("window-loading"), none("counts that cannot be read stay as they were"),
     shows("offline"), shows("viewer"), shows("read-only")},
    {"inbox/inboxpane", shows("view-trouble"), shows("list-loading"), shows("list-error"), shows("offline"),
     shows("viewer"), shows("read-only")},
    {"conversation/conversationpane", shows("inbox"), shows("conversation-loading"), shows("conversation-failed"),
     shows("offline-waiting"), shows("viewer-key-that-cannot"), shows("read-only-key-that-cannot")},
    {"conversation/contactside", shows("contact-side"), shows("contact-side-loading"), shows("contact-side-failed"),
     localOnly, shows("viewer-contact-side"), none("as with no permission: viewer-contact-side")},
    {"conversation/threadpage", none("a conversation has a message, which is of its thread"), shows("thread-loading"),
     shows("thread-failed"), localOnly, shows("viewer-thread"), none("as with no permission: viewer-thread")},
    {"conversation/mediaviewer", shows("media-not-fetched"), none("decodes while the frame is there, in a moment"),
     shows("media-no-picture"), shows("media-not-fetched"), forEverybody, none("saves elsewhere: that is allowed")},
    {"composer/composer", shows("composer-N"), none("it opens when its conversation is there"),
     shows("composer-too-long"), shows("draft-elsewhere"), notOffered, notOfferedHere},
    {"search/searchpane", shows("search-nothing"), shows("search-waiting"), shows("search-failed"), localOnly,
     none("all may search; what may not be done is not among the commands: read-only-search"),
     shows("read-only-search")},
    {"inbox/pickdialog", shows("assign-nobody"), atOnce, saidBelow, saidBelow, notOffered, notOfferedHere},
    {"inbox/datedialog", none("it begins with a day"), atOnce, saidBelow, saidBelow, notOffered, notOfferedHere},
    {"inbox/macropicker", shows("macro-picker-empty"), atOnce, saidBelow, saidBelow, notOffered, notOfferedHere},
    {"inbox/viewdialog", shows("view-builder-new"), atOnce, saidBelow, saidBelow, shows("agent-view-builder"),
     notOfferedHere},
    {"settings/channelsdialog", shows("channels-empty"), atOnce, shows("channels-trouble"), shows("channels-offline"),
     shows("viewer-channels"), shows("read-only-channels")},
    {"settings/channeldialog", alwaysFull, atOnce, saidBelow, saidBelow, none("its button is off: viewer-channels"),
     none("its button is off: read-only-channels")},
    {"settings/connectdialog", shows("connect-nothing"), shows("connect-looking"), shows("connect-failed"),
     shows("connect-failed"), none("its button is off: viewer-channels"),
     none("its button is off: read-only-channels")},
    {"settings/signinpanel", alwaysFull, shows("connect-sign-in-waiting"), shows("connect-sign-in-failed"),
     shows("connect-sign-in-failed"), none("its button is off: viewer-channels"),
     none("its button is off: read-only-channels")},
    {"settings/latestitems", shows("connect-signed-in-none"), shows("connect-signed-in-reading"),
     shows("connect-signed-in-another"), shows("connect-signed-in-another"),
     none("its dialog cannot be opened: viewer-channels"), none("its dialog cannot be opened: read-only-channels")},
    {"settings/agentsdialog", alwaysFull, atOnce, none("as a saved reply: saved-reply-not-saved"), localOnly,
     shows("viewer-agents"), none("as with no permission: viewer-agents")},
    {"settings/teamsdialog", shows("teams-empty"), atOnce, none("as a saved reply: saved-reply-not-saved"), localOnly,
     shows("viewer-teams"), none("as with no permission: viewer-teams")},
    {"settings/savedreplydialog", shows("saved-replies-empty"), atOnce, shows("saved-reply-not-saved"), localOnly,
     shows("viewer-replies"), shows("read-only-replies")},
    {"settings/macrodialog", shows("macros-empty"), atOnce, none("as a saved reply: saved-reply-not-saved"), localOnly,
     shows("viewer-macros"), none("as with no permission: viewer-macros")},
    {"settings/journaldialog", none("whoever made the workspace is its first line"), shows("journal-loading"),
     shows("journal-failed"), localOnly, none("all may read it"), none("it is only read")},
    {"settings/outboxdialog", shows("outbox-empty"), atOnce, shows("outbox-refused"), shows("outbox-offline"),
     shows("viewer-outbox"), shows("read-only-outbox")},
    {"settings/settingsdialog", alwaysFull, atOnce, shows("settings-not-saved"), localOnly, shows("viewer-settings"),
     shows("read-only-settings")},
    {"settings/shortcutsdialog", shows("shortcuts-nothing"), atOnce, cannotFail, localOnly, forEverybody, forEverybody},
    {"settings/upkeepdialog", none("it is there as long as it works"), shows("check-progress"), shows("check-failed"),
     localOnly, none("all may check and copy"), none("it only reads the workspace")},
    {"window/awaydialog", shows("away-nothing"), none("the dialog says since when, until rows come"),
     none("as the journal: journal-failed"), localOnly, none("all may read it"), none("it is only read")},
    {"window/cheatsheet", alwaysFull, atOnce, cannotFail, localOnly, forEverybody, forEverybody},
    {"window/devicesdialog", shows("devices-none"), shows("devices-asking"), shows("devices-offline"),
     shows("devices-offline"), none("others' devices are not offered to whoever is no admin"),
     none("only a desktop that follows its server has the command")},
    {"window/dutydialog", none("with nothing to hand over one goes off duty without it"), atOnce, saidBelow, saidBelow,
     notOffered, notOfferedHere},
    {"window/joindialog", shows("join"), shows("join-arriving"), shows("join-refused"), shows("join-offline"),
     shows("log-in-again"), beforeAnyFile},
    {"window/logoutdialog", shows("log-out"), atOnce, none("what was left at the server says a box at the end"),
     shows("log-out-unsent"), forEverybody, none("only a desktop that follows its server has the command")},
    {"window/noticedialog", shows("pin-notice"), atOnce, saidBelow, saidBelow, notOffered, notOfferedHere},
    {"window/parteddialog", none("with no words it is not shown"), atOnce, shows("parted-not-saved"),
     none("it comes from a server that was reached"), shows("parted"), none("as with no permission: parted")},
    {"window/resumedialog", shows("resume-nothing"), atOnce, saidBelow, saidBelow, notOffered, notOfferedHere},
    {"start/newformdialog", none("there is always a file that is brought to its new form"),
     none("is nothing else: a bar that moves without end"),
     none("the program says in a box of its own that the file could not be opened"), localOnly,
     none("nobody's rights are read yet"), none("what cannot be written to is not brought there")},
    {"window/welcomedialog", shows("welcome"), atOnce, shows("welcome-trouble"), beforeAnyFile, beforeAnyFile,
     beforeAnyFile},
    {"window/workspacesdialog", shows("workspaces-empty"), atOnce, cannotFail, localOnly, forEverybody, forEverybody},
};

/// The pictures that are promised here and are not among these.
[[nodiscard]] inline QStringList notReached(const QStringList &reached)
{
    QStringList missed;
    for (const Screen &screen : all) {
        for (const Cell &cell : screen.cells()) {
            if (cell.picture && !reached.contains(QLatin1StringView(cell.picture)))
                missed.append(QLatin1StringView(cell.picture));
        }
    }
    missed.removeDuplicates();
    return missed;
}

} // namespace Earshot::States
