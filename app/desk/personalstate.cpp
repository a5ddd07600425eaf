// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/personalstate.h"

#include "model/actionjson.h"
#include "model/future.h"
#include "model/mediajson.h"
#include "workspace/personalstore.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Earshot {

namespace {

QJsonObject toJson(const PersonalState::DraftKey &key, const std::optional<DraftRecord> &draft)
{
    QJsonObject json{{QStringLiteral("conversation"), key.conversation.value},
                     {QStringLiteral("mode"), int(key.mode)},
                     {QStringLiteral("isDropped"), !draft}};
    if (draft) {
        json.insert(QStringLiteral("text"), draft->text);
        json.insert(QStringLiteral("contentWarning"), draft->contentWarning);
        json.insert(QStringLiteral("target"), draft->target.value);
        json.insert(QStringLiteral("basedOn"), draft->basedOn);
        json.insert(QStringLiteral("media"), mediaToJson(draft->media));
        json.insert(QStringLiteral("leftOut"), QJsonArray::fromStringList(draft->leftOut));
        json.insert(QStringLiteral("language"), draft->language);
        json.insert(QStringLiteral("history"), draft->history);
        if (isKnown(draft->updatedAt))
            json.insert(QStringLiteral("at"), toMs(draft->updatedAt));
    }
    return json;
}

DraftRecord draftFromJson(const QJsonObject &json)
{
    DraftRecord draft;
    draft.conversation = ConversationId(json.value(QLatin1StringView("conversation")).toInteger());
    // Of a newer program's window it may be another one than is known here.
    draft.mode = DraftRecord::Mode(std::max(json.value(QLatin1StringView("mode")).toInt(), 0));
    draft.text = json.value(QLatin1StringView("text")).toString();
    draft.contentWarning = json.value(QLatin1StringView("contentWarning")).toString();
    draft.target = MessageId(json.value(QLatin1StringView("target")).toInteger());
    draft.basedOn = json.value(QLatin1StringView("basedOn")).toInteger();
    draft.media = mediaFromJson(json.value(QLatin1StringView("media")).toArray());
    const QJsonArray leftOut = json.value(QLatin1StringView("leftOut")).toArray();
    for (const QJsonValue &handle : leftOut)
        draft.leftOut.append(handle.toString());
    draft.language = json.value(QLatin1StringView("language")).toString();
    draft.history = json.value(QLatin1StringView("history")).toString();
    if (const QJsonValue at = json.value(QLatin1StringView("at")); at.isDouble())
        draft.updatedAt = timeFromMs(at.toInteger());
    return draft;
}

QJsonObject toJson(const QString &uuid, const std::optional<ViewRecord> &view)
{
    QJsonObject json{{QStringLiteral("uuid"), uuid}, {QStringLiteral("isDropped"), !view}};
    if (view) {
        json.insert(QStringLiteral("position"), view->position);
        json.insert(QStringLiteral("view"), toJson(view->content));
    }
    return json;
}

template <class Key, class Value>
void removeKeys(QHash<Key, Value> &from, const QHash<Key, Value> &keys)
{
    from.removeIf([&keys](const auto &entry) { return keys.contains(entry.key()); });
}

} // namespace

void PersonalState::removeAllOf(const PersonalState &newer)
{
    removeKeys(drafts, newer.drafts);
    removeKeys(seen, newer.seen);
    removeKeys(settings, newer.settings);
    removeKeys(views, newer.views);
}

void PersonalState::add(const PersonalState &newer)
{
    drafts.insert(newer.drafts);
    seen.insert(newer.seen);
    settings.insert(newer.settings);
    views.insert(newer.views);
}

QJsonObject toJson(const PersonalState &state)
{
    QJsonArray drafts;
    for (auto it = state.drafts.cbegin(); it != state.drafts.cend(); ++it)
        drafts.append(toJson(it.key(), it.value()));
    QJsonArray seen;
    for (auto it = state.seen.cbegin(); it != state.seen.cend(); ++it)
        seen.append(QJsonArray{it.key().value, it.value().value});
    QJsonObject settings;
    for (auto it = state.settings.cbegin(); it != state.settings.cend(); ++it)
        settings.insert(it.key(), it.value());
    QJsonArray views;
    for (auto it = state.views.cbegin(); it != state.views.cend(); ++it)
        views.append(toJson(it.key(), it.value()));
    return {{QStringLiteral("drafts"), drafts},
            {QStringLiteral("seen"), seen},
            {QStringLiteral("settings"), settings},
            {QStringLiteral("views"), views}};
}

