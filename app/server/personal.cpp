// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/personal.h"

#include "server/methodarguments.h"
#include "workspace/personalstore.h"
#include "workspace/viewstore.h"

#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostRows = 5000;
constexpr qsizetype mostTold = 1000;
/// Of all views together, in JSON.
constexpr qsizetype largest = 256 * 1024;

qint64 idFrom(const QJsonValue &value)
{
    bool isNumber = false;
    const qint64 id = value.toString().toLongLong(&isNumber);
    return isNumber && id >= 0 ? id : -1;
}

/// @return false: it is no such thing
bool takeSeen(const QJsonObject &json, PersonalWish &wish)
{
    for (auto it = json.constBegin(); it != json.constEnd(); ++it) {
        const ConversationId conversation(idFrom(it.key()));
        const qint64 message = idFrom(it.value()[QLatin1StringView("message")]);
        const qint64 was = idFrom(it.value()[QLatin1StringView("was")]);
        if (conversation.value <= 0 || message < 0 || was < 0)
            return false;
        wish.state.seen.insert(conversation, MessageId(message));
        wish.was.insert(conversation, MessageId(was));
    }
    return json.size() <= mostTold;
}

/// All would be kept.
bool areSound(const QHash<QString, std::optional<ViewRecord>> &views)
{
    return std::all_of(views.cbegin(), views.cend(), [](std::optional<ViewRecord> view) {
        return !view || (!view->uuid.isEmpty() && tidyView(view->content).isEmpty());
    });
}

struct SeenPlace
{
    ChannelId channel;
    MessageId newest;
    MessageId seen;
};

std::optional<SeenPlace> placeOf(Database &database, AgentId agent, ConversationId conversation)
{
    Statement find = database.statement("select_seen_place");
    if (!find.bind("agent", agent).bind("conversation", conversation).next())
        return std::nullopt;
    SeenPlace place;
    find >> place.channel >> place.newest >> place.seen;
    return place;
}

/// Up to a number.
QJsonValue viewsBetween(Database &database, AgentId agent, qint64 since, qint64 upTo)
{
    PersonalState state;
    const auto eachOf = [&](const char *name, const std::function<void(Statement & row)> &take) {
        Statement rows = database.statement(name);
        rows.bind("agent", agent).bind("since", since).bind("up_to", upTo);
        while (rows.next())
            take(rows);
    };
    eachOf("list_own_views_gone_since", [&state](Statement &row) { state.views.insert(row.text(0), std::nullopt); });
    eachOf("list_own_views_since", [&state](Statement &row) {
        const ViewRecord view = readView(row);
        state.views.insert(view.uuid, view);
    });
    return toJson(state).value(QLatin1StringView("views"));
}

QJsonObject seenToWire(const QHash<ConversationId, MessageId> &seen)
{
    QJsonObject json;
    for (auto it = seen.cbegin(); it != seen.cend(); ++it)
        json.insert(QString::number(it.key().value), QString::number(it.value().value));
    return json;
}

} // namespace

Result<PersonalWish> personalWishFrom(const Viewer &viewer, const QJsonObject &json)
{
    MethodArguments arguments(json, {"seen", "views", "ifIncarnation"});
    const QJsonValue seen = arguments.value("seen");
    const QJsonValue views = arguments.value("views");
    PersonalWish wish{viewer.agent, viewer.hidden, {}, {}};
    wish.state.views = personalFromJson({{QStringLiteral("views"), views}}).views;
    static_cast<void>(arguments.text("ifIncarnation"));
    if (arguments.isGiven("seen") && (!seen.isObject() || !takeSeen(seen.toObject(), wish)))
        arguments.complain("seen");
    // Also where one of them is of a newer program.
    if (arguments.isGiven("views") &&
        (!views.isArray() || views.toArray().size() != wish.state.views.size() || !areSound(wish.state.views)))
        arguments.complain("views");
    if (arguments.problem())
        return fail(ErrorKind::invalid, arguments.problem()->description);
    if (QJsonDocument(views.toArray()).toJson(QJsonDocument::Compact).size() > largest)
        return fail(ErrorKind::tooLarge, QStringLiteral("views have at most %1 bytes").arg(largest));
    return wish;
}

Result<StoredPersonal> storePersonalWish(Writing &writing, const PersonalWish &wish)
{
    Database &database = writing.database();
    StoredPersonal stored{personalVersion(database, wish.agent), 0, {}};
    PersonalState state = wish.state;
    for (auto it = wish.state.seen.cbegin(); it != wish.state.seen.cend(); ++it) {
        const auto place = placeOf(database, wish.agent, it.key());
        const bool isVisible = place && !wish.hidden.contains(place->channel.value);
        // Of what is not here nothing was seen: an earlier incarnation gave its numbers to something else.
        const bool isHere = isVisible && it.value().value <= place->newest.value;
        const bool isBehind = isHere && wish.was.value(it.key()) != place->seen && it.value().value < place->seen.value;
        if (isHere && !isBehind && it.value() != place->seen)
            continue;
        state.seen.remove(it.key());
        if (isVisible && it.value() != place->seen)
            stored.otherwise.insert(it.key(), place->seen);
    }
    storePersonal(writing, wish.agent, state);
    stored.after = personalVersion(database, wish.agent);
    return database.result(stored);
}

QJsonObject toWire(const StoredPersonal &stored, const Viewer &viewer)
{
    return {{QStringLiteral("oldState"), viewer.state(stored.before)},
            {QStringLiteral("newState"), viewer.state(stored.after)},
            {QStringLiteral("otherwise"), seenToWire(stored.otherwise)}};
}

MethodResult changedPersonal(MethodContext &context, const QJsonObject &json)
{
    MethodArguments arguments(json, {"accountId", "sinceState"});
    const QString known = arguments.text("sinceState").value_or(QString());
    if (arguments.problem())
        return tl::unexpected(*arguments.problem());
    const AgentId agent = context.viewer.agent;
    const qint64 last = personalVersion(context.database, agent);
    // Of another incarnation or other grants, or where what it has heard of was lost here: from the beginning.
    Seq since = context.viewer.seqOf(known).value_or(0);
    since = since > last ? 0 : since;
    QHash<ConversationId, MessageId> seen;
    qint64 upTo = last;
    Statement rows = context.database.statement("list_seen_since");
    rows.bind("agent", agent).bind("since", since).bind("limit", mostRows + 1);
    int examined = 0;
    for (qint64 version = since; rows.next(); version = rows.integer(2)) {
        if (++examined > mostRows) {
            upTo = version;
            break;
        }
        // Of what was withdrawn nothing is told; it is there when it comes into sight again.
        if (context.viewer.sees(ChannelId(rows.integer(3))))
            seen.insert(ConversationId(rows.integer(0)), MessageId(rows.integer(1)));
    }
    return QJsonObject{{QStringLiteral("accountId"), context.viewer.account},
                       {QStringLiteral("seen"), seenToWire(seen)},
                       {QStringLiteral("views"), viewsBetween(context.database, agent, since, upTo)},
                       {QStringLiteral("newState"), context.viewer.state(upTo)},
                       {QStringLiteral("hasMoreChanges"), upTo < last}};
}

} // namespace Earshot
