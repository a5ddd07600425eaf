// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/localdesk.h"

#include "desk/answering.h"
#include "desk/deciding.h"
#include "model/actionjson.h"
#include "model/future.h"
#include "workspace/facts.h"

#include <QJsonDocument>
#include <QMutex>

namespace Earshot {

namespace {

constexpr int bulkSize = 20;

struct DeviceRow
{
    QString uuid;
    qint64 lastAction = 0;
    bool isNew = false;
};

/// The device with which an agent acts where the record lives: always the same one, and nobody's token has it. What is
/// done there takes no number of a device that is far away, and counts as another's work to it.
QUuid deviceHere(Writing &writing, AgentId agent)
{
    const QUuid workspace = QUuid::fromString(writing.meta(QStringLiteral("workspace")));
    return QUuid::createUuidV5(workspace, QStringLiteral("agent %1").arg(agent.value));
}

DeviceRow loadDevice(Writing &writing, const QUuid &device)
{
    DeviceRow row;
    row.uuid = device.toString(QUuid::WithoutBraces);
    Statement find = writing.statement("select_device");
    row.isNew = !find.bind("uuid", row.uuid).next();
    if (!row.isNew)
        row.lastAction = find.integer(1);
    return row;
}

Outcome refusal(RefusalKind kind, qint64 expected = 0)
{
    Outcome outcome;
    outcome.kind = Outcome::Kind::refused;
    outcome.refusal.kind = kind;
    outcome.refusal.expected = expected;
    return outcome;
}

/// Where another agent's action has that id nothing is told of it, nor done.
std::optional<Outcome> storedOutcome(Statement &find, AgentId agent)
{
    if (!find.next())
        return std::nullopt;
    if (AgentId(find.integer(1)) != agent) {
        Outcome refused = refusal(RefusalKind::invalid);
        refused.refusal.detail = QStringLiteral("id");
        return refused;
    }
    const Result<Outcome> outcome = outcomeFromJson(QJsonDocument::fromJson(find.text(0).toUtf8()).object());
    return outcome ? std::optional(*outcome) : std::nullopt;
}

/// What is known already about this action or its number; nothing = it is to be decided.
std::optional<Outcome> knownOutcome(Writing &writing, AgentId agent, const Action &action, const DeviceRow &device)
{
    {
        Statement find = writing.statement("select_outcome_of_action");
        find.bind("action", action.id.toString(QUuid::WithoutBraces));
        if (auto outcome = storedOutcome(find, agent))
            return outcome;
    }
    if (action.number == 0 || action.number == device.lastAction + 1)
        return std::nullopt;
    return refusal(action.number <= device.lastAction ? RefusalKind::deviceReset : RefusalKind::outOfOrder,
                   device.lastAction + 1);
}

void storeOutcome(Writing &writing, const Action &action, const ActingParty &party, const DeviceRow &device,
                  Outcome &outcome)
{
    {
        Statement store = writing.statement(device.isNew ? "insert_device" : "update_device");
        store.bind("seq", writing.nextSeq()).bind("uuid", party.device).bind("number", party.number);
        if (device.isNew)
            store.bind("agent", party.agent.id);
        store.run();
    }
    // A repeat is told the same, so that what it makes of it (undoing) is tested alike.
    outcome.seq = writing.lastSeq();
    outcome.undoBasedOn = outcome.seq;
    Statement insert = writing.statement("insert_outcome");
    insert.bind("device", party.device).bind("number", party.number);
    insert.bind("action", action.id.toString(QUuid::WithoutBraces));
    insert.bind("body", QString::fromUtf8(QJsonDocument(toJson(outcome)).toJson(QJsonDocument::Compact))).run();
}

/// Gathers the outcomes of a list, whatever threads they come from.
struct Gathering
{
    QMutex mutex;
    QList<Outcome> outcomes;
    qsizetype left = 0;
    QPromise<QList<Outcome>> promise;