PersonalState personalFromJson(const QJsonObject &json)
{
    PersonalState state;
    const QJsonArray drafts = json.value(QLatin1StringView("drafts")).toArray();
    for (const QJsonValue &value : drafts) {
        const QJsonObject one = value.toObject();
        const DraftRecord draft = draftFromJson(one);
        const bool isDropped = one.value(QLatin1StringView("isDropped")).toBool();
        state.drafts.insert({draft.conversation, draft.mode}, isDropped ? std::nullopt : std::optional(draft));
    }
    const QJsonArray seen = json.value(QLatin1StringView("seen")).toArray();
    for (const QJsonValue &value : seen) {
        const QJsonArray pair = value.toArray();
        state.seen.insert(ConversationId(pair.at(0).toInteger()), MessageId(pair.at(1).toInteger()));
    }
    const QJsonObject settings = json.value(QLatin1StringView("settings")).toObject();
    for (auto it = settings.constBegin(); it != settings.constEnd(); ++it)
        state.settings.insert(it.key(), it.value().toString());
    const QJsonArray views = json.value(QLatin1StringView("views")).toArray();
    for (const QJsonValue &value : views) {
        const QJsonObject one = value.toObject();
        const bool isDropped = one.value(QLatin1StringView("isDropped")).toBool();
        ViewRecord view;
        view.uuid = one.value(QLatin1StringView("uuid")).toString();
        view.position = one.value(QLatin1StringView("position")).toInt();
        const Result<ViewContent> content = viewFromJson(one.value(QLatin1StringView("view")).toObject());
        view.content = content.value_or(ViewContent());
        if (isDropped || content)
            state.views.insert(view.uuid, isDropped ? std::nullopt : std::optional(view));
    }
    return state;
}

namespace {

/// @param draft nothing = it is dropped
void storeDraft(Writing &writing, AgentId agent, const PersonalState::DraftKey &key,
                const std::optional<DraftRecord> &draft)
{
    Statement statement = writing.statement(draft ? "upsert_draft" : "delete_draft");
    statement.bind("agent", agent).bind("conversation", key.conversation).bind("mode", key.mode);
    if (draft) {
        statement.bind("text", draft->text).bind("content_warning", draft->contentWarning);
        statement.bind("target", draft->target.value).bind("based_on", draft->basedOn);
        // When it was typed: the writer may be behind, and what was emptied meanwhile is to be known as older.
        statement.bind("at", isKnown(draft->updatedAt) ? draft->updatedAt : writing.now());
        const QJsonDocument media(mediaToJson(draft->media));
        statement.bind("media", QString::fromUtf8(media.toJson(QJsonDocument::Compact)));
        statement.bind("left_out", draft->leftOut.join(QLatin1Char('\n')));
        statement.bind("language", draft->language).bind("history", draft->history);
    }
    statement.run();
}

} // namespace

void storePersonal(Writing &writing, AgentId agent, const PersonalState &state)
{
    for (auto it = state.drafts.cbegin(); it != state.drafts.cend(); ++it) {
        const ConversationId conversation = it.key().conversation;
        const bool had = hasDraft(writing.database(), agent, conversation);
        storeDraft(writing, agent, it.key(), it.value());
        noteDrafts(writing, agent, conversation, had);
    }
    for (auto it = state.seen.cbegin(); it != state.seen.cend(); ++it)
        storeSeen(writing, agent, it.key(), it.value());
    for (auto it = state.settings.cbegin(); it != state.settings.cend(); ++it) {
        Statement statement = writing.statement("upsert_setting");
        statement.bind("agent", agent).bind("name", it.key()).bind("value", it.value()).run();
    }
    for (auto it = state.views.cbegin(); it != state.views.cend(); ++it)
        storeOwnView(writing, agent, it.key(), it.value());
}

