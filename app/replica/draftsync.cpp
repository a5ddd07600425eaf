// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/draftsync.h"

#include "replica/performcall.h"
#include "replica/replicafile.h"
#include "replica/replicameta.h"

#include <QJsonArray>
#include <QSysInfo>

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

/// The same text would be refused again.
bool isRefused(ErrorKind kind)
{
    return kind == ErrorKind::tooLarge || kind == ErrorKind::notFound || kind == ErrorKind::invalid ||
           kind == ErrorKind::refused || kind == ErrorKind::permission;
}

/// As an answer has it; empty = it was sent or discarded.
ToldDraft toldFrom(const QJsonObject &json, const DraftKey &key)
{
    ToldDraft told = toldDraftFromJson(json.value(QLatin1StringView("draft")).toObject());
    if (told.isEmpty())
        told = toldDraftFromJson({{QStringLiteral("was"), json.value(QLatin1StringView("was"))}});
    told.draft.conversation = key.conversation;
    told.draft.mode = key.mode;
    return told;
}

std::optional<ArrivedDraft> arrivedFrom(const QJsonObject &json)
{
    const auto mode = modeFromWord(json.value(QLatin1StringView("mode")).toString());
    const ConversationId conversation(json.value(QLatin1StringView("conversation")).toString().toLongLong());
    if (!mode || !conversation.isValid())
        return std::nullopt;
    const DraftKey key{conversation, *mode};
    return ArrivedDraft{key, json.value(QLatin1StringView("version")).toInteger(), toldFrom(json, key)};
}

} // namespace

DraftSync::DraftSync(Workspace &workspace, ServerConnection &connection, PersonalKeeper &keeper, AgentId me,
                     Duration betweenTries, QObject *parent)
    : PersonalSync(workspace, connection, QStringLiteral("Draft"), ReplicaMeta::drafts, betweenTries, parent)
    , m_keeper(keeper)
    , m_me(me)
{
    m_tryPutOff.setSingleShot(true);
    connect(&m_tryPutOff, &QTimer::timeout, this, [this] {
        m_putOff.clear();
        wake();
    });
}

void DraftSync::begin()
{
    m_isCurrent = false;
    m_timesPutOff = 0;
    m_putOff.clear();
    m_tryPutOff.stop();
}

void DraftSync::rest()
{
    PersonalSync::rest();
    m_tryPutOff.stop();
}

void DraftSync::setCurrent(bool isCurrent)
{
    if (std::exchange(m_isCurrent, isCurrent) != isCurrent && isCurrent)
        wake();
}

void DraftSync::hold(const QObject *editor, const std::optional<DraftKey> &key)
{
    if (key)
        m_held.insert(editor, *key);
    else if (m_held.remove(editor))
        wake();
}

DraftPlace DraftSync::place() const
{
    return {m_me, QSysInfo::machineHostName(), {m_held.cbegin(), m_held.cend()}, m_isCurrent};
}

void DraftSync::take(const Answer &answer)
{
    DraftNews news;
    news.state = answer.state;
    news.since = answer.since;
    news.isAnew = answer.isAnew;
    for (const QJsonValue &one : answer.json.value(QLatin1StringView("list")).toArray()) {
        auto arrived = arrivedFrom(one.toObject());
        if (!arrived)
            continue;
        // Heard of before: what is here of the same words was typed since then.
        if (arrived->version <= numberOfState(answer.since))
            arrived->told.was.clear();
        news.drafts.append(*arrived);
    }
    news.forgottenUpTo = answer.json.value(QLatin1StringView("forgottenUpTo")).toInteger();
    for (const QJsonValue &one : answer.json.value(QLatin1StringView("present")).toArray()) {
        if (const auto present = arrivedFrom(one.toObject()))
            news.present.insert(present->key);
    }
    takeNews(news);
}

void DraftSync::takeNews(const DraftNews &news)
{
    // What was typed here until now is to be in the file.
    static_cast<void>(m_keeper.flush());
    whenDone(workspace().write<QList<DraftChange>>(
                 Urgency::interactive,
                 [place = place(), news](Writing &writing) { return takeDrafts(writing, place, news); }),
             this, [this](const Result<QList<DraftChange>> &changes) { onTaken(changes); });
}

void DraftSync::onTaken(const Result<QList<DraftChange>> &changes)
{
    if (!changes) {
        setBehind();
        pause(changes.error());
        return;
    }
    for (const DraftChange &change : *changes) {
        // Typed on in the meantime: that is going to be written over what came.
        const bool isTypedOn = change.isReplaced && m_keeper.isWaiting(change.key);
        if (isTypedOn)
            m_typedOver.append(change);
        else
            Q_EMIT arrived(change.key.conversation, change.key.mode, change.isReplaced);
    }
    if (m_typedOver.isEmpty())
        end(true);
    else
        keepBeside();
}

/// Until it is there nothing is told: what is typed here would take its place at the server, too.
void DraftSync::keepBeside()
{
    const auto kept = workspace().write<void>(
        Urgency::interactive, [place = place(), changes = m_typedOver](Writing &writing) -> Done {
            for (const DraftChange &one : changes)
                settleBeside(writing, place, one.key.conversation, one.arrived, true);
            return {};
        });
    static_cast<void>(m_keeper.flush());
    whenDone(kept, this, [this](const Done &done) {
        if (!done) {
            pause(done.error());
            return;
        }
        for (const DraftChange &one : std::exchange(m_typedOver, {}))
            Q_EMIT arrived(one.key.conversation, one.arrived.mode, false);
        end(true);
    });
}

