// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outboxbatch.h"

#include "model/actionjson.h"
#include "replica/actionids.h"
#include "replica/devicenumbers.h"
#include "replica/forecasts.h"
#include "replica/outboxentry.h"
#include "replica/replicameta.h"
#include "replica/serverera.h"
#include "workspace/facts.h"
#include "workspace/otherwish.h"

#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

namespace {

using State = OutboxEntry::State;

/// Of a request, around the actions, and for each one beside what it says itself: its number.
constexpr qint64 mostBytesAround = 1024;
constexpr qint64 mostBytesBeside = 32;
/// So many are looked at behind one that waits for its files.
constexpr int mostPassed = 200;

QList<OutgoingMedia> filesOf(const OutboxEntry &entry, const QSet<QString> &uploaded)
{
    QList<OutgoingMedia> files;
    const auto *reply = std::get_if<Act::SendReply>(&entry.action.arguments);
    if (reply && !entry.isSettling())
        files = reply->media;
    files.removeIf([&uploaded](const OutgoingMedia &file) { return uploaded.contains(file.hash); });
    return files;
}

/// Whether somebody else has done something there since that the server told of.
bool hasOthersDeed(Database &database, ConversationId conversation, Seq since)
{
    Statement find = database.statement("select_is_others_deed");
    find.bind("conversation", conversation).bind("since", since);
    return find.bind("me", ReplicaMeta::read(database, ReplicaMeta::agent).toLongLong()).next();
}

/// Whether an action is refused for nothing but that somebody has written since. Of a status more is to be said: that
/// somebody else changed it is news, and what is shown ahead hides whose it was.
bool asksWhoWrote(Database &database, const Action &action, ConversationId conversation)
{
    if (std::holds_alternative<Act::SendReply>(action.arguments) ||
        std::holds_alternative<Act::RetryDelivery>(action.arguments))
        return true;
    const bool isStatus = std::holds_alternative<Act::SetStatus>(action.arguments) ||
                          std::holds_alternative<Act::Snooze>(action.arguments);
    return isStatus && !hasOthersDeed(database, conversation, action.basedOn);
}

/// What was wished here alone since is no news, under whatever log-in.
/// @param reached up to here the server's rows are here
Seq acknowledgedOfAll(Database &database, const Action &action, const QStringList &former, Seq reached)
{
    const QStringList own = former + QStringList(ReplicaMeta::read(database, ReplicaMeta::device));
    return loadOtherWish(database, action, own) ? action.basedOn : std::max(action.basedOn, reached);
}

/// What this replica itself wrote under an earlier log-in is no news to who goes on after it.
Seq acknowledgedBy(Writing &writing, const Action &action, const QStringList &former)
{
    Database &database = writing.database();
    if (action.basedOn == 0 || former.isEmpty())
        return action.basedOn;
    const bool isRetry = std::holds_alternative<Act::RetryDelivery>(action.arguments);
    if (isBasedOnAll(action.arguments) && !isRetry)
        return acknowledgedOfAll(database, action, former, writing.lastSeq());
    const auto present = loadFacts(database, action, {}).conversation;
    if (!present || !asksWhoWrote(database, action, present->id))
        return action.basedOn;
    const auto publicSeq = [&](const QString &device) {
        const auto conversation = loadFacts(database, action, device).conversation;
        return conversation ? conversation->publicSeq : 0;
    };
    const Seq now = present->publicSeq;
    const bool isOwn =
        std::ranges::any_of(former, [&](const QString &device) { return publicSeq(device) <= action.basedOn; });
    return isOwn && action.basedOn < now ? now : action.basedOn;
}

/// After a new log-in what came before it in a conversation is to be here first, so that it is known for one's own.
bool waitsForOwn(Database &database, const OutboxEntry &entry, const QStringList &former)
{
    if (former.isEmpty() || entry.isSettling() || entry.action.basedOn == 0 || !entry.conversation.isValid())
        return false;
    Statement find = database.statement("select_outbox_newest");
    find.bind("conversation", entry.conversation).bind("before", entry.id);
    return readEntry(find).has_value();
}

bool isConversation(const QString &member)
{
    return member == QLatin1StringView("conversation") || member == QLatin1StringView("duplicateOf");
}

/// What stands in some conversation, or has some.
bool isInConversation(const QString &member)
{
    static const QSet<QString> members{QStringLiteral("message"), QStringLiteral("target"), QStringLiteral("delivery"),
                                       QStringLiteral("contact"), QStringLiteral("from"),   QStringLiteral("into")};
    return members.contains(member);
}

/// What is passed by, as it waits for its files or is to follow what does.
class PassedBy
{
public:
    [[nodiscard]] bool isEmpty() const { return m_entries.isEmpty(); }
    void add(const OutboxEntry &entry)
    {
        m_entries.insert(entry.id);
        if (entry.conversation.isValid())
            m_conversations.insert(entry.conversation.value);
    }
    /// Whether one builds on any of them.
    [[nodiscard]] bool isFollowedBy(const OutboxEntry &entry) const
    {
        if (isEmpty())
            return false;
        bool isIt = m_conversations.contains(entry.conversation.value) || m_entries.contains(entry.undoes);
        QJsonObject action = toJson(entry.action);
        eachId(action, [&](const QString &member, const QJsonValue &value) {
            const qint64 id = value.toInteger();
            const bool isMadeByOne = id >= firstForecastId && m_entries.contains(entryOfForecast(id));
            isIt = isIt || isMadeByOne || (isConversation(member) && m_conversations.contains(id)) ||
                   (!entry.conversation.isValid() && isInConversation(member));
            return value;
        });
        return isIt;
    }

private:
    QSet<qint64> m_entries;
    QSet<qint64> m_conversations;
};

QList<OutboxEntry> loadFirst(Database &database, int most)
{
    QList<OutboxEntry> entries;
    Statement rows = database.statement("list_outbox_to_send");
    rows.bind("limit", most);
    while (auto entry = readEntry(rows))
        entries.append(*entry);
    return entries;
}

/// @param next to be given where it has none
void markAsSent(Database &database, OutboxEntry &entry, qint64 &next)
{
    // Also of one that was sent under a number which was not the next: without one it would take any.
    if (entry.state != State::waiting && entry.number != 0)
        return;
    if (entry.number == 0)
        entry.number = next++;
    Statement store = database.statement("update_outbox_number");
    store.bind("id", entry.id).bind("number", entry.number).run();
}

} // namespace

