// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/authorproposals.h"

#include "workspace/searchplan.h"
#include "workspace/typedname.h"

#include <QSet>

namespace Earshot {

namespace {

/// Many are of one name: so many are read for each that is wanted.
constexpr int readForEach = 8;

/// How somebody was found, as propose_authors says it.
enum Found : qint64 { byHandle = 0, byName = 1, byWords = 2 };

bool isWritable(const QString &text)
{
    return !text.isEmpty() && text == text.simplified() && !text.contains(QLatin1Char('"'));
}

void bindTyped(Statement &rows, const QString &text, const TypedName &typed, int limit)
{
    rows.bind("from", text).bind("end", endOfBeginning(text)).bind("match", typed.expression());
    rows.bind("limit", limit * readForEach);
}

} // namespace

QStringList loadAuthorProposals(Database &database, const QString &typed, int limit)
{
    QStringList found;
    if (typed.isEmpty())
        return found;
    const TypedName meant(typed);
    Statement rows = database.statement("propose_authors");
    bindTyped(rows, typed, meant, limit);
    while (rows.next() && found.size() < limit) {
        const QString name = rows.text(0);
        const QString handle = rows.text(1);
        const qint64 way = rows.integer(2);
        const bool isByName = way == byName || (way == byWords && meant.isOf(name));
        const QString &proposed = isByName && isWritable(name) ? name : handle;
        if (isWritable(proposed) && !found.contains(proposed))
            found.append(proposed);
    }
    return found;
}

Result<QList<PersonProposal>> proposePeople(Database &database, const QString &typed, int limit)
{
    QList<PersonProposal> people;
    QSet<qint64> met;
    if (typed.isEmpty())
        return people;
    Statement rows = database.statement("propose_people");
    bindTyped(rows, typed, TypedName(typed), limit);
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
