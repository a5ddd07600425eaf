// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/id.h"

#include <QHash>
#include <QProcess>
#include <QSet>
#include <QStringList>

namespace Earshot {

class Workspace;

/// A desktop without a window, for a process of its own: acts without end, several things at a time, and says on
/// standard output what it asked for ("asks N SEEN ID") and what was acknowledged ("has N"). N is a note, a reply
/// ("text N") or a tag ("tagN") where N % 5 is 4. SEEN is the change number of what it has read of the conversation
/// where that counts, else 0; ID is the action's. It is ended from outside.
/// @param arguments path of the replica, token, first number, and optionally a file of certificates to trust (empty =
/// none), a pause after each thing, in ms, the first of the conversations that it acts in, and words: "drafts", it also
/// begins to write elsewhere; "careful", some replies are only to be said if nobody has written since, and some notes
/// are a claim or a status instead, which nobody is to have changed since. With the number 0 it does nothing of its own
/// and ends when the server is there and nothing waits any more but for a person.
int workUntilKilled(const QStringList &arguments);

/// What such desktops said, heard by the test that starts and ends them.
struct RestlessDeeds
{
    /// What only counts as long as nobody else has done something there.
    struct Careful
    {
        qint64 seen = 0;
        QString id; ///< of the action
    };
    int last = 0; ///< number that was asked for
    QSet<int> acknowledged;
    QHash<int, Careful> careful;
    QHash<int, int> drafts; ///< of each of the three conversations the newest that is in the file

    void hear(QProcess &process);
    /// What a file of their server's, with nothing else done in it than by them, says against it, in words; empty =
    /// each that was acknowledged is done, or waits for a person where it was careful; none is done twice, and none
    /// that was careful over something newer of somebody else.
    /// @param replica where it was done; null = nothing can have been refused
    [[nodiscard]] QString troubleIn(Workspace &workspace, int first = 1, Workspace *replica = nullptr) const;
    /// The same of what was begun to be written: the server has it, or the replica that it was typed into, or something
    /// newer.
    [[nodiscard]] QString troubleWithDrafts(Workspace &workspace, Workspace &replica, AgentId agent) const;

private:
    [[nodiscard]] QString troubleWithCareful(Workspace &workspace, int number, bool isRefused) const;
};

} // namespace Earshot
