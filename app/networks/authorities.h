// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QByteArray>
#include <QSslConfiguration>

namespace Earshot {

/// From now on this process trusts these certificates too: a server's own, or those of the authority that signed it.
/// For connections that are made afterwards. Errors: invalid (there is no certificate in it).
[[nodiscard]] Done trustAuthorities(const QByteArray &pem);

/// The same for those connections that are given it.
[[nodiscard]] Result<QSslConfiguration> trustingAuthorities(const QByteArray &pem);

/// Such a file's contents, at most 4 MiB. Errors: notFound, io, tooLarge.
[[nodiscard]] Result<QByteArray> readAuthorities(const QString &file);

} // namespace Earshot
