// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/drafts.h"

#include "server/methodarguments.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostInAnswer = 100;
constexpr qsizetype bytesOfAnswer = 4 * 1024 * 1024;

/// As long as deleted rows are remembered.
constexpr Duration goneKept = std::chrono::days(90);

/// A device that was away for longer is told what is left.
void forgetGone(Writing &writing, AgentId agent)
{
    const Time limit = writing.now() - goneKept;
    qint64 newest = 0;
    {
        Statement find = writing.statement("select_told_drafts_gone");
        if (find.bind("agent", agent).bind("limit", limit).next())
            newest = find.integer(0);
    }
    if (newest == 0)
        return;
    Statement store = writing.statement("upsert_told_drafts_forgotten");
    store.bind("agent", agent).bind("version", newest).run();
    Statement remove = writing.statement("delete_told_drafts_gone");
    remove.bind("agent", agent).bind("limit", limit).run();
}

/// Where something was forgotten that this device may not have heard: what is left of what it may know.
/// @param since up to which it knows all @return up to which it does then
qint64 tellForgotten(MethodContext &context, qint64 since, QJsonObject &answer)
{
    Statement find = context.database.statement("select_told_drafts_forgotten");
    const qint64 forgotten = find.bind("agent", context.viewer.agent).next() ? find.integer(0) : 0;
    if (since >= forgotten)
        return since;
    QJsonArray present;
    Statement rows = context.database.statement("list_told_drafts_present");
    rows.bind("agent", context.viewer.agent);
    while (rows.next()) {
        const QString mode = wordOfMode(static_cast<DraftRecord::Mode>(rows.integer(1)));
        // A newer program was told of one that has no name here: it is not to pass for gone.
        if (mode.isEmpty())
            return since;
        present.append(QJsonObject{{QStringLiteral("conversation"), QString::number(rows.integer(0))},
                                   {QStringLiteral("mode"), mode}});
    }
    answer.insert(QStringLiteral("forgottenUpTo"), forgotten);
    answer.insert(QStringLiteral("present"), present);
    return forgotten;
}

QJsonObject objectFrom(const QString &body)
{
    return QJsonDocument::fromJson(body.toUtf8()).object();
}

/// What is there, or what was there last.
void tellDraft(QJsonObject &json, const QString &body, const QString &was)
{
    json.insert(QStringLiteral("draft"), body.isEmpty() ? QJsonValue() : QJsonValue(objectFrom(body)));
    if (body.isEmpty() && !was.isEmpty())
        json.insert(QStringLiteral("was"), QJsonArray::fromStringList(was.split(u' ')));
}

/// A device that lost the answer to a telling knows by these what became of it.
QString wasAfter(const StoredDraft &there, const QString &body)
{
    constexpr qsizetype most = 8;
    if (body.isEmpty())
        return there.was;
    QStringList digests = there.body.isEmpty() ? QStringList() : there.was.split(u' ', Qt::SkipEmptyParts);
    const QString digest = digestOf(toldDraftFromJson(objectFrom(body)));
    digests.removeAll(digest);
    digests.append(digest);
    return digests.mid(std::max(digests.size() - most, qsizetype(0))).join(u' ');
}

} // namespace

Result<DraftWish> draftWishFrom(const Viewer &viewer, const QJsonObject &json)
{
    MethodArguments arguments(json, {"conversation", "mode", "ifVersion", "ifIncarnation", "draft"});
    const QString conversation = arguments.text("conversation").value_or(QString());
    const auto mode = modeFromWord(arguments.text("mode").value_or(QString()));
    const QJsonValue draft = arguments.value("draft");
    DraftWish wish{viewer.agent,
                   viewer.hidden,
                   ConversationId(conversation.toLongLong()),
                   mode.value_or(DraftRecord::Mode::reply),
                   arguments.number("ifVersion", 0).value_or(0),
                   {}};
    static_cast<void>(arguments.text("ifIncarnation"));
    if (!wish.conversation.isValid())
        arguments.complain("conversation");
    if (!mode)
        arguments.complain("mode");
    if (!draft.isNull() && !draft.isObject())
        arguments.complain("draft");
    if (arguments.problem())
        return fail(ErrorKind::invalid, arguments.problem()->description);
    if (draft.isObject()) {
        const QByteArray body = QJsonDocument(draft.toObject()).toJson(QJsonDocument::Compact);
        if (body.size() > largestDraft)
            return fail(ErrorKind::tooLarge, QStringLiteral("a draft has at most %1 bytes").arg(largestDraft));
        wish.body = QString::fromUtf8(body);
    }
    return wish;
}

