// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

namespace Earshot {

/// One field by RFC 4180. A text that a spreadsheet would take for a formula (it begins with = + - @, tab or carriage
/// return) is preceded by an apostrophe, so that a stranger's text stays text.
[[nodiscard]] QString csvField(const QString &text);

/// A record with its CR LF.
[[nodiscard]] QByteArray csvRecord(const QStringList &fields);

} // namespace Earshot
