// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QLocale>
#include <QString>

namespace Earshot {

/// The emoji that are found by name in the composer: few, those that people who answer customers use.
class Emoji final
{
public:
    struct Entry
    {
        QString name; ///< one word, as it is typed after the colon
        QString text;
    };
    /// With the English names, and those of the locale's language where there are some. In the order of their use.
    [[nodiscard]] static QList<Entry> entries(const QLocale &locale);
};

} // namespace Earshot
