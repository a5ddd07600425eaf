// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/reachnote.h"

namespace Earshot {

Done sayReach(Call &call, AnsweredFrom from)
{
    const Result<HistoryReach> reach = call.place().reach();
    if (!reach)
        return tl::unexpected(reach.error());
    const bool isOfIndex = from == AnsweredFrom::index;
    if (isOfIndex ? reach->isWhole() : reach->isHere)
        return {};
    const Time since = isOfIndex ? reach->foundSince() : reach->hereSince;
    const QString what = isOfIndex ? QStringLiteral("This search") : QStringLiteral("This");
    const QString far = isKnown(since) ? what + QStringLiteral(" reaches back to %1: ").arg(call.shown(since))
                                       : what + QStringLiteral(" does not reach all history: ");
    const QString why = reach->isHere ? QStringLiteral("older messages are not searchable yet")
                                      : QStringLiteral("the replica has not got all of it yet");
    call.output().remark(
        far + why + QStringLiteral(". That is done by: earshotctl workspace replicate ") + call.place().name(),
        QJsonObject{
            {QStringLiteral("reach"),
             QJsonObject{{QStringLiteral("isWhole"), false},
                         {QStringLiteral("since"), isKnown(since) ? QJsonValue(toIso(since)) : QJsonValue()}}}});
    return {};
}

} // namespace Earshot
