// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/session.h"

#include <memory>
#include <optional>

namespace Earshot {

/// A file opened on this machine, or why not.
struct OpenedFile
{
    Result<std::unique_ptr<Session>> session;
    QString whyReadOnly; ///< in words; empty = it can be written to
};

/// Opens it for reading where it cannot be written to, or shall not be.
/// @param agent see Session::Options @param keyFile too @param whyReadOnly a reason not to write; empty = none
/// @param read the file, where it is open for reading already
[[nodiscard]] OpenedFile openFile(const QString &file, const QString &agent, const QString &keyFile,
                                  QString whyReadOnly, const Clock &clock, std::unique_ptr<Workspace> read = {});

/// When this desk last heard of a network before it was closed; not known where nothing was pulled.
[[nodiscard]] Time heardUntil(Workspace &workspace);

/// What stands against joining a server with a file that is there; nothing where it is that server's replica, or new.
[[nodiscard]] std::optional<QString> whyNotToJoin(const QString &file, const QString &server);

/// The certificates of a file (PEM), by which from now on servers are believed too; empty = no file was named.
[[nodiscard]] Result<QByteArray> trustFile(const QString &caFile);

/// The workspace that was used last, or that a first start makes.
[[nodiscard]] QString lastWorkspace();
/// One that is not there yet, called so.
[[nodiscard]] QString freshWorkspace(const QString &name);

/// In a process of its own, where it is not open already: there it shows its window.
/// @param file empty = another one is to be chosen or made
/// @param isForReading it is opened beside whoever has it open, for reading
[[nodiscard]] bool startElsewhere(const QString &keyFile, const QString &file, bool isForReading = false);

} // namespace Earshot
