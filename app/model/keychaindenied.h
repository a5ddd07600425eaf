// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

namespace Earshot {

// A keychain that is there, and is locked, or whose person lets nobody in now: unlike one that is missing, it may
// answer another time. Both are `noKeychain`; it is told by its detail.

inline constexpr auto keychainDeniedWord = "the keychain is locked";

[[nodiscard]] inline Error keychainDenied(const QString &detail)
{
    return {ErrorKind::noKeychain, QString::fromLatin1(keychainDeniedWord) + QStringLiteral(": ") + detail, {}};
}

[[nodiscard]] inline bool isKeychainDenied(const Error &error)
{
    return error.kind == ErrorKind::noKeychain && error.detail.startsWith(QLatin1StringView(keychainDeniedWord));
}

} // namespace Earshot
