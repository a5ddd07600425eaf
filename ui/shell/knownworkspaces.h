// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

namespace Earshot {

/// A workspace that was open on this computer.
struct KnownWorkspace
{
    QString file;   ///< absolute
    QString name;   ///< as its window was titled
    QString server; ///< whose replica it is; empty = a workspace of one's own
    bool operator==(const KnownWorkspace &) const = default;
};

/// The workspaces of this computer, kept in the settings: each window of each process notes its own. On the GUI thread.
namespace KnownWorkspaces {

/// Those whose file is there, the one that was used last first.
[[nodiscard]] QList<KnownWorkspace> all();
/// It is used now.
void note(const KnownWorkspace &workspace);
/// Its file stays.
void forget(const QString &file);
/// Whether two paths lead to one file.
[[nodiscard]] bool isSame(const QString &one, const QString &other);
/// A path in the folder that is not taken yet: "desk.example.earshot", "desk.example-2.earshot".
/// @param wish a name, as of a host; what is no good in a file's is left out
[[nodiscard]] QString freshPath(const QString &folder, const QString &wish);

} // namespace KnownWorkspaces

} // namespace Earshot
