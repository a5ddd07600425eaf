// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/day/daydesktop.h"

#include "model/future.h"
#include "replica/replicafile.h"
#include "replica/replicameta.h"
#include "replica/serverera.h"
#include "tests/replica/desktop.h"
#include "workspace/queries.h"

#include <algorithm>

namespace Earshot {

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

DayDesktop::DayDesktop(Setting setting)
    : m_setting(std::move(setting))
    , m_random(quint32(7000 + m_setting.index))
    , m_line(str("127.0.0.1"), m_setting.port)
{
    m_options.path = m_setting.folder + str("/replica%1.earshot").arg(m_setting.index);
    m_options.token = Secret(m_setting.token);
    m_options.pauses = {std::chrono::milliseconds(100), std::chrono::seconds(1)};
    const QString server = str("http://127.0.0.1:%1").arg(m_line.serverPort());
    const Done made =
        ReplicaFile::create(m_options.path, {server, m_setting.account, m_setting.agent}, *m_setting.clock);
    if (!made)
        qFatal("no replica: %s", qPrintable(made.error().detail));
    open();
    m_next.setSingleShot(true);
    m_back.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &DayDesktop::tick);
    connect(&m_back, &QTimer::timeout, this, &DayDesktop::comeBack);
    m_next.start(pause(1));
}

DayDesktop::~DayDesktop() = default;

void DayDesktop::open()
{
    auto session = ReplicaSession::open(m_options, *m_setting.clock);
    if (!session)
        qFatal("no session: %s", qPrintable(session.error().detail));
    m_session = std::move(*session);
}

bool DayDesktop::isSettled()
{
    return rows("SELECT id FROM outbox WHERE state IN (0, 1, 2, 5)").isEmpty();
}

Seq DayDesktop::followedTo()
{
    return m_session->workspace()
        .readNow<Seq>([](Database &database) -> Result<Seq> {
            return numberOfState(ReplicaMeta::read(database, ReplicaMeta::state));
        })
        .value();
}

QStringList DayDesktop::rows(const QByteArray &query)
{
    return firstColumn(m_session->workspace(), QString::fromLatin1(query));
}

/// For about that share of the time that a conversation takes.
std::chrono::milliseconds DayDesktop::pause(double share)
{
    const double seconds = m_setting.thinkTime * share * (0.5 + m_random.generateDouble());
    return std::chrono::milliseconds(int(seconds * 1000 / m_setting.speed) + 1);
}

void DayDesktop::tick()
{
    if (m_setting.clock->now() >= m_setting.end) {
        m_back.stop();
        comeBack();
        m_hasWorked = true;
        return;
    }
    m_next.start(pause(1));
    if (!m_session)
        return;
    if (chance(3) && !m_back.isActive())
        leave();
    else
        workOnOne();
}

/// The program ends, or the line is dead and the work goes on.
void DayDesktop::leave()
{
    ++absences;
    if (chance(50))
        m_session.reset();
    else
        m_line.stopAfter(0);
    m_back.start(pause(6));
}

void DayDesktop::comeBack()
{
    m_line.goOn();
    if (!m_session)
        open();
    m_session->tryNow();
}

void DayDesktop::workOnOne()
{
    ListQuery query;
    query.view = View::unassigned;
    query.me = m_setting.agent;
    query.now = m_setting.clock->now();
    const auto list = m_session->workspace().readNow<QList<ListEntry>>(
        [&query](Database &database) { return listConversations(database, query); });
    if (!list)
        wrong.append(str("a replica showed no list: ") + list.error().detail);
    else if (!list->isEmpty()) {
        const ConversationId any = list->at(m_random.bounded(int(list->size()))).id;
        // Its draft would be written over.
        if (!m_begun.contains(any))
            workOn(any);
    }
}

ConversationRecord DayDesktop::record(ConversationId conversation)
{
    const auto found = m_session->workspace().readNow<QList<ConversationRecord>>([&](Database &database) {
        return loadConversations(database, {conversation}, m_setting.agent, m_setting.clock->now());
    });
    return found.value_or(QList<ConversationRecord>()).value(0);
}

void DayDesktop::workOn(ConversationId conversation)
{
    perform(Act::Claim{conversation}, record(conversation).seq, [this, conversation](const Outcome &claimed) {
        if (!claimed.isApplied())
            return;
        if (chance(50))
            perform(Act::AddTag{conversation, str("topic %1").arg(m_random.bounded(12))}, 0);
        if (chance(20))
            perform(Act::AddNote{conversation, str("Seen by desktop %1.").arg(m_setting.index)}, 0);
        QTimer::singleShot(pause(0.5), this, [this, conversation] {
            if (!m_session)
                return;
            if (chance(80))
                answer(conversation);
            else
                perform(Act::SetStatus{conversation, Status::resolved, Reason::noAnswerNeeded, {}},
                        record(conversation).seq);
        });
    });
}

