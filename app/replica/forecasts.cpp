// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/forecasts.h"

#include "desk/deciding.h"
#include "model/actionjson.h"
#include "model/withdrawal.h"
#include "replica/actionids.h"
#include "replica/replicameta.h"
#include "workspace/changerecorder.h"
#include "workspace/facts.h"
#include "workspace/wirerows.h"

#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

namespace {

/// So many rows one entry may make.
constexpr qint64 rowsOfEntry = 1 << 16;

std::optional<ActingParty> partyHere(Database &database)
{
    const AgentId me(ReplicaMeta::read(database, ReplicaMeta::agent).toLongLong());
    const auto actor = loadActor(database, me);
    if (!actor)
        return std::nullopt;
    return ActingParty{*actor, ReplicaMeta::read(database, ReplicaMeta::device), 0};
}

void addNotice(CommitNotice &notice, const CommitNotice &other)
{
    notice.conversations += other.conversations;
    notice.hasDeliveries = notice.hasDeliveries || other.hasDeliveries;
    notice.hasChannels = notice.hasChannels || other.hasChannels;
    notice.hasViews = notice.hasViews || other.hasViews;
}

void storeForecast(Database &database, const OutboxEntry &entry, const QByteArray &changes)
{
    Statement store = database.statement("update_outbox_forecast");
    store.bind("id", entry.id).bind("forecast", changes).bind("conversation", entry.conversation);
    const QJsonObject outcome = entry.outcome ? toJson(*entry.outcome) : QJsonObject();
    store.bind("outcome", QString::fromUtf8(QJsonDocument(outcome).toJson(QJsonDocument::Compact))).run();
}

/// Whether a reply that the server has can still be called back, its clock decides: time goes on there.
bool isUpToTheServer(const Action &action)
{
    const auto *cancel = std::get_if<Act::CancelDelivery>(&action.arguments);
    return cancel && !isForecast(cancel->delivery);
}

/// Decides in a savepoint of its own: where the file's own keys forbid what the rules allow, or only the server can
/// know, nothing is shown.
std::pair<Outcome, QByteArray> decideAhead(Writing &ahead, const Action &action, const ActingParty &party)
{
    Database &database = ahead.database();
    database.execute(QStringLiteral("SAVEPOINT forecast"));
    ChangeRecorder recorder(database);
    Outcome outcome = decideAndApply(ahead, action, party);
    QByteArray changes = recorder.take();
    const bool isForbidden = database.failure() && database.failure()->kind == ErrorKind::invalid;
    if (isForbidden || (isUpToTheServer(action) && outcome.isApplied())) {
        static_cast<void>(database.takeFailure());
        database.execute(QStringLiteral("ROLLBACK TO forecast"));
        outcome = Outcome();
        outcome.kind = Outcome::Kind::unknown;
        changes.clear();
    }
    database.execute(QStringLiteral("RELEASE forecast"));
    return {outcome, changes};
}

Outcome forecastAs(Writing &writing, OutboxEntry &entry, ActingParty party)
{
    Database &database = writing.database();
    party.number = entry.number;
    Seq position = writing.lastSeq();
    CommitNotice notice;
    // As of when it was done: a note keeps its time, and a snooze until a time that is past by now is one all the same.
    Writing ahead = Writing(database, position, notice, entry.at).forecasting(firstForecastId + entry.id * rowsOfEntry);
    auto [outcome, changes] = decideAhead(ahead, withServersIds(database, entry.action), party);
    outcome.isForecast = true;
    outcome.seq = position;
    outcome.undoBasedOn = position;
    if (!entry.conversation.isValid() && notice.conversations.size() == 1)
        entry.conversation = *notice.conversations.cbegin();
    if (entry.state < OutboxEntry::State::answered)
        entry.outcome = outcome;
    storeForecast(database, entry, changes);
    addNotice(writing.notice(), notice);
    return outcome;
}

/// The last number of this device that the rows here know of; 0 = as long as slices come, one may know of more than the
/// others.
qint64 lastNumberHere(Database &database)
{
    if (!isCompleteReplica(database))
        return 0;
    Statement find = database.statement("select_device");
    return find.bind("uuid", ReplicaMeta::read(database, ReplicaMeta::device)).next() ? find.integer(1) : 0;
}

/// Whether the rows here hold what it did.
/// @param reached up to here nothing is missing
bool isHere(Database &database, const OutboxEntry &entry, qint64 lastNumber, Seq reached)
{
    if (entry.number != 0 && entry.number <= lastNumber)
        return true;
    if (entry.state == OutboxEntry::State::answered && entry.seq <= reached)
        return true;
    return isJournaled(database, entry.action.id);
}

/// What is shown ahead, by what rows can concern it.
struct Shown
{
    bool isAny = false;
    bool isEverything = false; ///< something is to be decided whatever comes, or is of no one conversation
    QSet<qint64> conversations;
    QString device;
};

Shown loadShown(Database &database, Seq position)
{
    Shown shown;
    Statement rows = database.statement("list_outbox_touched");
    rows.bind("position", position);
    while (rows.next()) {
        shown.isAny = true;
        shown.conversations.insert(rows.integer(0));
        shown.isEverything = shown.isEverything || rows.integer(0) == 0 || rows.integer(1) != 0;
    }
    return shown;
}

QVariant valueIn(Database &database, const ChangedRow &row, const char *column)
{
    const QList<WireColumn> &columns = wireColumns(database, row.table);
    for (qsizetype i = 0; i < std::min(row.values.size(), columns.size()); ++i) {
        if (columns.at(i).column == column)
            return row.values.at(i);
    }
    return {};
}

/// Most of what colleagues do is in other conversations.
bool isElsewhere(Database &database, const Shown &shown, const ChangedRow &row)
{
    static const QSet<QByteArray> ofConversations{"message", "journal", "delivery", "conversation_tag", "note_mention"};
    static const QSet<QByteArray> unread{"message_version", "media", "contact", "identity", "thread"};
    if (row.isGone)
        return false;
    if (row.table == "conversation")
        return !shown.conversations.contains(row.id);
    if (row.table == "device")
        return valueIn(database, row, "uuid").toString() != shown.device;
    if (ofConversations.contains(row.table))
        return !shown.conversations.contains(valueIn(database, row, "conversation").toLongLong());
    return unread.contains(row.table);
}

QString actionOf(Database &database, qint64 entry)
{
    const auto found = loadEntry(database, entry);
    return found ? found->action.id.toString(QUuid::WithoutBraces) : QString();
}

/// Members that are lists inside of an argument.
bool isInside(const QString &member)
{
    return member == QLatin1StringView("tags") || member == QLatin1StringView("withoutTags");
}

/// The arguments' ids of rows that were made here, each by `translate(member, action's UUID, its value)`.
template <class Translate>
QJsonObject translated(Database &database, QJsonObject action, Translate translate)
{
    eachId(action, [&](const QString &member, const QJsonValue &value) {
        const qint64 id = value.toInteger();
        const QString uuid = id < firstForecastId ? QString() : actionOf(database, entryOfForecast(id));
        return uuid.isEmpty() ? value : translate(member, uuid, value);
    });
    return action;
}

/// @param name of the member: which table is meant
qint64 madeBy(Database &database, const QString &name, const QString &uuid)
{
    Statement find = database.statement("select_made_by_action");
    return find.bind("name", name).bind("uuid", uuid).next() ? find.integer(0) : 0;
}

bool isTag(const QString &member)
{
    return member == QLatin1StringView("tag") || isInside(member);
}

qint64 serversId(Database &database, const QString &member, const QString &uuid)
{
    const qint64 id = madeBy(database, isTag(member) ? QStringLiteral("tag") : member, uuid);
    if (id != 0 || !isTag(member))
        return id;
    // Somebody else made one of that name before.
    Statement made = database.statement("select_outbox_of_action");
    made.bind("action", uuid);
    const auto entry = readEntry(made);
    const auto *added = entry ? std::get_if<Act::AddTag>(&entry->action.arguments) : nullptr;
    Statement find = database.statement("select_tag_by_name");
    const bool isThere = added && find.bind("name", added->tag.trimmed()).next();
    return isThere && find.integer(0) < firstForecastId ? find.integer(0) : 0;
}

/// The delivery of a later part of a reply that is called back; 0 = its row has not come.
qint64 deliveryOfPart(Database &database, const OutboxEntry &entry)
{
    const auto made = loadEntry(database, entry.undoes);
    return made ? madeBy(database, QStringLiteral("delivery"), uuidOfPart(made->action.id, entry.part)) : 0;
}

/// Whether it may still become what it was to make.
bool isOpenMaker(Database &database, qint64 id)
{
    const auto made = loadEntry(database, id);
    return made && made->isOpen();
}

} // namespace