    void put(qsizetype index, const Result<Outcome> &result)
    {
        const QMutexLocker lock(&mutex);
        if (result) {
            outcomes[index] = *result;
        } else {
            outcomes[index] = refusal(RefusalKind::tryAgain);
            outcomes[index].refusal.detail = word(result.error().kind) + QStringLiteral(": ") + result.error().detail;
        }
        if (--left == 0) {
            promise.addResult(outcomes);
            promise.finish();
        }
    }
};

QList<Asked> askedFor(const QList<Action> &actions)
{
    QList<Asked> asked;
    asked.reserve(actions.size());
    for (const Action &action : actions)
        asked.append({action, std::nullopt});
    return asked;
}

} // namespace

Result<Outcome> performOne(Writing &writing, AgentId agent, const Asked &asked)
{
    const auto actor = loadActor(writing.database(), agent);
    if (!actor)
        return writing.database().result(refusal(RefusalKind::permission));
    Action action = asked.action;
    const DeviceRow device = loadDevice(writing, action.device.isNull() ? deviceHere(writing, agent) : action.device);
    if (auto known = knownOutcome(writing, agent, action, device))
        return writing.database().result(*known);
    action.actor = agent;
    const ActingParty party{*actor, device.uuid, device.lastAction + 1};
    Outcome outcome;
    if (asked.refusal) {
        outcome.kind = Outcome::Kind::refused;
        outcome.refusal = *asked.refusal;
    } else {
        outcome = decideAndApply(writing, action, party);
    }
    storeOutcome(writing, action, party, device, outcome);
    return writing.database().result(outcome);
}

LocalDesk::LocalDesk(Workspace &workspace, AgentId me, QObject *parent)
    : Desk(parent)
    , m_workspace(workspace)
    , m_me(me)
    , m_personal([this](const PersonalState &state) { return savePersonalAs(m_me, state); })
    , m_viewCounter(workspace)
{
    connect(&m_personal, &PersonalKeeper::failed, this, &Desk::personalStateFailed);
    connect(&workspace, &Workspace::committed, this, &Desk::changed);
}

LocalDesk::~LocalDesk()
{
    static_cast<void>(flushPersonal());
}

QFuture<QList<Outcome>> LocalDesk::perform(QList<Action> actions)
{
    return performAs(m_me, std::move(actions));
}

QFuture<QList<Outcome>> LocalDesk::performAs(AgentId agent, const QList<Action> &actions)
{
    return performAll(agent, askedFor(actions));
}

QFuture<QList<Outcome>> LocalDesk::performWritten(const QList<Action> &actions, const DraftRecord &draft)
{
    return m_personal.handOver(draft, [&] { return performAll(m_me, askedFor(actions), draft); });
}

QFuture<QList<Outcome>> LocalDesk::performAll(AgentId agent, const QList<Asked> &actions,
                                              const std::optional<DraftRecord> &draft)
{
    if (m_workspace.isServed()) {
        Outcome refused = refusal(RefusalKind::notPossible);
        refused.refusal.detail = fileOverview(m_workspace).origin;
        return readyFuture(QList<Outcome>(actions.size(), refused));
    }
    auto gathering = std::make_shared<Gathering>();
    gathering->promise.start();
    gathering->outcomes.resize(actions.size());
    gathering->left = actions.size();
    QFuture<QList<Outcome>> future = gathering->promise.future();
    if (actions.isEmpty()) {
        gathering->promise.addResult(QList<Outcome>());
        gathering->promise.finish();
    }
    const Urgency urgency = actions.size() > bulkSize ? Urgency::bulk : Urgency::interactive;
    for (qsizetype i = 0; i < actions.size(); ++i) {
        const Asked &asked = actions.at(i);
        const auto written = i == 0 ? draft : std::nullopt;
        m_workspace.write<Outcome>(
            urgency,
            [agent, asked, written](Writing &writing) {
                const Result<Outcome> outcome = performOne(writing, agent, asked);
                if (written && outcome)
                    settleDraft(writing, agent, *written, outcome->isApplied());
                return outcome;
            },
            [gathering, i](const Result<Outcome> &result) { gathering->put(i, result); });
    }
    return future;
}

QFuture<Done> LocalDesk::savePersonalAs(AgentId agent, const PersonalState &state)
{
    return m_workspace.write<void>(Urgency::interactive, [agent, state](Writing &writing) -> Done {
        storePersonal(writing, agent, state);
        return {};
    });
}

} // namespace Earshot
