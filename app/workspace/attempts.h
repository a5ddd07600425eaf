// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/deliveryrules.h"
#include "model/outgoing.h"
#include "workspace/workspace.h"

namespace Earshot {

// The delivering half of the workspace: what is to be sent, and every attempt on disk before its first byte.

/// A delivery with all that is needed to carry it out.
struct DeliveryJob
{
    DeliveryId id;
    QString uuid;
    ConversationId conversation;
    ChannelId channel;
    MessageId message;
    Effect effect = Effect::reply;
    DeliveryState state = DeliveryState::queued;
    QString failure;
    Time queuedAt;
    int attempts = 0;
    RemoteMessage target; ///< the message answered or acted on, as stored
    RemoteMessage own;    ///< text, content warning, language, visibility of a reply
    QList<OutgoingMedia> media;
    QStringList leftOut;                ///< handles that the reply does not name
    bool mayWiden = false;              ///< more people may see it than the message answered
    bool isFurtherPart = false;         ///< `target` is the part of the same reply before it
    std::optional<Outgoing> partBefore; ///< as that one went out
    std::optional<Outgoing> outgoing;   ///< stored by an earlier attempt: sent again unchanged
    int attemptNumber = 0;              ///< of the newest attempt, 0 = none
    QString attemptProcess;
    Time attemptStartedAt;
    Time attemptDeadline;
    QString attemptOutcome; ///< empty while it runs
};
[[nodiscard]] Result<DeliveryJob> loadJob(Database &database, DeliveryId id);

/// Deliveries that may begin or must be looked at: held past their window, queued and due, sending, unsure.
struct DueDelivery
{
    DeliveryId id;
    ChannelId channel;
    DeliveryState state = DeliveryState::queued;
    Time dueAt; ///< when it may begin; in the future for what still waits
};
[[nodiscard]] Result<QList<DueDelivery>> loadDue(Database &database, ChannelId onlyChannel = {});

/// Addresses of the replies that are bound to deliveries of a channel lately: never a match for another one.
[[nodiscard]] Result<QStringList> loadBoundUris(Database &database, ChannelId channel);

struct BeginWish
{
    DeliveryId delivery;
    Outgoing outgoing;
    QString process;
    Duration longest = longestAttempt;
    bool isFirstAfterStart = false;
    bool skipUndoWindow = false; ///< a person asked for it: what is held may go now
    bool isRepeat = false;       ///< an unsure one is repeated under the network's own protection
};
/// Writes the attempt and makes the delivery `sending`; or, where the rules say no, fails it (`stale`, `waitedLong`,
/// `answeredElsewhere`).
/// @return the attempt's number; errors: refused (with the verdict's word), notFound
[[nodiscard]] Result<int> beginAttempt(Writing &writing, const BeginWish &wish);

/// What an attempt came to. Nobody calls it for another process's attempt before its deadline.
struct AttemptEnd
{
    DeliveryId delivery;
    int number = 0;
    std::optional<Delivered> delivered; ///< the network took it
    Error error;                        ///< else
    bool hasLooked = false;             ///< findDelivered() was asked and found nothing: only a person can say more
    bool isRepeat = false;              ///< it was begun with BeginWish::isRepeat
};
void endAttempt(Writing &writing, const AttemptEnd &end);

/// A delivery that cannot even begin: prepare() refused it, or its channel cannot do it.
void failDelivery(Writing &writing, DeliveryId delivery, const Error &error);

} // namespace Earshot
