// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/decide.h"

namespace Earshot {

/// Why a delivery may not begin an attempt now; it then becomes `failed` with this word, or waits.
enum class BeginVerdict { begin, wait, stale, waitedLong, answeredElsewhere };

struct BeginFacts
{
    DeliveryState state = DeliveryState::queued;
    Effect effect = Effect::reply;
    Time heldUntil;
    Time queuedAt;
    Time retryAt;
    Seq basedOn = 0;
    Seq publicSeq = 0;       ///< as it counts for the sending device
    Seq twinAnsweredSeq = 0; ///< newest answer given outside Earshot to the same public post on another channel
    /// Of a further part: what became of the one before. It follows what is published already, so nothing that came
    /// since keeps it back: half a reply helps nobody.
    std::optional<DeliveryState> partBefore;
    bool isPaused = false;
    bool isFirstAfterStart = false; ///< the process has not yet been running since it was due
};

/// Whether an attempt may begin: after the undo window, not paused, not stale, not answered on another
/// channel meanwhile; what waited over 30 minutes through a
/// pause of the program asks first.
[[nodiscard]] BeginVerdict mayBegin(const BeginFacts &facts, Time now);

/// Whether two effects on a message change the same of it (like and unlike; all that moderates): the last one wished
/// decides.
[[nodiscard]] bool isSameMatter(Effect one, Effect other);

/// What an attempt's end makes of its delivery.
struct AttemptVerdict
{
    DeliveryState state = DeliveryState::sent;
    QString failure; ///< word of an ErrorKind, empty when sent
    QString detail;
    Time retryAt;
    bool operator==(const AttemptVerdict &) const = default;
};

/// @param error none: the network took it
/// @param attempts number of this attempt, from 1. Transient failures are repeated at most 5 times with back-off.
[[nodiscard]] AttemptVerdict afterAttempt(const std::optional<Error> &error, int attempts, Time now);

/// Of a reply's repeat under the network's own key, after the first answer was lost and the network did not show it:
/// what it says to the repeat says nothing of the first, which may show only when the key is forgotten. So it is never
/// `failed`, which may be sent again without a question, and never `queued`, which is not looked for: a limit or a
/// transient failure leaves it to the next look, all else to a person (`notFoundOnNetwork`).
/// @param verdict of that attempt, by afterAttempt()
[[nodiscard]] AttemptVerdict afterRepeat(AttemptVerdict verdict);

/// `unsure`, was looked for, and only a person can say more.
[[nodiscard]] QString notFoundOnNetwork();

/// Back-off before the n-th repetition: 5 s doubled, at most 5 min, without jitter.
[[nodiscard]] Duration backOff(int n);

/// The longest that an attempt may take, by the processes' own count (design section 5).
inline constexpr Duration longestAttempt = std::chrono::seconds(60);

/// No wait that is set now reaches beyond these: one that does was set by a clock that ran ahead.
struct FarthestWaits
{
    Time heldUntil;
    Time retryAt; ///< networks' limits are obeyed for a day at most
    Time deadline;
};
[[nodiscard]] FarthestWaits farthestWaits(Time now, Duration undoWindow);

/// What a new inbound message makes of a conversation's status (design section 3, "Status follows").
struct InboundVerdict
{
    Status status = Status::open;
    bool isReopened = false;
    bool startsNew = false; ///< resolved for longer than `reopenWithin`: a linked new conversation
};
[[nodiscard]] InboundVerdict afterInbound(Status status, Reason reason, Time lastMessageAt, Time now,
                                          Duration reopenWithin);

} // namespace Earshot
