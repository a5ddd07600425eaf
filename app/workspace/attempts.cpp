// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/attempts.h"

#include "workspace/deliverystore.h"
#include "workspace/facts.h"
#include "workspace/journal.h"
#include "workspace/threadstore.h"

namespace Earshot {

namespace {

void readTarget(Database &database, DeliveryJob &job, MessageId target)
{
    Statement find = database.statement("select_target_message");
    if (!find.bind("id", target).next())
        return;
    RemoteMessage &message = job.target;
    QString mentions;
    find >> message.uri >> message.remoteId >> message.url >> message.parentUri >> message.text >>
        message.contentWarning >> message.language >> message.visibility >> message.presence >> message.moderation >>
        mentions >> message.isOurs >> message.author.id >> message.author.handle >> message.author.name >>
        message.threadUri;
    message.mentions = mentions.isEmpty() ? QStringList() : mentions.split(QLatin1Char('\n'));
}

void readMedia(Database &database, DeliveryJob &job)
{
    Statement find = database.statement("select_own_media");
    find.bind("message", job.message);
    while (find.next()) {
        OutgoingMedia media;
        find >> media.hash >> media.type >> media.description;
        job.media.append(media);
    }
}

void readWish(Database &database, DeliveryJob &job)
{
    Statement find = database.statement("select_delivery_wish");
    if (!find.bind("delivery", job.id).next())
        return;
    QString leftOut;
    DeliveryId before;
    QString body;
    find >> leftOut >> job.mayWiden >> before >> body;
    job.leftOut = leftOut.isEmpty() ? QStringList() : leftOut.split(QLatin1Char('\n'));
    job.isFurtherPart = before.isValid();
    if (auto outgoing = outgoingFromBytes(body.toUtf8()))
        job.partBefore = *outgoing;
}

void readOutgoing(Database &database, DeliveryJob &job)
{
    Statement find = database.statement("select_outgoing");
    if (!find.bind("delivery", job.id).next())
        return;
    if (auto outgoing = outgoingFromBytes(find.text(0).toUtf8()))
        job.outgoing = *outgoing;
}

void readAttempt(Database &database, DeliveryJob &job)
{
    Statement find = database.statement("select_newest_attempt");
    if (find.bind("delivery", job.id).next())
        find >> job.attemptNumber >> job.attemptProcess >> job.attemptStartedAt >> job.attemptDeadline >>
            job.attemptOutcome;
}

/// A reply that did not get through puts its conversation back on the desk of its author.
void reopenFor(Writing &writing, DeliveryId delivery, const QString &event, const QString &why)
{
    ConversationId conversation;
    ChannelId channel;
    MessageId message;
    AgentId agent;
    Effect effect = Effect::reply;
    {
        Statement find = writing.statement("select_delivery_facts");
        if (!find.bind("id", delivery).next())
            return;
        DeliveryId id;
        DeliveryState state = DeliveryState::none;
        find >> id >> conversation >> message >> channel >> effect >> state >> agent;
    }
    if (effect == Effect::reply) {
        Statement update = writing.statement("update_conversation_returned");
        update.bind("id", conversation).bind("seq", writing.nextSeq()).bind("agent", agent).run();
    }
    JournalLine line;
    line.kind = event;
    line.channel = channel;
    line.conversation = conversation;
    line.message = message;
    line.before = word(effect);
    line.after = why;
    writeJournal(writing, line);
}

/// An answer by one of us was decided by the desk, with this reply in view; one from outside was not.
Seq loadTwinAnsweredOutside(Database &database, DeliveryId delivery)
{
    Statement find = database.statement("select_delivery_twin_answered");
    return find.bind("delivery", delivery).next() ? find.integer(0) : 0;
}

/// The word with which it fails; empty = it does not.
QString refusalWord(BeginVerdict verdict)
{
    switch (verdict) {
    case BeginVerdict::stale:
        return QStringLiteral("stale");
    case BeginVerdict::waitedLong:
        return QStringLiteral("waitedLong");
    case BeginVerdict::answeredElsewhere:
        return word(RefusalKind::answeredElsewhere);
    case BeginVerdict::begin:
    case BeginVerdict::wait:
        break;
    }
    return {};
}

std::optional<BeginFacts> loadBeginFacts(Writing &writing, const BeginWish &wish)
{
    Statement find = writing.statement("select_begin_facts");
    if (!find.bind("id", wish.delivery).next())
        return std::nullopt;
    BeginFacts facts;
    QString device;
    QString publicDevice;
    Seq publicSeq = 0;
    Seq publicSeqOther = 0;
    find >> facts.state >> facts.effect >> facts.heldUntil >> facts.queuedAt >> facts.retryAt >> facts.basedOn >>
        device >> publicSeq >> publicDevice >> publicSeqOther >> facts.isPaused;
    facts.publicSeq = publicSeqFor(device, publicSeq, publicDevice, publicSeqOther);
    if (facts.effect == Effect::reply)
        facts.twinAnsweredSeq = loadTwinAnsweredOutside(writing.database(), wish.delivery);
    facts.isFirstAfterStart = wish.isFirstAfterStart;
    Statement before = writing.statement("select_part_before");
    if (before.bind("delivery", wish.delivery).next()) {
        DeliveryState state = DeliveryState::none;
        before >> state;
        facts.partBefore = state;
    }
    return facts;
}

/// Whether what was wished of the same message later has been tried already, as what failed before its first attempt
/// has not. A newer one that still waits goes out after this one, or may be called back. What a person tries again is
/// wished anew.
bool isOvertaken(Writing &writing, DeliveryId delivery, Effect effect)
{
    if (effect == Effect::reply)
        return false;
    Statement find = writing.statement("select_later_effects");
    find.bind("id", delivery);
    while (find.next()) {
        Effect later = Effect::reply;
        find >> later;
        if (isSameMatter(later, effect))
            return true;
    }
    return false;
}

/// @return its number
int storeAttempt(Writing &writing, const BeginWish &wish)
{
    const QString digest = digestOf(wish.outgoing);
    {
        Statement insert = writing.statement("insert_outgoing");
        insert.bind("delivery", wish.delivery).bind("digest", digest);
        insert.bind("body", QString::fromUtf8(toBytes(wish.outgoing))).run();
    }
    int number = 0;
    {
        Statement find = writing.statement("select_newest_attempt");
        number = find.bind("delivery", wish.delivery).next() ? int(find.integer(0)) + 1 : 1;
    }
    {
        Statement insert = writing.statement("insert_attempt");
        insert.bind("delivery", wish.delivery).bind("number", number).bind("process", wish.process);
        insert.bind("started_at", writing.now()).bind("deadline_at", writing.now() + wish.longest).run();
    }
    DeliveryChange change;
    change.delivery = wish.delivery;
    change.state = DeliveryState::sending;
    change.digest = digest;
    storeDelivery(writing, change);
    return number;
}

void showEffect(Writing &writing, const DeliveryJob &job, const Delivered &delivered)
{
    switch (job.effect) {
    case Effect::reply:
        bindReply(writing, job.message, delivered);
        return;
    case Effect::like:
    case Effect::unlike:
    case Effect::boost:
    case Effect::unboost: {
        Statement update = writing.statement("update_message_reaction");
        update.bind("id", job.message).bind("seq", writing.nextSeq());
        update.bind("liked", job.effect == Effect::like ? 1 : job.effect == Effect::unlike ? 0 : -1);
        update.bind("boosted", job.effect == Effect::boost ? 1 : job.effect == Effect::unboost ? 0 : -1).run();
        return;
    }
    default:
        break;
    }
    Statement update = writing.statement("update_message_state");
    update.bind("id", job.message).bind("seq", writing.nextSeq());
    update.bind("presence", job.effect == Effect::deleteOwn ? Presence::deleted : job.target.presence);
    update.bind("moderation", job.effect == Effect::deleteOwn ? job.target.moderation : delivered.moderation).run();
}

} // namespace

Result<DeliveryJob> loadJob(Database &database, DeliveryId id)
{
    DeliveryJob job;
    MessageId target;
    {
        Statement find = database.statement("select_job");
        if (!find.bind("id", id).next())
            return database.failure() ? Result<DeliveryJob>(database.result(job)) : fail(ErrorKind::notFound);
        find >> job.id >> job.uuid >> job.conversation >> job.channel >> job.message >> target >> job.effect >>
            job.state >> job.failure >> job.queuedAt >> job.attempts >> job.own.text >> job.own.contentWarning >>
            job.own.language >> job.own.visibility >> job.own.remoteId >> job.own.uri;
    }
    readTarget(database, job, target);
    readMedia(database, job);
    readWish(database, job);
    readOutgoing(database, job);
    readAttempt(database, job);
    return database.result(job);
}

Result<QList<DueDelivery>> loadDue(Database &database, ChannelId onlyChannel)
{
    QList<DueDelivery> due;
    Statement find = database.statement("select_due_deliveries");
    while (find.next()) {
        DueDelivery delivery;
        find >> delivery.id >> delivery.channel >> delivery.state >> delivery.dueAt;
        if (!onlyChannel.isValid() || delivery.channel == onlyChannel)
            due.append(delivery);
    }
    return database.result(due);
}

Result<QStringList> loadBoundUris(Database &database, ChannelId channel)
{
    QStringList uris;
    Statement find = database.statement("select_bound_uris");
    find.bind("channel", channel);
    while (find.next())
        uris.append(find.text(0));
    return database.result(uris);
}

Result<int> beginAttempt(Writing &writing, const BeginWish &wish)
{
    std::optional<BeginFacts> facts = loadBeginFacts(writing, wish);
    if (!facts)
        return fail(ErrorKind::notFound);
    if (wish.skipUndoWindow && facts->state == DeliveryState::held)
        facts->heldUntil = writing.now();
    const bool mayRepeat = wish.isRepeat && facts->state == DeliveryState::unsure && !facts->isPaused;
    const BeginVerdict verdict = mayRepeat ? BeginVerdict::begin : mayBegin(*facts, writing.now());
    if (const QString why = refusalWord(verdict); !why.isEmpty()) {
        DeliveryChange change;
        change.delivery = wish.delivery;
        change.state = DeliveryState::failed;
        change.failure = why;
        storeDelivery(writing, change);
        reopenFor(writing, wish.delivery, QStringLiteral("deliveryFailed"), why);
        // Not an error: the refusal itself must be stored. 0 = no attempt.
        return 0;
    }
    if (verdict == BeginVerdict::wait)
        return 0;
    // Else the older wish would win: one that was lost on its way is repeated after all that could go out at once.
    if (isOvertaken(writing, wish.delivery, facts->effect)) {
        DeliveryChange change;
        change.delivery = wish.delivery;
        change.state = DeliveryState::cancelled;
        storeDelivery(writing, change);
        return 0;
    }

    return storeAttempt(writing, wish);
}

void endAttempt(Writing &writing, const AttemptEnd &end)
{
    const Result<DeliveryJob> job = loadJob(writing.database(), end.delivery);
    if (!job) {
        writing.database().setFailure(job.error());
        return;
    }
    {
        Statement update = writing.statement("update_attempt_ended");
        update.bind("delivery", end.delivery).bind("number", end.number).bind("at", writing.now());
        update.bind("outcome", end.delivered ? QStringLiteral("sent") : word(end.error.kind)).run();
    }
    if (end.delivered)
        showEffect(writing, *job, *end.delivered);
    // Its own post may have come back by a pull, or a person may have settled it: then there is nothing left to judge.
    if (job->state != DeliveryState::sending && job->state != DeliveryState::unsure)
        return;
    const int attempts = job->attempts + 1;
    AttemptVerdict verdict =
        afterAttempt(end.delivered ? std::nullopt : std::optional(end.error), attempts, writing.now());
    if (end.isRepeat && job->effect == Effect::reply)
        verdict = afterRepeat(verdict);
    if (end.hasLooked)
        verdict.failure = notFoundOnNetwork();
    DeliveryChange change;
    change.delivery = end.delivery;
    change.state = verdict.state;
    change.failure = verdict.failure;
    change.failureDetail = verdict.detail;
    change.retryAt = verdict.retryAt;
    change.attempts = attempts;
    storeDelivery(writing, change);
    if (verdict.state == DeliveryState::failed)
        reopenFor(writing, end.delivery, QStringLiteral("deliveryFailed"), verdict.failure);
    else if (verdict.state == DeliveryState::unsure && job->state != DeliveryState::unsure)
        reopenFor(writing, end.delivery, QStringLiteral("deliveryUnsure"), verdict.failure);
}

void failDelivery(Writing &writing, DeliveryId delivery, const Error &error)
{
    DeliveryChange change;
    change.delivery = delivery;
    change.state = DeliveryState::failed;
    change.failure = word(error.kind);
    change.failureDetail = error.detail;
    storeDelivery(writing, change);
    reopenFor(writing, delivery, QStringLiteral("deliveryFailed"), change.failure);
}

} // namespace Earshot
