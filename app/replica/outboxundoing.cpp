// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outboxundoing.h"

#include "model/actionjson.h"
#include "replica/actionids.h"
#include "replica/forecasts.h"

namespace Earshot {

namespace {

using State = OutboxEntry::State;

/// What was last done to the same conversation; or, where that is of none, to whatever is of none.
std::optional<OutboxEntry> newestBefore(Database &database, const OutboxEntry &entry)
{
    const bool isPlaced = entry.conversation.isValid();
    Statement find = database.statement(isPlaced ? "select_outbox_newest" : "select_outbox_newest_unplaced");
    if (isPlaced)
        find.bind("conversation", entry.conversation);
    find.bind("before", entry.id);
    return readEntry(find);
}

/// The one that an action takes back: its delivery, or what was last done there.
std::optional<OutboxEntry> undoneBy(Database &database, const OutboxEntry &entry)
{
    if (const auto *cancel = std::get_if<Act::CancelDelivery>(&entry.action.arguments)) {
        if (!isForecast(cancel->delivery))
            return std::nullopt;
        const auto made = loadEntry(database, entryOfForecast(cancel->delivery.value));
        const bool isIt = made && made->outcome && made->outcome->created == cancel->delivery.value;
        return isIt ? made : std::nullopt;
    }
    const auto newest = newestBefore(database, entry);
    const bool isIt = newest && newest->outcome && newest->outcome->inverse == entry.action.arguments;
    return isIt ? newest : std::nullopt;
}

/// A later part of a reply in several ones, that a delivery shown here is of; 0 = it is of none.
int partOf(Database &database, const OutboxEntry &made, DeliveryId delivery)
{
    const auto *reply = std::get_if<Act::SendReply>(&made.action.arguments);
    Statement find = database.statement("select_delivery_uuid");
    const QString uuid = reply && find.bind("id", delivery).next() ? find.text(0) : QString();
    for (qsizetype part = 1; reply && part <= reply->furtherParts.size(); ++part) {
        if (uuid == uuidOfPart(made.action.id, int(part)))
            return int(part);
    }
    return 0;
}

/// What is called back of a reply in several parts that has not been sent is never sent, with what was to stand below
/// it; what stands above it goes out.
/// @return whether that is so
bool withdrawPart(Writing &writing, OutboxEntry &entry)
{
    Database &database = writing.database();
    const auto *cancel = std::get_if<Act::CancelDelivery>(&entry.action.arguments);
    if (!cancel || !isForecast(cancel->delivery))
        return false;
    const auto made = loadEntry(database, entryOfForecast(cancel->delivery.value));
    const int part = made ? partOf(database, *made, cancel->delivery) : 0;
    if (part == 0)
        return false;
    if (made->state != State::waiting) {
        Statement store = writing.statement("update_outbox_part");
        store.bind("id", entry.id).bind("undoes", made->id).bind("part", part).run();
        return false;
    }
    Action shorter = made->action;
    auto &reply = std::get<Act::SendReply>(shorter.arguments);
    reply.furtherParts = reply.furtherParts.first(part - 1);
    withdrawForecasts(writing);
    Statement store = writing.statement("update_outbox_body");
    store.bind("id", made->id).bind("body", jsonText(toJson(shorter))).run();
    deleteEntry(writing, entry.id);
    decideAgain(writing);
    return true;
}

/// Whether it is what made its tag.
bool hasMadeTag(Database &database, const OutboxEntry &entry)
{
    const auto *added = std::get_if<Act::AddTag>(&entry.action.arguments);
    if (!added)
        return false;
    Statement find = database.statement("select_tag_by_name");
    const qint64 tag = find.bind("name", added->tag.trimmed()).next() ? find.integer(0) : 0;
    return tag >= firstForecastId && entryOfForecast(tag) == entry.id;
}

/// Whether something that waits names what an entry made.
bool isNamed(Database &database, const OutboxEntry &made)
{
    bool isIt = false;
    Statement rows = database.statement("list_outbox_open");
    while (const auto entry = readEntry(rows)) {
        QJsonObject action = toJson(entry->action);
        eachId(action, [&](const QString &, const QJsonValue &value) {
            const qint64 id = value.toInteger();
            isIt = isIt || (id >= firstForecastId && entryOfForecast(id) == made.id);
            return value;
        });
    }
    return isIt;
}

/// What is undone before it was sent never goes out.
/// @return whether that is so
bool withdrawWithUndone(Writing &writing, const OutboxEntry &entry, Outcome &shown)
{
    Database &database = writing.database();
    const auto undone = undoneBy(database, entry);
    if (!undone || !undone->isOpen())
        return false;
    const bool isUnsent = undone->state == State::waiting;
    const bool isTagMade = isUnsent && hasMadeTag(database, *undone);
    // The tag stays when it is taken from the conversation: a view or a notice may be of it by now.
    const bool isToGo = isUnsent && !(isTagMade && isNamed(database, *undone));
    if (isToGo)
        setEntryState(writing, undone->id, State::withdrawn, undone->undoes);
    setEntryState(writing, entry.id, isToGo ? State::withdrawn : State::waiting, undone->id);
    const bool isMadeAnew = shown.created >= firstForecastId && entryOfForecast(shown.created) == entry.id;
    if (!isToGo || !(isTagMade || isMadeAnew))
        return isToGo;
    // Nobody is to name what never comes: what was there before is shown again, under its own id.
    withdrawForecasts(writing);
    decideAgain(writing);
    writing.notice().hasChannels = writing.notice().hasViews = true;
    if (isMadeAnew) {
        shown.created = 0;
        shown.inverse = undone->action.arguments;
    }
    return true;
}

} // namespace

bool withdrawUnsent(Writing &writing, OutboxEntry &entry, Outcome &shown)
{
    return withdrawPart(writing, entry) || withdrawWithUndone(writing, entry, shown);
}

} // namespace Earshot
