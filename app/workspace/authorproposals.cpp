// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/authorproposals.h"

#include "workspace/searchplan.h"

#include <QSet>

namespace Earshot {

namespace {

/// Many are of one name: so many are read for each that is wanted.
constexpr int readForEach = 8;

bool isWritable(const QString &text)
{
    return !text.isEmpty() && text == text.simplified() && !text.contains(QLatin1Char('"'));
}

} // namespace

QStringList loadAuthorProposals(Database &database, const QString &beginning, int limit)
{
    QStringList found;
    if (beginning.isEmpty())
        return found;
    Statement rows = database.statement("propose_authors");
    rows.bind("from", beginning).bind("end", endOfBeginning(beginning)).bind("limit", limit * readForEach);
    while (rows.next() && found.size() < limit) {
        const QString name = rows.text(0);
        const QString handle = rows.text(1);
        const bool isByName = rows.integer(2) != 0;
        const QString &proposed = isByName && isWritable(name) ? name : handle;
        if (isWritable(proposed) && !found.contains(proposed))
            found.append(proposed);
    }
    return found;
}

Result<QList<PersonProposal>> proposePeople(Database &database, const QString &beginning, int limit)
{
    QList<PersonProposal> people;
    QSet<qint64> met;
    if (beginning.isEmpty())
        return people;
    Statement rows = database.statement("propose_people");
    rows.bind("from", beginning).bind("end", endOfBeginning(beginning)).bind("limit", limit * readForEach);
    while (rows.next() && people.size() < limit) {
        PersonProposal one;
        rows >> one.contact >> one.name >> one.handle >> one.channelName;
        if (!one.contact.isValid() || met.contains(one.contact.value))
            continue;
        met.insert(one.contact.value);
        people.append(one);
    }
    return database.result(people);
}

} // namespace Earshot
