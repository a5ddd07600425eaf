// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/opendesk.h"
#include "networks/http.h"

#include <QHash>

#include <memory>

namespace Earshot {

/// One workspace opened in this process for work. Where no other process owns the file, this one does: it acts directly
/// and can run the courier. Where another does, reading is direct and everything else goes through the owner's local
/// socket; when that one ends, this process takes over, or goes on beside whoever did (Workspace::ownershipTaken()
/// tells). Lives on the thread that made it, which needs an event loop; owns the network thread.
class Session : public OpenDesk
{
public:
    struct Options
    {
        QString path;
        QString agentName;        ///< who acts; empty = the workspace's first admin
        bool runsCourier = false; ///< the desktop: pulls and delivers on schedule. The command line only when asked
        bool tellsPauses = false; ///< a server: every desktop is to know when it did not pull for long
        bool isReadOnly = false;  ///< never takes ownership, never acts
        std::unique_ptr<Workspace> read; ///< of isReadOnly: it is open already; null = it is not
        /// How long what is asked beside an owner that ended or is mute waits for one before it is unreachable.
        Duration ownerPatience = std::chrono::seconds(10);
        QString keyFile; ///< key of the encrypted secrets file where there is no keychain; empty = keychain,
                         ///< with fakes memory
        std::unique_ptr<HttpTransport>
            http; ///< null = the real networks; fakes for the sample. Moved to the network thread
        QHash<ChannelId, Secret> secrets; ///< kept in memory from the start, beside `http` only
    };

    /// Errors: those of Workspace::open, notFound (no such agent).
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(Options options, const Clock &clock);
};

/// The desktop's default workspace, also the command line's: DATA/earshot/desk.earshot.
[[nodiscard]] QString defaultWorkspacePath();

} // namespace Earshot
