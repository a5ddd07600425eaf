// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"

#include <QCoreApplication>

namespace Earshot {

/// What was found at an address, for people.
class FindingWords final
{
    Q_DECLARE_TR_FUNCTIONS(Earshot::FindingWords)

public:
    explicit FindingWords(const QList<Finding> &all)
        : m_all(all)
    {
    }
    /// An account is the person's own, or somebody's to whom they want to listen: that has to be asked. Empty = nothing
    /// has.
    [[nodiscard]] QString question() const;
    /// In three lines: what it is; where; what can be done there, and what it needs.
    [[nodiscard]] QString of(const Finding &finding) const { return withLastLine(finding, abilities(finding)); }
    /// The same of what cannot be connected.
    [[nodiscard]] QString of(const Finding &finding, const QString &whyNot) const
    {
        return withLastLine(finding, whyNot);
    }

private:
    /// Whether it is one of the two that question() is about.
    [[nodiscard]] bool isAsked(const Finding &finding) const;
    [[nodiscard]] QString withLastLine(const Finding &finding, const QString &line) const;
    [[nodiscard]] static QString abilities(const Finding &finding);

    const QList<Finding> &m_all;
};

} // namespace Earshot
