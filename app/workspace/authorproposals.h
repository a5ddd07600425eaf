// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

#include <QStringList>

namespace Earshot {

/// Names and handles of contacts who may be meant by what is typed, as a search's "from:" finds them (TypedName): the
/// whole handle first, then names that begin so and handles, each in its order, then whose other words do, the newest
/// ones; none twice. What could not be written behind "from:" again (with a quotation mark, or spaces that a field
/// would lose) is named by its handle. Looks up a few rows however many contacts there are. Empty where nothing is
/// typed.
/// @param limit of the answer
[[nodiscard]] QStringList loadAuthorProposals(Database &database, const QString &typed, int limit);

/// Somebody who may be meant, by the name and handle that were found.
struct PersonProposal
{
    ContactId contact; ///< the one that theirs was merged into, if it was
    QString name;
    QString handle;
    QString channelName;
};

/// The contacts who may be meant, in the same order, each once.
[[nodiscard]] Result<QList<PersonProposal>> proposePeople(Database &database, const QString &typed, int limit);

} // namespace Earshot
