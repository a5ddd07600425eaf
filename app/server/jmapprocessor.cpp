// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/jmapprocessor.h"

#include "desk/questionjson.h"
#include "model/actionjson.h"
#include "model/future.h"
#include "server/blobservice.h"
#include "server/hiddentargets.h"
#include "server/readmethods.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

namespace Earshot {

namespace {

const QString performName = QStringLiteral("Action/perform");

Outcome refused(RefusalKind kind, const QString &detail)
{
    Outcome outcome;
    outcome.kind = Outcome::Kind::refused;
    outcome.refusal.kind = kind;
    outcome.refusal.detail = detail;
    return outcome;
}

/// What an earlier action made, if it was applied; asked by those that build on it.
std::optional<qint64> createdBy(Database &database, const QUuid &action)
{
    Statement find = database.statement("select_outcome_of_action");
    find.bind("action", action.toString(QUuid::WithoutBraces));
    if (!find.next())
        return std::nullopt;
    const Result<Outcome> outcome = outcomeFromJson(QJsonDocument::fromJson(find.text(0).toUtf8()).object());
    return outcome && outcome->created != 0 ? std::optional(outcome->created) : std::nullopt;
}

/// The files that a reply would send along.
QStringList filesOf(const QJsonObject &action)
{
    QStringList hashes;
    const QJsonValue media = action.value(QLatin1StringView("arguments")).toObject().value(QLatin1StringView("media"));
    for (const QJsonValue &file : media.toArray())
        hashes.append(file.toObject().value(QLatin1StringView("hash")).toString());
    return hashes;
}

QUuid idOf(const QJsonValue &action)
{
    return QUuid::fromString(action.toObject().value(QLatin1StringView("id")).toString());
}

/// An action that cannot be read, as far as it can: what its number is used for is known.
Asked refusedAction(const QJsonObject &json, const QUuid &device, const Error &error)
{
    Asked asked;
    asked.action.id = idOf(json);
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

const QString hiddenMark = QStringLiteral(" (hidden)");

/// An action in a line of the access log: its kind, and what it is about.
QString whatItIs(const QJsonObject &action)
{
    return action.value(QLatin1StringView("kind")).toString() +
           targetsOf(action.value(QLatin1StringView("arguments")).toObject());
}

/// The arguments of a deed; a channel that there is not is none, and then answered as one that is hidden.
QJsonObject onKnownChannel(Database &database, QJsonObject arguments)
{
    const QString name = QStringLiteral("channel");
    const QString channel = arguments.value(name).toString();
    Statement find = database.statement("get_channel");
    if (!channel.isEmpty() && !find.bind("id", channel.toLongLong()).next())
        arguments.insert(name, QString());
    return arguments;
}

} // namespace

/// One request on its way. Touched by one thread at a time: a reader's, then the desk's.
struct JmapProcessor::Run
{
    Principal principal;
    JmapRequest request;
    QList<MethodCall> responses;
    qsizetype next = 0;
    Viewer viewer;
    CreatedIds created;
    std::optional<QJsonArray> actions; ///< of the Action/perform that is next, found good
    QSet<QUuid> withForeignFiles;      ///< of those, who would send a file that the agent may not have
    QSet<qsizetype> atHidden;          ///< places of those that are about what the agent may not see
    QJsonArray outcomes;
    qsizetype noted = 0;             ///< of those, looked at for the access log
    std::optional<QJsonObject> deed; ///< the arguments of the method of DeedMethods that is next
    QString deedAtHidden;            ///< what that one is about, where the agent may not see it
    qint64 referenceBytesLeft = 0;
    qint64 responseBytesLeft = 0;
    Duration searchTimeLeft{};
    QStringList forbidden; ///< methods that this agent may not call, or not about that; to be noted
    std::shared_ptr<Pending<QJsonObject>> pending = Pending<QJsonObject>::create();

