// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/draftsync.h"

#include "replica/pauses.h"
#include "replica/performcall.h"
#include "replica/replicafile.h"
#include "replica/replicameta.h"

#include <QJsonArray>
#include <QSysInfo>

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

constexpr Duration longestPause = std::chrono::seconds(30);
/// With a line that says nothing.
constexpr Duration patience = std::chrono::seconds(20);

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
    : QObject(parent)
    , m_workspace(workspace)
    , m_connection(connection)
    , m_keeper(keeper)
    , m_me(me)
    , m_betweenTries(betweenTries)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &DraftSync::next);
    m_tryPutOff.setSingleShot(true);
    connect(&m_tryPutOff, &QTimer::timeout, this, [this] {
        m_putOff.clear();
        wake();
    });
    connect(&connection, &ServerConnection::told, this, &DraftSync::onTold);
    // Between the session's beginning and this nothing was told.
    connect(&connection, &ServerConnection::listening, this, &DraftSync::askAgain);
}

void DraftSync::setSession(const ServerSession &session)
{
    m_session = session;
    m_isServerOld = false;
    m_isCurrent = false;
    m_failures = 0;
    m_timesPutOff = 0;
    m_refused.clear();
    m_putOff.clear();
    m_tryPutOff.stop();
    askAgain();
}

void DraftSync::rest()
{
    m_session.reset();
    m_again.stop();
    m_tryPutOff.stop();
}

void DraftSync::setCurrent(bool isCurrent)
{
    if (std::exchange(m_isCurrent, isCurrent) != isCurrent && isCurrent)
        wake();
}

void DraftSync::wake()
{
    m_isWoken = true;
    if (!m_again.isActive())
        next();
}

void DraftSync::askAgain()
{
    m_isBehind = true;
    m_again.stop();
    onRosterChanged();
}

/// A server in trouble is left alone all the same: each piece of a slice may change them.
void DraftSync::onRosterChanged()
{
    m_isSightOld = true;
    m_refused.clear();
    wake();
}

