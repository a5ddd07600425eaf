// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/jmapprocessor.h"

#include "model/actionjson.h"
#include "model/future.h"
#include "server/hiddentargets.h"
#include "server/jmaprun.h"
#include "server/sessionobject.h"

#include <QJsonArray>

namespace Earshot {

namespace {

Outcome refused(RefusalKind kind, const QString &detail)
{
    Outcome outcome;
    outcome.kind = Outcome::Kind::refused;
    outcome.refusal.kind = kind;
    outcome.refusal.detail = detail;
    return outcome;
}

/// An action that cannot be read, as far as it can: what its number is used for is known.
Asked refusedAction(const QJsonObject &json, const QUuid &device, const Error &error)
{
    Asked asked;
    asked.action.id = JmapRun::idOf(json);
    asked.action.device = device;
    asked.action.number = json.value(QLatin1StringView("number")).toInteger();
    const RefusalKind kind = error.kind == ErrorKind::notFound  ? RefusalKind::dependsOnRefused
                             : error.kind == ErrorKind::refused ? RefusalKind::notPossible
                                                                : RefusalKind::invalid;
    asked.refusal = refused(kind, error.detail).refusal;
    return asked;
}

/// Whether an action that cannot be read, or is a withdrawal, takes a number of this device.
bool takesNumber(const Asked &asked, const Error &error)
{
    if (error.kind == ErrorKind::refused)
        return true;
    return !asked.action.id.isNull() && asked.action.number > 0 && error.detail != QLatin1StringView("device");
}

/// An action in a line of the access log: its kind, and what it is about.
QString whatItIs(const QJsonObject &action)
{
    return action.value(QLatin1StringView("kind")).toString() +
           targetsOf(action.value(QLatin1StringView("arguments")).toObject());
}

} // namespace

JmapProcessor::JmapProcessor(LocalDesk &desk, AccessLog &log, ChannelService *channels, PresenceClients &presence,
                             const ServerLimits &limits, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_log(log)
    , m_deeds(desk, channels, presence)
    , m_limits(limits)
{
    connect(&m_deeds, &DeedMethods::draftSet, this, &JmapProcessor::draftSet);
}

JmapProcessor::~JmapProcessor() = default;

QFuture<Result<QJsonObject>> JmapProcessor::run(const Principal &principal, JmapRequest request)
{
    auto run = std::make_shared<JmapRun>();
    run->principal = principal;
    run->request = std::move(request);
    run->referenceBytesLeft = m_limits.requestBytes;
    run->responseBytesLeft = m_limits.responseBytes;
    run->searchTimeLeft = m_limits.searchTime;
    const QFuture<Result<QJsonObject>> future = run->pending->future();
    ++m_running;
    advance(run);
    return future;
}

void JmapProcessor::advance(const RunPointer &run)
{
    const Time now = m_desk.workspace().clock().now();
    Workspace &workspace = m_desk.workspace();
    const auto read = [run, &workspace, limits = m_limits, now](Database &database) {
        return run->readSegment(database, workspace, limits, now);
    };
    if (run->isBrief())
        return onAdvanced(run, workspace.readNow<bool>(read));
    whenDone(workspace.read<bool>(read), this, [this, run](const Result<bool> &result) { onAdvanced(run, result); });
}

void JmapProcessor::onAdvanced(const RunPointer &run, const Result<bool> &result)
{
    for (const QString &method : std::exchange(run->forbidden, {}))
        noteRefusal(run, method);
    if (!result) {
        run->pending->end(tl::unexpected(result.error()));
        finish(run);
    } else if (run->actions) {
        performRest(run, 0);
    } else if (run->deed) {
        runDeed(run);
    } else {
        finish(run);
    }
}

void JmapProcessor::runDeed(const RunPointer &run)
{
    const QJsonObject arguments = *std::exchange(run->deed, std::nullopt);
    const QString name = run->request.calls[run->next].name;
    whenDone(m_deeds.run(name, run->viewer, run->principal.address, arguments), this,
             [this, run, name](const Result<QJsonObject> &result) {
                 if (!result && result.error().kind == ErrorKind::notFound && !run->deedAtHidden.isEmpty())
                     run->forbidden.append(name + run->deedAtHidden + hiddenMark);
                 run->respond(result ? MethodResult(*result) : tl::unexpected(methodErrorOf(result.error())));
                 for (const QString &method : std::exchange(run->forbidden, {}))
                     noteRefusal(run, method);
                 goOn(run);
             });
}

/// The actions from there on, as far as they do not build on one of themselves; then the rest.
void JmapProcessor::performRest(const RunPointer &run, qsizetype from)
{
    QList<Asked> good;
    QSet<QUuid> under;
    QJsonArray answers; ///< null = the desk's to come
    for (qsizetype i = from; i < run->actions->size(); ++i) {
        const QJsonObject json = run->actions->at(i).toObject();
        const QList<QUuid> references = referencesOf(json);
        if (std::any_of(references.cbegin(), references.cend(),
                        [&under](const QUuid &reference) { return under.contains(reference); }))
            break;
        Result<Action> action = readAction(json, run->created, run->principal.device);
        if (action && run->withForeignFiles.contains(action->id))
            action = fail(ErrorKind::invalid, QStringLiteral("arguments.media"));
        const Asked asked =
            action ? Asked{*action, std::nullopt} : refusedAction(json, run->principal.device, action.error());
        const bool isForDesk = action || takesNumber(asked, action.error());
        answers.append(isForDesk ? QJsonValue() : toJson(refused(asked.refusal->kind, asked.refusal->detail)));
        if (isForDesk) {
            good.append(asked);
            under.insert(asked.action.id);
        }
    }
    whenDone(m_desk.performAll(run->principal.agent, good), this,
             [this, run, from, answers](const QList<Outcome> &outcomes) {
                 qsizetype taken = 0;
                 for (qsizetype i = 0; i < answers.size(); ++i) {
                     if (!answers[i].isNull()) {
                         run->outcomes.append(answers[i]);
                         continue;
                     }
                     const Outcome &outcome = outcomes[taken++];
                     if (outcome.created != 0)
                         run->created.insert(JmapRun::idOf(run->actions->at(from + i)), outcome.created);
                     run->outcomes.append(toJson(outcome));
                 }
                 noteRefusals(run);
                 if (run->outcomes.size() < run->actions->size())
                     performRest(run, run->outcomes.size());
                 else
                     perform(run);
             });
}

/// All actions of the call have their outcomes.
void JmapProcessor::perform(const RunPointer &run)
{
    run->actions.reset();
    run->respond(
        QJsonObject{{QStringLiteral("accountId"), run->viewer.account}, {QStringLiteral("outcomes"), run->outcomes}});
    goOn(run);
}

void JmapProcessor::goOn(const RunPointer &run)
{
    if (run->isDone())
        finish(run);
    else
        advance(run);
}

/// Who tried what they may not: for the access log.
void JmapProcessor::noteRefusals(const RunPointer &run)
{
    constexpr int mostNamed = 10;
    QStringList named;
    int more = 0;
    // By what was answered: which outcome belongs to which action.
    for (; run->noted < run->outcomes.size(); ++run->noted) {
        const QJsonObject refusal = run->outcomes[run->noted].toObject().value(QLatin1StringView("refusal")).toObject();
        const bool isAtHidden = !refusal.isEmpty() && run->atHidden.contains(run->noted);
        const bool isIt = isAtHidden || refusal.value(QLatin1StringView("kind")) == word(RefusalKind::permission);
        if (isIt && named.size() < mostNamed)
            named.append(whatItIs(run->actions->at(run->noted).toObject()) +
                         (isAtHidden ? hiddenMark : QLatin1StringView()));
        else if (isIt)
            ++more;
    }
    if (more > 0)
        named.append(QStringLiteral("and %1 more").arg(more));
    if (!named.isEmpty())
        noteRefusal(run, named.join(QLatin1StringView(", ")));
}

void JmapProcessor::noteRefusal(const RunPointer &run, const QString &what)
{
    AccessLine line;
    line.kind = QStringLiteral("actionRefused");
    line.agent = run->principal.agent;
    line.name = run->viewer.name;
    line.address = run->principal.address;
    line.token = run->principal.token;
    line.detail = what;
    m_log.write(line);
}

void JmapProcessor::finish(const RunPointer &run)
{
    QJsonArray responses;
    for (const MethodCall &response : std::as_const(run->responses))
        responses.append(QJsonArray{response.name, response.arguments, response.callId});
    QJsonObject object{{QStringLiteral("methodResponses"), responses},
                       {QStringLiteral("sessionState"), sessionStateOf(run->viewer)}};
    if (run->request.hasCreatedIds) {
        QJsonObject created = run->request.createdIds;
        for (auto it = run->created.cbegin(); it != run->created.cend(); ++it)
            created.insert(it.key().toString(QUuid::WithoutBraces), QString::number(it.value()));
        object.insert(QStringLiteral("createdIds"), created);
    }
    run->pending->end(object);
    if (--m_running == 0)
        Q_EMIT idle();
}

} // namespace Earshot
