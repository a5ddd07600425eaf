// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/rowdigest.h"

#include "workspace/rowwalk.h"
#include "workspace/schema.h"
#include "workspace/wireforms.h"
#include "workspace/wirerows.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <limits>

namespace Earshot {

namespace {

/// Qt writes what RFC 8785 asks for: names in order, no space, the short escapes, whole numbers as digits.
QByteArray digestOf(const RowWalk &walk, const QStringList &properties)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(wireTypeOf(walk.table()).toUtf8());
    hash.addData("\n");
    hash.addData(QJsonDocument(walk.row(properties)).toJson(QJsonDocument::Compact));
    return hash.result();
}

} // namespace

QByteArray RangeDigest::digest() const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const DigestedRow &row : rows)
        hash.addData(row.digest);
    return hash.result();
}

RangeDigest digestRows(Database &database, const DigestRange &range,
                       const std::function<bool(const QByteArray &, qint64, qint64)> &sees)
{
    RangeDigest found;
    found.upTo = range.since;
    const auto properties = propertiesOfForm(range.form > 0 ? range.form : newestSynchronisedVersion());
    if (!properties) {
        database.setFailure(properties.error());
        return found;
    }
    RowWalk walk(database, range.since, RowWalk::Stones::without);
    for (int examined = 0; walk.hasMore() && (range.upTo == 0 || walk.seq() <= range.upTo); walk.step(), ++examined) {
        const bool isKnown = properties->isEmpty() || properties->contains(walk.table());
        const bool isSeen = isKnown && sees(walk.table(), walk.channel(), walk.id());
        found.hasMore = (isSeen && found.rows.size() == range.mostRows) || examined == range.mostExamined;
        if (found.hasMore)
            return found;
        found.upTo = walk.seq();
        if (isSeen)
            found.rows.append({walk.table(), walk.id(), walk.seq(), digestOf(walk, properties->value(walk.table()))});
    }
    found.upTo = range.upTo == 0 ? std::numeric_limits<qint64>::max() : range.upTo;
    return found;
}

} // namespace Earshot
