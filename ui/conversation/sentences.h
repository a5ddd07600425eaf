// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"

#include <QCoreApplication>
#include <QHash>

namespace Earshot {

/// Makes the sentences that people read of what the workspace holds in words. Plain text: names inside are set apart
/// by isolation marks, so that no name changes the direction of the sentence around it.
class Sentences final
{
    Q_DECLARE_TR_FUNCTIONS(Earshot::Sentences)

public:
    /// "14:02" today, "12 Mar 14:02" this year, else with the year; local time.
    [[nodiscard]] static QString moment(Time at, Time now);
    [[nodiscard]] static QString status(const ConversationRecord &conversation, Time now);
    [[nodiscard]] static QString priority(Priority priority);
    [[nodiscard]] static QString visibility(Visibility visibility);
    /// Empty for a message that is simply there.
    [[nodiscard]] static QString remoteState(const MessageRecord &message);
    /// Empty for one that is as it was written.
    [[nodiscard]] static QString edited(const MessageRecord &message);
    /// "waiting 8 s", "sending", "sent", "failed: reason", "not known if it arrived".
    [[nodiscard]] static QString delivery(const DeliveryRecord &delivery, Time now);
    /// The same of a like, a boost and so on: "Like: not sent yet".
    [[nodiscard]] static QString effect(const DeliveryRecord &effect);
    /// A journal line as a sentence without its time; empty for what the timeline shows as a message anyway.
    [[nodiscard]] static QString event(const JournalRecord &line, const QHash<qint64, QString> &agentNames);
    /// @param rating stars times 10
    [[nodiscard]] static QString rating(int rating);
    /// What an attachment is, in one line: "Picture: a broken lamp", "Video without a description".
    [[nodiscard]] static QString attachment(const MediaRecord &media);
    /// What a screen reader says for a whole message. @param effects what was done to it and has not arrived, in words
    [[nodiscard]] static QString spoken(const MessageRecord &message, Time now, const QString &effects = {});
};

} // namespace Earshot
