// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/excerpt.h"

namespace Earshot {

/// What somebody types of a name or a handle. Its parts between spaces are in any order, each in the name or in the
/// handle, with "@" before it in the handle; the last one may go on. So "holm", "mira ho", "social.exa" and "@mira" are
/// all of Mira Holm, @mira@social.example. What has no word, a sign alone, is a beginning.
class TypedName
{
public:
    explicit TypedName(const QString &text);

    [[nodiscard]] bool hasWords() const { return !m_parts.isEmpty(); }
    /// In the query language of the index of names; matches nothing where there is no word.
    [[nodiscard]] QString expression() const;
    /// Finds more than is meant, and quickly: the index has beginnings of six letters at most, and of all that has a
    /// longer word it looks at each. Empty where the last word is no longer than that.
    [[nodiscard]] QString shortExpression() const;
    /// Whether they may be meant who are called so.
    [[nodiscard]] bool isOf(const QString &name, const QString &handle = {}) const;

private:
    struct Part
    {
        QString text;
        ExcerptTerm words;
        bool isOfHandle = false;
    };
    /// @param end instead of the last part
    [[nodiscard]] QString expressionWith(const QString &end) const;

    QString m_text;
    QList<Part> m_parts;
};

} // namespace Earshot
