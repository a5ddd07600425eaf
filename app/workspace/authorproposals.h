// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

#include <QStringList>

namespace Earshot {

/// Names and handles of contacts that begin so, as a search's "from:" finds them: names first, each in its order, none
/// twice. What could not be written behind "from:" again (with a quotation mark, or spaces that a field would lose) is
/// named by its handle. Looks up a few rows however many contacts there are. Empty for an empty beginning.
/// @param limit of the answer
[[nodiscard]] QStringList loadAuthorProposals(Database &database, const QString &beginning, int limit);

/// Somebody who may be meant, by the name and handle that were found.
struct PersonProposal
{
    ContactId contact; ///< the one that theirs was merged into, if it was
    QString name;
    QString handle;
    QString channelName;
};

/// Contacts with a name or handle that begins so, names first, each once.
[[nodiscard]] Result<QList<PersonProposal>> proposePeople(Database &database, const QString &beginning, int limit);

} // namespace Earshot
