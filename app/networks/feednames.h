// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QXmlStreamAttributes>

#include <utility>
#include <vector>

namespace Earshot {

/// The prefixes that are in force at a place of a document, and the one name that we have for what they mean. Done here
/// and not by the XML reader because feeds in the wild forget declarations and spell addresses of namespaces in many
/// ways. A value of one reading; not thread-safe.
class FeedNames
{
public:
    /// The declarations of one element, for as long as it is open.
    class Scope
    {
    public:
        Scope(FeedNames &names, QStringView elementName, const QXmlStreamAttributes &attributes);
        ~Scope();
        Q_DISABLE_COPY_MOVE(Scope)

    private:
        FeedNames &m_names;
        size_t m_outer;
    };

    [[nodiscard]] QString canonical(const QString &qualifiedName) const;
    /// Attributes without prefix have none, whatever the default namespace is.
    [[nodiscard]] QString canonicalAttribute(const QString &qualifiedName) const;
    /// Remembers what is declared now, for stretches read after an error.
    void keepForRepairs() { m_kept = m_declared; }
    void startRepair() { m_declared = m_kept; }

private:
    [[nodiscard]] QString meaning(const QString &prefix) const;

    std::vector<std::pair<QString, QString>> m_declared; ///< prefix as written, ours
    std::vector<std::pair<QString, QString>> m_kept;
};

} // namespace Earshot
