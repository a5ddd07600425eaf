// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/desk.h"

#include "model/future.h"

namespace Earshot {

QFuture<QList<Outcome>> Desk::performWritten(const QList<Action> &actions, const DraftRecord &draft)
{
    Q_UNUSED(draft)
    return perform(actions);
}

QFuture<Done> Desk::discard(qint64 entry)
{
    Q_UNUSED(entry)
    return readyFuture(Done());
}

QFuture<Result<Settled>> Desk::settle(qint64 entry)
{
    Q_UNUSED(entry)
    return readyFuture(Result<Settled>(fail(ErrorKind::notFound)));
}

QFuture<QList<Outcome>> Desk::doAnyway(qint64 entry, const Anyway &how)
{
    Q_UNUSED(entry)
    Q_UNUSED(how)
    return readyFuture(QList<Outcome>());
}

QFuture<Done> Desk::settleElsewhere(ConversationId conversation, const TypedElsewhere &typed, bool isKept)
{
    Q_UNUSED(conversation)
    Q_UNUSED(typed)
    Q_UNUSED(isKept)
    return readyFuture(Done());
}

} // namespace Earshot
