// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/workspace.h"

#include <QJsonObject>
#include <QList>
#include <QRandomGenerator>

namespace Earshot {

/// What one device has sent, and what it was answered so far.
class SentActions
{
public:
    SentActions(QByteArray token, bool isAdmin)
        : m_token(std::move(token))
        , m_isAdmin(isAdmin)
    {
    }

    /// Something that others may have been quicker to do, or the next of all kinds that the device's agent may.
    void add(QRandomGenerator &random);
    [[nodiscard]] const QByteArray &token() const { return m_token; }
    /// In the order of their numbers.
    [[nodiscard]] const QList<QJsonObject> &actions() const { return m_actions; }
    /// All of it, some in one request.
    [[nodiscard]] QByteArray requests(const QString &account) const;

    QList<QJsonObject> outcomes; ///< of the first of them

private:
    [[nodiscard]] QString filled(QString arguments, QRandomGenerator &random) const;

    QByteArray m_token;
    bool m_isAdmin;
    QList<QJsonObject> m_actions;
    QHash<QString, QString> m_last; ///< the id of the last action of a kind
};

/// All kinds of actions that there are.
[[nodiscard]] QStringList everyKindOfAction();

/// What the journal lacks or has too much of, after these were answered; empty = each that did something is in it
/// once, as what it was, and nothing else is.
[[nodiscard]] QStringList journalProblems(Workspace &workspace, const QList<SentActions> &devices);

} // namespace Earshot