Result<OutboxBatch> takeBatch(Writing &writing, const BatchLimits &limits, const QSet<QString> &uploaded)
{
    Database &database = writing.database();
    QList<OutboxEntry> entries = loadFirst(database, limits.actions);
    const bool isHeld =
        std::ranges::any_of(entries, [&](const OutboxEntry &entry) { return !filesOf(entry, uploaded).isEmpty(); });
    if (isHeld)
        entries = loadFirst(database, limits.actions + mostPassed);
    OutboxBatch batch;
    PassedBy passed;
    qint64 number = entries.isEmpty() ? 0 : nextNumber(database);
    const qint64 before = number;
    const QString era = presentEra(database);
    qint64 bytes = 0;
    const QStringList former = formerDevices(database);
    for (OutboxEntry &entry : entries) {
        // Not before it is judged, nor before what it names has a name there.
        if (entry.era != era || batch.entries.size() >= limits.actions)
            break;
        if (passed.isFollowedBy(entry)) {
            passed.add(entry);
            continue;
        }
        if (!isNameable(database, entry) || waitsForOwn(database, entry, former))
            break;
        if (!entry.isReadable) {
            batch.hopeless = batch.entries.isEmpty() ? entry.id : 0;
            batch.why = RefusalKind::unreadable;
            break;
        }
        if (const QList<OutgoingMedia> files = filesOf(entry, uploaded); !files.isEmpty()) {
            if (passed.isEmpty()) {
                batch.files = files;
                batch.waitsForFiles = entry.id;
            }
            passed.add(entry);
            continue;
        }
        entry.action.basedOn = acknowledgedBy(writing, entry.action, former);
        QJsonObject wire = wireOf(database, entry);
        bytes += QJsonDocument(wire).toJson(QJsonDocument::Compact).size() + mostBytesBeside;
        if (limits.bytes > 0 && bytes > limits.bytes - mostBytesAround) {
            batch.hopeless = batch.entries.isEmpty() ? entry.id : 0;
            break;
        }
        if (entry.state == State::waiting)
            batch.first.append(entry.id);
        markAsSent(database, entry, number);
        wire.insert(QStringLiteral("number"), entry.number);
        batch.entries.append(entry.id);
        batch.actions.append(wire);
    }
    if (number > before)
        storeLastNumber(database, number - 1);
    return database.result(batch);
}

Done takeBack(Writing &writing, const QList<qint64> &entries)
{
    for (const qint64 entry : entries) {
        Statement store = writing.statement("update_outbox_unsent");
        store.bind("id", entry).run();
    }
    return writing.database().done();
}

} // namespace Earshot
