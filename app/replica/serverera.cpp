// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/serverera.h"

#include "model/actionjson.h"
#include "model/mediajson.h"
#include "replica/actionids.h"
#include "replica/keptdrafts.h"
#include "replica/outboxentry.h"
#include "replica/replicameta.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>

namespace Earshot {

namespace {

using State = OutboxEntry::State;

/// Of what was done before the server was put back unawares: no incarnation is called so.
const QString putBack = QStringLiteral("put back");

QString stemOf(QString incarnation)
{
    return incarnation.remove(u'-');
}

Seq numberHere(Database &database)
{
    return ReplicaMeta::read(database, ReplicaMeta::state).section(u'-', -1).toLongLong();
}

/// The incarnation that the rows say themselves, where it is one that the server names.
QString namedByRows(Database &database, const ServerEra &era)
{
    const QString state = ReplicaMeta::read(database, ReplicaMeta::state);
    QStringList named = era.alike.keys();
    named.prepend(era.incarnation);
    const auto it = std::find_if(named.cbegin(), named.cend(), [&state](const QString &incarnation) {
        return state.startsWith(stemOf(incarnation));
    });
    return it == named.cend() ? putBack : *it;
}

void renameEra(Writing &writing, const QString &was, const QString &era)
{
    Statement store = writing.statement("update_outbox_era");
    store.bind("was", was).bind("era", era).run();
}

QJsonObject knownAlike(Database &database)
{
    return QJsonDocument::fromJson(ReplicaMeta::read(database, ReplicaMeta::alike).toUtf8()).object();
}

/// The server was restored again, from a copy that knows nothing of the incarnation in between: both have what they
/// have of an earlier one.
Seq alikeByEarlier(const QJsonObject &was, const ServerEra &era)
{
    Seq alike = 0;
    for (auto it = was.constBegin(); it != was.constEnd(); ++it)
        alike = std::max(alike, std::min<Seq>(it.value().toInteger(), era.alike.value(it.key())));
    return alike;
}

void storeAlike(Database &database, const ServerEra &era)
{
    QJsonObject alike;
    for (auto it = era.alike.cbegin(); it != era.alike.cend(); ++it)
        alike.insert(it.key(), it.value());
    const QString was = ReplicaMeta::read(database, ReplicaMeta::era);
    if (was != era.incarnation && !was.isEmpty() && !alike.contains(was))
        alike.insert(was, alikeByEarlier(knownAlike(database), era));
    ReplicaMeta::write(database, ReplicaMeta::alike, jsonText(alike));
}

bool reachesNetwork(const ActionArguments &arguments)
{
    return std::holds_alternative<Act::SendReply>(arguments) || std::holds_alternative<Act::PerformEffect>(arguments) ||
           std::holds_alternative<Act::RetryDelivery>(arguments);
}

bool isTyped(const ActionArguments &arguments)
{
    return std::holds_alternative<Act::SendReply>(arguments) || std::holds_alternative<Act::AddNote>(arguments) ||
           std::holds_alternative<Act::EditNote>(arguments) || std::holds_alternative<Act::KeepSavedReply>(arguments);
}

/// Judges what was done under other incarnations, in its order.
class Judging
{
public:
    Judging(Writing &writing, const QString &era, const QJsonObject &alike)
        : m_writing(writing)
        , m_database(writing.database())
        , m_era(era)
        , m_alike(alike)
    {
        Statement rows = m_database.statement("list_outbox_other_era");
        rows.bind("era", era);
        while (auto entry = readEntry(rows))
            m_entries.append(*entry);
    }

    void run()
    {
        for (const OutboxEntry &entry : std::as_const(m_entries))
            noteCalledBack(entry);
        for (const OutboxEntry &entry : std::as_const(m_entries))
            judge(entry);
    }

private:
    [[nodiscard]] Seq alikeUpTo(const OutboxEntry &entry) const { return m_alike.value(entry.era).toInteger(); }

    [[nodiscard]] bool isHere(const OutboxEntry &entry)
    {
        const bool isKnown = entry.state == State::answered || entry.state == State::done;
        if (isKnown && entry.seq != 0 && entry.seq <= alikeUpTo(entry))
            return true;
        return isJournaled(m_database, entry.action.id);
    }