void DraftSync::onTold(const QJsonObject &message)
{
    // Beside deltas there is none but of drafts, and seldom one of what the agent may see.
    if (message.value(QLatin1StringView("@type")) == QLatin1StringView("StateChange"))
        askAgain();
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

void DraftSync::next()
{
    if (m_isBusy)
        return;
    m_isBusy = true;
    m_isWoken = false;
    if ((m_isBehind || m_isSightOld) && m_session && !m_isServerOld)
        ask();
    else
        look();
}

void DraftSync::end()
{
    m_isBusy = false;
    if (m_isWoken)
        next();
    else
        Q_EMIT idle();
}

QFuture<Done> DraftSync::untilTold(Duration most)
{
    if (!m_session || !m_isBusy)
        return readyFuture(Done());
    const auto told = Pending<void>::create();
    connect(this, &DraftSync::idle, this, [told] { told->end({}); });
    QTimer::singleShot(most, this, [told] { told->end({}); });
    return told->future();
}

void DraftSync::pause(const Error &error)
{
    m_isBusy = false;
    Q_EMIT idle();
    if (!m_session)
        return;
    m_again.start(pauseAfter(m_failures++, error.until));
}

std::chrono::milliseconds DraftSync::pauseAfter(int failures, Time until) const
{
    const Duration grown = m_betweenTries * (1 << std::min(failures, 16));
    return scattered(std::min(grown, longestPause), until, m_workspace.clock().now(), longestPause);
}

bool DraftSync::isLate(const ServerSession &asked)
{
    if (!m_session || m_session->isSameAs(asked))
        return false;
    m_isWoken = true;
    end();
    return true;
}

void DraftSync::ask()
{
    const auto state = m_workspace.read<QString>(
        [](Database &database) { return database.result(ReplicaMeta::read(database, ReplicaMeta::drafts)); });
    whenDone(state, this, [this](const Result<QString> &since) {
        if (!since || !m_session) {
            pause(since ? Error{ErrorKind::transient, {}, {}} : since.error());
            return;
        }
        m_isSightOld = false;
        // Only what was withdrawn is to be heard of anew.
        if (!std::exchange(m_isBehind, false) && !since->isEmpty()) {
            look();
            return;
        }
        const ServerCall call{QStringLiteral("Draft/changes"), {{QStringLiteral("sinceState"), *since}}};
        whenDone(m_connection.callOnce(m_session->account, call, patience), this,
                 [this, since = *since, asked = *m_session](const Result<QJsonObject> &answer) {
                     if (!isLate(asked))
                         onAnswer(since, answer);
                 });
    });
}

void DraftSync::onAnswer(const QString &since, const Result<QJsonObject> &answer)
{
    if (!answer && answer.error().kind == ErrorKind::unsupported) {
        m_isServerOld = true;
        look();
        return;
    }
    if (!answer) {
        m_isBehind = true;
        pause(answer.error());
        return;
    }
    m_failures = 0;
    m_isBehind = m_isBehind || answer->value(QLatin1StringView("hasMoreChanges")).toBool();
    DraftNews news;
    news.state = answer->value(QLatin1StringView("newState")).toString();
    news.since = since;
    // It was put back to an earlier day unawares.
    news.isAnew = eraOfState(news.state) == eraOfState(since) && numberOfState(news.state) < numberOfState(since);
    for (const QJsonValue &one : answer->value(QLatin1StringView("list")).toArray()) {
        auto arrived = arrivedFrom(one.toObject());
        if (!arrived)
            continue;
        // Heard of before: what is here of the same words was typed since then.
        if (arrived->version <= numberOfState(since))
            arrived->told.was.clear();
        news.drafts.append(*arrived);
    }
    news.forgottenUpTo = answer->value(QLatin1StringView("forgottenUpTo")).toInteger();
    for (const QJsonValue &one : answer->value(QLatin1StringView("present")).toArray()) {
        if (const auto present = arrivedFrom(one.toObject()))
            news.present.insert(present->key);
    }
    take(news);
}

void DraftSync::take(const DraftNews &news)
{
    // What was typed here until now is to be in the file.
    static_cast<void>(m_keeper.flush());
    whenDone(m_workspace.write<QList<DraftChange>>(
                 Urgency::interactive,
                 [place = place(), news](Writing &writing) { return takeDrafts(writing, place, news); }),
             this, [this](const Result<QList<DraftChange>> &changes) { onTaken(changes); });
}

void DraftSync::onTaken(const Result<QList<DraftChange>> &changes)
{
    if (!changes) {
        m_isBehind = true;
        pause(changes.error());
        return;
    }
    for (const DraftChange &change : *changes) {
        // Typed on in the meantime: that is going to be written over what came.
        const bool isTypedOn = change.isReplaced && m_keeper.isWaiting(change.key);
        if (isTypedOn)
            static_cast<void>(settle(change.key.conversation, change.arrived, true));
        else
            Q_EMIT arrived(change.key.conversation, change.key.mode, change.isReplaced);
    }
    m_isWoken = true;
    end();
}

void DraftSync::look()
{
    const auto work = m_workspace.read<std::optional<DraftWork>>(
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
        whenDone(m_workspace.write<QList<DraftChange>>(Urgency::interactive,
                                                       [place = place(), key = (*work)->key](Writing &writing) {
                                                           return settleDrafts(writing, place, key);
                                                       }),
                 this, [this](const Result<QList<DraftChange>> &changes) { onTaken(changes); });
    } else if (m_session && !m_isServerOld)
        tell(**work);
    else
        end();
}

/// Noted first: if the program ends before the answer is noted, what comes is known for its own.
void DraftSync::tell(const DraftWork &work)
{
    const auto noted = m_workspace.write<void>(Urgency::interactive, [work](Writing &writing) -> Done {
        noteDraftSaid(writing, work);
        return {};
    });
    whenDone(noted, this, [this, work](const Done &done) {
        if (!done || !m_session)
            pause(done ? Error{ErrorKind::transient, {}, {}} : done.error());
        else
            say(work);
    });
}

void DraftSync::say(const DraftWork &work)
{
    const QJsonObject draft = toJson(work.told);
    const ServerCall call{QStringLiteral("Draft/set"),
                          {{QStringLiteral("conversation"), QString::number(work.key.conversation.value)},
                           {QStringLiteral("mode"), wordOfMode(work.key.mode)},
                           {QStringLiteral("ifVersion"), work.version},
                           {QStringLiteral("ifIncarnation"), m_session->era.incarnation},
                           {QStringLiteral("draft"), draft.isEmpty() ? QJsonValue() : QJsonValue(draft)}}};
    // Sent again it finds itself there.
    whenDone(m_connection.callOnce(m_session->account, call, patience), this,
             [this, work, asked = *m_session](const Result<QJsonObject> &answer) {
                 if (!isLate(asked))
                     onTellAnswer(work, answer);
             });
}

void DraftSync::onTellAnswer(const DraftWork &work, const Result<QJsonObject> &answer)
{
    if (!answer) {
        onRefused(work, answer.error());
        return;
    }
    m_failures = 0;
    if (m_putOff.isEmpty())
        m_timesPutOff = 0;
    const qint64 version = answer->value(QLatin1StringView("version")).toInteger();
    if (!answer->value(QLatin1StringView("isStored")).toBool()) {
        // It was put back to an earlier day unawares.
        if (version < work.version) {
            m_isBehind = true;
            DraftNews anew;
            anew.isAnew = true;
            take(anew);
            return;
        }
        // Another machine was first.
        DraftNews first;
        first.drafts = {{work.key, version, toldFrom(*answer, work.key)}};
        take(first);
        return;
    }
    const auto noted = m_workspace.write<void>(Urgency::interactive, [work, version](Writing &writing) -> Done {
        noteDraftTold(writing, work, version);
        return {};
    });
    whenDone(noted, this, [this](const Done &done) {
        m_isWoken = true;
        if (done)
            end();
        else
            pause(done.error());
    });
}

void DraftSync::onRefused(const DraftWork &work, const Error &error)
{
    if (error.kind == ErrorKind::unsupported)
        m_isServerOld = true;
    else if (isRefused(error.kind)) {
        // Unless something else is so since then.
        if (!m_isBehind && !m_isSightOld)
            m_refused.insert(work.key, work.digest);
    } else {
        // It may have been heard there: what became of it is asked before it is told again.
        m_isBehind = true;
        TurnedAway::isIt(error.kind) ? putOff(work, error) : pause(error);
        return;
    }
    if (error.kind == ErrorKind::tooLarge)
        Q_EMIT stays(error);
    m_isWoken = true;
    end();
}

/// Its words may look like an attack to something on the way. Whether anything else gets through is asked first.
void DraftSync::putOff(const DraftWork &work, const Error &error)
{
    m_putOff.insert(work.key, work.digest);
    if (!m_tryPutOff.isActive())
        m_tryPutOff.start(pauseAfter(m_timesPutOff++, error.until));
    m_isWoken = true;
    end();
}

QFuture<Done> DraftSync::settle(ConversationId conversation, const TypedElsewhere &typed, bool isKept)
{
    static_cast<void>(m_keeper.flush());
    const auto settled = m_workspace.write<void>(
        Urgency::interactive, [place = place(), conversation, typed, isKept](Writing &writing) -> Done {
            settleBeside(writing, place, conversation, typed, isKept);
            return {};
        });
    whenDone(settled, this, [this, conversation, mode = typed.mode](const Done &) {
        Q_EMIT arrived(conversation, mode, false);
        wake();
    });
    return settled;
}

} // namespace Earshot