bool isCompleteReplica(Database &database)
{
    return !ReplicaMeta::read(database, ReplicaMeta::asOf).isEmpty();
}

bool isAhead(Database &database)
{
    return database.statement("select_is_ahead").next();
}

Outcome forecast(Writing &writing, OutboxEntry &entry)
{
    const auto party = partyHere(writing.database());
    if (party)
        return forecastAs(writing, entry, *party);
    Outcome unknown;
    unknown.isForecast = true;
    return unknown;
}

bool concernsForecasts(Database &database, const ChangeBatch &batch, Seq position)
{
    Shown shown = loadShown(database, position);
    if (!shown.isAny || shown.isEverything)
        return shown.isAny;
    shown.device = ReplicaMeta::read(database, ReplicaMeta::device);
    return std::any_of(batch.rows.cbegin(), batch.rows.cend(),
                       [&](const ChangedRow &row) { return !isElsewhere(database, shown, row); });
}

void withdrawForecasts(Writing &writing)
{
    Database &database = writing.database();
    // All at once: taken back one after another, the last one first, each would begin a part of the index, and it has
    // no more than 2,000.
    for (const char *name : {"unindex_forecasts", "mark_forecasts_unindexed"})
        database.statement(name).run();
    QList<QByteArray> changes;
    {
        Statement rows = database.statement("list_outbox_forecasts");
        while (rows.next()) {
            changes.append(rows.bytes(0));
            if (const ConversationId conversation(rows.integer(1)); conversation.isValid())
                writing.notice().conversations.insert(conversation);
            writing.notice().hasDeliveries = true;
        }
    }
    if (!changes.isEmpty())
        revertChanges(database, changes);
    for (const char *name : {"delete_outbox_withdrawn", "clear_outbox_forecasts"})
        database.statement(name).run();
}