    /// A reply that was certainly called back was not published, and is not to be.
    void noteCalledBack(const OutboxEntry &entry)
    {
        const auto *cancel = std::get_if<Act::CancelDelivery>(&entry.action.arguments);
        if (!cancel || entry.state == State::refused)
            return;
        for (const OutboxEntry &made : std::as_const(m_entries)) {
            const bool isIt = made.outcome && made.outcome->created == cancel->delivery.value;
            if (!isIt)
                continue;
            const bool isCertain = entry.state == State::answered || entry.state == State::done;
            m_ofReplies.insert(entry.id);
            if (isCertain)
                m_calledBack.insert(made.id);
        }
    }

    void judge(const OutboxEntry &entry)
    {
        const bool mayHaveArrived = entry.state != State::waiting;
        const bool isDone = entry.state == State::done;
        if (isHere(entry) || m_calledBack.contains(entry.id) || (m_ofReplies.contains(entry.id) && mayHaveArrived))
            keep(entry, State::done);
        else if (!entry.isReadable)
            keep(entry, entry.state);
        // Nobody can say any more whether it was done there.
        else if (entry.isSettling() || entry.mayBeKnown())
            giveUp(entry);
        else if (entry.state == State::refused)
            keep(entry, entry.state);
        else if (isDone && !isTyped(entry.action.arguments) && reachesNetwork(entry.action.arguments))
            keep(entry, State::done);
        else if (!isAlike(entry))
            isDone && !isTyped(entry.action.arguments) ? keep(entry, State::done) : giveUp(entry);
        else if (mayHaveArrived && reachesNetwork(entry.action.arguments))
            giveUp(entry);
        else
            begin(entry);
    }

    /// Whether all that it names was there already when the two parted.
    [[nodiscard]] bool isAlike(const OutboxEntry &entry)
    {
        const Seq upTo = alikeUpTo(entry);
        bool isIt = true;
        QJsonObject action = toJson(entry.action);
        eachId(action, [&](const QString &member, const QJsonValue &id) {
            isIt = isIt && isOld(member, id.toInteger(), upTo);
            return id;
        });
        return isIt;
    }

    [[nodiscard]] bool isOld(const QString &member, qint64 id, Seq upTo)
    {
        // What was made here is named by the action that makes it.
        if (id >= firstForecastId)
            return true;
        Statement find = m_database.statement("select_created_seq");
        find.bind("name", member).bind("id", id);
        return find.next() && find.integer(0) <= upTo;
    }

    void keep(const OutboxEntry &entry, State state)
    {
        Statement store = m_writing.statement("update_outbox_entry_era");
        store.bind("id", entry.id).bind("state", state).bind("era", m_era).run();
    }

    /// In its place, under its id. What was seen before the two parted is still what was seen.
    void begin(const OutboxEntry &entry)
    {
        Action anew = entry.action;
        if (anew.basedOn != 0)
            anew.basedOn = std::clamp<Seq>(anew.basedOn, 1, std::max<Seq>(1, alikeUpTo(entry)));
        storeBody(entry, toJson(anew));
    }

    void storeBody(const OutboxEntry &entry, const QJsonObject &body)
    {
        Statement store = m_writing.statement("update_outbox_anew");
        store.bind("id", entry.id).bind("era", m_era);
        store.bind("body", jsonText(body)).run();
    }

    /// The same number may be another conversation now: nothing that is not certain is named any more.
    void giveUp(const OutboxEntry &entry)
    {
        const Seq upTo = alikeUpTo(entry);
        QJsonObject action = toJson(entry.action);
        eachId(action, [&](const QString &member, const QJsonValue &id) {
            return isOld(member, id.toInteger(), upTo) ? id : QJsonValue();
        });
        storeBody(entry, action);
        const bool isKnown =
            !entry.conversation.isValid() || isOld(QStringLiteral("conversation"), entry.conversation.value, upTo);
        refuseHere(m_writing, entry.id, RefusalKind::restored, isKnown ? entry.conversation : ConversationId());
    }