    [[nodiscard]] bool isDone() const { return next == request.calls.size(); }
    /// What is to be read before the few actions that it consists of takes less time than handing it to another thread.
    [[nodiscard]] bool isBrief() const;
    void respond(const MethodResult &result)
    {
        const MethodCall &call = request.calls[next++];
        if (!result && result.error().type == QLatin1StringView("forbidden"))
            forbidden.append(call.name);
        if (result)
            responses.append({call.name, *result, call.callId});
        else
            responses.append({QStringLiteral("error"), result.error().toJson(), call.callId});
    }

    Result<bool> readSegment(Database &database, const Workspace &workspace, const ServerLimits &limits, Time now);

private:
    void respondBounded(const MethodResult &result);
    void respondToQuestion(MethodContext &context, const Workspace &workspace, const QJsonObject &arguments);
    void prepareDeed(Database &database, const QJsonObject &arguments);
    [[nodiscard]] MethodResult withoutAccount(const QJsonObject &arguments) const;
    [[nodiscard]] bool isForThis(const QJsonObject &arguments) const;
    void prepareActions(Database &database, const QJsonObject &arguments, const ServerLimits &limits);
};

/// What one method says is bounded by its own limits; what many say together, here.
void JmapProcessor::Run::respondBounded(const MethodResult &result)
{
    if (result && request.calls.size() > 1)
        responseBytesLeft = std::max<qint64>(0, responseBytesLeft - weightOf(*result, responseBytesLeft + 1));
    if (responseBytesLeft > 0 || next == 0)
        respond(result);
    else
        respond(methodError("requestTooLarge", QStringLiteral("the answers of one request are too long together")));
}

/// The arguments of a method of ours, whose account is this one.
MethodResult JmapProcessor::Run::withoutAccount(const QJsonObject &arguments) const
{
    const QJsonValue account = arguments.value(QLatin1StringView("accountId"));
    if (!account.isString())
        return methodError("invalidArguments", QStringLiteral("accountId"));
    if (account.toString() != viewer.account)
        return methodError("accountNotFound");
    QJsonObject rest = arguments;
    rest.remove(QStringLiteral("accountId"));
    return rest;
}

/// Nothing is done in another incarnation of the workspace than who calls has heard of.
bool JmapProcessor::Run::isForThis(const QJsonObject &arguments) const
{
    const QJsonValue incarnation = arguments.value(QLatin1StringView("ifIncarnation"));
    return !incarnation.isString() || incarnation.toString() == viewer.incarnation;
}

bool JmapProcessor::Run::isBrief() const
{
    constexpr qsizetype few = 5;
    return request.calls.size() == 1 && request.calls.constFirst().name == performName &&
           request.calls.constFirst().arguments.value(QLatin1StringView("actions")).toArray().size() <= few;
}

/// Reading calls up to the next one that does something, whose arguments are made ready.
Result<bool> JmapProcessor::Run::readSegment(Database &database, const Workspace &workspace, const ServerLimits &limits,
                                             Time now)
{
    const Result<std::optional<Viewer>> loaded = loadViewer(database, principal.agent);
    if (!loaded)
        return tl::unexpected(loaded.error());
    if (!*loaded)
        return fail(ErrorKind::permission);
    viewer = **loaded;
    MethodContext context{database, viewer, limits, now, searchTimeLeft};
    while (!isDone() && !actions && !deed) {
        const MethodCall &call = request.calls[next];
        const MethodResult arguments = resolveReferences(call.arguments, responses, referenceBytesLeft);
        if (!arguments)
            respond(arguments);
        else if (call.name == QLatin1StringView("Core/echo") && request.capabilities.contains(coreCapability))
            respond(arguments);
        else if (!request.capabilities.contains(deskCapability))
            respond(methodError("unknownMethod"));
        else if (call.name == performName)
            prepareActions(database, *arguments, limits);
        else if (const bool isAsked = isQuestion(call.name); isAsked || DeedMethods::isKnown(call.name)) {
            const MethodResult rest = withoutAccount(*arguments);
            if (!rest)
                respond(rest);
            else if (isAsked)
                respondToQuestion(context, workspace, *rest);
            else if (!isForThis(*rest))
                respond(methodError("stateMismatch", viewer.incarnation));
            else
                prepareDeed(database, *rest);
        } else
            respondBounded(runReadMethod(context, call.name, *arguments));
    }
    return true;
}

void JmapProcessor::Run::respondToQuestion(MethodContext &context, const Workspace &workspace,
                                           const QJsonObject &arguments)
{
    const QString name = request.calls[next].name;
    const MethodResult result = answerDeskQuestion(context, workspace, name, arguments);
    if (!result && result.error().type == QLatin1StringView("notFound") &&
        aimsAtHidden(context.database, viewer, arguments))
        forbidden.append(name + targetsOf(arguments) + hiddenMark);
    respondBounded(result);
}

void JmapProcessor::Run::prepareDeed(Database &database, const QJsonObject &arguments)
{
    deed = onKnownChannel(database, arguments);
    deedAtHidden = aimsAtHidden(database, viewer, arguments) ? targetsOf(arguments) : QString();
}

void JmapProcessor::Run::prepareActions(Database &database, const QJsonObject &arguments, const ServerLimits &limits)
{
    const QJsonValue list = arguments.value(QLatin1StringView("actions"));
    const QJsonValue account = arguments.value(QLatin1StringView("accountId"));
    const QJsonValue incarnation = arguments.value(QLatin1StringView("ifIncarnation"));
    const qsizetype known = incarnation.isString() ? 3 : 2;
    if (!account.isString() || !list.isArray() || arguments.size() != known) {
        respond(methodError("invalidArguments", QStringLiteral("accountId, actions and ifIncarnation")));
        return;
    }
    if (account.toString() != viewer.account) {
        respond(methodError("accountNotFound"));
        return;
    }
    if (!isForThis(arguments)) {
        respond(methodError("stateMismatch", viewer.incarnation));
        return;
    }
    if (list.toArray().size() > limits.actionsInPerform) {
        respond(methodError("requestTooLarge", QStringLiteral("at most %1 actions").arg(limits.actionsInPerform)));
        return;
    }
    actions = list.toArray();
    outcomes = {};
    noted = 0;
    atHidden.clear();
    for (qsizetype i = 0; i < actions->size(); ++i) {
        const QJsonValue action = actions->at(i);
        if (aimsAtHidden(database, viewer, action.toObject().value(QLatin1StringView("arguments")).toObject()))
            atHidden.insert(i);
        for (const QString &hash : filesOf(action.toObject())) {
            if (!isBlobId(hash) || !mayHaveBlob(database, principal.agent, viewer.hidden, hash))
                withForeignFiles.insert(idOf(action));
        }
        for (const QUuid &reference : referencesOf(action.toObject())) {
            if (const auto id = createdBy(database, reference))
                created.insert(reference, *id);
        }
    }
}

JmapProcessor::JmapProcessor(LocalDesk &desk, AccessLog &log, ChannelService *channels, const ServerLimits &limits,
                             QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_log(log)
    , m_deeds(desk, channels)
    , m_limits(limits)
{
    connect(&m_deeds, &DeedMethods::draftSet, this, &JmapProcessor::draftSet);
}

JmapProcessor::~JmapProcessor() = default;

QFuture<Result<QJsonObject>> JmapProcessor::run(const Principal &principal, JmapRequest request)
{
    auto run = std::make_shared<Run>();
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
                         run->created.insert(idOf(run->actions->at(from + i)), outcome.created);
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
            named.append(whatItIs(run->actions->at(run->noted).toObject()) + (isAtHidden ? hiddenMark : QString()));
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

QString sessionStateOf(const Viewer &viewer)
{
    const QString text = viewer.account + u'\n' + viewer.stateStem + u'\n' + viewer.name + u'\n' + word(viewer.role);
    return QString::fromLatin1(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex().left(16));
}

} // namespace Earshot
