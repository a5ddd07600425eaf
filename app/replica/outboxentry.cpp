// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outboxentry.h"

#include "model/actionjson.h"

#include <QJsonDocument>

namespace Earshot {

std::optional<OutboxEntry> readEntry(Statement &rows)
{
    if (!rows.next())
        return std::nullopt;
    OutboxEntry entry;
    QString body;
    QString outcome;
    bool isUndecided = false;
    rows >> entry.id >> body >> entry.at >> entry.conversation >> entry.number >> entry.state >> outcome >> entry.seq >>
        entry.undoes >> isUndecided;
    entry.isDecided = !isUndecided;
    if (const auto action = actionFromJson(QJsonDocument::fromJson(body.toUtf8()).object()))
        entry.action = *action;
    if (const auto known = outcomeFromJson(QJsonDocument::fromJson(outcome.toUtf8()).object()))
        entry.outcome = *known;
    if (entry.outcome)
        entry.outcome->isForecast = entry.state < OutboxEntry::State::answered;
    return entry;
}

std::optional<OutboxEntry> loadEntry(Database &database, qint64 id)
{
    Statement find = database.statement("select_outbox_entry");
    find.bind("id", id);
    return readEntry(find);
}

} // namespace Earshot
