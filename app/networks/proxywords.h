// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Earshot {

/// What an error says where a proxy wants to know who comes (HTTP 407); ErrorText says the same to a person.
[[nodiscard]] inline QString proxyAsks()
{
    return QStringLiteral("a proxy on the way asks for a name and a password; they belong into its address in the "
                          "system's settings, as in http://NAME:PASSWORD@PROXY:PORT");
}

} // namespace Earshot