bool withdrawUndone(Writing &writing)
{
    if (writing.database().statement("list_outbox_open").next())
        return false;
    withdrawForecasts(writing);
    writing.notice().hasOutbox = true;
    return true;
}

void lookWithoutForecasts(Writing &writing, const std::function<void(Database &)> &look)
{
    Database &database = writing.database();
    Seq position = writing.lastSeq();
    // Nothing changes for anybody.
    CommitNotice notice;
    Writing aside(database, position, notice, writing.now());
    database.execute(QStringLiteral("SAVEPOINT without_forecasts"));
    withdrawForecasts(aside);
    look(database);
    database.execute(QStringLiteral("ROLLBACK TO without_forecasts"));
    database.execute(QStringLiteral("RELEASE without_forecasts"));
}

void decideAgain(Writing &writing, Seq reached)
{
    Database &database = writing.database();
    const auto party = partyHere(database);
    if (!party)
        return;
    QList<OutboxEntry> open;
    {
        Statement rows = database.statement("list_outbox_open");
        while (auto entry = readEntry(rows))
            open.append(*entry);
    }
    const qint64 lastNumber = open.isEmpty() ? 0 : lastNumberHere(database);
    for (OutboxEntry &entry : open) {
        if (!entry.isReadable || entry.isSettling() || isHere(database, entry, lastNumber, reached))
            storeForecast(database, entry, {});
        else
            forecastAs(writing, entry, *party);
    }
}

Action withServersIds(Database &database, const Action &action)
{
    const QJsonObject plain = toJson(action);
    const QJsonObject known =
        translated(database, plain, [&](const QString &member, const QString &uuid, const QJsonValue &value) {
            const qint64 id = serversId(database, member, uuid);
            return id != 0 ? QJsonValue(id) : value;
        });
    return known == plain ? action : actionFromJson(known).value_or(action);
}

QString uuidOfPart(const QUuid &action, int part)
{
    return QUuid::createUuidV5(action, QString::number(part)).toString(QUuid::WithoutBraces);
}

bool isNameable(Database &database, const OutboxEntry &entry)
{
    if (entry.isSettling())
        return true;
    // A refused one never makes it: then the server says so.
    if (entry.part != 0)
        return deliveryOfPart(database, entry) != 0 || !isOpenMaker(database, entry.undoes);
    bool isIt = true;
    translated(database, toJson(entry.action), [&](const QString &member, const QString &uuid, const QJsonValue &id) {
        const bool isMissing = isInside(member) && serversId(database, member, uuid) == 0;
        isIt = isIt && !(isMissing && isOpenMaker(database, entryOfForecast(id.toInteger())));
        return id;
    });
    return isIt;
}

QJsonObject wireOf(Database &database, const OutboxEntry &entry)
{
    // Without a word of what it was: that may be what was turned away.
    if (entry.isSettling())
        return {{QStringLiteral("id"), entry.action.id.toString(QUuid::WithoutBraces)},
                {QStringLiteral("kind"), QString(withdrawalKind)},
                {QStringLiteral("arguments"), QJsonObject()}};
    QJsonObject wire = wireOf(database, entry.action);
    if (entry.part != 0) {
        QJsonObject arguments = wire.value(QLatin1StringView("arguments")).toObject();
        const qint64 delivery = deliveryOfPart(database, entry);
        arguments.insert(QStringLiteral("delivery"),
                         delivery != 0 ? QJsonValue(delivery) : QJsonValue(u'#' + uuidOfPart(entry.action.id, 0)));
        wire.insert(QStringLiteral("arguments"), arguments);
    }
    return wire;
}

QJsonObject wireOf(Database &database, const Action &action)
{
    QJsonObject wire =
        translated(database, toJson(action), [&](const QString &member, const QString &uuid, const QJsonValue &) {
            if (const qint64 id = serversId(database, member, uuid); id != 0)
                return QJsonValue(id);
            // What is answered with it is the newest; a reply's name stands for its delivery there.
            return member == QLatin1StringView("target") ? QJsonValue() : QJsonValue(u'#' + uuid);
        });
    // The server knows who this device is.
    for (const char *name : {"device", "actor"})
        wire.insert(QLatin1StringView(name), QJsonValue());
    return wire;
}

} // namespace Earshot
