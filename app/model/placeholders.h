// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

#include <optional>

namespace Earshot {

// Placeholders of saved replies and macros: a word in braces. Those in placeholderWords() are filled in; any other,
// such as "{order number}", is a gap that a person fills.

/// What there is to fill in; what is not known stays a gap.
struct PlaceholderValues
{
    QString name;      ///< the contact's
    QString firstName; ///< its first word
    QString handle;
    QString agent; ///< who writes
    QString channel;
    QString number; ///< "#4411"
    QString link;   ///< of the public thread
};

/// "name", "first name", "handle", "agent", "channel", "number", "link".
[[nodiscard]] const QStringList &placeholderWords();
[[nodiscard]] QString fillPlaceholders(const QString &text, const PlaceholderValues &values);

/// A gap in a text, in UTF-16 units, with its braces.
struct Gap
{
    qsizetype from = 0;
    qsizetype length = 0;
    bool operator==(const Gap &) const = default;
};
/// The first gap that begins at or after `from`: at most 60 units, on one line.
[[nodiscard]] std::optional<Gap> nextGap(const QString &text, qsizetype from = 0);

} // namespace Earshot