    Writing &m_writing;
    Database &m_database;
    const QString m_era;
    const QJsonObject m_alike;
    QList<OutboxEntry> m_entries;
    QSet<qint64> m_calledBack; ///< replies that were
    QSet<qint64> m_ofReplies;  ///< those that call back one of these
};

/// What was begun to be written in a conversation that has another number now, or none.
struct BegunDraft
{
    DraftRecord draft;
    bool isAlike = false;
};

QList<BegunDraft> loadBegun(Database &database, qint64 agent, Seq upTo)
{
    QList<BegunDraft> begun;
    Statement rows = database.statement("list_drafts_begun_after");
    rows.bind("agent", agent).bind("seq", upTo);
    while (rows.next()) {
        BegunDraft one;
        QString media;
        rows >> one.draft.conversation >> one.draft.mode >> one.draft.text >> one.draft.contentWarning >> media >>
            one.draft.language >> one.draft.basedOn >> one.isAlike;
        one.draft.media = mediaFromJson(QJsonDocument::fromJson(media.toUtf8()).array());
        // A newer program's stays: what it is is not known.
        if (DraftRecord::isKnown(one.draft.mode))
            begun.append(one);
    }
    return begun;
}

/// Its words are kept as what could not be sent: what it was about is another one now, or none.
void keepWords(Writing &writing, const DraftRecord &draft, qint64 agent, const QString &era)
{
    DraftRecord words = draft;
    words.conversation = {};
    words.target = {};
    words.basedOn = 0;
    keepAsRefused(writing, words, RefusalKind::restored, era);
    Statement remove = writing.statement("delete_draft_rows");
    remove.bind("agent", agent).bind("conversation", draft.conversation).bind("mode", draft.mode).run();
}

void judgeDrafts(Writing &writing, const QString &era, Seq upTo)
{
    Database &database = writing.database();
    const qint64 agent = ReplicaMeta::read(database, ReplicaMeta::agent).toLongLong();
    const QList<BegunDraft> begun = loadBegun(database, agent, upTo);
    for (const BegunDraft &one : begun) {
        if (!one.isAlike)
            keepWords(writing, one.draft, agent, era);
    }
    Statement store = writing.statement("update_drafts_based_on");
    store.bind("seq", std::max<Seq>(1, upTo)).run();
    // What the server has of them has other versions now: all is compared anew.
    database.statement("delete_all_draft_states").run();
    ReplicaMeta::write(database, ReplicaMeta::drafts, QString());
    ReplicaMeta::write(database, ReplicaMeta::personal, QString());
}

} // namespace

bool enterEra(Writing &writing, const ServerEra &era)
{
    Database &database = writing.database();
    if (era.incarnation.isEmpty())
        return true;
    const QString state = ReplicaMeta::read(database, ReplicaMeta::state);
    const bool isKnown = !ReplicaMeta::read(database, ReplicaMeta::judged).isEmpty();
    if (!isKnown) {
        const QString here = state.isEmpty() ? era.incarnation : namedByRows(database, era);
        ReplicaMeta::write(database, ReplicaMeta::judged, here);
        renameEra(writing, {}, here);
    }
    const bool isPutBack =
        era.newest && state.startsWith(stemOf(era.incarnation)) && *era.newest < numberHere(database);
    if (isPutBack) {
        ReplicaMeta::write(database, ReplicaMeta::judged, putBack);
        // Its newest number may be past the one here before what is here could be removed: then nothing would tell.
        ReplicaMeta::write(database, ReplicaMeta::torn, QStringLiteral("yes"));
        renameEra(writing, era.incarnation, putBack);
    }
    storeAlike(database, era);
    ReplicaMeta::write(database, ReplicaMeta::era, era.incarnation);
    return !isPutBack;
}

QString presentEra(Database &database)
{
    return ReplicaMeta::read(database, ReplicaMeta::era);
}

QString eraOfRows(Database &database)
{
    const QString present = presentEra(database);
    const QString state = ReplicaMeta::read(database, ReplicaMeta::state);
    const bool isPresent = !present.isEmpty() && state.startsWith(stemOf(present)) &&
                           ReplicaMeta::read(database, ReplicaMeta::judged) != putBack;
    return isPresent ? present : ReplicaMeta::read(database, ReplicaMeta::judged);
}

bool isOfAnotherEra(Database &database)
{
    return ReplicaMeta::read(database, ReplicaMeta::judged) != presentEra(database);
}

void judgeOtherEras(Writing &writing)
{
    Database &database = writing.database();
    const QString era = presentEra(database);
    const QJsonObject alike = knownAlike(database);
    const Seq upTo = alike.value(ReplicaMeta::read(database, ReplicaMeta::judged)).toInteger();
    Judging(writing, era, alike).run();
    judgeDrafts(writing, era, upTo);
    ReplicaMeta::write(database, ReplicaMeta::judged, era);
    writing.notice().hasOutbox = true;
}

} // namespace Earshot
