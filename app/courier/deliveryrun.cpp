// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/deliveryrun.h"

#include "model/future.h"
#include "model/recipients.h"

namespace Earshot {

namespace {

/// What of an attempt's time is left for the answer to be told: effects have to end before.
constexpr Duration timeToTell = std::chrono::seconds(1);
constexpr Duration shortWait = std::chrono::minutes(2);
constexpr Duration lookAgainAfter = std::chrono::seconds(30);

} // namespace

DeliveryRun::DeliveryRun(What what, Connector &connector, EffectGate &gate, Intake &intake, QObject *parent)
    : Run(parent)
    , m_what(std::move(what))
    , m_connector(connector)
    , m_gate(gate)
    , m_intake(intake)
{
    m_report.channel = m_what.channel.id;
    m_report.name = m_what.channel.name;
    m_deadline.setSingleShot(true);
}

void DeliveryRun::start()
{
    load();
}

void DeliveryRun::load()
{
    const auto job = m_intake.workspace().readNow<DeliveryJob>(
        [id = m_what.delivery](Database &database) { return loadJob(database, id); });
    if (!job) {
        endWith(job.error());
        return;
    }
    m_job = *job;
    onLoaded();
}

KnownMessage DeliveryRun::target() const
{
    return {m_job.target.uri, m_job.target.remoteId, m_job.target.isOurs};
}

void DeliveryRun::onLoaded()
{
    switch (m_job.state) {
    case DeliveryState::held:
    case DeliveryState::queued:
        askFirst();
        return;
    case DeliveryState::sending:
    case DeliveryState::unsure:
        reconcile();
        return;
    default:
        countState();
        end();
    }
}

void DeliveryRun::reconcile()
{
    // After a look that found nothing only a person can say more; a copied file's deliveries may be its twin's.
    const bool isForPerson = m_job.state == DeliveryState::unsure &&
                             (m_job.attemptNumber == 0 || !m_job.outgoing || m_job.failure == notFoundOnNetwork());
    if (isForPerson) {
        ++m_report.unsure;
        end();
        return;
    }
    const Time judgeAt = m_job.attemptDeadline + m_what.channel.capabilities.visibilityDelay;
    const Duration left = judgeAt - now();
    if (left <= Duration(0)) {
        look();
    } else if (m_what.mayWait && left < shortWait) {
        QTimer::singleShot(left, this, &DeliveryRun::load);
    } else {
        m_comeBackAt = judgeAt;
        ++m_report.unsure;
        end();
    }
}

void DeliveryRun::look()
{
    m_outgoing = *m_job.outgoing;
    m_number = m_job.attemptNumber;
    Attempt attempt;
    attempt.startedAt = m_job.attemptStartedAt;
    const auto bound = m_intake.workspace().readNow<QStringList>(
        [channel = m_what.channel.id](Database &database) { return loadBoundUris(database, channel); });
    if (!bound) {
        endWith(bound.error());
        return;
    }
    attempt.boundUris = *bound;
    whenDone(m_connector.findDelivered(m_outgoing, attempt), this,
             [this](const Result<std::optional<Delivered>> &found) { onLooked(found); });
}

void DeliveryRun::onLooked(const Result<std::optional<Delivered>> &found)
{
    if (!found) {
        m_comeBackAt = std::max(found.error().until, now() + lookAgainAfter);
        ++m_report.unsure;
        endWith(found.error());
        return;
    }
    if (*found) {
        finishAttempt({m_what.delivery, m_number, **found, {}, false, false});
        return;
    }
    // The network's own key is a second net inside its lifetime; a like or a moderation is a slot that is set once
    // more. How old a key is cannot be told after our clock was set back.
    const Duration age = now() - m_outgoing.createdAt;
    const bool isKeyAlive = age >= Duration(0) && age + m_what.longest < m_what.channel.capabilities.keyLifetime;
    const bool isProtected = m_job.effect != Effect::reply || (m_connector.isKeyed(m_outgoing) && isKeyAlive);
    if (!isProtected) {
        const Error error{
            ErrorKind::unsure, QStringLiteral("the answer was lost and the network does not show it"), {}};
        finishAttempt({m_what.delivery, m_number, std::nullopt, error, true, false});
        return;
    }
    if (m_job.state == DeliveryState::unsure) {
        begin(true);
        return;
    }
    const Error error{ErrorKind::unsure, QStringLiteral("the answer was lost"), {}};
    whenDone(m_intake.endAttempt({m_what.delivery, m_number, std::nullopt, error, false, false}), this,
             [this](const Result<bool> &done) {
                 if (done)
                     begin(true);
                 else
                     endWith(done.error());
             });
}

void DeliveryRun::askFirst()
{
    const bool isAsked = m_job.effect == Effect::reply && !m_job.isFurtherPart;
    if (!isAsked || !m_what.channel.capabilities.canAskBeforePublishing) {
        prepare();
        return;
    }
    whenDone(m_connector.thread(target()), this,
             [this](const Result<QList<RemoteMessage>> &thread) { onAsked(thread); });
}

void DeliveryRun::onAsked(const Result<QList<RemoteMessage>> &thread)
{
    if (!thread) {
        const ErrorKind kind = thread.error().kind;
        const bool isGone = kind == ErrorKind::notFound || kind == ErrorKind::parentGone || kind == ErrorKind::gone;
        const bool isLater = kind == ErrorKind::transient || kind == ErrorKind::rateLimited ||
                             kind == ErrorKind::quota || kind == ErrorKind::malformed ||
                             kind == ErrorKind::certificate || kind == ErrorKind::unknown;
        if (isGone)
            failNow({ErrorKind::parentGone, thread.error().detail, {}});
        else if (isLater)
            postpone(thread.error());
        else
            failNow(thread.error());
        return;
    }
    Page page;
    page.messages = *thread;
    whenDone(m_intake.storeMessages(m_what.channel.id, page), this, [this](const Result<IngestReport> &stored) {
        if (stored)
            prepare();
        else
            endWith(stored.error());
    });
}

QStringList DeliveryRun::recipients(Visibility visibility) const
{
    if (m_job.isFurtherPart) {
        // Told once; but who is not named in a post for few cannot read it.
        const bool isForAll = visibility == Visibility::everyone || visibility == Visibility::unlisted;
        return isForAll || !m_job.partBefore ? QStringList() : m_job.partBefore->recipients.value_or(QStringList());
    }
    const RemoteMessage &target = m_job.target;
    const QString author = target.isOurs ? QString() : target.author.handle;
    QStringList names = recipientsOf(m_what.channel.network, {author, target.mentions, target.visibility}, visibility);
    names.removeIf([this](const QString &name) { return m_job.leftOut.contains(name, Qt::CaseInsensitive); });
    return names;
}

void DeliveryRun::prepare()
{
    if (m_job.outgoing) {
        m_outgoing = *m_job.outgoing;
        begin(false);
        return;
    }
    Outgoing wish;
    wish.effect = m_job.effect;
    wish.clientId = m_job.uuid;
    wish.targetUri = m_job.target.uri;
    wish.targetRemoteId = m_job.target.remoteId;
    wish.threadUri = m_job.target.threadUri;
    wish.createdAt = now();
    if (m_job.effect == Effect::reply) {
        wish.text = m_job.own.text;
        wish.contentWarning = m_job.own.contentWarning;
        wish.language = m_job.own.language;
        wish.visibility = m_job.own.visibility;
        wish.media = m_job.media;
        wish.mayWiden = m_job.mayWiden;
        if (m_job.partBefore && wish.contentWarning.isEmpty())
            wish.contentWarning = m_job.partBefore->contentWarning;
        if (m_job.isFurtherPart || !m_job.leftOut.isEmpty())
            wish.recipients = recipients(wish.visibility);
    }
    const Result<Outgoing> prepared = m_connector.prepare(wish, m_job.target);
    if (!prepared) {
        failNow(prepared.error());
        return;
    }
    m_outgoing = *prepared;
    begin(false);
}

void DeliveryRun::begin(bool isRepeat)
{
    BeginWish wish;
    wish.delivery = m_what.delivery;
    wish.outgoing = m_outgoing;
    wish.process = m_what.process;
    wish.longest = m_what.longest;
    wish.isFirstAfterStart = m_what.isFirstAfterStart;
    wish.skipUndoWindow = m_what.skipUndoWindow;
    wish.isRepeat = isRepeat;
    m_isRepeat = isRepeat;
    m_begunAt = now();
    whenDone(m_intake.beginAttempt(wish), this, [this](const Result<int> &number) { onBegun(number); });
}

void DeliveryRun::onBegun(const Result<int> &number)
{
    if (!number) {
        endWith(number.error());
        return;
    }
    m_number = *number;
    if (m_number == 0) {
        countState();
        end();
        return;
    }
    // Before the first byte it stands outside the file as well: a backup put back later can be told from this one.
    if (Done done = m_intake.workspace().recordOutside(); !done) {
        finishAttempt({m_what.delivery,
                       m_number,
                       std::nullopt,
                       {ErrorKind::transient, done.error().detail, {}},
                       false,
                       m_isRepeat});
        return;
    }
    send();
}

void DeliveryRun::send()
{
    connect(&m_deadline, &QTimer::timeout, this, &DeliveryRun::onDeadline);
    m_deadline.start(m_what.longest);
    m_gate.beginAttempt(std::max(m_what.longest - timeToTell, m_what.longest / 2));
    whenDone(m_connector.deliver(m_outgoing), this, [this](const Result<Delivered> &delivered) {
        m_gate.reset();
        onSent(delivered);
    });
}

void DeliveryRun::onDeadline()
{
    // Whatever the connector is still waiting for, the gate lets nothing of it out any more.
    m_isConnectorStuck = true;
    const ErrorKind kind = m_gate.hasPassed() ? ErrorKind::unsure : ErrorKind::transient;
    onSent(fail(kind, QStringLiteral("no answer within %1 s").arg(m_what.longest.count() / 1000)));
}

void DeliveryRun::onSent(const Result<Delivered> &delivered)
{
    if (m_number == 0)
        return;
    m_deadline.stop();
    const int number = std::exchange(m_number, 0);
    if (delivered) {
        finishAttempt({m_what.delivery, number, *delivered, {}, false, m_isRepeat});
        return;
    }
    // Whatever was cut short on our side may have arrived on theirs.
    Error error = delivered.error();
    if (error.kind == ErrorKind::cancelled)
        error.kind = ErrorKind::unsure;
    finishAttempt({m_what.delivery, number, std::nullopt, error, false, m_isRepeat});
}

void DeliveryRun::finishAttempt(const AttemptEnd &attemptEnd)
{
    whenDone(m_intake.endAttempt(attemptEnd), this, [this, attemptEnd](const Result<bool> &done) {
        if (!done) {
            // It stays `sending` on disk and is looked for after its deadline.
            m_comeBackAt = now() + m_what.longest;
            endWith(done.error());
            return;
        }
        if (!attemptEnd.delivered)
            m_report.error = attemptEnd.error;
        countState();
        if (m_report.unsure > 0 && !attemptEnd.hasLooked)
            m_comeBackAt = std::max(attemptEnd.error.until,
                                    m_begunAt + m_what.longest + m_what.channel.capabilities.visibilityDelay);
        end();
    });
}

void DeliveryRun::postpone(const Error &error)
{
    m_comeBackAt = std::max(error.until, now() + backOff(m_job.attempts + 1));
    whenDone(m_intake.postpone(m_what.delivery, m_comeBackAt, error), this, [this, error](const Result<bool> &) {
        ++m_report.waiting;
        endWith(error);
    });
}

void DeliveryRun::failNow(const Error &error)
{
    whenDone(m_intake.failDelivery(m_what.delivery, error), this, [this, error](const Result<bool> &) {
        ++m_report.failed;
        endWith(error);
    });
}

void DeliveryRun::countState()
{
    const auto job = m_intake.workspace().readNow<DeliveryJob>(
        [id = m_what.delivery](Database &database) { return loadJob(database, id); });
    if (!job)
        return;
    switch (job->state) {
    case DeliveryState::sent:
        ++m_report.sent;
        m_report.error.reset();
        return;
    case DeliveryState::failed:
        ++m_report.failed;
        if (!m_report.error)
            m_report.error = Error{ErrorKind::refused, job->failure, {}};
        return;
    case DeliveryState::unsure:
        ++m_report.unsure;
        return;
    case DeliveryState::held:
    case DeliveryState::queued:
        ++m_report.waiting;
        return;
    default:
        return;
    }
}

} // namespace Earshot