Result<StoredDraft> storeDraft(Writing &writing, const DraftWish &wish)
{
    Database &database = writing.database();
    {
        Statement find = database.statement("select_conversation_channel");
        if (!find.bind("id", wish.conversation).next() || wish.hidden.contains(find.integer(0)))
            return fail(ErrorKind::notFound, QStringLiteral("no such conversation"));
    }
    StoredDraft there;
    {
        Statement find = database.statement("select_told_draft");
        find.bind("agent", wish.agent).bind("conversation", wish.conversation).bind("mode", wish.mode);
        if (find.next())
            find >> there.version >> there.body >> there.was;
    }
    const bool isFree = wish.ifVersion == 0 && there.body.isEmpty();
    if (wish.ifVersion != there.version && !isFree)
        return database.result(there);
    forgetGone(writing, wish.agent);
    StoredDraft stored{true, 0, {}, {}};
    {
        Statement last = database.statement("select_told_draft_version");
        stored.version = last.bind("agent", wish.agent).next() ? last.integer(0) + 1 : 1;
    }
    Statement store = database.statement("upsert_told_draft");
    store.bind("agent", wish.agent).bind("conversation", wish.conversation).bind("mode", wish.mode);
    store.bind("version", stored.version).bind("body", wish.body);
    store.bind("was", wasAfter(there, wish.body)).bind("at", writing.now()).run();
    return database.result(stored);
}

QJsonObject toWire(const StoredDraft &draft)
{
    QJsonObject json{{QStringLiteral("isStored"), draft.isStored}, {QStringLiteral("version"), draft.version}};
    if (!draft.isStored)
        tellDraft(json, draft.body, draft.was);
    return json;
}

MethodResult changedDrafts(MethodContext &context, const QJsonObject &json)
{
    MethodArguments arguments(json, {"accountId", "sinceState"});
    const QString state = arguments.text("sinceState").value_or(QString());
    if (arguments.problem())
        return tl::unexpected(*arguments.problem());
    // Of another incarnation or other grants: from the beginning.
    Seq since = context.viewer.seqOf(state).value_or(0);
    {
        // What it has heard of was lost here: from the beginning, too.
        Statement last = context.database.statement("select_told_draft_version");
        if (last.bind("agent", context.viewer.agent).next() && last.integer(0) < since)
            since = 0;
    }
    QJsonObject answer{{QStringLiteral("accountId"), context.viewer.account}};
    const qint64 knownThen = tellForgotten(context, since, answer);
    Statement rows = context.database.statement("list_told_drafts");
    rows.bind("agent", context.viewer.agent).bind("since", since).bind("limit", mostInAnswer + 1);
    QJsonArray list;
    qsizetype bytes = 0;
    int examined = 0;
    bool hasMore = false;
    while (rows.next() && !hasMore) {
        const QString body = rows.text(3);
        bytes += body.size();
        hasMore = ++examined > mostInAnswer || (bytes > bytesOfAnswer && examined > 1);
        if (hasMore)
            break;
        since = rows.integer(2);
        // Of what was withdrawn nothing is told; it is there when it comes into sight again.
        const QString mode = wordOfMode(static_cast<DraftRecord::Mode>(rows.integer(1)));
        if (mode.isEmpty() || !context.viewer.sees(ChannelId(rows.integer(4))))
            continue;
        QJsonObject told{{QStringLiteral("conversation"), QString::number(rows.integer(0))},
                         {QStringLiteral("mode"), mode},
                         {QStringLiteral("version"), rows.integer(2)}};
        tellDraft(told, body, rows.text(5));
        list.append(told);
    }
    answer.insert(QStringLiteral("list"), list);
    answer.insert(QStringLiteral("newState"), context.viewer.state(hasMore ? since : std::max(since, knownThen)));
    answer.insert(QStringLiteral("hasMoreChanges"), hasMore);
    return answer;
}

} // namespace Earshot
