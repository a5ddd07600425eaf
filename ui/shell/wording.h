// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"
#include "model/time.h"
#include "workspace/queries.h"

#include <QCoreApplication>

namespace Earshot {

/// The translated words for the workspace's closed lists, and times as people read them.
class Wording final
{
    Q_DECLARE_TR_FUNCTIONS(Earshot::Wording)

public:
    [[nodiscard]] static QString of(Network network);
    [[nodiscard]] static QString of(Status status);
    [[nodiscard]] static QString of(Reason reason);
    [[nodiscard]] static QString of(Priority priority);
    [[nodiscard]] static QString of(DeliveryState state);
    [[nodiscard]] static QString of(Effect effect);
    [[nodiscard]] static QString of(View view);
    [[nodiscard]] static QString of(Role role);
    [[nodiscard]] static QString of(Purpose purpose);

    /// "now", "9 min", "3 h", "Tue", "4 Mar", "4 Mar 2024": how long ago, as short as can be.
    [[nodiscard]] static QString age(Time time, Time now);
    /// "every 30 seconds", "every 5 minutes", "every hour".
    [[nodiscard]] static QString every(int seconds);
    /// The local time of day, with the day when it is not today.
    [[nodiscard]] static QString clockTime(Time time);
    /// "Search reaches back to 5 March 2026": older history is still to come. @param since not known = that cannot be
    /// said
    [[nodiscard]] static QString searchReach(Time since);
    /// Said where a reply is called back that the server may have sent already.
    [[nodiscard]] static QString takingBackIsAsked();
    /// "on duty, 4 open, oldest waits since 13:02".
    [[nodiscard]] static QString of(const AgentRecord &agent, const AgentLoad &load);
    /// How long something has waited, short: "3 h", "2 d"; empty when it does not.
    [[nodiscard]] static QString waitingFor(Time since, Time now);
    /// "12,400 followers".
    [[nodiscard]] static QString followers(int count);
    /// "12k followers": about how many, as short as can be, and never too many.
    [[nodiscard]] static QString aboutFollowers(int count);
    /// The number of a conversation as a person types it: "#4411" or "4411". 0 = it is none.
    [[nodiscard]] static qint64 numberIn(const QString &text);
    /// Somebody's text inside a sentence of ours: its direction cannot reach the rest of the sentence.
    [[nodiscard]] static QString isolated(const QString &text);
    /// Whether such a name is in a sentence.
    [[nodiscard]] static bool hasIsolated(const QString &text);
    /// The beginning of a text in one line of a sentence.
    [[nodiscard]] static QString excerpt(const QString &text);
};

} // namespace Earshot