/// As the composer does: it is a draft until it is kept. One in ten is called back at once.
void DayDesktop::answer(ConversationId conversation)
{
    Said said;
    said.text = str("Answer %1-%2.").arg(m_setting.index).arg(m_said.size());
    DraftRecord draft;
    draft.conversation = conversation;
    draft.text = said.text;
    draft.basedOn = record(conversation).seq;
    m_session->desk().saveDraft(draft);
    Act::SendReply reply;
    reply.conversation = conversation;
    reply.text = said.text;
    reply.thenResolve = chance(70);
    const Action action = makeAction(reply, m_setting.clock->now(), draft.basedOn);
    said.action = action.id.toString(QUuid::WithoutBraces);
    m_said.append(said);
    whenDone(m_session->desk().performWritten({action}, draft), m_session.get(),
             [this, action, said, conversation, isCalled = chance(10)](const QList<Outcome> &outcomes) {
                 const Outcome outcome = outcomes.value(0);
                 note(action, outcome);
                 if (!outcome.isApplied())
                     m_begun.insert(conversation);
                 if (isCalled && outcome.isApplied() && outcome.created != 0)
                     callBack(DeliveryId(outcome.created), said.text);
             });
}

void DayDesktop::callBack(DeliveryId delivery, const QString &text)
{
    const auto said = std::ranges::find(m_said, text, &Said::text);
    said->isCalled = true;
    perform(Act::CancelDelivery{delivery}, 0, [this, text](const Outcome &outcome) {
        std::ranges::find(m_said, text, &Said::text)->isTakenBack = outcome.isApplied() && !outcome.isForecast;
    });
}

void DayDesktop::perform(const ActionArguments &arguments, Seq basedOn, const Then &then)
{
    const Action action = makeAction(arguments, m_setting.clock->now(), basedOn);
    whenDone(m_session->desk().perform({action}), m_session.get(),
             [this, action, then](const QList<Outcome> &outcomes) {
                 note(action, outcomes.value(0));
                 if (then)
                     then(outcomes.value(0));
             });
}

void DayDesktop::note(const Action &action, const Outcome &outcome)
{
    if (outcome.isApplied()) {
        // What is called back before the server heard of it was never done, nor was the calling back.
        if (outcome.hadEffect && !std::holds_alternative<Act::CancelDelivery>(action.arguments))
            m_promised.insert(action.id.toString(QUuid::WithoutBraces),
                              kindOf(action.arguments) + (outcome.isForecast ? str(" (a forecast)") : QString()));
        return;
    }
    ++(outcome.refusal.kind == RefusalKind::taken ? taken : refused);
    // A customer who writes meanwhile, or a window that has closed, is part of a day; these are not.
    const RefusalKind kind = outcome.refusal.kind;
    if (kind == RefusalKind::invalid || kind == RefusalKind::permission || kind == RefusalKind::tryAgain)
        wrong.append(str("%1 at a replica was refused: %2 %3")
                         .arg(kindOf(action.arguments), word(kind), outcome.refusal.detail));
}

void DayDesktop::judge(const QSet<QString> &journal, const QHash<QString, int> &published, const QSet<QString> &failed)
{
    const QStringList refusedList = rows("SELECT json_extract(body, '$.id') FROM outbox WHERE state = 3");
    const QSet<QString> kept(refusedList.cbegin(), refusedList.cend());
    const QStringList drafts = rows("SELECT text FROM draft");
    for (const Said &said : std::as_const(m_said)) {
        const int times = published.value(said.text);
        replies += times;
        withdrawn += said.isTakenBack ? 1 : 0;
        const bool isKept = kept.contains(said.action) || drafts.contains(said.text) || failed.contains(said.text);
        if (times > 1 || (times == 1 && (isKept || said.isTakenBack)))
            wrong.append(str("%1 is out %2 times, kept: %3").arg(said.text).arg(times).arg(isKept));
        else if (times == 0 && !isKept && !said.isCalled)
            wrong.append(
                str("%1 is gone, though it was %2")
                    .arg(said.text, m_promised.contains(said.action) ? str("promised") : str("not promised either")));
        // What was called back before the server heard of it was never done.
        if (said.isCalled)
            m_promised.remove(said.action);
    }
    // A colleague had done the same before.
    const QStringList idle = rows("SELECT json_extract(body, '$.id') FROM outbox WHERE state = 4 AND "
                                  "json_extract(outcome, '$.hadEffect') = 0");
    const QSet<QString> nothingDone(idle.cbegin(), idle.cend());
    for (auto promise = m_promised.cbegin(); promise != m_promised.cend(); ++promise) {
        const QString &action = promise.key();
        if (!journal.contains(action) && !kept.contains(action) && !nothingDone.contains(action))
            wrong.append(str("promised, and neither in the journal nor kept: %1 %2").arg(*promise, action));
    }
}

} // namespace Earshot