void settleDraft(Writing &writing, AgentId agent, const DraftRecord &draft, bool isKept)
{
    PersonalState state;
    state.drafts.insert({draft.conversation, draft.mode}, isKept ? std::nullopt : std::optional(draft));
    storePersonal(writing, agent, state);
}

PersonalKeeper::PersonalKeeper(Write write, QObject *parent)
    : QObject(parent)
    , m_write(std::move(write))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(2000);
    connect(&m_soon, &QTimer::timeout, this, [this] { static_cast<void>(flush()); });
}

void PersonalKeeper::writeSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void PersonalKeeper::saveDraft(const DraftRecord &draft)
{
    m_waiting.drafts.insert({draft.conversation, draft.mode}, draft);
    m_handedOver.remove({draft.conversation, draft.mode});
    writeSoon();
}

void PersonalKeeper::dropDraft(ConversationId conversation, DraftRecord::Mode mode)
{
    m_waiting.drafts.insert({conversation, mode}, std::nullopt);
    m_handedOver.remove({conversation, mode});
    writeSoon();
}

void PersonalKeeper::forget(const PersonalState::DraftKey &key)
{
    m_waiting.drafts.remove(key);
    for (Written &one : m_written)
        one.state.drafts.remove(key);
    m_handedOver.insert(key);
}

QFuture<QList<Outcome>> PersonalKeeper::handOver(const DraftRecord &draft,
                                                 const std::function<QFuture<QList<Outcome>>()> &write)
{
    forget({draft.conversation, draft.mode});
    const QFuture<QList<Outcome>> done = write();
    whenDone(done, this, [this, draft](const QList<Outcome> &outcomes) {
        const bool isWritten = outcomes.isEmpty() || outcomes.constFirst().refusal.kind != RefusalKind::tryAgain;
        if (!isWritten && m_handedOver.contains({draft.conversation, draft.mode}))
            saveDraft(draft);
    });
    return done;
}

QList<DraftRecord> PersonalKeeper::unwrittenDrafts() const
{
    QList<DraftRecord> drafts;
    for (const std::optional<DraftRecord> &draft : m_waiting.drafts) {
        if (draft)
            drafts.append(*draft);
    }
    return drafts;
}

void PersonalKeeper::markSeen(ConversationId conversation, MessageId newest)
{
    m_waiting.seen.insert(conversation, newest);
    writeSoon();
}

void PersonalKeeper::saveSetting(const QString &name, const QString &value)
{
    m_waiting.settings.insert(name, value);
    writeSoon();
}

void PersonalKeeper::saveView(const ViewRecord &view)
{
    m_waiting.views.insert(view.uuid, view);
    writeSoon();
}

void PersonalKeeper::dropView(const QString &uuid)
{
    m_waiting.views.insert(uuid, std::nullopt);
    writeSoon();
}

QFuture<Done> PersonalKeeper::flush()
{
    m_soon.stop();
    const PersonalState state = std::exchange(m_waiting, {});
    if (state.isEmpty())
        return m_written.isEmpty() ? readyFuture(Done()) : m_flushed;
    const QFuture<Done> done = m_write(state);
    m_flushed = m_written.isEmpty() ? done : both(m_flushed, done);
    m_written.append({++m_lastNumber, state});
    whenDone(done, this, [this, number = m_lastNumber](const Done &result) { settle(number, result); });
    return m_flushed;
}

void PersonalKeeper::settle(qint64 number, const Done &result)
{
    const auto found =
        std::find_if(m_written.begin(), m_written.end(), [number](const Written &one) { return one.number == number; });
    found->isSettled = true;
    PersonalState kept = result ? PersonalState() : found->state;
    for (auto later = found + 1; later != m_written.end(); ++later)
        kept.removeAllOf(later->state);
    while (!m_written.isEmpty() && m_written.constFirst().isSettled)
        m_written.removeFirst();
    if (result) {
        m_isInTrouble = false;
        return;
    }
    // What was typed meanwhile is newer than what could not be written.
    kept.add(m_waiting);
    m_waiting = kept;
    m_soon.start();
    if (!std::exchange(m_isInTrouble, true))
        Q_EMIT failed(result.error());
}

} // namespace Earshot