void DraftSync::look()
{
    if (!m_typedOver.isEmpty()) {
        keepBeside();
        return;
    }
    const auto work = workspace().read<std::optional<DraftWork>>(
        [place = place(), left = RefusedDrafts(m_refused).unite(m_putOff)](Database &database) {
            return nextDraftWork(database, place, left);
        });
    whenDone(work, this, [this](const Result<std::optional<DraftWork>> &found) { onWork(found); });
}

void DraftSync::onWork(const Result<std::optional<DraftWork>> &work)
{
    if (!work)
        pause(work.error());
    else if (!*work)
        end();
    else if ((*work)->isToSettle) {
        static_cast<void>(m_keeper.flush());
        whenDone(workspace().write<QList<DraftChange>>(Urgency::interactive,
                                                       [place = place(), key = (*work)->key](Writing &writing) {
                                                           return settleDrafts(writing, place, key);
                                                       }),
                 this, [this](const Result<QList<DraftChange>> &changes) { onTaken(changes); });
    } else if (mayTell())
        tell(**work);
    else
        end();
}

/// Noted first: if the program ends before the answer is noted, what comes is known for its own.
void DraftSync::tell(const DraftWork &work)
{
    const auto noted = workspace().write<void>(Urgency::interactive, [work](Writing &writing) -> Done {
        noteDraftSaid(writing, work);
        return {};
    });
    whenDone(noted, this, [this, work](const Done &done) {
        if (!done || !session())
            pause(done ? Error{ErrorKind::transient, {}, {}} : done.error());
        else
            say(work);
    });
}

void DraftSync::say(const DraftWork &work)
{
    const QJsonObject draft = toJson(work.told);
    // Sent again it finds itself there.
    call({QStringLiteral("Draft/set"),
          {{QStringLiteral("conversation"), QString::number(work.key.conversation.value)},
           {QStringLiteral("mode"), wordOfMode(work.key.mode)},
           {QStringLiteral("ifVersion"), work.version},
           {QStringLiteral("ifIncarnation"), session()->era.incarnation},
           {QStringLiteral("draft"), draft.isEmpty() ? QJsonValue() : QJsonValue(draft)}}},
         [this, work](const Result<QJsonObject> &answer) { onTellAnswer(work, answer); });
}

void DraftSync::onTellAnswer(const DraftWork &work, const Result<QJsonObject> &answer)
{
    if (!answer) {
        onRefused(work, answer.error());
        return;
    }
    setWell();
    if (m_putOff.isEmpty())
        m_timesPutOff = 0;
    const qint64 version = answer->value(QLatin1StringView("version")).toInteger();
    if (!answer->value(QLatin1StringView("isStored")).toBool()) {
        // It was put back to an earlier day unawares.
        if (version < work.version) {
            setBehind();
            DraftNews anew;
            anew.isAnew = true;
            takeNews(anew);
            return;
        }
        // Another machine was first.
        DraftNews first;
        first.drafts = {{work.key, version, toldFrom(*answer, work.key)}};
        takeNews(first);
        return;
    }
    const auto noted = workspace().write<void>(Urgency::interactive, [work, version](Writing &writing) -> Done {
        noteDraftTold(writing, work, version);
        return {};
    });
    whenDone(noted, this, [this](const Done &done) {
        if (done)
            end(true);
        else
            pause(done.error());
    });
}

void DraftSync::onRefused(const DraftWork &work, const Error &error)
{
    if (error.kind == ErrorKind::unsupported)
        setServerOld();
    else if (isRefused(error.kind)) {
        // Unless something else is so since then.
        if (!isBehind() && !isSightOld())
            m_refused.insert(work.key, work.digest);
    } else {
        // It may have been heard there: what became of it is asked before it is told again.
        setBehind();
        TurnedAway::isIt(error.kind) ? putOff(work, error) : pause(error);
        return;
    }
    if (error.kind == ErrorKind::tooLarge)
        Q_EMIT stays(error);
    end(true);
}

/// Its words may look like an attack to something on the way. Whether anything else gets through is asked first.
void DraftSync::putOff(const DraftWork &work, const Error &error)
{
    m_putOff.insert(work.key, work.digest);
    if (!m_tryPutOff.isActive())
        m_tryPutOff.start(pauseAfter(m_timesPutOff++, error.until));
    end(true);
}

/// What is kept beside is there before mine takes its place; what is given up goes when mine is kept.
QFuture<Done> DraftSync::settle(ConversationId conversation, const TypedElsewhere &typed, bool isKept)
{
    const auto ended = Pending<void>::create();
    const auto end = [this, ended, conversation, mode = typed.mode](const Done &done) {
        Q_EMIT arrived(conversation, mode, false);
        wake();
        ended->end(done);
    };
    const auto settleIt = [this, conversation, typed, isKept, end] {
        const auto settled = workspace().write<void>(
            Urgency::interactive, [place = place(), conversation, typed, isKept](Writing &writing) -> Done {
                settleBeside(writing, place, conversation, typed, isKept);
                return {};
            });
        whenDone(settled, this, end);
    };
    if (isKept) {
        settleIt();
        static_cast<void>(m_keeper.flush());
        return ended->future();
    }
    whenDone(m_keeper.flush(), this, [settleIt, end](const Done &kept) { kept ? settleIt() : end(kept); });
    return ended->future();
}

} // namespace Earshot
